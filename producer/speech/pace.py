"""How long a text takes to say, before anybody has said it."""

from __future__ import annotations

import regex

from producer.speech.english import spell_out
from producer.speech.languages import UNSPACED, primary

LETTERS_PER_S = {
    "en": 13.1,
    "es": 14.2,
    "fr": 13.5,
    "it": 13.5,
    "pt": 13.0,
    "de": 12.5,
    "ru": 12.5,
    "hi": 9.5,
    "ar": 9.0,
    "zh": 4.9,
    "ja": 6.5,
    "th": 10.0,
}
"""Letters (characters in Chinese and Japanese) spoken in a second; English measured on Hibari, Spanish and Chinese on Kokoro."""
VOICE_PACE = {
    "heart": 0.99,
    "af_heart": 1.12, "af_bella": 1.08, "af_nicole": 0.70, "am_fenrir": 1.07, "am_michael": 1.02, "am_puck": 1.05,
    "bf_emma": 1.15, "bf_isabella": 1.12, "bm_fable": 1.03, "bm_george": 0.93,
    "ef_dora": 1.09, "em_alex": 1.07, "em_santa": 1.03, "ff_siwis": 1.09, "if_sara": 1.08, "im_nicola": 0.95,
    "pf_dora": 1.03, "pm_alex": 1.04, "pm_santa": 1.04, "hf_alpha": 0.60, "hf_beta": 0.67, "hm_omega": 0.59, "hm_psi": 0.57,
    "jf_alpha": 0.89, "jf_gongitsune": 0.70, "jf_nezumi": 0.74, "jf_tebukuro": 0.73, "jm_kumo": 0.83,
    "zf_xiaoxiao": 0.98, "zf_xiaobei": 0.85, "zf_xiaoyi": 1.02, "zm_yunjian": 1.04, "zm_yunxi": 1.10,
}  # fmt: skip
"""How much faster than the language's usual pace a voice of Hibari or Kokoro speaks, measured on a sentence of a hundred
letters. The first of each language is the one that speaks when none is named; English's is Hibari's."""
FIRST_VOICE = {
    "es": "ef_dora", "fr": "ff_siwis", "it": "if_sara", "pt": "pf_dora", "hi": "hf_alpha", "ja": "jf_alpha", "zh": "zf_xiaoxiao",
}  # fmt: skip
USUAL = 12.5
LETTERS_PER_WORD = {
    "en": 4.7, "es": 4.9, "fr": 4.7, "it": 5.0, "pt": 4.8, "de": 5.9, "nl": 5.2, "pl": 6.1, "tr": 6.3, "ru": 5.9, "uk": 5.9,
    "hi": 3.9, "ar": 4.6, "sv": 5.2, "fi": 7.4,
}  # fmt: skip
"""Mean letters of a word in running news text, rounded; for telling a writer how much time there is."""
USUAL_WORD = 5.2
PAUSE_S = 0.32
"""The pause after a line."""
LETTER = regex.compile(r"\p{L}")
UNSPACED_LETTER = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
FIGURE = regex.compile(r"\p{N}")
LETTERS_PER_FIGURE = 5


def seconds_to_say(text: str, language: str) -> float:
    """Estimated seconds for a line and the pause after it. For English within about 8 % over a whole script."""
    code = primary(language)
    words = spell_out(text) if code == "en" else text
    figures = len(FIGURE.findall(words))
    letters = len(LETTER.findall(words))
    if code in UNSPACED:
        own = len(UNSPACED_LETTER.findall(words))
        seconds = (own + figures) / LETTERS_PER_S[code] + (letters - own) / USUAL
    else:
        seconds = (letters + figures * LETTERS_PER_FIGURE) / LETTERS_PER_S.get(code, USUAL)
    return seconds + PAUSE_S if seconds else 0.0


def voice_pace(voice: str, language: str) -> float:
    """How much faster than usual a voice speaks; 1 for one that was not measured. `voice` "" is the language's first."""
    return VOICE_PACE.get(voice or FIRST_VOICE.get(primary(language), ""), 1.0)


def words_in(seconds: float, language: str) -> int:
    """About how many words (characters in languages without spaces) can be said in so many seconds."""
    code = primary(language)
    letters = seconds * LETTERS_PER_S.get(code, USUAL)
    return round(letters if code in UNSPACED else letters / LETTERS_PER_WORD.get(code, USUAL_WORD))
