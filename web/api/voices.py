"""`/api/v1/voices`: which voices a presenter may have, and a sample of each."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse
from pydantic import BaseModel

from config.errors import StudioError
from config.house import House
from producer.engines.registry import Registry
from producer.voices import Voice, find_voice, list_voices
from web.api.auth import needs
from web.api.route import router_of
from web.desk import Desk

LONGEST_S = 120


class VoiceList(BaseModel):
    voices: list[Voice]


def voices_router(desk: Desk) -> APIRouter:
    router, studio = router_of("voices"), desk.studio
    reader, registry, one_at_a_time = (
        Depends(needs("read", studio)),
        Registry(weights=studio.folder.weights),
        threading.Lock(),
    )

    @router.get("/voices", dependencies=[reader])
    def list_all(language: str = "") -> VoiceList:
        """All voices, those not installed too. `language`: only voices that speak it."""
        return VoiceList(voices=list(list_voices(registry, language)))

    @router.get("/voices/{engine}/{voice_id}/sample.wav", dependencies=[reader], response_class=FileResponse)
    def sample(engine: str, voice_id: str) -> FileResponse:
        """The voice introduces itself. Made when it is first asked for, by a process of its own."""
        voice = find_voice(list_voices(registry), engine, voice_id)
        with one_at_a_time:
            path = made_sample(House(studio.folder), voice)
        return FileResponse(path, media_type="audio/wav", headers={"Cache-Control": "private, max-age=3600"})

    return router


def made_sample(house: House, voice: Voice) -> Path:
    """The sample's file. Raises StudioError when the voice is not here or could not speak."""
    if not voice.here:
        raise StudioError(f"The voice “{voice.id}” is not installed.", f"Run `{voice.cure}`.")
    folder = house.folder.samples
    command = house.command("voices", "--voice", f"{voice.engine}/{voice.id}", "--say", str(folder))
    try:
        made = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise StudioError(f"The voice “{voice.id}” took too long.", "Try again when less is going on.") from error
    if made.returncode:
        raise StudioError(f"The voice “{voice.id}” could not speak: {made.stderr.strip()}", "Try another voice.")
    return Path(made.stdout.strip().splitlines()[-1])
