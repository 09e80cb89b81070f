"""One presenter: who they are, what they agreed to, how they were before. Pure but for the sheets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from html import escape

from nicegui import ui

from storage.catalogue import PresenterVersion
from storage.consents import ConsentRecord, Standing
from storage.forgetting import Forgotten
from storage.orders import PresenterSpec
from storage.presenter_changes import NAMES, differing, told
from storage.training import TrainingRow
from web.components.basics import Tone, box, button, chip, field, html, sheet, text
from web.components.choices import one_of, options
from web.components.deeds import deed
from web.components.dropzone import dropzone
from web.pictures import face_address
from web.theme.marks import icon
from web.words import day, day_and_time, language, several, size

SCOPES: dict[str, str] = {"both": "Face and voice", "face": "Face", "voice": "Voice"}
STANDING: dict[Standing, tuple[str, Tone]] = {
    "standing": ("Holds", "mint"), "expired": ("Ended", "coral"), "revoked": ("Taken back", "coral"),
}  # fmt: skip

TRAINING: dict[str, tuple[str, Tone]] = {
    "queued": ("Waits", "slate"), "running": ("Learns", "slate"), "done": ("Learnt", "mint"), "failed": ("Failed", "coral"),
    "cancelled": ("Stopped", "slate"), "set_aside": ("Set aside", "coral"),
}  # fmt: skip


def about(spec: PresenterSpec) -> str:
    """The picture, and everything that is said of them as pairs."""
    address = face_address(spec)
    face = f'<img src="{escape(address)}" alt="">' if address else f"<b>{icon('circle-user-round')}</b>"
    pairs = {
        "Role": spec.role or "–", "Seen as": told(spec, "look"), "Speaks": ", ".join(map(language, spec.languages)) or "whatever a voice speaks",
        "Voices": ", ".join(f"{language(code)}: {voice}" for code, voice in sorted(spec.voices.items())) or "each engine’s own choice",
        "Own voice": several(len(spec.samples), "recording") if spec.samples else "–",
        "To train with": several(len(spec.portraits), "picture") if spec.portraits else "–",
        "Trained": told(spec, "trained"), "Persona": spec.persona or "–",
    }  # fmt: skip
    rows = "".join(
        f'<div class="pair"><span>{name}</span><b dir="auto">{escape(value)}</b></div>' for name, value in pairs.items()
    )
    return f'<div class="bio"><div class="portrait-pic">{face}</div><div class="grow">{rows}</div></div>'


def consent_list(records: Sequence[tuple[Standing, ConsentRecord]], *, may_change: bool) -> str:
    if not records:
        return '<p class="card-in muted">Nobody real is shown or heard: a drawn presenter needs no consent.</p>'
    return "".join(_consent(standing, record, may_change=may_change) for standing, record in records)


def _consent(standing: Standing, record: ConsentRecord, *, may_change: bool) -> str:
    given, (word, tone) = record.consent, STANDING[standing]
    facts = [SCOPES[given.scope], f"only in {', '.join(given.shows)}" if given.shows else "in every show"]
    facts += [f"given on {given.given_on}"] if given.given_on else []
    facts += [f"until {given.expires_on}" if given.expires_on else "without an end"]
    facts += ["with a document"] if given.document else []
    ended = (
        f"Taken back {day_and_time(record.revoked_at)}, noted by {record.revoked_by}. {record.why}"
        if record.revoked_at
        else ""
    )
    back = deed("take-back", record.id, "They took it back", "undo-2", kind="ghost", about=given.statement[:40])
    return (
        f'<div class="card-in consent"><div class="hstack">{chip(word, tone)}<span class="small muted grow" dir="auto">{escape(" · ".join(facts))}</span></div>'
        f'<blockquote class="face-consent"><span dir="auto">{escape(given.statement)}</span>'
        f"<small>{escape(given.who + ', ') if given.who else ''}written down {day(given.recorded_at)}{f' by {escape(record.user)}' if record.user else ''}</small></blockquote>"
        f"{f'<p class=small>{escape(ended)}</p>' if ended else ''}{back if may_change and standing != 'revoked' else ''}</div>"
    )


def version_table(versions: Sequence[PresenterVersion]) -> str:
    rows = []
    for one, before in zip(versions, [*versions[1:], None], strict=True):
        changed = (
            ", ".join(NAMES[name] for name in differing(before.presenter, one.presenter)) if before else "the first"
        )
        rows.append(
            f'<tr><td class="num"><span class="who">Version </span>{one.version}</td><td>{day_and_time(one.at)}</td><td dir="auto">{escape(changed)}</td>'
            f'<td class="num">{one.clips}<span class="who"> clips</span></td></tr>'
        )
    head = "<th>Version</th><th>Since</th><th>Changed</th><th>Clips</th>"
    return f'<table class="tbl"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def comparison(slug: str, versions: Sequence[PresenterVersion], a: int, b: int) -> str:
    """Two versions beside each other: only what differs."""
    known = {one.version: one.presenter for one in versions}
    if len(known) < 2:
        return ""
    newest = max(known)
    first, second = (
        (a if a in known else newest - 1 if newest - 1 in known else min(known)),
        (b if b in known else newest),
    )
    choice = {str(number): f"Version {number}" for number in known}
    picks = "".join(
        f'<select class="input select" name="{name}" aria-label="{label}">{options({"": choice}, str(value))}</select>'
        for name, label, value in (("a", "Compare", first), ("b", "With", second))
    )
    form = (
        f'<form class="filters card-in" action="/presenters/{escape(slug)}" method="get" aria-label="Which versions">{picks}'
        '<button class="btn btn-quiet btn-small" type="submit"><span>Compare</span></button></form>'
    )
    before, after = known[first], known[second]
    rows = "".join(
        f'<tr><th scope="row">{NAMES[name]}</th><td dir="auto">{escape(told(before, name))}</td><td dir="auto">{escape(told(after, name))}</td></tr>'
        for name in differing(before, after)
    )
    if not rows:
        return form + '<p class="card-in muted">They are the same.</p>'
    head = f"<th>What</th><th>Version {first}</th><th>Version {second}</th>"
    return form + f'<table class="tbl compare-versions"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def training_rows(found: Sequence[tuple[TrainingRow, float, str]], *, may_change: bool) -> str:
    """A line a training: how it stands, how far it is, its losses, and the samples of the best look."""
    if not found:
        return '<p class="card-in muted">Nothing was learnt yet.</p>'
    return "".join(_training(row, fraction, words, may_change=may_change) for row, fraction, words in found)


def _training(row: TrainingRow, fraction: float, words: str, *, may_change: bool) -> str:
    word, tone = TRAINING[row.state]
    facts = f"{row.engine.removeprefix('train-')} · ordered {day_and_time(row.queued_at)}"
    lines, going = "", row.state in ("queued", "running")
    if going:
        lines = (
            f'<span class="meter" role="progressbar" aria-label="How far it is" aria-valuenow="{fraction * 100:.0f}">'
            f'<b style="width:{fraction * 100:.0f}%"></b></span>'
            f'<p class="small muted">{escape(words or "waits for a worker")}</p>'
        )
    elif row.learnt is not None:
        best = next(mark for mark in row.learnt.marks if mark.step == row.learnt.chosen)
        losses = ", ".join(f"{mark.step}: {mark.held_out:.3f}" for mark in row.learnt.marks)
        like = "" if best.identity is None else f" Likeness {best.identity:.2f}."
        lines = (
            f'<p class="small">Best after step {best.step} of {row.learnt.steps}, by {escape(row.learnt.chosen_by)}.{like}</p>'
            f'<p class="small muted">Loss on pictures that were not learnt: {losses}</p>'
        )
    elif row.error is not None:
        lines = f'<p class="small" dir="auto">{escape(f"{row.error.message} {row.error.cure}".strip())}</p>'
    stop = deed("stop-training", row.key, "Stop", "x", kind="ghost") if going and may_change else ""
    return (
        f'<div class="card-in stack"><div class="hstack">{chip(word, tone)}<span class="small muted grow">{escape(facts)}</span></div>'
        f"{lines}{stop}</div>"
    )


def voice_rows(languages: Mapping[str, str], heard: Mapping[str, str]) -> str:
    """A line for each language (code → its sentence), with what was heard of it."""
    rows = "".join(
        f'<tr><td><span class="nm">{escape(language(code))}</span><small dir="auto" lang="{escape(code)}">{escape(sentence)}</small></td>'
        f'<td class="small muted">{escape(heard.get(code, ""))}</td>'
        f'<td class="end">{deed("hear", code, "Listen", "volume-2", about=language(code))}</td></tr>'
        for code, sentence in languages.items()
    )
    return f'<table class="tbl"><tbody>{rows}</tbody></table>'


def consent_sheet(
    spec: PresenterSpec, shows: Mapping[str, str], take: Callable[..., Awaitable[None]], done: Callable[[dict[str, object]], Awaitable[None]]
) -> ui.dialog:  # fmt: skip
    """Asks for a consent. `take` keeps an uploaded document; `done` hears the fields of a `ConsentOrder`."""
    held: dict[str, object] = {"scope": "both"}
    with sheet("Write down a consent", f"What the person behind {spec.name} agreed to.") as dialog, box("stack"):
        statement = field(
            "In their words or yours", tag="textarea", rows="3", maxlength="2000", placeholder=f"{spec.name} agreed on 3 May 2026 to present our news"
        )  # fmt: skip
        who = field("Who agreed", maxlength="120", placeholder=spec.name, autocomplete="off")
        one_of("What may be used", SCOPES, "both", lambda value: held.update(scope=value))
        given = field("Agreed on", type="date")
        until = field("Holds until", type="date", hint="The last day. Left out, until they take it back.")
        if shows:
            from web.components.choices import some_of

            text("Only in these shows (none chosen: in all)", "field-label")
            some_of("Shows", shows, (), lambda values: held.update(shows=tuple(values)))
        dropzone(
            "Bring the document", "A picture of the signed paper, or a recorded statement.", "image/*,audio/*,.m4a", take, 50_000_000
        )  # fmt: skip

        async def save() -> None:
            dialog.close()
            await done(
                {
                    **held,
                    "statement": statement().strip(),
                    "who": who().strip(),
                    "given_on": given(),
                    "expires_on": until(),
                }
            )

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Write it down", save, kind="primary")
    return dialog


def training_sheet(spec: PresenterSpec, done: Callable[[dict[str, object]], Awaitable[None]]) -> ui.dialog:
    """Asks what is to be learnt. `done` hears the fields of a `TrainingWish`."""
    held: dict[str, object] = {"engine": "sd15"}
    pictures = len(spec.portraits) + ("portrait" in spec.look)
    words = f"From {several(pictures, 'picture')}, by a worker with a GPU. Ordered again, a training that was stopped goes on."
    with sheet(f"Learn {spec.name}’s face", words) as dialog, box("stack"):
        models = {"sd15": "Stable Diffusion 1.5", "sdxl": "Stable Diffusion XL"}
        one_of("Which model learns, and paints", models, "sd15", lambda value: held.update(engine=value))
        steps = field("Steps", type="number", value="1000", min="1", max="20000", hint="About fifty for each picture.")

        async def save() -> None:
            dialog.close()
            await done({**held, "steps": steps() or None})

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Learn", save, kind="primary")
    return dialog


def change_sheet(spec: PresenterSpec, done: Callable[[dict[str, object]], Awaitable[None]]) -> ui.dialog:
    """Asks for what is said of them. `done` hears the fields that it holds."""
    with sheet("Change the presenter", "A new version. Clips that are ordered keep theirs.") as dialog, box("stack"):
        name = field("Name", value=spec.name, maxlength="60", autocomplete="off", dir="auto")
        role = field("Role", value=spec.role, maxlength="60", autocomplete="off", dir="auto")
        persona = field(
            "Persona", tag="textarea", value=spec.persona, rows="3", maxlength="400", hint="How they talk, for a language model to follow."
        )  # fmt: skip
        spoken = field(
            "Languages", value=", ".join(spec.languages), maxlength="80", autocomplete="off", hint="Codes with commas, such as en, es."
        )  # fmt: skip

        async def save() -> None:
            dialog.close()
            codes = tuple(code.strip() for code in spoken().split(",") if code.strip())
            await done({"name": name(), "role": role(), "persona": persona(), "languages": codes})

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Save", save, kind="primary")
    return dialog


def forget_sheet(spec: PresenterSpec, clips: int, done: Callable[[], Awaitable[None]]) -> ui.dialog:
    """Asks before somebody is forgotten for good."""
    words = "Every picture, recording and trained part of them is deleted, and what was made of these. There is no way back."
    with sheet(f"Forget {spec.name}?", words) as dialog, box("stack"):
        if clips:
            text(
                f"{several(clips, 'clip')} with them keep their finished videos, flagged, and are never exported again. "
                "Put these clips into the trash to delete the videos too.", "muted", "p",
            )  # fmt: skip
        text("Backups, and exports that left the house, are out of reach: delete those by hand.", "muted", "p")

        async def go() -> None:
            dialog.close()
            await done()

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Forget for good", go, kind="danger-fill")
    return dialog


def forgotten_sheet(found: Forgotten) -> ui.dialog:
    """What was deleted, and what a search found afterwards."""
    proof = (
        f"Still there: {', '.join(found.left)}" if found.left
        else f"{several(found.searched, 'file')} searched afterwards: none of the deleted ones is left under any name."
    )  # fmt: skip
    rows = "".join(
        f'<tr><td>{escape(file.what)}</td><td class="num">{size(file.size)}</td><td class="mono small">{file.sha256[:16]}…</td></tr>'
        for file in found.removed
    )
    kept = "".join(
        f'<p class="small">Kept: {escape(one.what)} {one.sha256[:12]}…, which {escape(", ".join(one.by))} still need.</p>' for one in found.kept
    )  # fmt: skip
    with sheet(f"{found.presenter} is forgotten", proof) as dialog, box("stack"):
        html(f'<table class="tbl"><tbody>{rows}</tbody></table>{kept}<p class="muted">{escape(found.note)}</p>')
        with box("sheet-foot"):
            button("Close", dialog.close, kind="primary")
    return dialog
