"""What a person wants different about a clip becomes the next revision of its brief."""

from __future__ import annotations

import pytest

from config.errors import UsageError
from review.wanted import Wanted, next_take, note_of, with_files
from storage.documents import ArtifactRef
from storage.orders import Consent, PresenterSpec
from tests.support.briefs import make_brief

BRIEF = make_brief()
FILE = ArtifactRef(sha256="a" * 64, media_type="video/mp4", size=1)
AGREED = Consent(statement="Ana agreed.", recorded_at="2026-05-03T00:00:00Z")


def test_nothing_wanted_is_nothing_changed() -> None:
    assert Wanted().applied(BRIEF) == BRIEF
    assert note_of(BRIEF, BRIEF, words=False) == ""


def test_a_film_is_nobodys_without_consent_and_takes_it_along_when_it_goes() -> None:
    with pytest.raises(UsageError, match="consent"):
        with_files(BRIEF, {"video": FILE})
    there = with_files(BRIEF, {"video": FILE}, AGREED)
    assert (there.film, there.film_consent) == (FILE, AGREED)
    assert with_files(there, {"video": None}) == BRIEF


@pytest.mark.parametrize(
    ("takes", "part", "expected"),
    [({}, "line", 1), ({"line.2": 3}, "line", 4), ({"line": 2}, "line.2", 3), ({"scene": 5, "line.1": 9}, "line.2", 1)],
)
def test_another_take_is_one_that_never_was(takes: dict[str, int], part: str, expected: int) -> None:
    assert next_take(BRIEF.model_copy(update={"takes": takes}), part) == expected


def test_the_history_says_what_was_changed() -> None:
    ana = PresenterSpec(slug="ana", name="Ana")
    wanted = Wanted(files={"scene": FILE}, presenter=ana, captions="big", again=("line",), seed=7)
    assert note_of(BRIEF, wanted.applied(BRIEF), words=True) == (
        "Edited the script; a picture of one's own; Ana presents; other captions; another take of the line; seed 7"
    )


def test_a_voice_is_the_presenters_and_its_engine_is_preferred() -> None:
    after = Wanted(voice="hibari/heart").applied(BRIEF)
    assert after.presenter.voices == {"en": "heart"}
    assert after.options.preferred == {"line": ("hibari",)}
    assert note_of(BRIEF, after, words=False) == "Another voice"
