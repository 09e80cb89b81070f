"""Which language a text is in, and how long it takes to say."""

from __future__ import annotations

import pytest

from producer.speech import languages
from producer.speech.languages import could_be, detect, primary
from producer.speech.pace import PAUSE_S, seconds_to_say


def test_a_text_fits_the_languages_of_its_script() -> None:
    assert could_be("Hello", "en")
    assert could_be("Hola", "en")  # the same letters
    assert not could_be("Привет", "en")
    assert could_be("苹果公司发布了 iPhone 和 MacBook Pro", "zh")
    assert not could_be("ロボットは小さいです", "zh")
    assert not could_be("123", "en")


def test_a_language_is_chosen_only_among_those_that_fit() -> None:
    assert detect("مرحبا", ("en", "ar")) == "ar"
    assert detect("123", ("es", "en")) == "es"
    assert detect("The ferry will cross the harbour after midnight.") == "en"


def test_a_tag_names_its_language() -> None:
    assert [primary(tag) for tag in ("en-GB", "zh_Hans", "pt")] == ["en", "zh", "pt"]


@pytest.mark.parametrize("language", ["en", "es", "zh", "ja", "pl"])
def test_more_text_takes_longer_and_figures_count_as_the_words_they_are(language: str) -> None:
    one = "第一句。" if language in ("zh", "ja") else "One sentence."
    assert seconds_to_say(one * 3, language) - PAUSE_S == pytest.approx(3 * (seconds_to_say(one, language) - PAUSE_S))
    assert seconds_to_say("1999", language) > 0.8
    assert seconds_to_say("…", language) == 0


def test_a_latin_name_in_chinese_is_not_counted_letter_by_letter() -> None:
    assert seconds_to_say("The Harbour Gazette", "zh") < 2.5


def test_languages_that_are_asked_for_once_do_not_narrow_the_next_question() -> None:
    text = "Le bac traversera le port après minuit, dit la capitaine."
    assert detect(text, ("en", "fr")) == "fr"
    assert detect(text, ("en", "fr", "de", "it")) == "fr"
    assert detect("Die Fähre fährt nach Mitternacht durch den Hafen.", ("en", "de")) == "de"


def test_a_language_that_is_not_among_the_known_is_told_from_them_too() -> None:
    assert detect("Färjan lämnar hamnen efter midnatt, säger kaptenen.", ("sv", "en", "de")) == "sv"
    assert detect("The ferry leaves the harbour after midnight, says the captain.", ("sv", "en", "de")) == "en"


def test_what_only_other_languages_need_is_not_kept() -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages(("en", "fr", "sv"))
    for more in ((), ("sv",)):
        ours = languages._model(more)
        assert ours.nb_ptc.nbytes < whole._full_model[0].nbytes / 8
        assert ours.tk_nextmove is languages._model(()).tk_nextmove
    text = "Le bac traversera le port, dit la capitaine."
    assert languages._identifier(("en", "fr", "sv")).classify(text) == whole.classify(text)
