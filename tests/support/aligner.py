"""An independent clock for proofs: PocketSphinx (CMU, BSD) finds when each known English word is said.

Forced alignment with its own acoustic model: it is told which sounds make up each word, and finds them in the sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from producer.speech.english import spell_out
from producer.speech.wav import from_wav
from producer.speech.wordlists import word_list

RATE = 16000
BIAS_S = 0.035
"""PocketSphinx reports boundaries this much early: its frames look 25 ms ahead and are counted from their start.
Measured against the energy of sibilants and vowels in Hibari's speech, where both kinds of sound agree to 5 ms."""
QUIET_S = 0.4
"""Silence added around the recording: the aligner needs some to begin and end in."""
HISS = 1e-3
"""Its acoustic model has never met digital silence."""
WIDE = 1e-200
ARPABET = dict(
    zip(
        word_list("ɑ æ ʌ ə ɐ ᵊ ɔ O W I b ʧ d ð ɛ ɜ ɚ A f ɡ h ɪ ᵻ i ʤ k l m n ŋ Y p ɹ T s ʃ t θ ʊ u v w j z ʒ"),
        word_list(
            "AA AE AH AH AH AH AO OW AW AY B CH D DH EH ER ER EY F G HH IH IH IY JH K L M N NG OY P R D S SH T TH UH UW V W Y Z ZH"
        ),
        strict=True,
    )
)


def word_times(wav: Path, words: Sequence[str]) -> list[tuple[float, float]]:
    """Start and end in seconds of every word of a recording, given its words in order.

    Words are said here as they are by themselves, so dates and money must be written out (“five dollars”).
    The end of a word before a pause is less sure than everything else.
    """
    from hibari.g2p import G2P
    from pocketsphinx import Decoder

    g2p = G2P()
    readings = [g2p(spell_out(word)) for word in words]
    audio, rate = from_wav(wav)
    sound = np.pad(resample_poly(audio, RATE, rate), round(QUIET_S * RATE))
    sound += np.random.default_rng(0).normal(0, HISS * np.abs(sound).max(), len(sound))
    pcm = (np.clip(sound / np.abs(sound).max() * 0.9, -1, 1) * 32767).astype(np.int16).tobytes()
    decoder = Decoder(samprate=RATE, lm=None, loglevel="FATAL", beam=WIDE, wbeam=WIDE, pbeam=WIDE)
    names = [f"word{number}" for number in range(len(readings))]
    for name, letters in zip(names, readings, strict=True):
        decoder.add_word(name, " ".join(ARPABET[letter] for letter in letters if letter in ARPABET), False)
    decoder.set_align_text(" ".join(names))
    decoder.start_utt()
    decoder.process_raw(pcm, no_search=False, full_utt=True)
    decoder.end_utt()
    moved = BIAS_S - QUIET_S
    times = {s.word: (s.start_frame / 100 + moved, (s.end_frame + 1) / 100 + moved) for s in decoder.seg()}
    return [times[name] for name in names]
