"""Scripts by Ollama, over real sockets: what is asked, what is made of the answer, and what happens when it fails."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import Any

import pytest

from config.errors import Cancelled, EngineError, OutOfMemory, Unavailable
from producer.engines.base import Licence
from producer.engines.registry import Registry
from producer.engines.script.ollama import Ollama
from producer.engines.servers import ModelServer
from storage.documents import Script
from tests.support.model_server import Act, Babbles, Fails, Says, model_card, model_server
from tests.support.writing import GOOD, QUOTE, TOPIC, Canceller, always, reply, write, writer


def told(script: Script) -> list[str]:
    return [line.text for line in script.lines if line.role != "close"]


class TestWhatIsAsked:
    def test_a_schema_a_seed_and_no_thinking(self, tmp_path: Path) -> None:
        with model_server(always(reply())) as world:
            write(writer(world), tmp_path, seed=41)
        (question,) = world.asked
        assert question["model"] == "qwen3:8b"
        assert question["format"]["required"] == ["title", "lines", "call_to_action", "scene", "keywords"]
        assert question["options"]["seed"] == 41
        assert question["options"]["num_ctx"] == 8192
        assert question["think"] is False
        assert question["stream"] is True
        assert question["keep_alive"]

    def test_the_order_and_the_source_apart_from_each_other(self, tmp_path: Path) -> None:
        wishes = {
            "show_name": "The Desk", "presenter_name": "Mara", "persona": "Dry humour.", "style": "playful",
            "guidance": "Begin with the fish.", "call_to_action": "Visit the aquarium.", "language": "en",
        }  # fmt: skip
        with model_server(always(reply())) as world:
            write(writer(world), tmp_path, **wishes)
        system, order = (message["content"] for message in world.asked[0]["messages"])
        before, _, fenced = order.partition("<source-")
        for wish in ("The Desk", "Dry humour.", "Begin with the fish.", "Visit the aquarium.", "wink", "English"):
            assert wish in before
        assert "[3] The town counted eleven animals this spring." in fenced
        assert "eleven" not in before
        assert (fence := re.search(r"</(source-\w+)>", fenced)) is not None
        assert fence[1] in system
        assert fence[1] not in TOPIC.text

    @pytest.mark.parametrize(("length_s", "most"), [(15, 45), (30, 80), (90, 90)])
    def test_as_many_words_as_fit_and_never_more_than_the_source_holds(
        self, tmp_path: Path, length_s: int, most: int
    ) -> None:
        with model_server(always(reply())) as world:
            write(writer(world), tmp_path, length_s=length_s)
        words = re.search(r"about (\d+) words", world.asked[0]["messages"][1]["content"])
        assert words is not None
        assert 10 < int(words[1]) <= most


class TestWhatIsMadeOfTheAnswer:
    def test_each_line_carries_the_words_of_the_source_that_support_it(self, tmp_path: Path) -> None:
        with model_server(always(reply())) as world:
            script = write(writer(world), tmp_path)
        assert told(script) == [text for text, *_ in GOOD]
        assert [line.role for line in script.lines] == ["hook", "body", "body", "body", "body", "close"]
        for line in script.lines[:-1]:
            assert line.supported
            assert all(part in TOPIC.text for part in line.quote.split(" … "))
        assert "Harbour Gazette" in script.lines[-1].text, "whose story it was is said by no model"
        assert script.scene == "A calm harbour at dawn with an old wooden pier."
        assert script.keywords == ("otters", "harbour", "spring")
        assert script.source == TOPIC.source

    def test_the_same_for_an_equal_order(self, tmp_path: Path) -> None:
        with model_server(always(reply())) as world:
            assert write(writer(world), tmp_path / "a") == write(writer(world), tmp_path / "b")

    def test_a_claim_without_support_is_asked_about_once_and_then_marked(self, tmp_path: Path) -> None:
        invented = (*GOOD, ("Experts call it the best news for 120 years.", 2))
        with model_server(always(reply(*invented))) as world:
            script = write(writer(world), tmp_path)
        assert len(world.asked) == 2
        complaint = world.asked[1]["messages"][-1]["content"]
        assert "Line 6" in complaint
        assert "120" in complaint
        assert [line.text for line in script.lines if not line.supported] == [
            "Experts call it the best news for 120 years."
        ]

    def test_a_rewrite_that_mends_it_is_taken(self, tmp_path: Path) -> None:
        with model_server(always(reply(*GOOD, ("Everybody in the world is glad about that.", 2)), reply())) as world:
            script = write(writer(world), tmp_path)
        assert told(script) == [text for text, *_ in GOOD]

    def test_a_rewrite_that_is_worse_is_not(self, tmp_path: Path) -> None:
        worse = reply(*GOOD[:2], ("Nobody knows why 77 of them sing.", 2), ("The mayor of Paris is delighted.", 3))
        with model_server(always(reply(*GOOD, ("It is a wonder.", 2)), worse)) as world:
            assert told(write(writer(world), tmp_path))[:5] == [text for text, *_ in GOOD]

    def test_a_line_that_copies_a_source_it_may_only_quote_becomes_a_quotation(self, tmp_path: Path) -> None:
        long = "The harbour master said on Monday that nobody had expected to see so many animals so soon again."
        topic = TOPIC.model_copy(update={"text": f"{TOPIC.text} {long}", "source": QUOTE})
        with model_server(always(reply(*GOOD[:3], (long, 7)))) as world:
            script = write(writer(world), tmp_path, topic)
        assert script.lines[3].text == f"Harbour Gazette writes: “{long}”"

    def test_a_script_that_is_too_long_ends_in_time(self, tmp_path: Path) -> None:
        with model_server(always(reply(*GOOD * 3))) as world:
            script = write(writer(world), tmp_path)
        assert 4 <= len(told(script)) < 9

    def test_a_call_to_action_only_when_one_was_ordered(self, tmp_path: Path) -> None:
        call = {"call_to_action": "Come and visit the aquarium"}
        with model_server(always(reply(**call))) as world:
            without = write(writer(world), tmp_path / "a")
            with_one = write(writer(world), tmp_path / "b", call_to_action="Visit the aquarium.")
        assert not any("visit" in line.text for line in without.lines)
        assert with_one.lines[-2].text == "Come and visit the aquarium."
        assert with_one.lines[-2].role == "close"


class TestAnAnswerThatIsNoScript:
    @pytest.mark.parametrize(
        "bad",
        [
            "", "I'd rather not.", "{", '{"title": "Only a title"}', reply().replace("[", "{"), '["a", "list"]',
            reply(("One line.", 1)), reply(*[("A line about otters.", 2)] * 40), "[" * 3000, '{"a":' * 3000,
        ],
    )  # fmt: skip
    def test_is_asked_for_again_saying_what_is_wrong(self, tmp_path: Path, bad: str) -> None:
        with model_server(always(bad, reply())) as world:
            script = write(writer(world), tmp_path)
        assert told(script) == [text for text, *_ in GOOD]
        assert world.asked[1]["messages"][-1]["role"] == "user"
        assert "Mend this" in world.asked[1]["messages"][-1]["content"]

    def test_is_asked_for_a_few_times_only_and_then_the_next_writer_takes_over(self, tmp_path: Path) -> None:
        with model_server(always("Hello!")) as world, pytest.raises(Unavailable, match="no usable script"):
            write(writer(world), tmp_path)
        assert len(world.asked) == 4

    @pytest.mark.parametrize(
        "around", ["```json\n{}\n```", "Here you are: {}", "<think>Is {{x}} JSON?</think>{}", "{}\nDone!"]
    )
    def test_but_one_with_words_around_it_is(self, tmp_path: Path, around: str) -> None:
        with model_server(always(around.replace("{{x}}", "{x}").replace("{}", reply()))) as world:
            write(writer(world), tmp_path)
        assert len(world.asked) == 1

    def test_a_model_that_ignores_the_schema_without_thinking_is_left_to_think(self, tmp_path: Path) -> None:
        """ollama/ollama#14645 and #15260."""

        def brain(question: dict[str, Any]) -> Act:
            return (
                Says("Sure! The otters are back.")
                if question.get("think") is False
                else Says(reply(), thinking="Let me see.")
            )

        with model_server(brain) as world:
            script = write(writer(world), tmp_path)
        assert [question.get("think") for question in world.asked] == [False, None]
        assert told(script) == [text for text, *_ in GOOD]

    def test_a_model_caught_in_a_loop_is_cut_short(self, tmp_path: Path) -> None:
        with model_server(always("otters " * 20_000, reply())) as world:
            write(writer(world), tmp_path)
        assert len(world.asked) == 2


