"""Everything a look can name, as data. `WARDROBE[field of Look][name]`."""

from __future__ import annotations

from collections.abc import Mapping

from producer.render.presenter.wardrobe.beards import BEARDS
from producer.render.presenter.wardrobe.extras import EARRINGS, GLASSES
from producer.render.presenter.wardrobe.hair import HAIR
from producer.render.presenter.wardrobe.outfits import OUTFITS

WARDROBE: Mapping[str, Mapping[str, object]] = {
    "hair": HAIR,
    "beard": BEARDS,
    "glasses": GLASSES,
    "earrings": EARRINGS,
    "outfit": OUTFITS,
}
