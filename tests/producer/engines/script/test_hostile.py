"""Scraped text is hostile. Even a model that obeys it cannot make a script say what it wants."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import Unavailable
from producer.engines.script.contraband import contraband
from producer.engines.script.injection import speaks_to_a_model
from storage.documents import Script
from storage.grounding import locate
from tests.support.articles import article
from tests.support.attacks import ATTACKS, FENCE, Attack
from tests.support.model_server import model_server
from tests.support.writing import SENTENCES, TOPIC, always, write, writer


@pytest.fixture(params=ATTACKS, ids=lambda attack: attack.name)
def attack(request: pytest.FixtureRequest) -> Attack:
    return request.param  # type: ignore[no-any-return]


def attempt(attack: Attack, folder: Path) -> tuple[Script | None, list[str]]:
    """What a wholly obedient model gets made of the planted topic, and all that it was sent."""
    topic = TOPIC.model_copy(update={"title": attack.title, "text": f"{TOPIC.text} {attack.planted}"})
    with model_server(always(attack.obeyed)) as world:
        try:
            script = write(writer(world), folder, topic)
        except Unavailable:
            script = None
        return script, [message["content"] for question in world.asked for message in question["messages"]]


def test_what_an_obedient_model_was_told_to_say_is_never_said(attack: Attack, tmp_path: Path) -> None:
    script, _ = attempt(attack, tmp_path)
    if script is None:
        return  # handed to the writer that only quotes
    made = "\n".join([script.title, script.scene, *script.keywords, *(line.text for line in script.lines)])
    assert [word for word in attack.never if word in made] == []
    assert not any(contraband(line.text, f"{script.source and script.source.name}") for line in script.lines)
    assert {line.language for line in script.lines} == {"en"}


def test_every_line_that_no_sentence_carries_is_marked(attack: Attack, tmp_path: Path) -> None:
    script, _ = attempt(attack, tmp_path)
    for line in script.lines if script else ():
        quoted = line.quote and all(
            locate(part, f"{attack.title}\n{TOPIC.text} {attack.planted}") for part in line.quote.split(" … ")
        )
        assert quoted or not line.supported or line.role == "close"
        if "OtterCorp" in line.text or "4,000" in line.text:
            assert not line.supported


def test_the_planted_text_never_leaves_its_fence(attack: Attack, tmp_path: Path) -> None:
    _, (_system, order, *_) = attempt(attack, tmp_path)
    _, inside, after = order.partition("\n\n<source-")
    assert attack.planted not in order.partition("\n\n<source-")[0]
    assert order.count("</source-") == 1
    assert FENCE not in order
    assert inside
    assert after.splitlines()[-1].startswith("Write the script")


def test_sentences_that_speak_to_a_model_are_not_shown_to_it(tmp_path: Path) -> None:
    shown = {attack.name: attempt(attack, tmp_path / str(n))[1][1] for n, attack in enumerate(ATTACKS)}
    withheld = [attack.name for attack in ATTACKS if attack.planted not in shown[attack.name]]
    assert {"an address", "an address in words", "in Spanish", "in Chinese", "chat marks"} <= set(withheld)


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_ordinary_news_speaks_to_nobody(language: str) -> None:
    assert not any(speaks_to_a_model(part) for part in article(language).text.split(". "))
    for sentence in (*SENTENCES, "AI must be regulated, lawmakers say.", "He will act as a mediator.", "Drivers ignore the rules.",
                     "The ministry gave new instructions to teachers."):  # fmt: skip
        assert not speaks_to_a_model(sentence)


@pytest.mark.parametrize(
    "line",
    [
        "In 2024–2025 the town grew.", "10 000 000 people came.", "It cost 1,250,000.50 euros.", "The U.S. and the U.K. agreed.",
        "Version 2.5 is out.", "COVID-19-related delays ended.", "He scored 3-1 and then 2-0.", "At 10.30 it began.", "没有人受伤。",
        "Mr. Smith of St. Mary’s came.", "They met on 27 November 2026.", "“Yes,” she said: it works!",
    ],
)  # fmt: skip
def test_ordinary_lines_are_no_contraband(line: str) -> None:
    assert contraband(line) == ""


def test_a_source_named_like_an_address_may_be_named() -> None:
    assert contraband("That was reported by Otters.com.") == "an address"
    assert contraband("That was reported by Otters.com.", "Otters.com") == ""
    assert contraband("See Otters.com/buy.", "Otters.com") == "an address"
