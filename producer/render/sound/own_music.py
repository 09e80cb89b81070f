"""Music that somebody brought: a file that may be anything, read with care."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from config.errors import BadInput
from producer.render.sound.hall import Stereo
from producer.render.sound.master import at_loudness
from producer.render.sound.meter import RATE, loudness
from producer.render.sound.score import BED_LUFS
from producer.speech.loudness import SILENT

CONTAINERS = "wav,mp3,flac,ogg,mov,mp4,m4a"
CODECS = "pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,mp3,mp3float,flac,vorbis,libvorbis,opus,libopus,aac,alac"
LARGEST_BYTES = 64 << 20
SHORTEST_S, LONGEST_S = 2.0, 20 * 60.0
QUIET = 10 ** (-55 / 20)
"""Samples under this at either end are silence, and left out."""
CURE = "Choose a WAV, MP3, FLAC, OGG or M4A file of at most 64 MB, from 2 seconds to 20 minutes long."


def read_music(path: Path, wanted_s: float) -> Stereo:
    """Its first `wanted_s` seconds or all there is: (2, samples) at 48 kHz, without silent ends, as loud as a bed.

    Raises BadInput when it is no music that can be used.
    """
    if path.stat().st_size > LARGEST_BYTES:
        raise BadInput("The music file is too large.", CURE)
    try:
        sound = _decoded(path, wanted_s)
    except (av.FFmpegError, ValueError, IndexError) as error:
        raise BadInput("The music cannot be read.", CURE) from error
    heard = np.flatnonzero(np.abs(sound).max(axis=0) > QUIET)
    if not len(heard) or loudness(sound.T) <= SILENT:
        raise BadInput("The music file holds no sound.", CURE)
    sound = sound[:, heard[0] : heard[-1] + 1]
    if sound.shape[1] < SHORTEST_S * RATE:
        raise BadInput("The music is too short.", CURE)
    return np.ascontiguousarray(at_loudness(sound.T, BED_LUFS).T)


def _decoded(path: Path, wanted_s: float) -> Stereo:
    allowed = {"format_whitelist": CONTAINERS, "codec_whitelist": CODECS, "protocol_whitelist": "file"}
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
    parts: list[Stereo] = []
    samples = 0
    with av.open(str(path), options=allowed, metadata_errors="replace") as container:
        if container.duration is not None and container.duration / av.time_base > LONGEST_S:
            raise BadInput("The music is too long.", CURE)
        for frame in container.decode(container.streams.audio[0]):
            for made in resampler.resample(frame):
                parts.append(np.asarray(made.to_ndarray(), np.float32))
                samples += parts[-1].shape[1]
            if samples >= wanted_s * RATE:
                break
    return np.concatenate(parts, axis=1)
