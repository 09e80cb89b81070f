"""Whole frames: every format at every resolution, for every app, in both directions of reading, in every framing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import get_args

from producer.render.gallery.exhibit import Still
from producer.render.gallery.sayings import SAYINGS
from producer.render.gallery.staged import Staged, Staging
from producer.render.presenter.look import Framing
from storage.documents import Format
from storage.orders import Platform, Resolution


def layouts() -> Iterator[Still]:
    for name, wanted, group in _all():
        yield Still(name, partial(Staged(wanted).at, "headline"), group)


def _all() -> Iterator[tuple[str, Staging, str]]:
    for format in get_args(Format):
        for resolution in get_args(Resolution):
            wanted = Staging(format=format, resolution=resolution, picture=True, look="priya", backdrop="waves")
            yield f"{resolution}", wanted, format
        for framing in get_args(Framing):
            yield framing, Staging(format=format, framing=framing, look="kenji", palette="slate"), format
        yield "right to left", Staging(SAYINGS["Arabic"], format, palette="aurora"), format
    for platform in get_args(Platform):
        yield platform, Staging(format="9:16", platform=platform, palette="berry", look="amara"), "9:16 for an app"
