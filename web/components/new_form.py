"""The controls of the one-off form. What is chosen goes into the draft; then the page is told."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import Any, get_args

from nicegui import ui
from nicegui.events import UploadEventArguments

from producer.voices import Voice
from storage.orders import Backdrop, PresenterSpec, ShowSpec
from web.components.basics import box, button, html, text
from web.components.choices import Tile, dropdown, one_of, options, some_of, tiles
from web.components.editor import Editor
from web.components.files import FileField
from web.draft import Draft
from web.pictures import face_address, scene_address
from web.theme.marks import icon
from web.words import LANGUAGES

FORMATS = {"16:9": "16:9 wide", "9:16": "9:16 tall", "1:1": "1:1 square", "4:5": "4:5 portrait"}
LENGTHS = {"20": "20 s", "35": "35 s", "50": "50 s", "75": "75 s"}
CAPTIONS = {"words": "Word by word", "lines": "Lines", "big": "Big words", "none": "None"}
MODES = {"direct": "My own words", "guided": "Write it for me"}
LARGEST = 200_000_000
"""Bytes of a recording, as the command line takes them."""
OWN_VOICE = "Somebody saying the words above, at most two and a half minutes."
OWN_FACE = "One person from the chest up, looking at you, in even light. It speaks in this clip alone."
LARGEST_PORTRAIT = 12_000_000
"""Bytes, as on the presenters' page."""
WHOM = {"person": "A real person", "nobody": "Nobody real"}
AGREED = "Ana Ruiz agreed on 3 May 2026 to present this clip"
CONSENT = "When and to what this person agreed. Kept with the clip and named in its export."
PLACEHOLDER = (
    "Paste a link, or the text of a story, a press release, notes. Its first line or sentence becomes the title."
)


@dataclass(frozen=True)
class Hands:
    """What the page does when something is chosen, heard, or typed."""

    changed: Callable[[], Awaitable[None]]
    hear: Callable[[str], Awaitable[None]]
    sample: Callable[[], Awaitable[None]]
    typed: Callable[[str, list[Any]], Awaitable[None]]
    read: Callable[[], Awaitable[None]]
    forget: Callable[[], Awaitable[None]]
    bring: Callable[[UploadEventArguments], Awaitable[None]]
    drop: Callable[[], Awaitable[None]]
    bring_portrait: Callable[[UploadEventArguments], Awaitable[None]]
    drop_portrait: Callable[[], Awaitable[None]]


