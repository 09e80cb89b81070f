"""Shows: what they are about, how their sources do, how their clips are made. Pure but for the sheets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any
from urllib.parse import urlsplit

from nicegui import ui

from review.policy import POLICIES
from storage.feeds import Feed
from storage.orders import Brand, Music, PresenterSpec, SceneMotion, ShowSpec, SourceSpec
from storage.quality import QualityRules
from storage.source_health import SourceHealth, SourceRow
from web.components.basics import box, button, chip, sheet
from web.components.choices import dropdown, one_of, some_of
from web.components.deeds import deed
from web.components.new_form import CAPTIONS, FORMATS, named
from web.pictures import face_address
from web.theme.marks import icon
from web.words import day_and_time, language, several

RIGHTS = {"own": "Own words", "licensed": "Licensed", "quote": "Quoted with credit"}
MOODS: dict[Music, str] = {
    "auto": "What suits the script", "off": "None", "calm": "Calm", "steady": "Steady", "warm": "Warm", "bright": "Bright",
    "wide": "Wide", "grave": "Grave", "pulse": "Pulse", "playful": "Playful",
}  # fmt: skip
MOTIONS: dict[SceneMotion, str] = {
    "still": "stands still",
    "kenburns": "comes slowly closer",
    "moving": "moves, by a model",
}
PER_RUN = (0, 1, 2, 3, 5, 8, 12, 20)
LENGTHS = (15, 20, 25, 30, 35, 45, 60, 75, 90)


def show_cards(
    shows: Sequence[ShowSpec], presenters: Mapping[str, PresenterSpec], health: Mapping[str, Mapping[str, SourceRow]],
    topics: Mapping[str, int],
) -> str:  # fmt: skip
    return "".join(
        _card(show, presenters.get(show.presenter), health[show.slug], topics.get(show.slug, 0)) for show in shows
    )


def source_table(show: ShowSpec, health: Mapping[str, SourceRow], terms: Mapping[str, str], *, may_edit: bool) -> str:
    """`terms`: what the service behind a kind of source asks of its readers."""
    if not show.sources:
        return '<p class="card-in muted">No source yet: its clips are ordered by hand.</p>'
    rows = "".join(
        _source(source, health.get(source.url), terms.get(source.kind, ""), may_edit=may_edit)
        for source in show.sources
    )
    head = "<th>Source</th><th>Rights</th><th>Last read</th><th></th>"
    return f'<table class="tbl"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def making(show: ShowSpec, presenter: PresenterSpec | None) -> str:
    """How its clips are made, as pairs."""
    pairs = (
        ("Presenter", presenter.name if presenter else f"{show.presenter} (not here)"),
        ("Languages", ", ".join(language(code) for code in show.languages)),
        ("Formats", ", ".join(show.formats)),
        ("Length", f"about {show.length_s} s"),
        ("Captions", CAPTIONS[show.captions]),
        ("Music", "its own" if show.music_file else MOODS[show.music]),
        ("Approved by", POLICIES[show.review].lower()),
        ("Scene", MOTIONS[show.motion]),
        ("AI label", "on the picture" if show.ai_label else "only in the files"),
        ("Credentials", "name the reviewer" if show.credit_reviewer else "name no reviewer"),
        ("New clips", f"up to {show.clips_per_run} per run and language" if show.clips_per_run else "only by hand"),
        ("Picture", f"{show.resolution} lines, {show.fps} frames/s"),
        ("Loudness", f"{show.loudness_lufs} LUFS"),
        ("Failed checks", "made once more, then reviewed" if show.quality.retry else "straight to review"),
    )
    return "".join(
        f'<div class="pair"><span>{name}</span><b dir="auto">{escape(value)}</b></div>' for name, value in pairs
    )


def brand(look: Brand) -> str:
    """Its colours and what else it brings."""
    colours = [
        (name, value) for name, value in (("Accent", look.accent), ("Second", look.second), ("Ink", look.ink)) if value
    ]
    swatches = "".join(
        f'<li><i class="swatch" style="background:{escape(value)}" aria-hidden="true"></i>{name} <span class="mono">{escape(value)}</span></li>'
        for name, value in colours
    )
    brings = [
        name
        for name, there in (
            ("logo", look.logo), ("watermark", look.watermark > 0), ("typeface of its own", look.typeface), ("intro", look.intro),
            ("outro", look.outro), ("name card", look.lower_third), ("end picture", look.end_picture),
        )
        if there
    ]  # fmt: skip
    words = f'<p class="muted">{escape(", ".join(brings).capitalize())}</p>' if brings else ""
    says = f'<p class="face-consent" dir="auto">{escape(look.end_text)}</p>' if look.end_text else ""
    return f'<ul class="legend swatches">{swatches or "<li>The colours of each scene</li>"}</ul>{words}{says}'


def feed(known: Feed | None) -> str:
    """Whether somebody may subscribe to its exports."""
    if known is None:
        return '<p class="muted">What is exported can be followed in a podcast or video app, once the show has an address for it.</p>'
    made = f"Made by {escape(known.made_by)}, {day_and_time(known.made_at)}."
    return f'<p class="muted">{made} A new address takes the place of the old one.</p>'


def edit_sheet(
    show: ShowSpec, presenters: Sequence[PresenterSpec], done: Callable[[dict[str, object]], Awaitable[None]]
) -> ui.dialog:
    """What may be changed here; the rest stands in the show's file. Calls `done` with what was changed."""
    changed: dict[str, object] = {}

    def put(name: str, value: object) -> None:
        changed[name] = value

    with sheet("How its clips are made", "Clips that are ordered already stay as they are.") as dialog:
        with box("choices"):
            with named("Presenter"):
                names = {one.slug: one.name for one in presenters}
                dropdown("Presenter", {"": names}, show.presenter, lambda value: put("presenter", value))
            with named("Length"):
                lengths = {str(s): f"{s} s" for s in sorted({*LENGTHS, show.length_s})}
                dropdown("Length", {"": lengths}, str(show.length_s), lambda value: put("length_s", int(value)))
            with named("New clips per run"):
                counts = {str(n): str(n) for n in sorted({*PER_RUN, show.clips_per_run})}
                dropdown(
                    "New clips per run",
                    {"": counts},
                    str(show.clips_per_run),
                    lambda value: put("clips_per_run", int(value)),
                )
            with named("Music"):
                dropdown(
                    "Music",
                    {"": {str(mood): words for mood, words in MOODS.items()}},
                    show.music,
                    lambda value: put("music", value),
                )
            with named("Formats"):
                some_of("Formats", FORMATS, show.formats, lambda values: put("formats", tuple(values)))
            with named("Captions"):
                one_of("Captions", CAPTIONS, show.captions, lambda value: put("captions", value))
            with named("Approved by"):
                policies = {str(policy): words for policy, words in POLICIES.items()}
                dropdown("Approved by", {"": policies}, show.review, lambda value: put("review", value))
            with named("“AI-generated” on the picture"):
                label = {"on": "On", "off": "Off"}
                one_of(
                    "AI label", label, "on" if show.ai_label else "off", lambda value: put("ai_label", value == "on")
                )

            with named("Who approved, in the credentials"):
                credit = {"on": "Named", "off": "Not named"}
                one_of(
                    "Reviewer's credit", credit, "on" if show.credit_reviewer else "off",
                    lambda value: put("credit_reviewer", value == "on"),
                )  # fmt: skip

            _bounds(show.quality, lambda rules: put("quality", rules))

        async def save() -> None:
            dialog.close()
            await done(changed)

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Save", save, kind="primary")
    return dialog


