"""Which topics are the same story, and why we think so. Pure.

Two reports are one story when they share an address, a title, or most of their wording. Wording is compared by
MinHash (Broder 1997): the smallest hash of all three-word shingles under each of 32 hash functions; the share of
equal ones estimates the share of common shingles. It survives edits that would scatter a simhash, and topics of
months compare without keeping their texts. Where a model of meanings is installed (`scraper.meaning`), two English
reports of the last days that share no wording are one story too when they are about the same and their figures agree.
"""

from __future__ import annotations

import base64
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from scraper.words import words
from storage.topics import KnownTopic, Meaning

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHINGLE = 3
HASHES = 32
DIGITS = 8
"""Hex digits per hash in a fingerprint."""
SHORTEST = 12
"""Shingles; shorter texts share too many by chance."""
SAME_TEXT = 0.4
"""A text with every twelfth word replaced has 0.6, unrelated ones have nothing; the estimate's deviation is 0.09."""
OTHER_TEXT = 0.1
"""Below this, texts are unrelated even under one title (“Morning briefing”)."""
SAME_MEANING = 0.65
"""Cosine. Of six stories told twice with hardly a word in common, five have 0.66 to 0.76; of stories that resemble
each other, those of one event that went another way come near (0.72), others stay below 0.5."""
TITLE_WORDS = 4
"""Shorter titles repeat by chance."""


@dataclass(frozen=True)
class Match:
    """The topic that is repeated, and a sentence that says how it was recognised."""

    topic: KnownTopic
    reason: str


def fingerprint(text: str) -> str:
    """256 hex digits that compare texts; "" when the text is too short to compare."""
    return fingerprint_of(words(text))


def fingerprint_of(tokens: Sequence[str]) -> str:
    """The same of words that were taken apart already."""
    shingles = set(map(" ".join, zip(*(tokens[i:] for i in range(SHINGLE)), strict=False)))
    if len(shingles) < SHORTEST:
        return ""
    digests = b"".join([blake2b(shingle.encode("utf-8"), digest_size=8).digest() for shingle in shingles])
    hashes = np.frombuffer(digests, dtype="<u8")[None, :]
    mixed = (hashes * _MULTIPLIERS[:, None] + _OFFSETS[:, None]) >> np.uint64(32)  # modulo 2**64
    smallest: bytes = mixed.min(axis=1).astype(">u4").tobytes()
    return smallest.hex()


def likeness(a: str, b: str) -> float | None:
    """Estimated share 0..1 of common wording of two fingerprints; None when one is missing."""
    if not a or not b:
        return None
    return sum(x == y for x, y in zip(_parts(a), _parts(b), strict=True)) / HASHES


def title_key(title: str) -> str:
    """What makes two titles one: their words, nothing else. "" for titles too short to tell a story by."""
    tokens = words(unicodedata.normalize("NFKC", title))
    return " ".join(tokens) if len(tokens) >= TITLE_WORDS else ""


class Known:
    """The topics that a new one is compared with. Finding a match does not slow down as topics pile up."""

    def __init__(self, topics: Iterable[KnownTopic] = ()) -> None:
        self._by_url: dict[str, KnownTopic] = {}
        self._by_title: dict[str, KnownTopic] = {}
        self._worded: list[KnownTopic] = []
        self._by_part: dict[
            tuple[int, str], tuple[int, ...]
        ] = {}  # places in `_worded`: numbers cost the collector nothing
        self._meanings: list[tuple[KnownTopic, Meaning, NDArray[np.float32]]] = []
        for topic in topics:
            self.add(topic)

    def add(self, topic: KnownTopic) -> None:
        """The first topic with an address or title keeps it."""
        self._by_url.setdefault(topic.canonical_url, topic)
        self._by_title.setdefault(title_key(topic.title), topic)
        for part in enumerate(_parts(topic.fingerprint)):
            self._by_part[part] = (*self._by_part.get(part, ()), len(self._worded))
        self._worded.append(topic)
        if topic.meaning:
            self._meanings.append((topic, topic.meaning, unpacked(topic.meaning.vector)))

    def match(self, topic: KnownTopic) -> Match | None:
        """The topic that this one repeats, if any."""
        if same := self._by_url.get(topic.canonical_url):
            return Match(same, "It has the same address.")
        key = title_key(topic.title)
        if key and (same := self._by_title.get(key)):
            share = likeness(topic.fingerprint, same.fingerprint)
            if share is None or share >= OTHER_TEXT:
                return Match(same, "It has the same title.")
        return self._same_wording(topic) or self._same_meaning(topic)

    def _same_wording(self, topic: KnownTopic) -> Match | None:
        shared: Counter[int] = Counter()
        for places in map(self._by_part.get, enumerate(_parts(topic.fingerprint))):
            if places:
                shared.update(places)
        for place, count in shared.most_common(1):
            if count / HASHES >= SAME_TEXT:
                return Match(self._worded[place], f"About {count / HASHES:.0%} of its wording is the same.")
        return None

    def _same_meaning(self, topic: KnownTopic) -> Match | None:
        if topic.meaning is None:
            return None
        mine = unpacked(topic.meaning.vector)
        near = [
            (float(mine @ vector), other.canonical_url, other)
            for other, meaning, vector in self._meanings
            if vector.shape == mine.shape and _figures_agree(topic.meaning, meaning)
        ]
        likeness, _, same = max(near, default=(0.0, "", topic))
        return (
            Match(same, f"It tells of the same in other words ({likeness:.0%} alike).")
            if likeness >= SAME_MEANING
            else None
        )


def _figures_agree(a: Meaning, b: Meaning) -> bool:
    """Two reports of one event share a figure, if both name any."""
    return not a.figures or not b.figures or not set(a.figures).isdisjoint(b.figures)


def unpacked(letters: str) -> NDArray[np.float32]:
    """The vector of a meaning, at unit length."""
    vector = np.frombuffer(base64.b64decode(letters), dtype=np.int8).astype(np.float32)
    return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-9))


def _parts(fingerprint: str) -> list[str]:
    return [fingerprint[i : i + DIGITS] for i in range(0, len(fingerprint), DIGITS)]


def _constants(name: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Fixed odd 64-bit numbers: fingerprints must compare across machines and years."""
    digests = (blake2b(f"{name} {i}".encode(), digest_size=8).digest() for i in range(HASHES))
    return np.frombuffer(b"".join(digests), dtype="<u8") | np.uint64(1)


_MULTIPLIERS = _constants("multiplier")
_OFFSETS = _constants("offset")
