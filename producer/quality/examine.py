"""All checks of a cut, in order: what is cheap and always runs first, what is costly last.

To add one: write a function from `Evidence` to findings, name it in `CHEAP`, and plant its fault in `planted.py`, so that
`run.py bench quality` says how well it does.

A check that breaks takes nothing with it: what it found before stays, the others run, and the report says that it could not
look, so that the clip goes to its reviewer with a flag.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from loguru import logger

from config.errors import BadInput, Cancelled, Corrupt, StudioError
from producer.quality.captions import captions
from producer.quality.carried import carried
from producer.quality.evidence import Evidence
from producer.quality.hearing import Listener, hearing
from producer.quality.look import look
from producer.quality.melody import melody
from producer.quality.picture import face, picture
from producer.quality.script import grounding, language, sameness, swearing
from producer.quality.voice import clipping, noise, silence
from producer.quality.whose_face import FaceKnower, whose_face
from producer.quality.whose_voice import VoiceKnower, whose_voice
from storage.quality import Family, Finding, QualityReport, unseen

Check = Callable[[Evidence], Iterator[Finding]]


class Named(NamedTuple):
    """A check, and what its report is called where it breaks."""

    name: str
    family: Family
    look: Check


CHEAP: tuple[Named, ...] = (
    Named("what was measured", "picture", carried), Named("clipping", "sound", clipping), Named("noise", "sound", noise),
    Named("silence", "sound", silence), Named("pitch", "speech", melody), Named("picture", "picture", picture),
    Named("face", "presenter", face), Named("captions", "captions", captions), Named("grounding", "script", grounding),
    Named("language of the words", "script", language), Named("swear words", "script", swearing),
    Named("sameness", "script", sameness), Named("same look", "picture", look),
)  # fmt: skip


class Helpers(NamedTuple):
    """What costly checks look with, where it is installed."""

    listener: Listener
    knower: VoiceKnower
    faces: FaceKnower


def costly(helpers: Helpers) -> tuple[Named, ...]:
    return (
        Named("speech read back", "speech", partial(hearing, listener=helpers.listener)),
        Named("voice as in the samples", "speech", partial(whose_voice, knower=helpers.knower)),
        Named("same face as the portrait", "presenter", partial(whose_face, knower=helpers.faces)),
    )


def examine(evidence: Evidence, helpers: Helpers) -> QualityReport:
    """Raises Cancelled; Corrupt and StudioError where a file is gone, damaged, or out of reach: it is then made or tried
    again."""
    found, seen = list[Finding](), ""
    for check in (*CHEAP, *costly(helpers)):
        evidence.look_up()
        try:
            for finding in check.look(evidence):  # one by one: what was found before it broke counts
                found.append(finding)
        except (Cancelled, Corrupt, StudioError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - told to the reviewer
            logger.exception("The check {} broke", check.name)
            found.append(unseen(check.name, check.family, error))
    with suppress(BadInput):  # then the check that looks at it has said so
        seen = evidence.look
    return QualityReport(format=evidence.cut.format, findings=tuple(found), look=seen)
