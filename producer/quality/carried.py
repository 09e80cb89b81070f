"""What the makers of a cut measured themselves, judged by the show's rules: loudness, black frames, lips, cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from producer.quality.evidence import Evidence
from storage.documents import Check
from storage.quality import Cure, Family, Finding, QualityRules, Verdict, Where

FAMILIES: Mapping[str, Family] = {
    "decodes": "picture", "loudness": "sound", "true peak": "sound", "sound and picture length": "sound",
    "black frames": "picture", "torn frames": "picture", "frozen picture": "picture", "title contrast": "captions",
    "whole title shown": "captions", "source on screen": "script", "captions inside the safe area": "captions",
    "lip_sync": "presenter", "lip_lag_ms": "presenter", "lip_sound": "presenter", "face inside the frame": "presenter",
}  # fmt: skip
LIPS = frozenset({"lip_sync", "lip_lag_ms", "lip_sound"})
SLIGHT = frozenset({"whole title shown", "picture", "brand", "music", "lip_sound"})
"""Worth a look, and no reason to make a clip again: making it again would change nothing, or nobody would notice."""
NOT_MEASURED = "not measured"
AGAIN = frozenset({"decodes", "black frames", "torn frames", "frozen picture", "sound and picture length"})
"""What goes wrong in writing a file now and then, so that writing it once more may help."""

RULED: Mapping[str, tuple[Callable[[QualityRules], str], Callable[[QualityRules, float], bool]]] = {
    "lip_sync": (lambda r: f"≥ {r.lip_sync:g}", lambda r, v: v >= r.lip_sync),
    "lip_lag_ms": (lambda r: f"within ±{r.lip_lag_ms} ms", lambda r, v: abs(v) <= r.lip_lag_ms),
    "frozen picture": (lambda r: f"≤ {r.frozen_s:g} s", lambda r, v: v <= r.frozen_s),
}
"""Checks whose bound a show may choose: how the bound reads, and whether a value keeps to it."""


def carried(evidence: Evidence) -> Iterator[Finding]:
    for check in evidence.cut.checks:
        passed, bound = check.passed, check.bound
        if check.name in RULED and isinstance(check.value, float | int):
            told, holds = RULED[check.name]
            passed, bound = holds(evidence.rules, float(check.value)), told(evidence.rules)
        value = str(check.value)
        missing = NOT_MEASURED in value
        verdict: Verdict = "not run" if missing else "pass" if passed else "warn" if check.name in SLIGHT else "fail"
        yield Finding(
            name=check.name, family=FAMILIES.get(check.name, "picture"), verdict=verdict,
            value="" if missing else check.value, bound=bound,
            why=value.partition(": ")[2] if missing else "", where=() if passed else _where(evidence, check),
            cure=_cure(evidence, check) if verdict == "fail" else None,
        )  # fmt: skip


def _where(evidence: Evidence, check: Check) -> tuple[Where, ...]:
    if check.at_s is None:
        return ()
    return (Where(start=check.at_s, end=check.at_s, line=evidence.line_at(check.at_s)),)


def _cure(evidence: Evidence, check: Check) -> Cure | None:
    if check.name in LIPS or check.name == "face inside the frame":
        return Cure(remedy="new seed", node="video")
    if check.name in AGAIN:
        return Cure(remedy="new seed", node=f"finish.{evidence.cut.format}")
    if check.name == "title contrast":
        return Cure(remedy="new seed", node=f"scene.{evidence.cut.format}")
    return None
