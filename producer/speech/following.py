"""Forced alignment: where a recording says the words and sounds of a known text.

A voice that knows its own times (`speaking.speak`) says the same text; dynamic time warping then lays its sound along the
recording's (Sakoe & Chiba 1978), and its times follow. Both are compared by their mel cepstra (Davis & Mermelstein
1980), freed of speaker and room by their mean and variance, with their slopes.

A language that no such voice speaks is laid along the loud parts of the recording by how long its sounds usually last.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from producer.speech.phones import SILENCE, Sound
from producer.speech.sound import FRAME_S as LOUD_FRAME_S
from producer.speech.sound import Samples, loud_times, resampled
from producer.speech.speaking import Utterance

RATE = 16000
WINDOW = 400
BANDS, CEPSTRA = 26, 13
HOP_S = 0.01
LONGEST_S = 150.0
"""Beyond this the comparison of all with all would take gigabytes."""
COARSE_FROM_S = 20.0
"""Longer recordings are compared in steps that grow with them, so that the work stays the same."""
QUIET_DB = -35.0
RELEASE_S = 0.02
SHORTEST_S = 0.02
VOWELS = frozenset("aeiouyæøœɐɑɒɔəɘɛɜɞɤɨɪɯɵʉʊʌʏáéíóúàèìòùâêîôûäëïöüãõå")
VOWEL_WEIGHT = 1.6
"""How much longer a vowel lasts than a consonant, about; only their ratio matters."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Warp:
    """Times in a reference → times in a recording (seconds); never decreasing."""

    reference: npt.NDArray[np.float64]
    recording: npt.NDArray[np.float64]
    cost: float
    """Mean distance along the path, 0 (the same sound) … 2."""

    def at(self, seconds: float) -> float:
        return float(np.interp(seconds, self.reference, self.recording))


def warp(reference: Samples, reference_rate: int, recording: Samples, rate: int) -> Warp:
    """Lay one sound along another that says the same. Raises ValueError for silence or more than `LONGEST_S`."""
    longest = max(len(reference) / reference_rate, len(recording) / rate)
    if longest > LONGEST_S:
        raise ValueError("too long to be compared")
    hop_s = HOP_S * max(1.0, longest / COARSE_FROM_S)
    a, b = (cepstra(sound, own, hop_s) for sound, own in ((reference, reference_rate), (recording, rate)))
    path, cost = cheapest_path(1.0 - a @ b.T)
    times = (path + 0.5) * hop_s
    first = np.unique(times[:, 0], return_index=True)[1]
    middle = [times[start:end, 1].mean() for start, end in zip(first, [*first[1:], len(times)], strict=True)]
    return Warp(times[first, 0], np.asarray(middle), cost)


