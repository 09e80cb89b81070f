"""What is shown of the open clip: the stage, the reasons beside it, and the bar of decisions under both."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from review.inbox import offered
from review.progress import stages
from storage.people import Person
from storage.queries import ClipDetail
from web.components import quality, why
from web.components.basics import box, button, crumbs, html, text
from web.components.decide import decision_bar
from web.components.deeds import on_deed
from web.components.history import history
from web.components.plan import left
from web.components.player import Player
from web.components.released import released_note
from web.components.stage import unfinished
from web.desk import Desk
from web.open_clip import OpenClip
from web.theme.marks import MARK
from web.words import language

EMPTY = "Clips appear here as they are made. New ones wait behind a badge above the list."
BACK = "dailies.show(false); dailies.at('/')"


class Panes:
    """Three panes of the inbox. `on_played` hears (format, sha256) of each cut that really plays."""

    def __init__(
        self, desk: Desk, act: Callable[[str], Awaitable[None]], on_played: Callable[[str, str], None],
        with_engine: Callable[[str], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._desk, self._act, self._on_played = desk, act, on_played
        self._stage = box("pane-stage", "section", aria_label="Clip", tabindex="0")
        self._why = box("pane-why", "aside", aria_label="Why", tabindex="0")
        self._bar = box("bar", role="toolbar", aria_label="Decision")
        self.player: Player | None = None
        self._progress: ui.html | None = None
        self._with_engine, self._decides = with_engine, False

    def show(self, clip: OpenClip, person: Person) -> None:
        """Everything anew, the player too."""
        self._clear()
        self._decides = person.may("reviewer")
        with self._stage, box("stage-in"):
            if clip.detail.cuts and clip.detail.script:
                self.player = Player(clip.detail, clip.supports, self._on_played)
                with self.player:
                    _heading(clip.detail)
            else:
                with box("stage-top"):
                    _heading(clip.detail)
                self._progress = html(self._unfinished(clip.detail))
                on_deed(self._progress, lambda _name, engine: self._with_engine(engine))
        self._show_beside(clip, person)

    def follow(self, clip: OpenClip, person: Person) -> None:
        """Show what changed around the picture, and leave the player alone."""
        if self._progress is not None:
            self._progress.set_content(self._unfinished(clip.detail))
            return
        for pane in (self._why, self._bar):
            pane.clear()
        self._show_beside(clip, person)

    def show_nothing(self, *, unknown: bool) -> None:
        self._clear()
        title, words = (
            ("There is no such clip.", "It may belong to another studio.") if unknown else ("All quiet.", EMPTY)
        )
        with self._stage:
            link = '<a class="btn btn-quiet" href="/new">Make a clip yourself</a>'
            html(f"{MARK}<h2>{title}</h2><p>{words}</p>{'' if unknown else link}", "empty")

    def _clear(self) -> None:
        self.player, self._progress = None, None
        for pane in (self._stage, self._why, self._bar):
            pane.clear()

    def _show_beside(self, clip: OpenClip, person: Person) -> None:
        detail, engines = clip.detail, self._desk.engines
        with self._why:
            if clip.exports:
                released_note(self._desk, clip.exports[0])
            if detail.cuts:
                html(why.verdicts(detail, clip.supports, engines), "verdicts", "nav", aria_label="Verdicts")
            parts = [
                why.consent(clip.lapse),
                quality.flag(detail) if detail.cuts else "",
                why.policy(clip.say_of_policy(person.name)),
                why.asked(detail, clip.standing),
                why.source(detail, clip.supports),
                why.checks(detail) if detail.cuts else "",
                why.made(detail, engines),
            ]
            html("".join((*parts, history(detail, clip.decisions, clip.revisions, clip.exports, takes=clip.takes))))
        can = offered(detail.row, person, own_words=detail.brief.direct)
        with self._bar:
            decision_bar(can, self._act, facts=_facts(detail), say="" if can else "You may watch; a reviewer decides.")

    def _unfinished(self, detail: ClipDetail) -> str:
        running = {p.node: (p.fraction, p.message) for p in self._desk.studio.production.progress(detail.row.id)}
        titles = {engine: facts.title for engine, facts in self._desk.engines.items()}
        return unfinished(
            detail,
            stages(detail.plan, detail.nodes, running),
            titles,
            self._elsewhere(detail),
            self._left(detail, running),
        )

    def _left(self, detail: ClipDetail, running: dict[str, tuple[float, str]]) -> float | None:
        if detail.row.production != "making":
            return None
        return left(self._desk.studio.production.forecast(detail.row.id, detail.brief), running)

    def _elsewhere(self, detail: ClipDetail) -> list[str]:
        """The engines that could make what failed instead, for whoever may have it tried."""
        failure = detail.row.failure
        if failure is None or not self._decides:
            return []
        able = self._desk.studio.production.choices(detail.brief).get(failure.stage, [])
        return [engine for engine in able if engine != failure.engine]


def _heading(detail: ClipDetail) -> None:
    button(
        icon_name="chevron-left", hint="Back to the queue", kind="ghost", classes="back",
        on_click=lambda: ui.run_javascript(BACK),
    )  # fmt: skip
    take = f"revision {detail.row.revision}" if detail.row.revision > 1 else ""
    with box("grow"):
        version = detail.brief.presenter_version
        who = f"{detail.brief.presenter.name}, version {version}" if version > 1 else detail.brief.presenter.name
        html(crumbs(who, detail.brief.show.name, language(detail.row.language), take), "kick")
        text(detail.row.title, "stage-title", "h2", language=detail.row.language)


def _facts(detail: ClipDetail) -> str:
    """How much was watched, of which file. The player fills in the share."""
    hashes = " ".join(cut.video.sha256[:7] for cut in detail.cuts.values())
    watched = '<span>Watched <b class="num" data-watched>0 %</b></span>'
    return f'{watched}<span>Cut <b class="mono">{hashes}</b></span>' if hashes else ""
