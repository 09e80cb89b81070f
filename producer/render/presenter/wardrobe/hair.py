"""Hairstyles. To add one: draw it around the head (crown (0, -100), ears at x = ±72, chin (0, 100)) in one of the
three modules named here, and add it to that module's table."""

from __future__ import annotations

from producer.render.presenter.wardrobe.hair_curly import CURLY
from producer.render.presenter.wardrobe.hair_long import LONG
from producer.render.presenter.wardrobe.hair_short import SHORT
from producer.render.presenter.wardrobe.hairstyle import Hairstyle

HAIR: dict[str, Hairstyle] = {**SHORT, **LONG, **CURLY}