class NewForm:
    """All sections of the form. `show_voices` follows the language of the words."""

    def __init__(
        self, draft: Draft, shows: Sequence[ShowSpec], presenters: Sequence[PresenterSpec], hands: Hands
    ) -> None:
        self._draft, self._hands = draft, hands
        self._words(shows)
        self._presenter(presenters)
        self._scene()
        self._picture()

    def mode(self, *, direct: bool) -> None:
        """Show what belongs to writing oneself, or to having it written."""
        own, told = (self._own, self._own_voice), (self._told, self._length)
        for element, hidden in ((part, (part in told) == direct) for part in (*own, *told)):
            _show(element, shown=not hidden)
        self._hint.set_content(
            "Spoken exactly as written." if direct else "Told by the writer. Only what the source says will be claimed."
        )

    def show_source(self, words: str, *, read: bool) -> None:
        """Say whose words these are, or will be; "" = one's own. `read`: the page was read already."""
        self._origin.set_content(f"{icon('text-quote')}<span>{escape(words)}</span>")
        for element, shown in ((self._link, bool(words)), (self._read, not read), (self._forget, read)):
            _show(element, shown=shown)

    def show_recording(self, words: str) -> None:
        """Say what became of a recording; "" = there is none."""
        self._recording.show(words)

    def show_portrait(self, words: str, *, there: bool = True) -> None:
        """Say what became of a portrait; "" = there is none. With one, its name and consent are asked for."""
        self._portrait.show(words, there=there)
        _show(self._guest, shown=bool(words) and there)

    def write(self, words: str) -> None:
        """Put words where they are typed; they come back as if they had been."""
        ui.run_javascript(
            f"const field = document.querySelector('.told'); field.value = {json.dumps(words)};"
            "field.dispatchEvent(new Event('input', {bubbles: true}));"
        )

    def show_voices(self, voices: Sequence[Voice], titles: dict[str, str]) -> None:
        """Offer the voices of a language; those that are not installed say how they come."""
        groups: dict[str, dict[str, str]] = {"": {"": "The presenter’s usual voice"}}
        for voice in (voice for voice in voices if not voice.borrowed):
            value = f"{voice.engine}/{voice.id}"
            words = f"{voice.name}, {voice.language}, {voice.gender}"
            named = (value, words) if voice.here else (f"!{value}", f"{words} ({voice.cure})")
            groups.setdefault(titles.get(voice.engine, voice.engine), {}).update([named])
        if not any(self._draft.voice in group for group in groups.values()):
            self._draft.voice = ""
        self._voices.set_content(options(groups, self._draft.voice))

    # ── sections ──────────────────────────────────────────────────────────────────────────────────

    def _words(self, shows: Sequence[ShowSpec]) -> None:
        with step("Words") as self._hint:
            with box("", "div") as self._own:
                Editor(None, "en", self._hands.typed, self._hands.hear)
            with box("stack") as self._told:
                with box("field", "label"):
                    text("Text to be told", "field-label", "span")
                    entry = box(
                        "input told", "textarea", rows="9", maxlength="20000", placeholder=PLACEHOLDER, dir="auto"
                    )
                with box("note slate", hidden="") as self._link:
                    self._origin = html("", "note-h")
                    with box("acts"):
                        self._read = button(
                            "Read the page", self._hands.read, icon_name="arrow-up-right", classes="btn-small"
                        )
                        self._forget = button(
                            "Forget it", self._hands.forget, icon_name="x", kind="ghost", classes="btn-small"
                        )
                entry.on(
                    "input", self._set("text"), throttle=0.4, leading_events=False,
                    js_handler="(event) => emit(event.target.value)",
                )  # fmt: skip
            with box("choices"):
                with named("Language"):
                    known = {"": "As written", **{code: name for code, name in LANGUAGES.items() if code != "he"}}
                    dropdown("Language", {"": known}, self._draft.language, self._set("language"))
                if len(shows) > 1:
                    with named("As in the show"):
                        names = {"": "A plain one-off", **{show.slug: show.name for show in shows}}
                        dropdown("Show", {"": names}, self._draft.show, self._set("show"))
                with named("Length") as self._length:
                    one_of("Length", LENGTHS, str(self._draft.length_s), self._set("length_s", int))

    def _presenter(self, presenters: Sequence[PresenterSpec]) -> None:
        with step("Presenter", "Who speaks, and in which voice."):
            faces = [Tile(known.slug, known.name, face_address(known)) for known in presenters]
            tiles("Presenter", faces, self._draft.presenter, self._set("presenter"))
            self._somebody_else()
            with box("choices"), named("Voice"), box("hstack"):
                self._voices = dropdown("Voice", {"": {"": "The presenter’s usual voice"}}, "", self._set("voice"))
                button("Sample", self._hands.sample, icon_name="volume-2", hint="Hear this voice")
            with box("choices") as self._own_voice, named("Or your own"), box("hstack"):
                self._recording = FileField(
                    "Bring a recording", OWN_VOICE, "audio/*", LARGEST, self._hands.bring, self._hands.drop
                )

    def _somebody_else(self) -> None:
        with named("Or somebody else, for this clip"):
            bring, drop = self._hands.bring_portrait, self._hands.drop_portrait
            self._portrait = FileField(
                "Bring a portrait", OWN_FACE, "image/png,image/jpeg,image/webp", LARGEST_PORTRAIT, bring, drop
            )
        with box("stack", hidden="") as self._guest:
            _typed("Their name", self._set("guest_name"), maxlength="60")
            with named("Whom does it show?"):
                one_of("Whom does it show?", WHOM, "person", self._show_person)
            with box() as self._agreed:
                _typed("Their consent", self._set("consent"), AGREED, CONSENT, maxlength="500")

    async def _show_person(self, whom: str) -> None:
        self._draft.real = whom != "nobody"
        _show(self._agreed, shown=self._draft.real)
        await self._hands.changed()

    def _scene(self) -> None:
        with step("Scene", "What stands behind."):
            names: tuple[Backdrop, ...] = get_args(Backdrop)
            scenes = [Tile("auto", "By the words", icon_name="sparkles")]
            scenes += [Tile(name, name.capitalize(), scene_address(name)) for name in names if name != "auto"]
            tiles("Scene", scenes, self._draft.backdrop, self._set("backdrop"), wide=True)

    def _picture(self) -> None:
        with step("Picture", "One cut for each format."), box("choices"):
            with named("Formats"):
                some_of("Formats", FORMATS, self._draft.formats, self._set("formats"))
            with named("Captions"):
                one_of("Captions", CAPTIONS, self._draft.captions, self._set("captions"))

    def _set(self, name: str, kind: Callable[[Any], Any] = lambda value: value) -> Callable[[Any], Awaitable[None]]:
        async def chosen(value: Any) -> None:
            setattr(self._draft, name, kind(getattr(value, "args", value)))
            await self._hands.changed()

        return chosen


def _show(element: ui.element, *, shown: bool) -> None:
    element.props.pop("hidden", None)
    if not shown:
        element.props["hidden"] = ""
    element.update()


def _typed(
    label: str, on_text: Callable[[Any], Awaitable[None]], placeholder: str = "", hint: str = "", **attributes: Any
) -> None:
    """A labelled line of text that is told as it is typed."""
    with box("field", "label"):
        text(label, "field-label", "span")
        entry = box("input", "input", placeholder=placeholder, dir="auto", autocomplete="off", **attributes)
        if hint:
            text(hint, "field-hint", "span")
    entry.on("input", on_text, throttle=0.4, leading_events=False, js_handler="(event) => emit(event.target.value)")


@contextmanager
def step(title: str, hint: str = "") -> Iterator[ui.html]:
    """A section: what it is about on the left, its controls on the right. Yields the hint."""
    with box("step", "section", aria_label=title):
        with box("step-name"):
            text(title, tag="h2")
            said = text(hint, "faint small", "p")
        with box("step-in"):
            yield said


@contextmanager
def named(label: str) -> Iterator[ui.element]:
    with box("named") as element:
        text(label, "field-label")
        yield element
