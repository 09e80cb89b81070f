"""Swear words and slurs, by language: whole words, with the endings that they usually take. A script is held against its own
language's and English ones. Short on purpose: words that also mean something harmless are left out."""

from __future__ import annotations

import functools

import regex

from producer.speech.languages import UNSPACED, primary

WORDS: dict[str, str] = {
    "en": r"fuck\w*|motherfuck\w*|shit(?:s|ty|ting|head\w*)?|bullshit|cunts?|assholes?|arseholes?|bastards?|bitch(?:es|y)?|"
          r"dickheads?|wankers?|twats?|bollocks|piss(?:ed|ing)? off|cocksuckers?|sluts?|whores?|niggers?|niggas?|faggots?|"
          r"retards?|trann(?:y|ies)|kikes?|spics?|chinks?|goddamn(?:ed)?|jerk ?offs?|pricks",
    "es": r"mierdas?|joder|jodid[oa]s?|coñ[oa]s?|put[oa]s?|hijos? de puta|gilipollas|cabr[oó]n(?:es)?|maric[oó]n(?:es)?|"
          r"pendej[oa]s?|chinga\w*|carajo|verga|culer[oa]s?",
    "fr": r"merde\w*|putain|encul[ée]\w*|connards?|connasses?|salopes?|salauds?|nique\w*|b[âa]tards?|foutre|bordel de",
    "de": r"schei(?:ß|ss)\w*|fick\w*|arschl[oö]ch(?:er)?|wichser\w*|fotzen?|hurens[oö]hne?|schlampen?|hure|miststück",
    "it": r"merd[ae]|cazzo|stronz[oaie]|vaffanculo|puttan[ae]|troi[ae]|coglion[ei]|minchia|figlio di puttana",
    "pt": r"merda|caralho|foda\w*|porra|put[ao]s?|filhos? da puta|cu zão|cuzão|viados?|buceta",
    "nl": r"kut(?:wijf|zak)?|klootzak\w*|godverdomme|hoer(?:en)?|kanker(?:lijer)?s?",
    "ru": r"бля(?:дь|ть)?\w*|сук[аи]|ху[йяею]\w*|пизд\w*|еба\w*|ёб\w*|мудак\w*",
    "hi": r"चूतिया|मादरचोद|भेनचोद|बहनचोद|रंडी|हरामी",
    "zh": r"操你|他妈的|妈的|傻逼|狗屁|婊子|混蛋|王八蛋|去死吧",
    "ja": r"くそったれ|ちくしょう|くたばれ|死ね|クソ野郎|ばかやろう",
    "ar": r"كس أمك|شرموطة|عاهرة|خرا|ابن الكلب",
}  # fmt: skip
DISGUISED = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"})
HIDDEN = regex.compile(r"(?<=\p{L})[0-9@$]+(?=\p{L})|(?<=\b)[@$](?=\p{L})")
STARS = regex.compile(r"\b(?:f[*_-]+(?:k|ck|ing|ed)\w*|s[*_-]+t|c[*_-]+nt|b[*_-]+c?h|n[*_-]+r)\b", regex.IGNORECASE)


def swear_words(text: str, language: str) -> list[str]:
    """Those that are in a text, as they stand in it: also with figures for letters, or with stars instead of them."""
    found = [match.group() for match in STARS.finditer(text)]
    for code in dict.fromkeys((primary(language), "en")):
        if code in WORDS:
            found += [text[m.start() : m.end()] for m in _pattern(code).finditer(_plain(text))]
    return found


def _plain(text: str) -> str:
    """The same text, letter for letter, without disguise: figures count as letters only inside of words."""
    undone: str = HIDDEN.sub(lambda match: match.group().translate(DISGUISED), text)
    return undone


@functools.cache
def _pattern(code: str) -> regex.Pattern[str]:
    body = WORDS[code]
    return regex.compile(body if code in UNSPACED else rf"\b(?:{body})\b", regex.IGNORECASE)
