"""All the cheap witnesses of a file as one: it is played once, to everybody."""

from __future__ import annotations

from producer.checks.pictures import PictureWatch
from producer.checks.playing import Luma, Waves
from producer.checks.sounds import SoundWatch
from storage.documents import Sighting


class Onlooker:
    """A witness: pictures and sound reach it from two threads, and each has its own part to keep."""

    def __init__(self) -> None:
        self._pictures, self._sounds = PictureWatch(), SoundWatch()

    def see(self, seconds: float, luma: Luma, damaged: bool) -> None:
        self._pictures.see(seconds, luma, damaged)

    def hear(self, seconds: float, waves: Waves, rate: int) -> None:
        self._sounds.hear(seconds, waves, rate)

    def sightings(self) -> list[Sighting]:
        """After the file was played."""
        return [*self._pictures.sightings(), *self._sounds.sightings()]
