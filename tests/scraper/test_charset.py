"""Feeds claim encodings they do not have."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.charset import decode

SPANISH = "El niño comió piñas"
CHINESE = "老图书馆夜里不关灯"


def declared(encoding: str, text: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?><rss>{text}</rss>'


@pytest.mark.parametrize(
    "claim", ["", "text/xml; charset=iso-8859-1", "text/xml; charset=us-ascii", 'text/xml; charset="big5"']
)
def test_valid_utf8_is_utf8_whatever_the_server_claims(claim: str) -> None:
    assert SPANISH in decode(declared("windows-1252", SPANISH).encode(), claim)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("iso-8859-1", SPANISH), ("windows-1252", "“El niño” – 5 €"), ("gb2312", CHINESE), ("gbk", CHINESE), ("big5", "港口的渡輪"),
     ("shift_jis", "港のフェリー"), ("euc-jp", "港のフェリー"), ("iso-2022-jp", "港のフェリー"), ("euc-kr", "항구의 배"),
     ("koi8-r", "Ночной паром"), ("windows-1251", "Ночной паром"), ("iso-8859-2", "Noční přívoz")],
)  # fmt: skip
def test_other_encodings_are_believed_when_declared(encoding: str, text: str) -> None:
    body = declared(encoding, text).encode(encoding)
    assert text in decode(body)
    assert text in decode(f"<rss>{text}</rss>".encode(encoding), f"application/xml; charset={encoding.upper()}")


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(mark: str) -> None:
    assert decode(declared("iso-8859-1", CHINESE).encode(mark), "text/xml; charset=koi8-r") == declared(
        "iso-8859-1", CHINESE
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_recognised(encoding: str) -> None:
    assert CHINESE in decode(declared("utf-16", CHINESE).encode(encoding))


def test_undeclared_bytes_are_read_as_windows_1252() -> None:
    assert decode("<rss>niño</rss>".encode("cp1252")) == "<rss>niño</rss>"


@pytest.mark.parametrize(
    "claim", ["punycode", "unicode_escape", "utf-7", "idna", "hex", "zlib", "no-such-thing", "x" * 99, ""]
)
def test_strange_claims_are_not_believed(claim: str) -> None:
    body = declared(claim, "ni\xf1o +ADw-script+AD4- \\u003c").encode("latin-1")
    assert "niño +ADw-script+AD4- \\u003c" in decode(body, f"text/xml; charset={claim}")


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_become_text(body: bytes, claim: str) -> None:
    assert isinstance(decode(body, f"text/xml; charset={claim}"), str)


def test_the_mark_is_no_part_of_the_text() -> None:
    assert decode(codecs.BOM_UTF8 + b"<rss/>") == "<rss/>"
