"""What a show and a topic bring to the finish: pictures, films, music, a brand kit. What cannot be used is left out, and the
reviewer is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.errors import BadInput
from producer.engines.base import Context
from producer.engines.requests import FinishRequest
from storage.documents import Check, Motion

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from producer.render.cards.base import BrandKit, Design
    from producer.render.ground import Film
    from producer.render.sound.meter import Sounding
    from producer.render.timeline import Timeline

    Pixels = npt.NDArray[np.uint8]


def film_of(backdrop: Motion, design: Design, context: Context) -> Film:
    from producer.render.loops.film import LoopFilm

    assert backdrop.loop is not None
    size = design.layout.width, design.layout.height
    return LoopFilm(context.artifacts.fetch(backdrop.loop), backdrop.frames, backdrop.fps, size)


def picture_of(request: FinishRequest, context: Context) -> tuple[Pixels | None, list[Check]]:
    """The topic's picture. One that cannot be read is left out, and the reviewer is told."""
    from producer.render.inputs import read_picture

    if request.options.picture is None:
        return None, []
    try:
        return read_picture(context.artifacts.fetch(request.options.picture)), []
    except BadInput as error:
        context.log(str(error))
        return None, [Check(name="picture", value="cannot be read", bound="shown", passed=False)]


def kit_of(request: FinishRequest, context: Context) -> tuple[BrandKit, list[Check]]:
    """The show's own things. What cannot be used is left out, and the reviewer is told."""
    from producer.render.brand import colour_complaints, read_kit
    from producer.render.scene.palettes import palette_from

    brand = request.options.brand
    kit, unread = read_kit(brand, context.artifacts.fetch)
    complaints = [*unread, *colour_complaints(palette_from(request.scene.colours), brand)]
    for complaint in complaints:
        context.log(complaint)
    return kit, [Check(name="brand", value="; ".join(complaints), bound="shown", passed=False)] if complaints else []


def soundtrack_of(request: FinishRequest, context: Context, plan: Timeline) -> tuple[Sounding, list[Check]]:
    """The sound. Music that cannot be used is left out, and the reviewer is told."""
    from producer.render.sound.soundtrack import soundtrack

    sound, complaint = soundtrack(request, context.artifacts.fetch, plan, context.stop_if_cancelled)
    if complaint:
        context.log(complaint)
    return sound, [Check(name="music", value=complaint, bound="heard", passed=False)] if complaint else []
