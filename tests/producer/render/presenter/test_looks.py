from __future__ import annotations

import numpy as np
import pytest

from config.errors import BadInput
from producer.render.presenter.colours import channels, palette_of
from producer.render.presenter.layers import UNDER_HAT
from producer.render.presenter.look import Look, resolve
from producer.render.presenter.looks import DEFAULT, LOOKS
from producer.render.presenter.outlines import Piece, contours_of
from producer.render.presenter.wardrobe import WARDROBE
from producer.render.presenter.wardrobe.beards import Beard
from producer.render.presenter.wardrobe.hairstyle import Hairstyle
from producer.render.presenter.wardrobe.headwear import HEADWEAR, Headwear
from producer.render.presenter.wardrobe.outfits import CUFFS


def pieces(thing: object) -> list[Piece]:
    if isinstance(thing, Hairstyle):
        return [*thing.back, *thing.drape, *thing.front, *thing.fringe]
    if isinstance(thing, Headwear):
        return [*thing.front, *thing.shadow]
    if isinstance(thing, Beard):
        return [*thing.face, *thing.hangs]
    assert isinstance(thing, tuple)
    return list(thing)


EVERYTHING = [
    pytest.param(piece, id=f"{kind}-{name}-{n}")
    for kind, things in WARDROBE.items()
    for name, thing in things.items()
    for n, piece in enumerate(pieces(thing))
]


def test_there_are_many_presenters_to_choose_from() -> None:
    assert len(LOOKS) >= 14
    assert DEFAULT in LOOKS
    assert len({look.model_dump_json(exclude={"name"}) for look in LOOKS.values()}) == len(LOOKS)


@pytest.mark.parametrize("piece", EVERYTHING)
def test_everything_in_the_wardrobe_can_be_painted(piece: Piece) -> None:
    tones = (piece.tone,) if isinstance(piece.tone, str) else piece.tone
    assert set(tones) <= set(palette_of(Look()))
    assert all(len(contour.points) % 3 == 1 for contour in contours_of(piece.path, piece.symmetry))
    if piece.symmetry == "half":
        assert all(abs(c.points[0, 0]) + abs(c.points[-1, 0]) < 1e-6 for c in contours_of(piece.path, "half"))


def test_the_looks_show_what_the_wardrobe_holds() -> None:
    for kind, things in WARDROBE.items():
        worn = {getattr(look, kind) for look in LOOKS.values()}
        assert len(worn) >= min(3, len(things)), kind


def test_every_sleeve_has_a_cuff() -> None:
    assert set(CUFFS) == set(WARDROBE["outfit"])
    assert {f"{kind}-shade" for kind in CUFFS.values()} <= set(palette_of(Look()))


@pytest.mark.parametrize("name", [name for name, hat in HEADWEAR.items() if hat.brim is not None])
def test_a_hat_is_wider_than_the_hair_it_presses(name: str) -> None:
    outline = np.vstack([c.points for piece in HEADWEAR[name].front for c in contours_of(piece.path, piece.symmetry)])
    assert np.abs(outline[:, 0]).max() > UNDER_HAT
    assert outline[:, 1].min() >= -140


def test_grey_hair_loses_its_colour() -> None:
    def colourful(grey: float) -> int:
        tone = channels(palette_of(Look(hair_colour="#8a3a1c", grey=grey))["hair"])
        return max(tone) - min(tone)

    assert colourful(0) > 90 > 40 > colourful(0.8)


def test_a_named_look_can_be_changed() -> None:
    look = resolve({"name": "theo", "hair_colour": "#aa3311", "beard": "none"}, LOOKS, DEFAULT)
    assert (look.name, look.hair_colour, look.beard) == ("theo", "#aa3311", "none")
    assert look.outfit == LOOKS["theo"].outfit


def test_no_name_means_the_default() -> None:
    assert resolve({}, LOOKS, DEFAULT) == LOOKS[DEFAULT]


def test_a_stored_look_is_read_as_itself() -> None:
    assert all(resolve(look.model_dump(), LOOKS, DEFAULT) == look for look in LOOKS.values())


@pytest.mark.parametrize(
    ("wanted", "cure"),
    [
        ({"name": "nobody"}, "mara"),
        ({"hair": "mullet"}, "hair_colour"),
        ({"skin": "pink"}, "skin"),
        ({"age": 3}, "age"),
        ({"wings": "two"}, "outfit"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(wanted: dict[str, object], cure: str) -> None:
    with pytest.raises(BadInput) as refused:
        resolve(wanted, LOOKS, DEFAULT)
    assert cure in refused.value.cure


def test_an_unknown_hairstyle_is_answered_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r"mullet.*bob.*quiff"):
        resolve({"hair": "mullet"}, LOOKS, DEFAULT)
