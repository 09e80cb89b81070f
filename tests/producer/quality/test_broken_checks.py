"""A check that breaks takes nothing with it: the others tell what they found, and the report says that it could not look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.errors import Cancelled, Corrupt
from producer.engines.line.ears import Ears
from producer.quality import examine as checks
from producer.quality.evidence import Evidence
from producer.quality.examine import CHEAP, Helpers, Named, examine
from producer.quality.helpers import Voices
from producer.recognition import Faces
from storage.quality import UNSEEN, Finding
from tests.support.evidence import evidence

__all__ = ["evidence"]

NOBODY = Helpers(Ears(None), Voices(None), Faces(None))


def half_way(evidence: Evidence) -> Iterator[Finding]:
    yield Finding(name="first half", family="sound", verdict="pass")
    raise ValueError("operands could not be broadcast")


def test_the_others_results_stay_and_the_report_says_which_could_not_look(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {f.name for f in examine(evidence, NOBODY).findings}
    monkeypatch.setattr(checks, "CHEAP", (CHEAP[0], Named("half way", "sound", half_way), *CHEAP[1:]))
    report = examine(evidence, NOBODY)
    assert {f.name for f in report.findings} == whole | {"first half", "half way"}
    broken = next(f for f in report.findings if f.name == "half way")
    assert (broken.verdict, broken.value, broken.cure) == ("fail", UNSEEN, None)
    assert broken.why == "ValueError: operands could not be broadcast"
    assert next(f for f in report.findings if f.name == "first half").verdict == "pass"


@pytest.mark.parametrize("error", [Cancelled(), Corrupt("ab" * 32)])
def test_what_is_no_fault_of_a_check_is_passed_on(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """A file that is gone is made again, and the cut is then looked at."""

    def stopped(_evidence: Evidence) -> Iterator[Finding]:
        raise error
        yield

    monkeypatch.setattr(checks, "CHEAP", (Named("stopped", "sound", stopped),))
    with pytest.raises(type(error)):
        examine(evidence, NOBODY)
