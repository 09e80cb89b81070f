"""From when to when a card is there, and how softly it comes and goes. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from producer.render.timeline import Timeline, ease, ease_both, ramp

FIRST_AFTER_S, FIRST_S = 0.25, 0.60
"""The first card waits this long after the body begins, and takes its time; the source's line comes with it."""
COMES_S, GOES_S = 0.44, 0.24


@dataclass(frozen=True)
class Stay:
    """Frames. The card begins to come at `start` and is gone at `end`; one that `stays` is still there then."""

    start: float
    end: float
    comes: float
    goes: float
    stays: bool = False

    def there(self, frame: float) -> float:
        """0 away … 1 all there."""
        coming = ease(ramp(frame, self.start, self.comes))
        return coming if self.stays else coming * (1 - ease_both(ramp(frame, self.end - self.goes, self.goes)))

    def still(self, frame: float) -> bool:
        """Whether it neither comes nor goes."""
        return self.start + self.comes <= frame and (self.stays or frame <= self.end - self.goes)

    def seen(self, frame: float) -> float:
        """How much of its time has passed, 0..1."""
        return ramp(frame, self.start, max(self.end - self.start, 1.0))

    def slide(self, frame: float) -> float:
        """Where it is on its way: −1 before it comes, 0 in its place, 0.4 when it is gone."""
        coming = ease(ramp(frame, self.start, self.comes)) - 1
        return coming if coming < 0 or self.stays else 0.4 * ease_both(ramp(frame, self.end - self.goes, self.goes))


def first(times: Timeline, until: float | None = None) -> Stay:
    """The first card's; `until`: the frame at which the next one comes, None = it stays."""
    start = times.body + FIRST_AFTER_S * times.fps
    return _stay(times, start, FIRST_S, until)


def following(times: Timeline, start: float, until: float | None) -> Stay:
    return _stay(times, start, COMES_S, until)


def _stay(times: Timeline, start: float, comes_s: float, until: float | None) -> Stay:
    end = times.frames if until is None else until
    return Stay(start, end, comes_s * times.fps, GOES_S * times.fps, stays=until is None)