def _bounds(rules: QualityRules, put: Callable[[QualityRules], None]) -> None:
    """What the quality gate lets pass; the bounds that a show most often wants otherwise. All of them stand in its file."""
    held: dict[str, Any] = {}

    def change(name: str, value: float | bool) -> None:
        held[name] = value
        put(rules.model_copy(update=held))

    with named("A clip that fails a check"):
        ways = {"again": "Made once more", "review": "Straight to review"}
        one_of(
            "A clip that fails a check", ways, "again" if rules.retry else "review",
            lambda value: change("retry", value == "again"),
        )  # fmt: skip
    for name, (label, words, steps) in BOUNDS.items():
        with named(label):
            now = getattr(rules, name)
            choices = {f"{step:g}": words.format(step) for step in sorted({*steps, now})}
            dropdown(label, {"": choices}, f"{now:g}", partial(_number, partial(change, name)))


def _number(change: Callable[[float], None], value: str) -> None:
    change(float(value))


BOUNDS: dict[str, tuple[str, str, tuple[float, ...]]] = {
    "lip_sync": ("Lips agree with words by", "{:.0%} at least", (0.5, 0.6, 0.7, 0.8)),
    "word_errors": ("Words heard otherwise", "{:.0%} of a line at most", (0.1, 0.25, 0.4, 1.0)),
    "unsupported": ("Lines without support", "{:.0%} at most", (0.0, 0.2, 0.34, 0.5, 1.0)),
    "sameness": ("Wording of earlier clips", "{:.0%} at most", (0.2, 0.35, 0.5, 1.0)),
}


