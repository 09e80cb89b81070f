"""French words to sounds: the table in `speech.french_rules`, silent e where it falls, stress at the end, and liaisons."""

from __future__ import annotations

import functools
import re

from producer.speech.french_rules import RULES, TILDE, VOWELS
from producer.speech.french_words import EXCEPTIONS, SILENT_MENT, SPOKEN_ENT
from producer.speech.wordlists import word_list, word_set

WORD = re.compile(r"[a-zàâäçéèêëîïñôöùûüÿœæ]+", re.IGNORECASE)
SOUND_VOWELS = "aeiouyøœəɛɔɑ"
LAST_VOWEL = re.compile(rf"[aeiouyøœɛɔɑ]{TILDE}?(?=[^aeiouyøœɛɔɑ]*$)")
FALLING_E = re.compile(rf"(?<=[aeiouyøœɛɔɑ{TILDE}][^aeiouyøœəɛɔɑ{TILDE}])ə(?=[^aeiouyøœəɛɔɑ][aeiouyøœɛɔɑ])")
"""An ə between single consonants inside a word is not said: samedi, maintenant."""
UNSTRESSED = word_set(
    "le la les l un une des du de d au aux à en dans par pour sur sous avec sans chez vers et ou où mais donc or ni car que qu qui "
    "je j tu il elle on nous vous ils elles me m te t se s lui leur y ne n ce c cet cette ces mon ton son ma ta sa mes tes ses "
    "notre votre nos vos leurs si comme quand est"
)
JOINING = {
    word: joint
    for joint, words in {
        "z": "les des mes tes ses ces nos vos leurs aux deux trois ils elles nous vous chez dans sans très plus quelques "
        "plusieurs certains autres grands petits nouveaux premiers dernières beaux vieux",
        "n": "un mon ton son on en aucun bien rien",
        "t": "est sont ont quand petit grand vingt huit cent cet fait",
        "ʁ": "premier dernier",
    }.items()
    for word in word_list(words)
}
"""What a word ends in before a vowel. Only where nobody leaves it out, or nearly nobody."""
ASPIRATED = re.compile(
    r"(?:héro(?:s|$)|haricot|haut|hasard|hont|hors|huit|hibou|hall|hameau|hanch|handicap|hangar|harc|hauss|holland|homard|hongr|"
    r"hurl|hach|hain|halt|hamster|hériss|heurt|hockey|houl|houss|hamburg|haïti|harp|hât|havre|héron|hoch|hotte|hublot|hutte|"
    r"onz|oui\b|week|yaourt|yacht|hip|hop|hard|haiku)"
)


def phonemes(text: str) -> str:
    """Phoneme letters of a text that holds words and marks only. Marks stay where they are."""
    plain = re.sub(r"(?i)\baujourd['’]hui", "aujourdhui", text)
    made: list[str] = []
    at = 0
    for match in WORD.finditer(plain):
        made.append(re.sub(r"['’]", "", plain[at : match.start()]))
        made.append(
            _in_context(match[0].lower(), plain[match.end() :], plain[max(0, match.start() - 1) : match.start()])
        )
        at = match.end()
    made.append(plain[at:].replace("'", "").replace("’", ""))
    return "".join(made)


def _in_context(word: str, after: str, before: str) -> str:
    """The word, with the consonant that joins it to a vowel after it: les enfants, un homme."""
    if after[:1] in ("'", "’") and after[1:2].isalpha():
        return _elided(word)
    sounds = word_sounds(word)
    next_word = WORD.match(after[1:].lower()) if after[:1] in (" ", "-") else None
    if next_word is None:
        return sounds
    if word in NUMERALS and (said := _numeral(word, sounds, next_word[0], hyphens=(before == "-", after[0] == "-"))):
        return said
    if after[0] == "-" and next_word[0] in INVERTED and word[-1] in "td":  # chantent-ils
        return f"{sounds.removesuffix('t')}t"
    meets_vowel = next_word[0][0] in VOWELS + "h" and not ASPIRATED.match(next_word[0])
    joint = JOINING.get(word, "")
    return sounds if not meets_vowel or sounds.endswith(joint) else sounds + joint


def _numeral(word: str, sounds: str, following: str, hyphens: tuple[bool, bool]) -> str:
    """What a numeral loses, voices or gains before what it counts: six cents, neuf heures, vingt-six. "" = nothing."""
    if word == "neuf":
        return "nˈœv" if following in ("heures", "ans") else ""
    if word == "vingt":
        return "vˈɛ̃t" if hyphens == (False, True) or following == "et" else ""
    if word in ("six", "dix") and (following in ("huit", "neuf") or following[0] in VOWELS + "h"):
        return f"{sounds[:-1]}z"
    return sounds[:-1] if following in COUNTED else ""


INVERTED = word_set("il ils elle elles on")
NUMERALS = word_set("six dix huit neuf vingt")
COUNTED = word_set(
    "cent cents mille millions milliards jours mois personnes fois kilomètres mètres pour points degrés minutes semaines litres "
    "kilogrammes grammes tonnes pays villes milliers"
)


def _elided(word: str) -> str:
    """l', d', qu', lorsqu': the consonant that is left, and what stands before it."""
    if len(word) == 1:
        return {"c": "s", "j": "ʒ"}.get(word, word)
    return _letters(word)


@functools.lru_cache(maxsize=4096)
def word_sounds(word: str) -> str:
    """A lower-case word by itself: sounds, with the stress on its last vowel."""
    known = EXCEPTIONS.get(word)
    sounds = FALLING_E.sub("", _letters(word)) if known is None else known.replace("~", TILDE)
    if word in UNSTRESSED:
        return sounds
    return LAST_VOWEL.sub(lambda m: f"ˈ{m[0]}", sounds, count=1)


def _letters(word: str) -> str:
    made = []
    at = 0
    while at < len(word):
        for pattern, sounds in RULES:
            match = pattern.match(word, at)
            if match and match.end() > at:
                made.append(_ending(word, sounds) if "?" in sounds else sounds)
                at = match.end()
                break
        else:
            at += 1
    return "".join(made)


def _ending(word: str, sounds: str) -> str:
    """-ent at the end: heard in nouns and adverbs, silent in verbs."""
    heard = word in SPOKEN_ENT or (word.endswith("ment") and word not in SILENT_MENT)
    if not heard:
        return sounds.rstrip("?")
    return f"{sounds.rstrip('?').replace('i', 'j')}ɑ{TILDE}"
