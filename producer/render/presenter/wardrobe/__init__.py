"""Everything a look can name, as data. `WARDROBE[field of Look][name]`."""

from __future__ import annotations

from collections.abc import Mapping

from producer.render.presenter.wardrobe.beards import BEARDS
from producer.render.presenter.wardrobe.extras import EARRINGS, GLASSES, HEARING
from producer.render.presenter.wardrobe.hair import HAIR
from producer.render.presenter.wardrobe.headwear import HEADWEAR
from producer.render.presenter.wardrobe.outfits import OUTFITS

WARDROBE: Mapping[str, Mapping[str, object]] = {
    "hair": HAIR,
    "headwear": HEADWEAR,
    "beard": BEARDS,
    "glasses": GLASSES,
    "earrings": EARRINGS,
    "hearing": HEARING,
    "outfit": OUTFITS,
}
