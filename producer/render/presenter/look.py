"""What a presenter looks like: a handful of choices and colours; the rig does the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_core.core_schema import ValidationInfo

from config.errors import BadInput
from producer.render.presenter.wardrobe import WARDROBE
from storage.documents import Frozen

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Share = Annotated[float, Field(ge=0, le=1)]


Framing = Literal["full", "half", "close"]
"""See `framing`."""


class Look(Frozen):
    """Free parameters of the drawn presenter. Those that are keys of `wardrobe.WARDROBE` name one of its
    entries; the rest are colours and shares."""

    name: str = ""
    framing: Framing = "half"
    skin: Colour = "#f1c2a0"
    eyes: Colour = "#5b3f28"
    brows: Share = Field(default=0.4, description="thickness")
    lashes: Share = Field(default=0.3, description="0 plain … 1 long and dark")
    lips: Share = Field(default=0.2, description="0 bare … 1 painted")
    fullness: Share = Field(default=0.5, description="of the lips")
    jaw: Share = Field(default=0.4, description="0 slim … 1 square")
    nose: Share = Field(default=0.5, description="0 narrow … 1 broad")
    lids: Share = Field(default=0.2, description="0 deep crease … 1 smooth lid")
    age: Share = Field(default=0.2, description="0 young … 1 old: lines, lids and lips")
    grey: Share = Field(default=0.0, description="of the hair, beard and brows")
    freckles: Share = 0.0
    hair: str = "crop"
    hair_colour: Colour = "#4a2f23"
    headwear: str = "none"
    headwear_colour: Colour = "#34465f"
    beard: str = "none"
    glasses: str = "none"
    glasses_colour: Colour = "#26242b"
    earrings: str = "none"
    hearing: str = "none"
    shoulders: Share = Field(default=0.4, description="0 narrow … 1 broad")
    outfit: str = "blazer"
    outfit_colour: Colour = "#27406b"
    shirt_colour: Colour = "#f5f7fb"
    accent: Colour = "#f2a33a"

    @field_validator(*WARDROBE)
    @classmethod
    def _must_hang_in_the_wardrobe(cls, value: str, info: ValidationInfo) -> str:
        known = WARDROBE[str(info.field_name)]
        if value not in known:
            raise ValueError(f"there is no {info.field_name} “{value}”; known: {', '.join(sorted(known))}")
        return value


def resolve(wanted: Mapping[str, Any], named: Mapping[str, Look], default: str) -> Look:
    """The look that `wanted` describes: a named one (`{"name": "mara"}`), changed by any free parameters.

    Raises BadInput for an unknown name, parameter or value.
    """
    name = wanted.get("name") or default
    if name not in named:
        raise BadInput(f"There is no look “{name}”.", f"Known looks: {', '.join(sorted(named))}.")
    try:
        return Look.model_validate({**named[name].model_dump(), **wanted, "name": name})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(
            f"The look's “{where}” is not right: {first['msg'].removeprefix('Value error, ')}.",
            f"Parameters: {', '.join(Look.model_fields)}.",
        ) from error
