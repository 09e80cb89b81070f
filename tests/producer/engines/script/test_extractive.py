"""The default writer: the source's own sentences, and whose they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import BadInput
from producer.engines.base import Context
from producer.engines.requests import ScriptOptions, ScriptRequest
from producer.engines.script.extractive import Extractive
from producer.engines.script.material import length
from producer.engines.script.phrases import PHRASES, phrases_for
from producer.speech.pace import seconds_to_say
from storage.artifacts import FolderStore
from storage.documents import Attribution, Script
from storage.orders import TopicCopy
from tests.support.articles import article

LANGUAGES = ["en", "es", "zh"]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    folder = tmp_path_factory.mktemp("script")
    return Context(folder, FolderStore(folder / "store"))


@pytest.fixture(scope="module")
def write(context: Context) -> Any:
    def write(topic: TopicCopy, language: str = "", seed: int = 0, **options: Any) -> Script:
        asked = ScriptOptions(topic=topic, language=language or topic.language, **options)
        return Extractive().run(ScriptRequest(asked, seed), context)

    return write


def body(script: Script) -> list[Any]:
    return [line for line in script.lines if line.role == "body"]


def spoken(script: Script) -> str:
    return " ".join(line.text for line in script.lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_script_is_a_hook_three_to_six_lines_and_a_close(write: Any, language: str) -> None:
    script = write(article(language), show_name="Desk", presenter_name="Mara")
    roles = [line.role for line in script.lines]
    assert roles == ["hook", *["body"] * (len(roles) - 2), "close"]
    assert 3 <= len(body(script)) <= 6
    assert {line.language for line in script.lines} == {language}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rights", ["own", "licensed", "quote"])
def test_every_line_but_the_close_quotes_the_source_to_the_character(write: Any, language: str, rights: Any) -> None:
    topic = article(language, rights)
    *told, close = write(topic).lines
    assert all(line.quote and (line.quote in topic.text or line.quote in topic.title) for line in told)
    assert all(line.supported for line in told)
    assert close.quote == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_source_is_named_aloud(write: Any, language: str) -> None:
    assert "The Ulvik Post" in write(article(language)).lines[-1].text


def test_the_close_says_goodbye_for_the_presenter_and_the_show(write: Any) -> None:
    close = write(article(), show_name="The Desk", presenter_name="Mara").lines[-1]
    assert close.text.endswith("I’m Mara, for The Desk.")


def test_words_of_the_users_own_need_no_attribution(write: Any) -> None:
    topic = article().model_copy(update={"source": None})
    assert all(line.role != "close" for line in write(topic).lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length_s", [20, 35, 45, 60])
def test_it_takes_about_as_long_as_was_asked(write: Any, language: str, length_s: int) -> None:
    script = write(article(language), length_s=length_s)
    seconds = sum(seconds_to_say(line.text, language) for line in script.lines)
    there_is = sum(seconds_to_say(s, language) for s in article(language).text.split("\n\n"))
    assert seconds == pytest.approx(min(length_s, there_is), rel=0.2)


def test_sentences_keep_their_order_and_are_told_once(write: Any) -> None:
    topic = article()
    places = [topic.text.index(line.quote) for line in body(write(topic, length_s=60))]
    assert places == sorted(set(places))


def test_a_leading_however_goes_and_nothing_else_changes(write: Any) -> None:
    topic = TopicCopy(
        title="Moths",
        text="The bog is dry. However, the loss is not the same for every kind. Bogs (NASA) were drained in the last century.",
    )
    texts = [line.text for line in body(write(topic))]
    assert "The loss is not the same for every kind." in texts
    assert "Bogs were drained in the last century." in texts


def test_a_quotation_is_not_torn_from_who_said_it(write: Any) -> None:
    for length_s in range(20, 91, 5):
        for line in body(write(article(), length_s=length_s)):
            assert not (line.text.startswith("“") and line.text.endswith("”") and line.text.count("“") == 1)


# ── rights ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length_s", [20, 60, 90])
def test_a_source_that_may_only_be_quoted_is_quoted_briefly_and_by_name(
    write: Any, language: str, length_s: int
) -> None:
    topic = article(language, "quote")
    script = write(topic, length_s=length_s)
    assert 1 <= len(body(script)) <= 3
    quoted = sum(length(line.quote) for line in body(script))
    assert quoted <= 90
    assert quoted <= 0.46 * length(topic.text)
    for line in script.lines:
        assert "The Ulvik Post" in line.text
    opening, closing = (mark.strip() for mark in phrases_for(language).marks)
    assert all(opening in line.text and closing in line.text for line in body(script))


def test_a_quotation_is_verbatim(write: Any) -> None:
    for line in body(write(article(rights="quote"), length_s=60)):
        said = line.text.split("“", 1)[1].removesuffix("”").replace("‘", "“").replace("’", "”")
        assert said.rstrip(".") in line.quote.replace("’", "”")


def test_own_and_licensed_sources_may_be_used_at_length(write: Any) -> None:
    assert sum(length(line.quote) for line in body(write(article(rights="licensed"), length_s=60))) > 90


def test_quoting_needs_a_name_to_quote_by(write: Any) -> None:
    nameless = article().model_copy(update={"source": Attribution(name="", rights="quote")})
    with pytest.raises(BadInput, match="Name the source"):
        write(nameless)
    with_address = Attribution(name="", url="https://www.example.org/a", rights="quote")
    assert "example.org" in spoken(write(article().model_copy(update={"source": with_address})))


# ── awkward topics ────────────────────────────────────────────────────────────────────────────────


def test_a_topic_with_only_a_title_becomes_a_very_short_script(write: Any) -> None:
    script = write(TopicCopy(title="A robot learns to swim", source=Attribution(name="The Post", rights="own")))
    assert script.lines[0].text == "A robot learns to swim."
    assert [line.role for line in script.lines] == ["hook", "close"]


def test_a_word_without_a_title_is_enough(write: Any) -> None:
    script = write(TopicCopy(title="", text="Fire!"))
    assert (script.title, script.lines[0].text, script.lines[0].quote) == ("Fire!", "Fire!", "Fire!")


@pytest.mark.parametrize(("title", "text"), [("", ""), ("🎉", "🎉🎉 …"), (" ", "<b></b>")])
def test_nothing_to_say_is_refused_with_a_cure(write: Any, title: str, text: str) -> None:
    with pytest.raises(BadInput, match="Give it a title or a text"):
        write(TopicCopy(title=title, text=text))


def test_a_topic_in_another_language_is_refused_and_the_right_one_named(write: Any) -> None:
    arabic = TopicCopy(title="لماذا تتحرك كثبان المريخ", text="تتحرك كثبان المريخ نحو نصف متر فقط كل عام.")
    with pytest.raises(BadInput, match="--language ar"):
        write(arabic)
    with pytest.raises(BadInput, match="--language es"):
        write(article("es"), language="en")


def test_a_wrongly_labelled_topic_is_believed_to_be_what_it_is(write: Any) -> None:
    mislabelled = article("es").model_copy(update={"language": "en"})
    assert write(mislabelled, language="es").lines[0].language == "es"


def test_right_to_left_text_is_written_in_its_own_language(write: Any) -> None:
    topic = TopicCopy(
        title="لماذا تتحرك كثبان المريخ أبطأ مما توقع العلماء",
        text="تتحرك كثبان المريخ نحو نصف متر فقط كل عام. الهواء الرقيق لا يرفع الرمل إلا في العواصف. تبين أن الكثبان هي الأسرع.",
        language="ar",
        source=Attribution(name="المرصد", rights="own"),
    )
    script = write(topic)
    assert len(body(script)) == 3
    assert "المرصد" in script.lines[-1].text


def test_markup_datelines_and_advertisements_are_not_read_aloud(write: Any) -> None:
    topic = TopicCopy(
        title="<b>Bridge</b> opens &amp; closes | Daily News",
        text="PARIS (Reuters) - The <a href='x.y'>bridge</a> opened on Monday &amp; closed on Tuesday. "
        "<p>It cost 40&nbsp;million euros, officials said.</p><script>track('a. b');</script> Read more here. "
        "Photo: Somebody. The mayor was pleased with the result of the work.",
    )
    script = write(topic)
    assert script.title == "Bridge opens & closes"
    assert [line.text for line in body(script)] == [
        "The bridge opened on Monday & closed on Tuesday.",
        "It cost 40 million euros, officials said.",
        "The mayor was pleased with the result of the work.",
    ]
    assert all(line.quote in topic.text for line in body(script))


def test_shouting_is_lowered_with_the_names_as_the_text_spells_them(write: Any) -> None:
    topic = TopicCopy(
        title="PRESIDENT OPENS BRIDGE IN PARIS WITH NASA",
        text="The president opened a bridge in Paris on Monday. Engineers from NASA helped with the steel of the bridge.",
    )
    script = write(topic)
    assert script.title == "President opens bridge in Paris with NASA"
    assert script.lines[0].quote == topic.title


def test_twenty_thousand_characters_are_no_trouble_and_repetitions_are_told_once(write: Any) -> None:
    text = "".join(f"The river rose by two metres near the old mill number {n}. " for n in range(340))
    script = write(TopicCopy(title="Flood", text=text))
    assert len(text) > 19_000
    assert 1 <= len(body(script)) <= 3


# ── the rest of the script ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_keywords_and_scene_say_what_it_is_about(write: Any, language: str) -> None:
    script = write(article(language))
    assert 4 <= len(script.keywords) <= 8
    assert script.keywords[0] in script.scene
    text = f"{article(language).title} {article(language).text}".lower()
    assert all(keyword.lower() in text for keyword in script.keywords)


def test_equal_requests_give_equal_scripts_and_another_seed_may_choose_differently(write: Any) -> None:
    assert write(article(), seed=5) == write(article(), seed=5)
    assert len({spoken(write(article(), seed=seed)) for seed in range(8)}) > 1


@pytest.mark.parametrize("language", [*PHRASES, "pl"])
def test_every_phrase_names_what_it_should(language: str) -> None:
    phrases = phrases_for(language)
    assert all("{source}" in p and "{quote}" in p for p in (*phrases.says, phrases.headline))
    assert all("{source}" in p for p in (*phrases.reported, *phrases.full_story))
    assert "{show}" in phrases.sign_off
    assert "{presenter}" in phrases.sign_off
    assert "{show}" in phrases.show_only


@settings(max_examples=60, deadline=None)
@given(
    title=st.text(alphabet="abc DEF .,!?—“”<b>&;🎉中文 0", max_size=60),
    text=st.text(alphabet="abc DEF .,!?—“”<p>&;\n🎉中文 0:", max_size=300),
    rights=st.sampled_from(["own", "quote"]),
    length_s=st.integers(15, 90),
)
def test_any_topic_becomes_a_script_or_a_refusal(write: Any, title: str, text: str, rights: Any, length_s: int) -> None:
    topic = TopicCopy(title=title, text=text, source=Attribution(name="Post", rights=rights))
    try:
        script = write(topic, length_s=length_s)
    except BadInput:
        return
    assert 0 < len(script.title) <= 90
    assert len(body(script)) <= (3 if rights == "quote" else 6)
    assert all(line.quote in title or line.quote in text for line in script.lines)


def test_importing_the_writer_imports_nothing_heavy() -> None:
    code = (
        "import sys\nimport producer.engines.script.extractive, producer.engines.script.direct\n"
        "assert not {'torch', 'cv2', 'onnxruntime', 'scipy', 'py3langid'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_estimate_is_what_hibari_takes(write: Any, tmp_path: Path) -> None:
    from producer.engines.line.hibari import HibariVoice
    from producer.engines.requests import LineOptions, LineRequest

    script = write(article(), length_s=60, show_name="The Desk", presenter_name="Mara")
    engine, context = HibariVoice(), Context(tmp_path, FolderStore(tmp_path / "store"))
    spoken_s = sum(
        engine.run(LineRequest(LineOptions(text=line.text)), context).duration_s + 0.32 for line in script.lines
    )
    assert spoken_s == pytest.approx(sum(seconds_to_say(line.text, "en") for line in script.lines), rel=0.1)
