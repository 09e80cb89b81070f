"""Logs: for people or for a collector, with the ids of what they are about, and never with a secret."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from loguru import logger

from config.logs import Style, redacted, start_logging

SECRETS = {
    "redis://ana:hunter22@example.org/0": "hunter22",
    "https://example.org/enter/abcdefghijklmnopqrstuvwx": "abcdefghijklmnopqrstuvwx",
    "token dly_0123456789abcdef refused": "0123456789abcdef",
    "Authorization: Bearer eyJhbGciOi.J9-x": "eyJhbGciOi",
    "GET /v2/top?apiKey=0a1b2c3d4e5f&q=x": "0a1b2c3d4e5f",
    "{'client_secret': 'shhh-quiet'}": "shhh-quiet",
    "X-Api-Key: 99887766": "99887766",
}

Read = Callable[[], str]


@pytest.fixture(params=["text", "json"])
def style(request: pytest.FixtureRequest) -> Style:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def read(tmp_path: Path, style: Style) -> Iterator[Read]:
    start_logging("tests", tmp_path, "DEBUG", terminal="CRITICAL", style=style)
    yield (tmp_path / "tests.log").read_text
    logger.remove()
    logger.configure(extra={}, patcher=lambda _record: None)
    logging.basicConfig(handlers=[], force=True)


@pytest.mark.parametrize(("said", "secret"), SECRETS.items())
class TestASecretNeverPasses:
    def test_in_a_message(self, read: Read, said: str, secret: str) -> None:
        logger.info("Trying {}", said)
        assert "Trying" in read()
        assert secret not in read()

    def test_in_an_error_that_quotes_it(self, read: Read, said: str, secret: str) -> None:
        try:
            raise RuntimeError(said)
        except RuntimeError:
            logger.exception("It failed")
        assert "RuntimeError" in read()
        assert secret not in read()

    def test_in_what_a_library_says(self, read: Read, said: str, secret: str) -> None:
        logging.getLogger("library").warning("Trying %s", said)
        assert "library" in read()
        assert secret not in read()


@pytest.mark.parametrize("style", ["json"])
def test_a_line_of_json_names_the_clip_and_the_job(read: Read) -> None:
    with logger.contextualize(clip="c1"):
        logger.bind(job="j1", engine="x", other=1).warning("A {} “line”\nof two", "{braced}")
    line: dict[str, Any] = json.loads(read())
    assert line.pop("time")
    assert line == {
        "level": "WARNING", "process": "tests", "where": __name__, "message": "A {braced} “line”\nof two", "clip": "c1",
        "job": "j1", "engine": "x",
    }  # fmt: skip


@pytest.mark.parametrize("style", ["text"])
def test_a_line_of_text_takes_any_message(read: Read) -> None:
    logger.info("{} <red>{{x}}</red>", "{extra[secret]}")
    assert "{extra[secret]} <red>{x}</red>" in read()


def test_a_word_of_a_megabyte_is_looked_through_in_no_time() -> None:
    """Each character at most a few times: looking for an address used to take the square of that."""
    assert redacted("x" * 1_000_000 + " redis://ana:hunter22@example.org").endswith(" redis://***@example.org")


@pytest.mark.parametrize("style", ["text"])
def test_a_line_of_text_names_the_clip_and_the_job_too(read: Read) -> None:
    with logger.contextualize(clip="c1", job="j1", attempt=2, engine=""):
        logger.info("Loading")
    logger.info("Idle")
    lines = read().splitlines()
    assert lines[0].endswith("Loading (clip=c1 job=j1 attempt=2)")
    assert lines[1].endswith("Idle")
