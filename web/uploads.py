"""Takes a file from outside, for the API and for the desk: looked at by a process of its own, then stored and recorded.

upload = await take_upload(studio, path, "ana.png", person.name, kind="image")
brief = …upload.ref…
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from functools import partial
from pathlib import Path

from config.errors import BadInput
from config.house import PROGRAM
from config.settings import Uploads
from storage.uploads import MediaFacts, Upload, UploadKind, record_upload
from web.studio import Studio

LONGEST_S = 90.0
LONGEST_NAME = 200


async def take_upload(studio: Studio, path: Path, name: str, user: str, kind: UploadKind | None = None) -> Upload:
    """Store the file at `path`, which stays the caller's. `kind`: the only one that is wanted.

    Raises BadInput with what is wrong with the file, StudioError on a full disk.
    """
    facts = await look_apart(path, studio.settings.uploads)
    if kind and facts.kind != kind:
        raise BadInput(f"This is no {kind}.", f"It is of the kind {facts.kind}.")
    ref = await asyncio.to_thread(studio.artifacts.put, path, facts.media_type)
    shown = "".join(character for character in name if character.isprintable())[:LONGEST_NAME]
    command = partial(record_upload, ref=ref, facts=facts, name=shown, user=user)
    return await asyncio.wrap_future(studio.writer.submit(command))


async def look_apart(path: Path, limits: Uploads) -> MediaFacts:
    """What the file is, as a process of its own found out. Raises BadInput."""
    command = (sys.executable, "-m", "producer.intake", limits.model_dump_json(), str(path))
    process = await asyncio.create_subprocess_exec(
        *command, cwd=PROGRAM.parent, env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        said, _ = await asyncio.wait_for(process.communicate(), LONGEST_S)
    except TimeoutError:
        raise BadInput("Looking at this file took too long.", "Save it anew, smaller.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise BadInput("What reads such files broke on this one.", "Save it anew with another program.")
    told = json.loads(said)
    if "fault" in told:
        raise BadInput(told["fault"], told["cure"])
    return MediaFacts.model_validate(told["facts"])
