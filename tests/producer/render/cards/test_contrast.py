"""Every text on screen can be read: at least 4.5 : 1, measured in finished frames against what is really behind it."""

import itertools
from itertools import cycle
from typing import get_args

import numpy as np
import pytest

from producer.render.colour import READABLE
from producer.render.gallery.sayings import SAYINGS
from producer.render.gallery.staged import MOMENTS, Staging
from producer.render.scene.backdrops import BACKDROPS
from producer.render.scene.palettes import PALETTES
from storage.documents import Format
from storage.orders import Captions
from tests.support.contrast import Measured, contrasts

PLACES = list(zip(PALETTES, cycle(BACKDROPS), strict=False))
STYLES = [style for style in get_args(Captions) if style != "none"]
FRAMES = list(itertools.product(get_args(Format), ("Latin", "Chinese", "Arabic")))


def unreadable(wanted: Staging, moments: tuple[str, ...]) -> dict[str, dict[tuple[int, int], float]]:
    measured, low = Measured(wanted), {}
    for moment in moments:
        found = measured.at(moment)
        assert found, f"no text in the {moment}"
        low[moment] = {place: ratio for place, ratio in found.items() if ratio < READABLE}
    return {moment: places for moment, places in low.items() if places}


@pytest.mark.parametrize(("palette", "backdrop"), PLACES)
def test_cards_and_captions_can_be_read_in_every_palette(palette: str, backdrop: str) -> None:
    wanted = Staging(palette=palette, backdrop=backdrop, resolution=576)
    assert not unreadable(wanted, ("intro", "headline", "list"))


@pytest.mark.proof
@pytest.mark.parametrize(("place", "frame"), list(zip(PLACES, cycle(FRAMES), strict=False)))
def test_every_card_can_be_read_in_every_format(place: tuple[str, str], frame: tuple[Format, str]) -> None:
    (palette, backdrop), (format, script) = place, frame
    wanted = Staging(SAYINGS[script], format, resolution=576, palette=palette, backdrop=backdrop, logo=True)
    assert not unreadable(wanted, MOMENTS)


@pytest.mark.proof
@pytest.mark.parametrize(("palette", "style"), list(zip(PALETTES, cycle(STYLES), strict=False)))
def test_captions_of_every_style_can_be_read_on_bright_clothes(palette: str, style: Captions) -> None:
    wanted = Staging(format="9:16", resolution=576, palette=palette, captions=style, look="mei")
    assert not unreadable(wanted, ("quote", "number"))


def test_the_measure_tells_pale_text_from_clear_text() -> None:
    covered = np.zeros((40, 120))
    covered[10:30, 10:50] = covered[10:30, 80:110] = 1.0
    covered[9:31, 9], covered[9:31, 79] = 0.5, 0.5
    bare = np.full((40, 120, 3), 250, np.uint8)
    true = bare.copy()
    true[10:30, 10:50], true[10:30, 80:110] = 190, 20
    covered[10:30, 50:51] = covered[10:30, 110:111] = 0.5
    pale, clear = (ratio for _, ratio in sorted(contrasts(true, bare, covered).items()))
    assert pale < 2
    assert clear > 12