def cepstra(audio: Samples, rate: int, hop_s: float = HOP_S) -> Floats:
    """One unit vector for each `hop_s` of sound: cepstra and their slopes, (frames, 2 × `CEPSTRA`)."""
    from scipy.fft import dct

    sound = resampled(audio, rate, RATE)
    if len(sound) < 2 * WINDOW or not np.any(sound):
        raise ValueError("nothing to hear")
    hop = round(hop_s * RATE)
    padded = np.pad(np.append(sound[0], sound[1:] - 0.97 * sound[:-1]), WINDOW // 2)
    starts = np.arange(0, len(sound), hop)
    frames = padded[starts[:, None] + np.arange(WINDOW)] * np.hanning(WINDOW)
    power = np.abs(np.fft.rfft(frames, 512)) ** 2
    mel = np.log(power @ _filters().T + 1e-8 * float(power.mean()) + 1e-12)
    values = dct(mel, norm="ortho")[:, :CEPSTRA]
    values = (values - values.mean(0)) / (values.std(0) + 1e-6)
    slopes = np.gradient(values, axis=0) if len(values) > 1 else np.zeros_like(values)
    both = np.hstack([values, slopes / (slopes.std(0) + 1e-6) * 0.7])
    return np.asarray(both / (np.linalg.norm(both, axis=1, keepdims=True) + 1e-6), np.float32)


def cheapest_path(costs: Floats) -> tuple[npt.NDArray[np.int64], float]:
    """The cheapest way from one corner to the other, a pair of indices a step, and its mean cost.

    Walks by anti-diagonals, each of which needs only the two before it.
    """
    rows, columns = costs.shape
    moves = np.zeros(costs.shape, np.uint8)
    before = older = np.full(rows + 1, np.inf)
    for k in range(rows + columns - 1):
        i = np.arange(max(0, k - columns + 1), min(k, rows - 1) + 1)
        if k == 0:
            best, move = np.zeros(1), np.zeros(1, np.uint8)
        else:
            options = np.stack([older[i], before[i], before[i + 1]])  # diagonal, down, right
            move = options.argmin(0)
            best = options[move, np.arange(len(i))]
        now = np.full(rows + 1, np.inf)
        now[i + 1] = best + costs[i, k - i]
        moves[i, k - i] = move
        older, before = before, now
    i, j, path = rows - 1, columns - 1, []
    while True:
        path.append((i, j))
        if i == j == 0:
            break
        step = int(moves[i, j]) if i and j else (1 if i else 2)
        i, j = i - (step != 2), j - (step != 1)
    return np.asarray(path[::-1]), float(before[rows]) / len(path)


def followed(recording: Samples, rate: int, reference: Utterance) -> tuple[Utterance, float]:
    """The recording with the reference's words and sounds, at the times it says them; and how far it is from it."""
    found = warp(reference.audio, reference.rate, recording, rate)
    length = len(recording) / rate
    edges = loud_times(recording, rate, QUIET_DB)

    def at(seconds: float) -> float:
        return min(max(found.at(seconds), 0.0), length)

    words: list[tuple[str, float, float]] = []
    for text, start, end in reference.words:
        begin, stop = _tightened(at(start), at(end), edges)
        words.append((text, max(begin, words[-1][2] if words else 0.0), stop))
    words = [(text, start, max(start, end)) for text, start, end in words]
    made = [Sound(s.symbol, at(s.start), at(s.end), s.stress) for s in reference.sounds]
    return Utterance(recording, rate, words, gapless(made, length)), found.cost


def spread_over(recording: Samples, rate: int, words: Sequence[tuple[str, Sequence[str]]]) -> Utterance:
    """The recording with words laid along its loud parts by how long their sounds (IPA, or letters) usually last."""
    length = len(recording) / rate
    loud = loud_times(recording, rate, QUIET_DB)
    if not len(loud) or not words:
        return Utterance(recording, rate, [(word, 0.0, 0.0) for word, _ in words], [])
    ticks = np.append(loud, loud[-1] + LOUD_FRAME_S)
    weights = [[VOWEL_WEIGHT if VOWELS & set(s) else 1.0 for s in symbols] or [1.0] for _, symbols in words]
    total, passed = sum(map(sum, weights)), 0.0

    def at(share: float) -> float:
        return float(np.interp(share * (len(ticks) - 1), np.arange(len(ticks)), ticks))

    spans: list[tuple[str, float, float]] = []
    made: list[Sound] = []
    for (word, symbols), own in zip(words, weights, strict=True):
        start = at(passed / total)
        for symbol, weight in zip(symbols, own, strict=False):
            made.append(Sound(symbol, at(passed / total), at((passed + weight) / total)))
            passed += weight
        passed += 0.0 if symbols else 1.0
        spans.append((word, *_tightened(start, at(passed / total), loud)))
    return Utterance(recording, rate, spans, gapless(made, length))


def gapless(sounds: Sequence[Sound], length: float) -> list[Sound]:
    """Sounds in order, none over another, with silence between and around those that do not touch."""
    made: list[Sound] = []
    for sound in sounds:
        start = max(sound.start, made[-1].end if made else 0.0)
        if sound.end <= start:
            continue
        if start > (made[-1].end if made else 0.0):
            made.append(Sound(SILENCE, made[-1].end if made else 0.0, start))
        if made and made[-1].symbol == sound.symbol == SILENCE:
            made[-1].end = sound.end
        else:
            made.append(Sound(sound.symbol, start, sound.end, sound.stress))
    if made and made[-1].end < length:
        made.append(Sound(SILENCE, made[-1].end, length))
    return made


def _tightened(start: float, end: float, loud: npt.NDArray[np.float64]) -> tuple[float, float]:
    """A word's span without the silence at its ends."""
    heard = loud[(loud >= start) & (loud < end)]
    if not len(heard):
        return start, max(end, start)
    return min(float(heard[0]), end), max(min(end, float(heard[-1]) + LOUD_FRAME_S + RELEASE_S), start + SHORTEST_S)


def _filters() -> Floats:
    """Triangles between points that lie evenly on the mel scale (2595 lg(1 + f/700)), 64 Hz … 7.6 kHz."""
    low, high = (2595 * math.log10(1 + hertz / 700) for hertz in (64.0, 7600.0))
    mel = np.linspace(low, high, BANDS + 2)
    points, hertz = 700 * (10 ** (mel / 2595) - 1), np.fft.rfftfreq(512, 1 / RATE)
    up = (hertz - points[:-2, None]) / (points[1:-1] - points[:-2])[:, None]
    down = (points[2:, None] - hertz) / (points[2:] - points[1:-1])[:, None]
    return np.asarray(np.maximum(0, np.minimum(up, down)), np.float32)