class TestTrouble:
    @pytest.mark.parametrize(
        ("act", "kind", "says"),
        [
            (Fails(500, "llama runner process has terminated: exit status 2"), Unavailable, "exit status 2"),
            (Fails(500, "model requires more system memory (9.1 GiB) than is available"), OutOfMemory, "memory"),
            (Fails(503, "server busy, please try again"), Unavailable, "busy"),
            (Says(reply(), then_cut=True), Unavailable, "broke off"),
            (Says(reply(), then_error="an error was encountered while running the model"), Unavailable, "an error was"),
            (Babbles(), Unavailable, "does not speak Ollama's protocol"),
            (Babbles(b'{"message": 5}\n'), Unavailable, "does not speak"),
        ],
    )  # fmt: skip
    def test_is_told_plainly(self, tmp_path: Path, act: Act, kind: type[EngineError], says: str) -> None:
        with model_server(always(act)) as world, pytest.raises(kind, match=says) as caught:
            write(writer(world), tmp_path)
        assert caught.value.cure

    def test_a_server_that_is_not_there(self) -> None:
        engine = Ollama()
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        engine.server = ModelServer(f"http://127.0.0.1:{port}")
        (problem,) = engine.check()
        assert "does not answer" in problem.message
        assert "ollama serve" in problem.cure
        with pytest.raises(Unavailable):
            engine.load()

    def test_a_server_that_dies_between_the_look_and_the_question(self, tmp_path: Path) -> None:
        with model_server(always(reply())) as world:
            engine = writer(world)
            engine.load()
        with pytest.raises(Unavailable, match="does not answer"):
            write_loaded(engine, tmp_path)

    def test_a_server_that_falls_silent(self, tmp_path: Path) -> None:
        with model_server(always(Says(reply(), silence_s=30))) as world:
            engine = writer(world)
            engine.server = ModelServer(world.url, silence_s=0.3)
            with pytest.raises(Unavailable, match="said nothing"):
                write(engine, tmp_path)

    def test_a_server_of_something_else(self) -> None:
        with model_server(always(reply())) as world:
            engine = Ollama()
            engine.server = ModelServer(f"{world.url}/elsewhere")
            assert engine.check()

    @pytest.mark.parametrize(
        "act", [Says(reply(), silence_s=60), Says(reply(), pause_s=60)], ids=["before", "while it answers"]
    )
    def test_cancelling_hangs_up_at_once(self, tmp_path: Path, act: Says) -> None:
        canceller = Canceller(act)
        with model_server(canceller.brain) as world:
            with pytest.raises(Cancelled):
                write(writer(world), tmp_path, hooks={"cancelled": canceller.cancelled})
            assert world.hung_up.wait(60), "the server is not left generating for nobody"


