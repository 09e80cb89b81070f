"""All checks of a cut, in order: what is cheap and always runs first, what is costly last.

To add one: write a function from `Evidence` to findings, name it in `CHEAP`, and plant its fault in `planted.py`, so that
`run.py bench quality` says how well it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from producer.quality.captions import captions
from producer.quality.carried import carried
from producer.quality.evidence import Evidence
from producer.quality.hearing import Listener, hearing
from producer.quality.melody import melody
from producer.quality.picture import face, picture
from producer.quality.script import grounding, language, sameness, swearing
from producer.quality.voice import clipping, noise, silence
from storage.quality import Finding, QualityReport

Check = Callable[[Evidence], Iterator[Finding]]
CHEAP: tuple[Check, ...] = (
    carried, clipping, noise, silence, melody, picture, face, captions, grounding, language, swearing, sameness,
)  # fmt: skip


def examine(evidence: Evidence, listener: Listener) -> QualityReport:
    """Raises Cancelled."""
    found: list[Finding] = []
    for findings in chain((check(evidence) for check in CHEAP), [hearing(evidence, listener)]):
        evidence.look_up()
        found += findings
    return QualityReport(format=evidence.cut.format, findings=tuple(found))
