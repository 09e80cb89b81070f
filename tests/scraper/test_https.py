"""Encrypted sources: the certificate must fit the name, although the connection is made to a checked address."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.errors import SourceError
from scraper.fetch import Client
from storage.topics import FetchPolicy
from tests.support.small_web import PUBLIC, Web, Wire

CERTIFICATE = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgUhoMHfUQ4QgAoCg6
/4iUp0gKzQe8DlwUx602pU2pXdShRANCAASk1FTyQOefPdrO0A2fKPrCYlZWjD1R
NdN0BI0/RX6+4zC6BmyXeRwRvXnn1DVwJyfFM4GIrkOHIT9aCKPSDEqH
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBnjCCAUSgAwIBAgIUQqqhGA4LU8H7nQWAQZsc5wdIn+kwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMbmV3cy5leGFtcGxlMCAXDTI2MTEyMDA3NDY0MloYDzIxMjYx
MDI3MDc0NjQyWjAXMRUwEwYDVQQDDAxuZXdzLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAASk1FTyQOefPdrO0A2fKPrCYlZWjD1RNdN0BI0/RX6+4zC6
BmyXeRwRvXnn1DVwJyfFM4GIrkOHIT9aCKPSDEqHo2wwajAdBgNVHQ4EFgQUIYDX
HgxyZv9GMJdYsvkj4OG4vkEwHwYDVR0jBBgwFoAUIYDXHgxyZv9GMJdYsvkj4OG4
vkEwDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxuZXdzLmV4YW1wbGUwCgYI
KoZIzj0EAwIDSAAwRQIhAOd7xO4wTEhF6LfvV7RCtSHDunng2RJp7/DPToaNEBzT
AiARKNR8V6D1xduExsbGCuOwsubA6X5Pm4EhbpN7G5EUWw==
-----END CERTIFICATE-----
"""
"""Made for this test with openssl: a self-signed certificate of news.example, good for a hundred years."""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "news.pem"
    path.write_text(CERTIFICATE)
    return path


@pytest.fixture
def secure_web(certificate: Path) -> Iterator[Web]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    web = Web(context)
    web.page("/feed", "hello")
    yield web
    web.close()


def client(web: Web, host: str, timeout_s: float = 5) -> Client:
    return Client(f"https://{host}/", FetchPolicy(timeout_s=timeout_s), lambda _host, _port: [PUBLIC], Wire(web.port))


def test_a_trusted_certificate_of_the_very_name_is_accepted(
    secure_web: Web, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.fetch._tls", lambda: ssl.create_default_context(cafile=certificate))
    assert client(secure_web, "news.example").get("https://news.example/feed").body == b"hello"


def test_a_certificate_of_another_name_is_refused(
    secure_web: Web, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.fetch._tls", lambda: ssl.create_default_context(cafile=certificate))
    with pytest.raises(SourceError, match="cannot prove who it is: Hostname mismatch"):
        client(secure_web, "other.example").get("https://other.example/feed")
    assert secure_web.hits == []


def test_an_untrusted_certificate_is_refused(secure_web: Web) -> None:
    with pytest.raises(SourceError, match="cannot prove who it is: self-signed certificate"):
        client(secure_web, "news.example").get("https://news.example/feed")
    assert secure_web.hits == []


def test_a_handshake_that_never_comes_does_not_hold_us() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        wire = Wire(silent.getsockname()[1])
        slow = Client("https://news.example/", FetchPolicy(timeout_s=0.2), lambda _host, _port: [PUBLIC], wire)
        with pytest.raises(SourceError, match="took too long"):
            slow.get("https://news.example/")
