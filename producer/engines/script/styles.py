"""What a language model is told about the way of telling, and the names of languages."""

from __future__ import annotations

from producer.speech.languages import primary
from storage.orders import Style

STYLES: dict[Style, str] = {
    "anchor": "A news anchor: clear, even, neutral. Short sentences, the most important thing first.",
    "casual": "A friend who tells you something interesting: relaxed, plain words, contractions, no slang.",
    "educational": "A good teacher: explain one thing after the other, say what a difficult word means if the source says it.",
    "playful": "Light and lively, with a wink where the subject allows it; never at anybody's expense, never about harm.",
    "documentary": "A documentary narrator: unhurried, concrete, vivid; let the facts do the work.",
    "urgent": "Breaking news: very short sentences, present tense, nothing but what is known.",
    "calm": "Quiet and reassuring: slow rhythm, soft words, no alarm.",
}

LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Simplified Chinese",
}  # fmt: skip


def language_name(language: str) -> str:
    """“es-MX” → “Spanish (es-MX)”; a code without a name here is given as it is."""
    name = LANGUAGES.get(primary(language))
    return f"{name} ({language})" if name else language
