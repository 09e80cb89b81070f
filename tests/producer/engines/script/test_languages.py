"""A language model writes in the language that was ordered, whatever the source's, and is held to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import Unavailable
from producer.engines.script.prompting import Budget
from producer.engines.script.styles import LANGUAGES, STYLES, language_name
from storage.documents import Attribution, Script
from storage.orders import TopicCopy
from tests.support.model_server import model_server
from tests.support.writing import Line, always, reply, write, writer

STORIES: dict[str, tuple[tuple[str, ...], tuple[Line, ...]]] = {
    "en": (("The ferry sails again from Friday.", "It was cancelled nine years ago."), (("From Friday the ferry sails again.", 2), ("It had been cancelled nine years ago.", 3))),
    "es": (("El ferry vuelve a navegar desde el viernes.", "Fue cancelado hace nueve años por el ayuntamiento."), (("Desde el viernes el ferry navega de nuevo.", 2), ("El ayuntamiento lo había cancelado hace nueve años.", 3))),
    "fr": (("Le ferry navigue de nouveau à partir de vendredi.", "La mairie l'avait supprimé il y a neuf ans."), (("À partir de vendredi, le ferry navigue de nouveau.", 2), ("La mairie l'avait supprimé voilà neuf ans.", 3))),
    "de": (("Die Fähre fährt ab Freitag wieder.", "Die Stadt hatte sie vor neun Jahren eingestellt."), (("Ab Freitag fährt die Fähre wieder.", 2), ("Vor neun Jahren hatte die Stadt den Betrieb eingestellt.", 3))),
    "it": (("Il traghetto torna a navigare da venerdì.", "Il comune lo aveva cancellato nove anni fa."), (("Da venerdì il traghetto torna a navigare.", 2), ("Nove anni fa il comune lo aveva cancellato.", 3))),
    "pt": (("A balsa volta a navegar na sexta-feira.", "A prefeitura cancelou o serviço há nove anos."), (("Na sexta-feira a balsa volta a navegar.", 2), ("Há nove anos a prefeitura cancelou o serviço.", 3))),
    "ru": (("Паром снова ходит с пятницы.", "Городские власти отменили рейсы девять лет назад."), (("С пятницы паром снова ходит.", 2), ("Девять лет назад городские власти отменили рейсы.", 3))),
    "hi": (("नौका शुक्रवार से फिर चलेगी।", "शहर ने इसे नौ साल पहले बंद किया था।"), (("शुक्रवार से नौका फिर चलेगी।", 2), ("नौ साल पहले शहर ने इसे बंद किया था।", 3))),
    "ar": (("تعود العبارة إلى الإبحار يوم الجمعة المقبل.", "ألغت البلدية الخدمة قبل تسع سنوات."), (("يوم الجمعة المقبل تعود العبارة إلى الإبحار.", 2), ("قبل تسع سنوات ألغت البلدية الخدمة.", 3))),
    "zh": (("渡轮从星期五起恢复航行。", "市政府九年前取消了这条航线。"), (("从星期五起，渡轮恢复航行。", 2), ("九年前，市政府取消了这条航线。", 3))),
    "ja": (("フェリーは金曜日から再び運航します。", "市は九年前にこの航路を廃止しました。"), (("金曜日からフェリーは再び運航します。", 2), ("この航路は九年前に市が廃止しました。", 3))),
    "nl": (("De veerboot vaart vanaf vrijdag weer.", "De gemeente had de dienst negen jaar geleden geschrapt."), (("Vanaf vrijdag vaart de veerboot weer.", 2), ("Negen jaar geleden had de gemeente de dienst geschrapt.", 3))),
    "pl": (("Prom znów pływa od piątku.", "Miasto zlikwidowało połączenie dziewięć lat temu."), (("Od piątku prom znów pływa.", 2), ("Dziewięć lat temu miasto zlikwidowało połączenie.", 3))),
    "ko": (("여객선이 금요일부터 다시 운항합니다.", "시는 구 년 전에 이 노선을 폐지했습니다."), (("금요일부터 여객선이 다시 운항합니다.", 2), ("이 노선은 구 년 전에 시가 폐지했습니다.", 3))),
    "el": (("Το πλοίο ταξιδεύει ξανά από την Παρασκευή.", "Ο δήμος είχε καταργήσει το δρομολόγιο πριν εννέα χρόνια."), (("Από την Παρασκευή το πλοίο ταξιδεύει ξανά.", 2), ("Πριν εννέα χρόνια ο δήμος είχε καταργήσει το δρομολόγιο.", 3))),
}  # fmt: skip
"""A source of two sentences, and what a good model says of them. Number 1 is the headline."""
HEADLINES = {"en": "The night ferry returns", "zh": "夜间渡轮回来了", "ja": "夜のフェリーが戻る"}


def story(language: str) -> TopicCopy:
    sentences, _ = STORIES[language]
    space = "" if language in ("zh", "ja") else " "
    source = Attribution(name="The Post", url="https://post.example/1", rights="own")
    title = HEADLINES.get(language, sentences[0].rstrip(".।"))
    return TopicCopy(title=title, text=space.join(sentences), language=language, source=source)


def told(script: Script) -> list[str]:
    return [line.text for line in script.lines if line.role != "close"]


@pytest.mark.parametrize("language", STORIES)
def test_it_writes_in_fifteen_languages(language: str, tmp_path: Path) -> None:
    lines = STORIES[language][1]
    with model_server(always(reply(*lines, title=story(language).title, keywords=[]))) as world:
        script = write(
            writer(world), tmp_path, story(language), language=language, show_name="Desk", presenter_name="Mara"
        )
    assert language_name(language) in world.asked[0]["messages"][1]["content"]
    assert told(script) == [text for text, *_ in lines]
    assert all(line.supported and line.quote for line in script.lines[:-1]), [
        line for line in script.lines if not line.quote
    ]
    assert {line.language for line in script.lines} == {language}
    assert "The Post" in script.lines[-1].text
    assert len(world.asked) == 1


@pytest.mark.parametrize(("source", "wanted"), [("en", "es"), ("es", "en"), ("zh", "en"), ("en", "ja"), ("de", "ar")])
def test_it_translates(source: str, wanted: str, tmp_path: Path) -> None:
    lines = STORIES[wanted][1]
    with model_server(always(reply(*lines, title=lines[0][0]))) as world:
        script = write(writer(world), tmp_path, story(source), language=wanted)
    assert told(script) == [text for text, *_ in lines]
    assert [line.quote for line in script.lines[:-1]] == list(STORIES[source][0]), (
        "the evidence stays in its own language"
    )
    assert script.title == lines[0][0].rstrip(".")


def test_a_topic_that_names_the_wrong_language_is_read_in_its_own(tmp_path: Path) -> None:
    topic = story("en").model_copy(update={"language": "es"})
    with model_server(always(reply(*STORIES["es"][1]))) as world:
        script = write(writer(world), tmp_path, topic, language="es")
    assert all(line.supported for line in script.lines)


def test_a_translation_keeps_to_the_figures_of_the_sentences_it_names(tmp_path: Path) -> None:
    topic = story("en").model_copy(update={"text": "The ferry carried 1,200 people. It sails again from Friday."})
    wrong = (("El ferry llevaba a 1.300 personas.", 2), ("Vuelve a navegar desde el viernes que viene.", 3))
    right = (("El ferry llevaba a 1.200 personas.", 2), ("Vuelve a navegar desde el viernes que viene.", 3))
    with model_server(always(reply(*wrong))) as world:
        script = write(writer(world), tmp_path / "a", topic, language="es")
        assert [line.supported for line in script.lines] == [False, True, True]
    with model_server(always(reply(*right))) as world:
        script = write(writer(world), tmp_path / "b", topic, language="es")
        assert all(line.supported for line in script.lines)


@pytest.mark.parametrize(("wanted", "came"), [("es", "en"), ("en", "fr"), ("zh", "en"), ("ja", "zh"), ("ar", "ru")])
def test_a_script_in_another_language_is_none(wanted: str, came: str, tmp_path: Path) -> None:
    with model_server(always(reply(*STORIES[came][1]))) as world, pytest.raises(Unavailable, match="no usable script"):
        write(writer(world), tmp_path, story(wanted), language=wanted)
    assert "language" in world.asked[-1]["messages"][-1]["content"]


def test_time_is_told_in_words_or_where_there_are_none_in_characters() -> None:
    assert str(Budget.of(30, "en")) == "about 84 words in about 5 lines (30 seconds when spoken)"
    assert str(Budget.of(30, "zh")) == "about 147 characters in about 5 lines (30 seconds when spoken)"


def test_every_style_and_language_has_its_words() -> None:
    assert {"anchor", "casual", "educational", "playful", "documentary"} <= set(STYLES)
    assert set(STORIES) <= set(LANGUAGES)
    assert language_name("tlh") == "tlh"
