"""Which mouth each sound of speech shows.

A mouth is eight continuous parameters (`MOUTH`):

    open    0 closed … 1 jaw fully dropped          tuck    0 … 1 lower lip under the upper teeth
    wide   -1 narrowed … 1 corners drawn apart      tongue  0 low … 1 raised behind the teeth
    round   0 … 1 lips pushed forward into a ring   teeth   0 hidden … 1 both rows seen
    press   0 … 1 lips pressed together             lift    0 … 1 upper lip lifted

The classes follow the viseme set of the MPEG-4 facial animation standard (ISO/IEC 14496-2, table C-1) as refined
by the fifteen visemes of Oculus Lipsync, with the vowels split further.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Viseme = Literal[
    "sil", "PP", "FF", "TH", "DD", "KK", "CH", "SS", "RR", "aa", "ae", "E", "ih", "er", "ax", "oh", "ou", "yy"
]  # fmt: skip


class Mouth(NamedTuple):
    """One value for each of `MOUTH`; also used for how strongly a viseme insists on each of them."""

    open: float = 0.0
    wide: float = 0.0
    round: float = 0.0
    press: float = 0.0
    tuck: float = 0.0
    tongue: float = 0.0
    teeth: float = 0.0
    lift: float = 0.0


MOUTH = Mouth._fields

SHAPES: dict[Viseme, Mouth] = {
    "sil": Mouth(press=0.2),
    "PP": Mouth(round=0.08, press=1.0),
    "FF": Mouth(open=0.10, wide=0.06, tuck=1.0, teeth=0.9, lift=0.3),
    "TH": Mouth(open=0.22, wide=0.06, tongue=1.0, teeth=0.6, lift=0.1),
    "DD": Mouth(open=0.22, wide=0.14, tongue=0.7, teeth=0.6, lift=0.1),
    "KK": Mouth(open=0.27, wide=0.06, round=0.04, tongue=0.1, teeth=0.35, lift=0.1),
    "CH": Mouth(open=0.20, wide=-0.24, round=0.58, tongue=0.2, teeth=0.9, lift=0.3),
    "SS": Mouth(open=0.13, wide=0.32, tongue=0.2, teeth=1.0, lift=0.2),
    "RR": Mouth(open=0.25, wide=-0.20, round=0.46, tongue=0.25, teeth=0.3, lift=0.1),
    "aa": Mouth(open=0.86, wide=0.10, round=0.05, tongue=0.1, teeth=0.6, lift=0.3),
    "ae": Mouth(open=0.70, wide=0.42, tongue=0.1, teeth=0.8, lift=0.4),
    "E": Mouth(open=0.50, wide=0.36, tongue=0.2, teeth=0.7, lift=0.3),
    "ih": Mouth(open=0.32, wide=0.50, tongue=0.3, teeth=0.8, lift=0.3),
    "er": Mouth(open=0.36, wide=-0.05, round=0.25, tongue=0.2, teeth=0.5, lift=0.1),
    "ax": Mouth(open=0.34, wide=0.06, round=0.04, tongue=0.1, teeth=0.5, lift=0.1),
    "oh": Mouth(open=0.60, wide=-0.30, round=0.60, teeth=0.2, lift=0.1),
    "ou": Mouth(open=0.28, wide=-0.60, round=1.0),
    "yy": Mouth(open=0.26, wide=-0.35, round=0.80, tongue=0.2, teeth=0.1),
}

DOMINANCE: dict[Viseme, Mouth] = {
    "sil": Mouth(1.2, 0.6, 0.6, 1, 1, 1, 1, 1),
    "PP": Mouth(3.0, 0.3, 0.3, 3, 1, 0.5, 1, 1),
    "FF": Mouth(1.6, 0.4, 0.4, 1, 3, 0.5, 2, 1),
    "TH": Mouth(1.0, 0.4, 0.4, 1, 1, 1.5, 1, 0.6),
    "DD": Mouth(0.8, 0.35, 0.35, 1, 1, 1, 0.7, 0.6),
    "KK": Mouth(0.6, 0.3, 0.3, 1, 1, 1, 0.6, 0.6),
    "CH": Mouth(1.2, 1.2, 1.4, 1, 1, 1, 1.5, 1),
    "SS": Mouth(1.3, 0.8, 0.7, 1, 1, 1, 1.5, 1),
    "RR": Mouth(0.8, 0.8, 0.8, 1, 1, 1, 0.6, 0.6),
    "ax": Mouth(0.7, 0.6, 0.6, 1, 1, 1, 0.7, 0.7),
    "ou": Mouth(1.2, 1.6, 1.8, 1, 1, 1, 1, 1),
}
"""A consonant made behind the lips (k, t) lets its neighbours shape them; a labial one does not."""

FULL = Mouth(1, 1, 1, 1, 1, 1, 1, 1)

VOWELS: frozenset[Viseme] = frozenset({"aa", "ae", "E", "ih", "er", "ax", "oh", "ou", "yy"})

_LETTERS: dict[Viseme, str] = {
    "PP": "pbmɓɱβ",
    "FF": "fvɸʋ",
    "TH": "θð",
    "DD": "tdnlɾTɲɳʎɭɗʈɖɫ",
    "KK": "kɡgŋxχhɦʔqɣcɟçɰɴ",
    "CH": "ʃʒʧʤʂʐꭧɕʑʨʥS",
    "SS": "szʦʣ",
    "RR": "ɹɻrʁɽʀ",
    "aa": "aɑɐäʌ",
    "ae": "æ",
    "E": "eɛ",
    "ih": "iɪjᵻɨʝ",
    "er": "ɜɝɚ",
    "ax": "əᵊɤɘ",
    "oh": "oɔɒɵ",
    "ou": "uʊwɯʉ",
    "yy": "yøœɥʏ",
}

VISEMES: dict[str, tuple[Viseme, ...]] = {letter: (viseme,) for viseme, row in _LETTERS.items() for letter in row}
VISEMES |= {
    "_": ("sil",),
    # one-letter diphthongs, as the Kokoro and Hibari voices write them
    "A": ("E", "ih"),
    "I": ("aa", "ih"),
    "W": ("aa", "ou"),
    "Y": ("oh", "ih"),
    "O": ("oh", "ou"),
    "Q": ("ax", "ou"),
    # affricates spelt with two letters: the lips are ready for the second from the start
    "tʃ": ("CH",),
    "dʒ": ("CH",),
    "ts": ("SS",),
    "dz": ("SS",),
}


class TimedViseme(NamedTuple):
    viseme: Viseme
    start: float
    end: float
    stress: int = 0


def visemes_of(symbol: str) -> tuple[Viseme, ...]:
    """The visemes of one IPA symbol, in order; marks of length, tone and stress show nothing of their own."""
    found: list[Viseme] = []
    rest = symbol
    while rest:
        size = 2 if rest[:2] in VISEMES else 1
        found.extend(VISEMES.get(rest[:size], ()))
        rest = rest[size:]
    return tuple(found)
