"""From a request to the sound of its cut: which music, how loud, and what could not be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from config.errors import BadInput
from producer.engines.requests import FinishRequest
from producer.render.inputs import read_voice
from producer.render.presenter.tone import Told
from producer.render.sound.mix import Track, mix
from producer.render.sound.moods import mood_for
from producer.render.sound.music import Music, composed, looped
from producer.render.sound.own_music import read_music
from producer.render.timeline import Timeline
from storage.documents import ArtifactRef, Script


def soundtrack(
    request: FinishRequest, fetch: Callable[[ArtifactRef], Path], times: Timeline, poll: Callable[[], None]
) -> tuple[Track, str]:
    """The sound, and why music that was asked for is not in it ("" when all is well). `poll` may raise."""
    voice, rate = read_voice(fetch(request.speech.audio))
    try:
        music, complaint = _music(request, fetch, times), ""
    except BadInput as error:
        music, complaint = None, error.message
    target = float(request.options.loudness_lufs)
    return mix(voice, rate, times.offset_s, times.duration_s, music, target, poll), complaint


def _music(request: FinishRequest, fetch: Callable[[ArtifactRef], Path], times: Timeline) -> Music | None:
    options = request.options
    if options.music == "off":
        return None
    if options.music_file is not None:
        return looped(read_music(fetch(options.music_file), times.duration_s), times.duration_s)
    mood = mood_of(request.script, request.seed) if options.music == "auto" else options.music
    return composed(mood, request.seed, times)


def mood_of(script: Script, seed: int) -> str:
    """The mood that fits a script."""
    told = [Told(line.text, line.language) for line in script.lines]
    return mood_for(told, " ".join([script.title, script.scene, *script.keywords]), seed)
