"""What the face shows of a sentence's tone, and how one expression becomes the next.

To change how an expression looks, change its line in `BEARINGS`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from producer.render.presenter.curves import Array, softened
from producer.render.presenter.prosody import Sentence
from producer.render.presenter.tone import NEUTRAL, Expression, Tone

EARLY_S = 0.28
"""A face changes a little before the words that it belongs to."""
BLEND_S = 0.8
"""From one expression to the next."""
LINGER_S = 0.5
"""After the last word, before the face relaxes."""
STARTLED_S = 1.3
AFTER_SURPRISE = 0.45
"""Surprise is short: after `STARTLED_S` this share of it is left."""
GOODBYE = Tone("glad", 0.5)
"""The least friendly face after a speech without sorrow."""


class Bearing(NamedTuple):
    """What an expression does to the face and to the head.

    raised, slant, knit, widen: see `tracks` (brows and eyes). smile: -1 corners down … 1 up.
    chin: degrees that the head is lowered. tilt: degrees that it rolls; to which side, the sentence decides.
    """

    raised: float
    slant: float
    knit: float
    widen: float
    smile: float
    chin: float
    tilt: float


BEARINGS: Mapping[Expression, Bearing] = {
    "neutral": Bearing(raised=0.08, slant=0.0, knit=0.0, widen=0.0, smile=0.5, chin=0.0, tilt=0.0),
    "glad": Bearing(raised=0.32, slant=0.06, knit=0.0, widen=-0.22, smile=1.0, chin=-1.0, tilt=2.0),
    "serious": Bearing(raised=-0.34, slant=-0.12, knit=0.4, widen=-0.12, smile=0.02, chin=1.6, tilt=0.0),
    "surprised": Bearing(raised=1.0, slant=0.08, knit=0.0, widen=0.9, smile=0.4, chin=-2.2, tilt=-1.0),
    "concerned": Bearing(raised=0.10, slant=0.85, knit=0.55, widen=-0.05, smile=-0.32, chin=1.4, tilt=2.6),
}


def bearing(tone: Tone) -> Array:
    """The neutral face, drawn towards the tone's expression as far as its strength says."""
    calm, full = np.array(BEARINGS["neutral"]), np.array(BEARINGS[tone.expression])
    shown: Array = calm + (full - calm) * tone.strength
    return shown


def bearings(time: Array, sentences: Sequence[Sentence]) -> Array:
    """One row of `Bearing` for every frame at `time` (evenly spaced, seconds); each sentence's face lasts until the
    next one's."""
    held = np.tile(bearing(NEUTRAL), (len(time), 1))
    for number, sentence in enumerate(sentences):
        begins = time >= sentence.start - EARLY_S
        held[begins] = bearing(sentence.tone)
        if sentence.tone.expression == "surprised":
            held[time >= sentence.start + STARTLED_S] = bearing(_fading(sentence.tone))
        if number % 2:
            held[begins, Bearing._fields.index("tilt")] *= -1
    if sentences:
        held[time >= sentences[-1].end + LINGER_S] = bearing(_leaving(sentences))
    return softened(held, BLEND_S / float(np.diff(time[:2]).sum() or 1.0))


def _fading(tone: Tone) -> Tone:
    return tone._replace(strength=tone.strength * AFTER_SURPRISE)


def _leaving(sentences: Sequence[Sentence]) -> Tone:
    """The face that waits after the speech: friendly, unless something sad was told."""
    if any(sentence.tone.expression == "concerned" for sentence in sentences):
        return NEUTRAL
    last = sentences[-1].tone
    return last if last.expression == "glad" else GOODBYE
