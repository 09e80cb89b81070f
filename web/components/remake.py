"""How a clip that exists is made: each stage with what may be wanted of it. What is chosen goes into a `Wanted`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, get_args

from nicegui import ui
from nicegui.events import UploadEventArguments

from config.settings import Uploads
from producer.voices import Voice
from review.progress import STAGES
from review.wanted import NAMES, STAGE_OF, TAKES, Part, Wanted
from storage.orders import Backdrop, Brief, PresenterSpec
from web.components.basics import box, field, text
from web.components.choices import dropdown, one_of, options, some_of
from web.components.files import FileField
from web.components.new_form import CAPTIONS, FORMATS, named
from web.theme.marks import icon

AS_IT_IS = "As it is"
HINTS: dict[Part, str] = {
    "speech": "Somebody saying these very lines, at most two and a half minutes.",
    "scene": "Cropped to each format. JPEG, PNG or WebP.",
    "video": "Seen in the presenter’s place, without its sound. MP4, MOV or WebM.",
}
BROUGHT: dict[Part, str] = {
    "speech": "A recording of one’s own is heard.",
    "scene": "A picture of one’s own is seen.",
    "video": "A film of one’s own is seen.",
}
ACCEPT: dict[Part, str] = {"speech": "audio/*", "scene": "image/png,image/jpeg,image/webp", "video": "video/*"}
AGREED = "Ana Ruiz, who agreed on 3 May 2026 to be shown"


class Hands(Protocol):
    """What the page does."""

    async def changed(self) -> None: ...
    async def bring(self, part: Part, event: UploadEventArguments) -> None: ...
    async def drop(self, part: Part) -> None: ...
    async def agree(self, statement: str) -> None: ...
    async def describe(self, scene: str) -> None: ...


@dataclass(frozen=True)
class Offered:
    """What there is to choose from."""

    presenters: Sequence[PresenterSpec]
    voices: Sequence[Voice]
    engines: dict[str, list[str]]
    """Stage → engine ids."""
    titles: dict[str, str]
    """Engine id → name."""
    limits: Uploads


class RemakeForm:
    """One card with a row for each stage. Nothing in it is chosen until somebody chooses."""

    def __init__(self, brief: Brief, scene: str, wanted: Wanted, offered: Offered, hands: Hands) -> None:
        self._brief, self._wanted, self._offered, self._hands = brief, wanted, offered, hands
        self._files: dict[Part, FileField] = {}
        self._engines: dict[str, ui.html] = {}
        with box("card", "section", aria_label="How it is made"):
            with box("card-top"):
                text("How it is made", "card-title", "h2")
                text("what you leave stays as it is", "faint")
            if not brief.direct:
                with _row("script", "pencil"):
                    self._engine("script")
                    self._take("script", pinned="script" in brief.pins)
            with _row("line", "volume-2"):
                self._voices()
                self._take("line")
                self._file("speech")
            with _row("scene", "sparkles"):
                self._backdrop()
                self._engine("scene")
                self._take("scene")
                self._described(scene)
                self._file("scene")
            with _row("video", "circle-user-round"):
                self._presenters()
                self._engine("video")
                self._take("video")
                self._file("video")
                self._consent()
            with _row("finish", "clapperboard"):
                self._picture()

    def say(self, part: Part, words: str, *, there: bool = True) -> None:
        """What was brought for a part; "" = nothing."""
        self._files[part].show(words, there=there)
        if part == "video":
            self._agree.props.pop("hidden", None)
            if not (words and there) or self._wanted.files.get("video") is None:
                self._agree.props["hidden"] = ""
            self._agree.update()

    def offer(self, engines: dict[str, list[str]]) -> None:
        """Other engines can do it now: another presenter was chosen, or a file was brought."""
        for stage, chosen in self._engines.items():
            chosen.set_content(options(self._named(engines.get(stage, [])), self._wanted.engines.get(stage, "")))

    def _voices(self) -> None:
        groups: dict[str, dict[str, str]] = {"": {"": AS_IT_IS}}
        for voice in self._offered.voices:
            if voice.here and not voice.borrowed:
                title = self._offered.titles.get(voice.engine, voice.engine)
                said = f"{voice.name}, {voice.language}, {voice.gender}"
                groups.setdefault(title, {})[f"{voice.engine}/{voice.id}"] = said
        with named("Voice"):
            dropdown("Voice", groups, "", self._set("voice"))

    def _backdrop(self) -> None:
        names: tuple[Backdrop, ...] = get_args(Backdrop)
        shown: dict[str, str] = {name: "By the words" if name == "auto" else name.capitalize() for name in names}
        with named("Backdrop"):
            dropdown("Backdrop", {"": shown}, self._brief.options.backdrop, self._set("backdrop"))

    def _described(self, scene: str) -> None:
        with box("wide-field", "label"):
            text("Scene in words", "field-label", "span")
            said = box("input", "textarea", rows="2", maxlength="400", dir="auto")
            said.props["placeholder"] = scene or "What the background should show, in words"
            said.on(
                "input", lambda event: self._hands.describe(str(event.args)), throttle=0.4, leading_events=False,
                js_handler="(event) => emit(event.target.value)",
            )  # fmt: skip

    def _presenters(self) -> None:
        known = {one.slug: one for one in self._offered.presenters}
        own = self._brief.presenter
        names = {own.slug: own.name, **{slug: one.name for slug, one in known.items()}}

        async def chosen(slug: str) -> None:
            self._wanted.presenter = known.get(slug) if slug != own.slug else None
            await self._hands.changed()

        with named("Presenter"):
            dropdown("Presenter", {"": names}, own.slug, chosen)

    def _engine(self, stage: str) -> None:
        async def chosen(engine: str) -> None:
            self._wanted.engines.pop(stage, None)
            if engine:
                self._wanted.engines[stage] = engine
            await self._hands.changed()

        with named("Made by"):
            label = f"Engine of the {STAGES[stage].lower()}"
            self._engines[stage] = dropdown(label, self._named(self._offered.engines.get(stage, [])), "", chosen)

    def _named(self, engines: Sequence[str]) -> dict[str, dict[str, str]]:
        return {"": {"": AS_IT_IS, **{engine: self._offered.titles.get(engine, engine) for engine in engines}}}

    def _take(self, stage: str, *, pinned: bool = False) -> None:
        if pinned:
            return

        async def chosen(values: list[str]) -> None:
            kept = [one for one in self._wanted.again if one != stage]
            self._wanted.again = (*kept, *values)
            await self._hands.changed()

        some_of(f"Another take of the {STAGES[stage].lower()}", {stage: "Another take"}, (), chosen)

    def _file(self, part: Part) -> None:
        kind, limits = TAKES[part], self._offered.limits
        most = {"image": limits.image_mb, "audio": limits.audio_mb, "video": limits.video_mb}[kind]

        async def brought(event: UploadEventArguments) -> None:
            await self._hands.bring(part, event)

        async def dropped() -> None:
            await self._hands.drop(part)

        with box("wide-field"):
            self._files[part] = FileField(
                f"Bring a {NAMES[part]}", HINTS[part], ACCEPT[part], int(most * 1e6), brought, dropped
            )
        if STAGE_OF[part] in self._brief.brought:
            self._files[part].show(BROUGHT[part])

    def _consent(self) -> None:
        with box("wide-field", hidden="") as self._agree:
            said = field("Who is seen, and their consent", maxlength="500", placeholder=AGREED, dir="auto")
        self._agree.on("change", lambda _event: self._hands.agree(said()))

    def _picture(self) -> None:
        now = self._brief.options
        with named("Formats"):
            some_of("Formats", FORMATS, now.formats, self._set("formats", tuple))
        with named("Captions"):
            one_of("Captions", CAPTIONS, now.captions, self._set("captions"))
        with named("Seed"):
            seed = box("input seed", "input", type="number", min="0", max="4294967295", aria_label="Seed")
            seed.props["placeholder"] = str(self._brief.seed)
            seed.on("change", self._set("seed", _number), js_handler="(event) => emit(event.target.value)")

    def _set(self, name: str, kind: Callable[[Any], Any] = lambda value: value) -> Callable[[Any], Awaitable[None]]:
        async def chosen(value: Any) -> None:
            setattr(self._wanted, name, kind(getattr(value, "args", value)))
            await self._hands.changed()

        return chosen


def _number(text: Any) -> int | None:
    digits = str(text).strip()
    return min(int(digits), 2**32 - 1) if digits.isdecimal() and digits.isascii() and len(digits) < 20 else None


@contextmanager
def _row(stage: str, icon_name: str) -> Iterator[None]:
    with box("remake-row", "section", aria_label=STAGES[stage]):
        text("", "remake-name", "h3").set_content(f"{icon(icon_name)}<span>{STAGES[stage]}</span>")
        with box("choices"):
            yield
