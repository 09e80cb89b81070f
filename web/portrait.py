"""A portrait is looked at before it is taken, by a process of its own: python -m web.portrait DATA FILE

It comes from outside, and what reads it is large: neither belongs into the process that holds the truth.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

from config.errors import BadInput, DailiesError, StudioError, Unavailable
from config.folders import DataFolder
from config.house import PROGRAM
from web.terminal.presenters import SETTINGS, look_with

LONGEST_S = 60.0
SMALL = 360
"""Pixels."""


@dataclass(frozen=True)
class Verdict:
    """What became of a look at a portrait. `shown`: how it will be seen, where it can speak."""

    shown: str = ""
    fault: str = ""
    cure: str = ""
    missing: bool = False
    """Whether it is not the portrait that is at fault, but weights that are not here."""
    small: str = ""
    """A small JPEG of it, in base64."""


async def look_at_portrait(folder: DataFolder, path: Path) -> Verdict:
    """How a portrait that can speak will be shown. Raises BadInput for one that cannot speak, Unavailable, StudioError."""
    command = (sys.executable, "-m", "web.portrait", str(folder.root), str(path))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=PROGRAM.parent, stdout=pipe, stderr=pipe)
    try:
        said, errors = await asyncio.wait_for(process.communicate(), LONGEST_S)
    except TimeoutError:
        process.kill()
        raise StudioError("Looking at the portrait took too long.", "Try a smaller picture.") from None
    if process.returncode:
        raise StudioError("The portrait could not be looked at.", errors.decode(errors="replace").strip()[-300:])
    verdict = Verdict(**json.loads(said))
    if verdict.missing:
        raise Unavailable(verdict.fault, verdict.cure)
    if verdict.fault:
        raise BadInput(verdict.fault, verdict.cure)
    return verdict


def verdict_on(folder: DataFolder, path: Path) -> Verdict:
    """Slow and heavy: for a process of its own."""
    from producer.render.photo.gate import Refusal

    try:
        found = look_with(folder)(path)
    except DailiesError as error:
        return Verdict(fault=error.message, cure=error.cure, missing=isinstance(error, Unavailable))
    if isinstance(found, Refusal):
        return Verdict(fault=found.message, cure=found.cure)
    return Verdict(shown=SETTINGS[found.setting], small=_small(path))


def _small(path: Path) -> str:
    from PIL import Image, ImageOps

    with Image.open(path) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((SMALL, SMALL))
    data = BytesIO()
    upright.save(data, "JPEG", quality=86)
    return base64.b64encode(data.getvalue()).decode()


if __name__ == "__main__":
    print(json.dumps(asdict(verdict_on(DataFolder(Path(sys.argv[1])), Path(sys.argv[2])))))
