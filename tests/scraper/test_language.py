"""The hint of the source decides, unless the text plainly says otherwise."""

from __future__ import annotations

import pytest

from scraper.language import LANGUAGES, code, decide, language_of

SENTENCES = {
    "en": "The night ferry will cross the harbour every forty minutes until five in the morning.",
    "es": "El faro volverá a encenderse este sábado, después de once años a oscuras.",
    "zh": "老图书馆从这个月起夜里不关灯，三楼的阅览室一直开放到早上六点。",
    "fr": "Le bateau de nuit traverse le port toutes les quarante minutes jusqu’à cinq heures.",
    "de": "Die Nachtfähre überquert den Hafen alle vierzig Minuten bis fünf Uhr morgens.",
    "ar": "تعبر العبارة الليلية الميناء كل أربعين دقيقة حتى الخامسة صباحا",
    "he": "המעבורת הלילית חוצה את הנמל כל ארבעים דקות עד חמש בבוקר",
    "ja": "夜のフェリーは朝五時まで四十分ごとに港を渡ります。",
    "ru": "Ночной паром пересекает гавань каждые сорок минут до пяти утра.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_recognised_against_a_wrong_hint(language: str) -> None:
    wrong = "pt" if language != "pt" else "en"
    assert language_of(SENTENCES[language]) == language_of(SENTENCES[language], wrong) == language


def test_a_short_or_doubtful_text_follows_the_hint() -> None:
    assert language_of("Final: 3–2", "es-ES") == "es"
    assert language_of("Radio Roma", "it") == "it"


def test_words_of_another_script_do_not_change_the_language() -> None:
    assert language_of("In Hebrew it is שלום, in Arabic سلام, and in English it is peace.", "en-gb") == "en"


def test_without_words_there_is_only_the_hint() -> None:
    assert language_of("🎉🎊 … !!", "zh-Hans") == "zh"
    assert language_of("🎉🎊 … !!") == "und"
    assert language_of("") == "und"


def test_a_language_that_we_cannot_tell_apart_is_believed() -> None:
    assert decide("eu", "es", 0.99, 100) == "eu"
    assert "eu" not in LANGUAGES


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-GB", "en"), ("zh_Hans_CN", "zh"), ("iw", "he"), ("NB-no", "no"), ("cn", "zh"), ("und", ""), ("", ""), ("english", ""), ("x1", ""), ("<b>", "")],
)  # fmt: skip
def test_tags_are_reduced_to_their_language(tag: str, language: str) -> None:
    assert code(tag) == language
