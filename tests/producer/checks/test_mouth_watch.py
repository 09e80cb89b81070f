"""Which frames of a file the lips are looked at in."""

import numpy as np
import pytest

from producer.checks.mouth import Look, MouthWatch, Part
from producer.checks.playing import Luma


class Reader:
    """Sees a mouth that is half open in every frame."""

    def part(self, luma: Luma) -> Part:
        return Part(luma, 0, 0, (luma.shape[1], luma.shape[0]))

    def look(self, part: Part) -> Look:
        return Look(0.5, whole=True)

    def count(self, part: Part) -> int:
        return 1


@pytest.mark.parametrize("fps", [25, 30])
def test_every_other_frame_is_looked_at_and_none_is_left_out_where_lips_must_meet(fps: int) -> None:
    watch = MouthWatch(Reader(), spans=[(0.5, 1.5)], moments=[(0.8, 1.0), (1.9, 2.1)])  # type: ignore[arg-type]
    times = [n / fps for n in range(3 * fps)]
    for seconds in times:
        watch.see(seconds, np.zeros((4, 4), np.uint8), damaged=False)
    seen = watch.track().times
    watch.close()
    assert [t for t in times if 0.8 <= t < 1.0] == [t for t in seen if 0.8 <= t < 1.0]
    assert 0.5 <= seen.min() < 0.5 + 2 / fps
    assert seen.max() < 1.5
    assert np.diff(seen).max() == pytest.approx(2 / fps)
    assert len(seen) < 0.7 * fps
