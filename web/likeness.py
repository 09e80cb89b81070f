"""What a voice's recordings are worth, and how like them an engine sounds, in words. Asks a process of its own."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from config.errors import StudioError
from config.house import PROGRAM
from storage.documents import ArtifactRef
from web.studio import Studio

LONGEST_S = 60.0


async def likeness_of(studio: Studio, spoken: ArtifactRef, samples: Sequence[ArtifactRef]) -> str:
    """How like a presenter's recordings something spoken is; what is missing to tell. Raises StudioError, Corrupt."""
    files = [studio.artifacts.fetch(ref) for ref in (spoken, *samples)]
    told = await _ask(studio.folder.weights, "like", *files)
    if "fault" in told:
        return f"{told['fault']} {told['cure']}"
    return f"{told['likeness']:.2f} like their recordings: {'their voice' if told['same'] else 'another voice'}"


async def best_part_of(studio: Studio, recording: ArtifactRef) -> str:
    """Which ten seconds an engine would learn from, and what is wrong with them. Raises StudioError, Corrupt."""
    told = await _ask(studio.folder.weights, "part", studio.artifacts.fetch(recording))
    if "fault" in told:
        return f"{told['fault']} {told['cure']}"
    where = f"Best part: {_clock(told['start_s'])} to {_clock(told['end_s'])}, {told['snr_db']:.0f} dB over the noise."
    return " ".join([where, *(f"But {fault}." for fault in told["faults"])])


async def _ask(*arguments: str | Path) -> dict[str, Any]:
    command = (sys.executable, "-m", "producer.likeness", *map(str, arguments))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=PROGRAM.parent, stdout=pipe, stderr=pipe)
    try:
        said, errors = await asyncio.wait_for(process.communicate(), LONGEST_S)
    except TimeoutError:
        raise StudioError("Listening to it took too long.", "Try a shorter recording.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise StudioError("It could not be listened to.", errors.decode(errors="replace").strip()[-300:])
    found: dict[str, Any] = json.loads(said)
    return found


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60)}:{int(seconds % 60):02d}"
