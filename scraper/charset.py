"""Turns a feed's bytes into text, whatever its server and its first line claim.

Order: a byte order mark; UTF-8 if the bytes are valid UTF-8 (text in another encoding practically never is);
what the server says; what the document says; Windows-1252, which never fails.
"""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16: its little-endian mark begins with UTF-16's."""
SEVEN_BIT = ("iso-2022-jp", "iso-2022-kr", "hz")
"""Encodings that look like ASCII, so only the claim tells."""
ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "ks_c_5601-1987": "cp949",
}
"""Claims that in practice mean the larger set (WHATWG Encoding Standard, section 4.2)."""
KNOWN = re.compile(
    r"iso-8859-(?:[2-9]|1[013456])|(?:cp|windows-)125[0-8]|koi8-[ru]|macintosh|cp866|cp874|tis-620"
    r"|gb18030|hz|big5|big5-hkscs|euc-jp|shift[_-]jis|iso-2022-jp|euc-kr|cp949|iso-2022-kr"
)
"""Claims we believe. Python knows more “text encodings” (punycode, unicode_escape, utf-7…) that no feed needs."""
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
HEADER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
FALLBACK = "cp1252"


def decode(body: bytes, content_type: str = "") -> str:
    """The text, without its byte order mark. Bytes that make no sense become U+FFFD."""
    for mark, encoding in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    if encoding := _unmarked_utf16(body):
        return body.decode(encoding, "replace")
    claims = _claims(body, content_type)
    for encoding in [c for c in claims if c in SEVEN_BIT] + ["utf-8"] + claims:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode(claims[0] if claims else FALLBACK, "replace")


def _claims(body: bytes, content_type: str) -> list[str]:
    """Text encodings claimed by the server and by the document, server first, known ones only."""
    header, declared = HEADER.search(content_type), DECLARED.search(body[:1000])
    claims = [header.group(1)] if header else []
    claims += [declared.group(1).decode("ascii")] if declared else []
    return [name for claim in claims if (name := _text_encoding(claim))]


def _text_encoding(claim: str) -> str:
    name = ALIASES.get(claim.lower(), claim.lower())
    return name if KNOWN.fullmatch(name) else ""


def _unmarked_utf16(body: bytes) -> str:
    """XML begins with “<”: in UTF-16 one of its two bytes is zero (XML 1.0, appendix F)."""
    return {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(body[:2], "")