def health_chip(show: ShowSpec, health: Mapping[str, SourceRow]) -> str:
    """How all its sources do, in a word."""
    known = [health[source.url].report for source in show.sources if source.url in health]
    failing = sum(not report.ok for report in known)
    if not show.sources:
        return chip("By hand")
    if failing:
        return chip(f"{several(failing, 'source')} failing", "coral", "triangle-alert")
    return chip("Healthy", "mint", "circle-check") if known else chip("Not read yet", "slate", "clock")


def _card(show: ShowSpec, presenter: PresenterSpec | None, health: Mapping[str, SourceRow], topics: int) -> str:
    address = face_address(presenter) if presenter else ""
    face = f'<img src="{escape(address)}" alt="" loading="lazy">' if address else f"<b>{icon('circle-user-round')}</b>"
    spoken = ", ".join(language(code) for code in show.languages)
    facts = f"{', '.join(show.formats)} · about {show.length_s} s · {several(topics, 'topic')}"
    return (
        f'<a class="card face-card show-card" href="/shows/{escape(show.slug)}"><span class="face-pic">{face}</span><span class="face-in">'
        f'<span class="hstack"><strong class="card-title grow" dir="auto">{escape(show.name)}</strong>{health_chip(show, health)}</span>'
        f'<span class="muted">{escape(spoken)}</span><span class="faint small">{escape(facts)}</span></span></a>'
    )


def _source(source: SourceSpec, health: SourceRow | None, terms: str, *, may_edit: bool) -> str:
    name = source.name or (health.report.name if health else "") or urlsplit(source.url).hostname or source.kind
    small = f"<small>{escape(terms)}</small>" if terms else ""
    remove = deed("remove", source.url, "Remove", "x", kind="ghost", about=name) if may_edit else ""
    if may_edit and health and (health.health.paused or health.health.failures):
        remove = deed("again", source.url, "Ask again", "rotate-cw", about=name) + remove
    return (
        f'<tr><td><span class="nm" dir="auto">{escape(name)}</span><small class="mono">{escape(source.url)}</small>{_fault(health)}</td>'
        f'<td>{RIGHTS[source.rights]}{small}</td><td>{_last(health)}</td><td class="end">{remove}</td></tr>'
    )


def _last(health: SourceRow | None) -> str:
    if health is None:
        return '<span class="faint">not yet</span>'
    if health.health.paused:
        good = chip("paused", "coral")
    else:
        report = health.report
        what = "nothing new" if report.unchanged else f"{report.topics} new of {report.entries}"
        good = chip(what, "mint") if report.ok else chip("failed", "coral")
    told = "".join(f"<small>{line}</small>" for line in (day_and_time(health.updated_at), *_over_time(health.health)))
    return f"{good}{told}"


def _over_time(health: SourceHealth) -> Iterator[str]:
    """How a source has been doing: since when it fails and when it is asked next, or what it usually brings."""
    if not health.failures:
        yield f"usually {health.items_a_day:g} new a day"
        return
    yield f"{several(health.failures, 'failure')} in a row"
    yield f"last well {day_and_time(health.last_success_at)}" if health.last_success_at else "never well yet"
    if health.next_try_at and not health.paused:
        yield f"asked again after {day_and_time(health.next_try_at)}"


def _fault(health: SourceRow | None) -> str:
    if health is None:
        return ""
    if health.health.paused:
        return f'<small class="t-coral">{escape(health.health.paused)}</small>'
    report = health.report
    if report.ok and not report.warnings:
        return ""
    tone, words = ("t-coral", f"{report.error} {report.cure}") if report.error else ("", " ".join(report.warnings))
    return f'<small class="{tone}">{escape(words.strip())}</small>'
