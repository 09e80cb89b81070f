"""Nothing but the public internet, unless an admin allowed it and the source itself lies there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.errors import Blocked, SourceError
from scraper.fetch import Client
from scraper.guard import BUNDLED, Reach, is_public
from storage.topics import FetchPolicy
from tests.support.small_web import PUBLIC, Web, Wire

PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "0.1.2.3",
    "100.64.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:53aa:64c:0:fffc:80ff:fffe",
    "2001:db8::1",
    "3fff::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12::1",
    "fec0::1",
    "ff02::1",
    "100::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450::1"])
def test_ordinary_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "localhost.", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "[::1]",
     "[::ffff:127.0.0.1]", "[0:0:0:0:0:0:0:1]", "%31%32%37.0.0.1", "127。0。0。1", "①②⑦.0.0.1"],
)  # fmt: skip
def test_no_notation_of_a_private_address_gets_through(host: str, wire: Wire) -> None:
    with pytest.raises(SourceError):
        Client("https://news.example/", FetchPolicy(), network=wire).get(f"http://{host}/")
    assert wire.connected == []


def test_a_name_is_looked_up_once_and_the_checked_address_is_connected_to(web: Web, wire: Wire) -> None:
    web.page("/feed", "hello")
    answers = iter([[PUBLIC], ["127.0.0.1"]])  # a rebinding server answers differently the second time
    client = Client("http://rebind.example/feed", FetchPolicy(), lambda _host, _port: next(answers), wire)
    assert client.get("http://rebind.example/feed").body == b"hello"
    assert wire.connected == [PUBLIC]


@pytest.mark.parametrize("addresses", [["127.0.0.1"], [PUBLIC, "127.0.0.1"], ["2606:4700::1", "fe80::1"], []])
def test_one_private_address_in_the_answer_refuses_all_of_it(addresses: list[str], wire: Wire) -> None:
    client = Client("http://mixed.example/", FetchPolicy(), lambda _host, _port: addresses, wire)
    with pytest.raises(Blocked, match="not on the public internet"):
        client.get("http://mixed.example/")
    assert wire.connected == []


def test_unusual_ports_are_closed_unless_allowed(wire: Wire) -> None:
    client = Client("http://news.example:6379/", FetchPolicy(), lambda _host, _port: [PUBLIC], wire)
    with pytest.raises(Blocked, match="Port 6379") as refusal:
        client.get("http://news.example:6379/")
    assert "news.example:6379" in refusal.value.cure


def test_a_public_source_cannot_use_what_an_admin_allowed_for_another(web: Web, wire: Wire) -> None:
    secret = web.page("/secret", "the home network")
    web.redirect("/feed", secret)
    client = Client("http://news.example/feed", web.policy(), lambda _host, _port: [PUBLIC], wire)
    with pytest.raises(Blocked):
        client.get("http://news.example/feed")
    assert web.hits == ["/feed"]


def test_a_source_on_an_allowed_host_is_read(web: Web) -> None:
    web.page("/feed", "hello")
    assert web.client("/feed").get(web.url("/feed")).body == b"hello"


def test_files_are_read_from_the_bundled_examples_and_allowed_folders_only(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "feed.xml").write_text("inside")
    (tmp_path / "secret.txt").write_text("outside")
    (tmp_path / "open" / "link.xml").symlink_to(tmp_path / "secret.txt")
    allowed = FetchPolicy(folders=(str(tmp_path / "open"),))
    feed = (tmp_path / "open" / "feed.xml").as_uri()
    assert Client(feed, allowed).get(feed).body == b"inside"
    for url in [(tmp_path / "secret.txt").as_uri(), f"{feed}/../../secret.txt", (tmp_path / "open" / "link.xml").as_uri(),
                "file:///etc/passwd", "file://server/share/feed.xml", "file:///%00"]:  # fmt: skip
        with pytest.raises(Blocked):
            Client(url, allowed).get(url)
    with pytest.raises(Blocked):
        Client(feed, FetchPolicy()).get(feed)
    bundled = (BUNDLED / "the-morning-desk" / "feed.xml").as_uri()
    assert Client(bundled, FetchPolicy()).get(bundled).body.startswith(b"<?xml")


def test_only_ordinary_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    for name in ("pipe.xml", "", "nowhere.xml"):
        url = f"{tmp_path.as_uri()}/{name}"
        with pytest.raises(SourceError, match="There is no file"):
            Client(url, FetchPolicy(folders=(str(tmp_path),))).get(url)


def test_a_source_on_the_web_cannot_name_files() -> None:
    with pytest.raises(Blocked):
        Client("https://news.example/feed", FetchPolicy()).get((BUNDLED / "the-morning-desk" / "feed.xml").as_uri())


def test_reach_is_decided_by_the_source_itself() -> None:
    policy = FetchPolicy(hosts=("nas.local:8080", "[fd12::1]:80"))
    assert Reach.of("http://NAS.local:8080/feed", policy).allows("nas.local", 8080)
    assert Reach.of("http://[fd12::1]/feed", policy).allows("fd12::1", 80)
    assert not Reach.of("http://nas.local/feed", policy).allows("nas.local", 8080)
    assert not Reach.of("https://news.example/feed", policy).allows("nas.local", 8080)
