"""Scripts by a server with OpenAI's protocol: the same writer behind another door."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import Cancelled, EngineError, OutOfMemory, Unavailable
from producer.engines.registry import Registry
from producer.engines.script.openai_compatible import OpenAICompatible
from producer.engines.servers import ModelServer
from tests.support.model_server import Act, Babbles, Fails, Says, model_card, model_server
from tests.support.writing import Canceller, always, reply, write, writer


def test_it_writes_what_ollama_writes(tmp_path: Path) -> None:
    with model_server(always(Says(reply(), thinking="Let me see."))) as world:
        assert write(writer(world, openai=True), tmp_path / "a") == write(writer(world), tmp_path / "b")
    question = world.asked[0]
    assert question["response_format"]["type"] == "json_schema"
    assert question["response_format"]["json_schema"]["strict"] is True
    assert question["chat_template_kwargs"] == {"enable_thinking": False}
    assert question["seed"] == 7


def test_a_server_that_knows_no_schemas_is_asked_without(tmp_path: Path) -> None:
    with model_server(always(reply()), knows_schemas=False) as world:
        assert len(write(writer(world, openai=True), tmp_path).lines) == 6
    assert ["response_format" in question for question in world.asked] == [True, False]


def test_its_key_goes_with_every_question_and_into_no_message() -> None:
    with model_server(always(reply())) as world:
        engine = OpenAICompatible()
        engine.server = ModelServer(world.openai.url, key="secret-key")
        assert engine.check() == []
        assert world.keys == ["Bearer secret-key"]
    assert all("secret-key" not in f"{problem}" for problem in engine.check())
    assert "secret-key" not in repr(engine.server)


def test_which_model_is_the_first_or_the_one_that_is_named() -> None:
    with model_server(always(reply()), models=[model_card("a"), model_card("b")]) as world:
        first, second, third = (writer(world, openai=True, model=name) for name in ("", "b", "c"))
        assert first.check() == second.check() == []
        assert (first.info.weights, second.info.weights) == ("a", "b")
        (problem,) = third.check()
        assert "a, b" in problem.message


def test_without_an_address_it_says_where_to_put_one() -> None:
    (problem,) = Registry().create("openai-compatible").check()
    assert "[openai] url" in problem.cure


@pytest.mark.parametrize(
    ("act", "kind", "says"),
    [
        (Fails(500, "CUDA out of memory. Tried to allocate 2 GiB"), OutOfMemory, "out of memory"),
        (Fails(401, "no"), Unavailable, "key"),
        (Fails(404, "The model does not exist"), Unavailable, "404"),
        (Says(reply(), then_cut=True), Unavailable, "broke off"),
        (Says(reply(), then_error="overloaded"), Unavailable, "failed: overloaded"),
    ],
)
def test_trouble_is_told_plainly(tmp_path: Path, act: Act, kind: type[EngineError], says: str) -> None:
    with model_server(always(act)) as world, pytest.raises(kind, match=says):
        write(writer(world, openai=True), tmp_path)


def test_bytes_that_are_no_protocol_are_no_answer(tmp_path: Path) -> None:
    with model_server(always(Babbles(b"data: {not json}\n\n"))) as world, pytest.raises(Unavailable, match="protocol"):
        write(writer(world, openai=True), tmp_path)


def test_cancelling_hangs_up_at_once(tmp_path: Path) -> None:
    canceller = Canceller(Says(reply(), pause_s=60))
    with model_server(canceller.brain) as world:
        with pytest.raises(Cancelled):
            write(writer(world, openai=True), tmp_path, hooks={"cancelled": canceller.cancelled})
        assert world.hung_up.wait(60)
