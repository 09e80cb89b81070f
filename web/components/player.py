"""The player of finished cuts: frame stepping, speed, a waveform cut into lines, a word-timed transcript."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from review.support import LineSupport
from review.transcript import timed_lines
from storage.queries import ClipDetail
from web.media import media_address


class Player(ui.element, component="player.js"):
    """Plays the cuts of one clip. What is put inside becomes its heading.

    `on_played` is called with (format, sha256) the first time each cut really plays.
    """

    def __init__(
        self,
        detail: ClipDetail,
        supports: Sequence[LineSupport],
        on_played: Callable[[str, str], None] = lambda _format, _sha256: None,
        *,
        bare: bool = False,
    ) -> None:
        super().__init__()
        self.props.update(cuts=cuts_for_player(detail, supports), lang=detail.row.language, bare=bare)
        self.on("played", lambda event: _report(event, on_played), ["format", "sha256"])

    def choose(self, frame: str) -> None:
        """Show this format."""
        self.run_method("choose", frame)


def cuts_for_player(detail: ClipDetail, supports: Sequence[LineSupport]) -> list[dict[str, Any]]:
    """All cuts of a clip as the browser needs them. Empty while the clip is being made."""
    if detail.script is None:
        return []
    return [
        {
            "format": cut.format,
            "sha256": cut.video.sha256,
            "src": media_address(detail.row.id, cut.video.sha256),
            "poster": media_address(detail.row.id, cut.poster.sha256),
            "codec": cut.media.video_codec,
            "vtt": media_address(detail.row.id, cut.vtt.sha256),
            "width": cut.media.width,
            "height": cut.media.height,
            "fps": cut.media.fps,
            "duration": cut.media.duration_s,
            "peaks": cut.peaks or (0.1,) * 100,
            "lines": [line.model_dump() for line in timed_lines(detail.script, cut, supports)],
        }
        for cut in detail.cuts.values()
    ]


def _report(event: GenericEventArguments, on_played: Callable[[str, str], None]) -> None:
    on_played(str(event.args["format"]), str(event.args["sha256"]))
