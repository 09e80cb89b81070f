"""Drawn pictures for topics without one that may be shown: one module per motif.

To add a motif, copy `heart.py` (`paint`, `KEYWORDS`) and name it in `MOTIFS`.
"""

from __future__ import annotations

from producer.render.cards.motifs import (
    atom,
    ball,
    book,
    bulb,
    chart,
    chip,
    cloud,
    coin,
    cup,
    globe,
    heart,
    house,
    leaf,
    megaphone,
    music,
    rocket,
    train,
    wave,
)

MOTIFS = {
    "atom": atom,
    "ball": ball,
    "book": book,
    "bulb": bulb,
    "chart": chart,
    "chip": chip,
    "cloud": cloud,
    "coin": coin,
    "cup": cup,
    "globe": globe,
    "heart": heart,
    "house": house,
    "leaf": leaf,
    "megaphone": megaphone,
    "music": music,
    "rocket": rocket,
    "train": train,
    "wave": wave,
}

NEUTRAL = ("bulb", "globe", "megaphone")
"""What suits a topic whose words call for nothing."""