class TestWhichModel:
    @pytest.mark.parametrize(
        ("names", "chosen"),
        [
            ([("tiny:1b", "1.2B"), ("middle:8b", "8.0B"), ("huge:70b", "70.6B")], "middle:8b"),
            ([("huge:70b", "70.6B"), ("large:32b", "32.8B")], "large:32b"),
            ([("nomic-embed-text:latest", "137M"), ("tiny:1b", "1.2B")], "tiny:1b"),
            ([("gpt-oss:120b-cloud", "116.8B"), ("tiny:1b", "1.2B")], "tiny:1b"),
        ],
    )
    def test_the_largest_that_a_consumer_gpu_holds_and_none_that_sends_the_text_away(
        self, names: list[tuple[str, str]], chosen: str
    ) -> None:
        with model_server(always(reply()), models=[model_card(name, size) for name, size in names]) as world:
            engine = writer(world)
            assert engine.check() == []
            assert engine.info.weights.startswith(f"{chosen}@")

    def test_the_one_that_is_named(self) -> None:
        with model_server(always(reply()), models=[model_card("a:8b"), model_card("b:latest")]) as world:
            engine = writer(world, model="b")
            assert engine.check() == []
            assert engine.info.weights.startswith("b:latest@")
            (problem,) = writer(world, model="c").check()
            assert "a:8b, b:latest" in problem.message
            assert problem.cure == "ollama pull c"

    def test_none(self) -> None:
        with model_server(always(reply()), models=[]) as world:
            (problem,) = writer(world).check()
        assert problem.cure == "ollama pull qwen3:8b"

    @pytest.mark.parametrize(
        ("text", "licence"),
        [
            ("Apache License\nVersion 2.0", Licence("Apache-2.0")),
            ("MIT License\n\nPermission is hereby granted, free of charge", Licence("MIT")),
            ("LLAMA 3.2 COMMUNITY LICENSE AGREEMENT", Licence("Llama Community", "use-limited")),
            ("Gemma Terms of Use", Licence("Gemma Terms", "use-limited")),
            ("Qwen RESEARCH LICENSE AGREEMENT", Licence("non-commercial", "non-commercial")),
            ("All rights reserved.", Licence("unknown", "unclear")),
            ("", Licence("unknown", "unclear")),
        ],
    )
    def test_its_licence_is_read_from_the_server(self, text: str, licence: Licence) -> None:
        with model_server(always(reply()), licences={"qwen3:8b": text}) as world:
            engine = writer(world)
            engine.check()
        assert engine.info.weights_licence == licence

    def test_it_is_let_go_when_the_engine_is_unloaded(self, tmp_path: Path) -> None:
        with model_server(always(reply()), leaving_s=0.3) as world:
            engine = writer(world)
            write(engine, tmp_path)
            assert world.loaded == {"qwen3:8b"}
            engine.unload()
            assert world.loaded == set()
            world.models.clear()
            engine.unload()

    def test_it_counts_among_what_fills_a_gpu_only_where_it_shares_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        engine = Ollama()
        monkeypatch.setattr("producer.engines.script.ollama.has_gpu", lambda: False)
        assert (engine.info.lane, engine.info.memory_mb) == ("cpu", 0)
        monkeypatch.setattr("producer.engines.script.ollama.has_gpu", lambda: True)
        assert (engine.info.lane, engine.info.memory_mb) == ("gpu", 8000)
        engine.server = ModelServer("http://192.168.1.20:11434")
        assert (engine.info.lane, engine.info.memory_mb) == ("cpu", 0), "another machine's memory is not ours"

    def test_the_registry_hands_it_its_server(self) -> None:
        with model_server(always(reply())) as world:
            engine = Registry(servers={"ollama": world.ollama}).create("ollama")
            assert engine.check() == []


def write_loaded(engine: Any, folder: Path) -> Script:
    engine.load = lambda *_: None
    return write(engine, folder)
