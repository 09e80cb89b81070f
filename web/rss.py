"""A show's exports as RSS 2.0 that podcast and video apps subscribe to. Pure: facts in, XML out.

Besides RSS it speaks Media RSS (every format of a clip), Apple's podcast tags (length, picture) and the Podcast
namespace (captions). An item's GUID is its clip's id: a later export of the clip is the same item.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree as ET

import regex

ATOM, MEDIA = "http://www.w3.org/2005/Atom", "http://search.yahoo.com/mrss/"
ITUNES, PODCAST = "http://www.itunes.com/dtds/podcast-1.0.dtd", "https://podcastindex.org/namespace/1.0"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
SPACES = {"atom": ATOM, "dc": DUBLIN_CORE, "media": MEDIA, "itunes": ITUNES, "podcast": PODCAST}
UNSPEAKABLE = regex.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""What XML 1.0 cannot hold, escaped or not."""


@dataclass(frozen=True)
class Item:
    """One export. `base`: the address of its files, ending in `/`; `bundle`: its clip.json."""

    clip_id: str
    made_at: str
    base: str
    bundle: dict[str, Any]


def rss(title: str, about: str, language: str, home: str, address: str, items: list[Item]) -> bytes:
    """The feed of a show. `home`: of the studio; `address`: of the feed itself."""
    for prefix, space in SPACES.items():
        ET.register_namespace(prefix, space)
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _texts(channel, {"title": title, "link": home, "description": about, "language": language, "generator": "Dailies"})
    ET.SubElement(channel, f"{{{ATOM}}}link", href=address, rel="self", type="application/rss+xml")
    _texts(channel, {f"{{{ITUNES}}}author": title, f"{{{ITUNES}}}explicit": "false", f"{{{ITUNES}}}block": "Yes"})
    if items:
        _text(channel, "lastBuildDate", _rfc2822(max(item.made_at for item in items)))
        ET.SubElement(channel, f"{{{ITUNES}}}image", href=items[0].base + "poster.jpg")
    for item in items:
        _item(channel, item)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _item(channel: ET.Element, item: Item) -> None:
    """RSS allows one enclosure, which is the first format; Media RSS names all of them."""
    clip, node = item.bundle["clip"], ET.SubElement(channel, "item")
    videos = [file for file in item.bundle["files"] if file["media_type"] == "video/mp4"]
    words, seconds, poster = _words(item.bundle), str(round(clip["duration_s"])), item.base + "poster.jpg"
    _texts(node, {"title": clip["title"], "description": words, "pubDate": _rfc2822(item.made_at)})
    ET.SubElement(node, "guid", isPermaLink="false").text = f"urn:uuid:{item.clip_id}"
    for source in item.bundle["sources"]:
        if source["url"].startswith(("https://", "http://")):
            _text(node, f"{{{DUBLIN_CORE}}}source", source["url"])
    for video in videos[:1]:
        ET.SubElement(node, "enclosure", url=item.base + video["name"], length=str(video["size"]), type="video/mp4")
    _text(node, f"{{{ITUNES}}}duration", seconds)
    ET.SubElement(node, f"{{{ITUNES}}}image", href=poster)
    group = ET.SubElement(node, f"{{{MEDIA}}}group")
    for number, video in enumerate(videos):
        ET.SubElement(
            group, f"{{{MEDIA}}}content", url=item.base + video["name"], fileSize=str(video["size"]), type="video/mp4",
            medium="video", duration=seconds, lang=clip["language"], isDefault="false" if number else "true",
        )  # fmt: skip
    ET.SubElement(group, f"{{{MEDIA}}}title", type="plain").text = _clean(clip["title"])
    ET.SubElement(group, f"{{{MEDIA}}}description", type="plain").text = _clean(words)
    ET.SubElement(group, f"{{{MEDIA}}}thumbnail", url=poster)
    for file in item.bundle["files"]:
        if file["media_type"] == "text/vtt":
            transcript = {"url": item.base + file["name"], "type": "text/vtt", "language": clip["language"]}
            ET.SubElement(node, f"{{{PODCAST}}}transcript", transcript)
            break


def _words(bundle: dict[str, Any]) -> str:
    """What is said, where it comes from, and that it was generated."""
    credits_ = [f"Source: {source['name']} {source['url']}".strip() for source in bundle["sources"]]
    return "\n".join([*(line["text"] for line in bundle["script"]), "", *credits_, "AI-generated."])


def _texts(parent: ET.Element, texts: dict[str, str]) -> None:
    for tag, words in texts.items():
        _text(parent, tag, words)


def _text(parent: ET.Element, tag: str, words: str) -> None:
    ET.SubElement(parent, tag).text = _clean(words)


def _clean(words: str) -> str:
    return str(UNSPEAKABLE.sub("", words))


def _rfc2822(moment: str) -> str:
    return format_datetime(datetime.fromisoformat(moment))
