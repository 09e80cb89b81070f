"""All who listen to the sound of a clip. They may hear it as soon as it is encoded, once for all formats of the clip: what
they heard counts for a file only if the file holds the same packets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import av

from producer.checks.mouth import VowelMeter
from producer.checks.playing import Listener, listen
from producer.checks.sounds import SoundWatch
from producer.render.sound.aac import Coded, write_alone
from producer.render.sound.meter import RATE, Meter, Sound


class Ear:
    """Meters every sample."""

    def __init__(self) -> None:
        self.meter, self.samples = Meter(), 0

    def hear(self, seconds: float, waves: Sound, rate: int) -> None:
        self.samples += waves.shape[1]
        self.meter.add(waves.T)


class Hearing:
    """What was heard of one sound; `fingerprint` is of its packets."""

    def __init__(self) -> None:
        self.ear, self.sounds, self.vowels = Ear(), SoundWatch(), VowelMeter()
        self.fingerprint = b""

    @property
    def listeners(self) -> Sequence[Listener]:
        return self.ear, self.sounds, self.vowels


def heard(path: Path) -> Hearing:
    """What a file sounds like. Raises av.FFmpegError when it does not decode."""
    hearing = Hearing()
    listen(path, hearing.listeners)
    hearing.fingerprint = fingerprint(path)
    return hearing


def heard_before(sound: Sequence[Coded], path: Path) -> Hearing:
    """What files with this sound will sound like. `path`: where one may be written that has nothing else."""
    write_alone(sound, path)
    return heard(path)


def fingerprint(path: Path) -> bytes:
    """Of the packets of a file's sound: what they hold, and when they are to be heard."""
    digest = hashlib.sha256()
    with av.open(str(path)) as container:
        for packet in container.demux(audio=0):
            if packet.pts is not None and packet.time_base is not None:
                digest.update(f"{round(packet.pts * packet.time_base * RATE)} {packet.size} ".encode())
                digest.update(bytes(packet))
    return digest.digest()
