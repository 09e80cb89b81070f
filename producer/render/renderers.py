"""The renderers that a performance may name, as loaders: nothing is imported until one is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Renderer(Protocol):
    """Paints a performance into a video frame that it was given when it was made."""

    def paint(self, index: int) -> None:
        """Paint performance frame `index` over what the frame holds; any index outside of the speech waits, alive."""


def _drawn() -> Callable[..., Renderer]:
    from producer.render.presenter.renderer import DrawnRenderer

    return DrawnRenderer


def _photo() -> Callable[..., Renderer]:
    from producer.render.photo.renderer import PhotoRenderer

    return PhotoRenderer


def _framed() -> Callable[..., Renderer]:
    from producer.render.photo.renderer import FramedRenderer

    return FramedRenderer


RENDERERS: dict[str, Callable[[], Callable[..., Renderer]]] = {
    "drawn/2": _drawn,
    "photo/1": _photo,
    "framed/1": _framed,
}
"""Renderer id and version → a loader of its class, which is called with tracks, look, frame, placement and ground."""
