"""What was measured, one JSON file a run, and what they say together."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import AliasChoices, ConfigDict, Field

from storage.documents import Frozen
from storage.ids import new_id

FIGURES = (
    "tts_ms", "render_ms", "total_ms", "speaker_similarity", "f0_rmse_hz", "language_correct", "lip_sync", "wer", "cer",
)  # fmt: skip


class Run(Frozen):
    """One scenario by one engine, once. What could not be measured here is null, and `missing` says why.

    Milliseconds are of the wall clock; `speaker_similarity` 0..1 and `f0_rmse_hz` are to the same voice, introducing itself;
    `wer` and `cer` are the shares of words and letters that were heard otherwise (of both: characters, where no spaces are
    written)."""

    model_config = ConfigDict(populate_by_name=True)

    scenario: str
    engine: str
    voice: str
    at: str
    repeat: int
    tts_ms: float | None = None
    render_ms: float | None = None
    total_ms: float | None = None
    speaker_similarity: float | None = None
    f0_rmse_hz: float | None = None
    language: str = ""
    language_detected: str | None = None
    language_correct: bool | None = None
    lip_sync: float | None = None
    wer: float | None = Field(default=None, validation_alias=AliasChoices("wer", "word_error_rate"))
    cer: float | None = None
    missing: dict[str, str] = {}  # noqa: RUF012 - pydantic copies it
    error: str = ""


def keep(run: Run, folder: Path) -> Path:
    """Write it into a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{new_id()}.json"
    path.write_text(run.model_dump_json(indent=1), "utf-8")
    return path


def kept(folder: Path) -> list[Run]:
    """All that were kept, oldest first. A file that is none is passed over: it was not written by this program."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(Run.model_validate_json(path.read_text("utf-8")))
        except ValueError:
            continue
    return found


def figure(run: Run, name: str) -> float | None:
    value = getattr(run, name)
    return None if value is None else float(value)


def middle(runs: Iterable[Run], name: str) -> float | None:
    """The median of a figure; None where nobody measured it."""
    values = [value for run in runs if (value := figure(run, name)) is not None]
    return round(statistics.median(values), 3) if values else None


def engines_of(runs: Sequence[Run]) -> list[str]:
    return sorted({run.engine for run in runs})


def as_markdown(runs: Sequence[Run]) -> str:
    """One row for each scenario and engine: the medians of its repeats."""
    rows = [f"| scenario | engine | runs | {' | '.join(FIGURES)} |", f"|---|---|--:|{'--:|' * len(FIGURES)}"]
    for scenario in dict.fromkeys(run.scenario for run in runs):
        for engine in engines_of(runs):
            own = [run for run in runs if (run.scenario, run.engine) == (scenario, engine)]
            if not own:
                continue
            failed = next((run.error for run in own if run.error), "")
            cells = [_cell(middle(own, name)) for name in FIGURES]
            told = f" | {failed}" if failed else ""
            rows.append(f"| {scenario} | {engine} | {len(own)} | {' | '.join(cells)} |{told}")
    return "\n".join(rows)


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
