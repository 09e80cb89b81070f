"""What left the house: every export, with where it lies and the way to take it along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from html import escape
from typing import Any
from urllib.parse import urlencode

from config.errors import DailiesError
from storage.consents import Lapse, lapsed_clips
from storage.exports import ExportRecord, Wanted, list_exports, shows_of_exports
from storage.queries import ClipRow, clip_row
from storage.shipments import Shipment, send_again, shipments_of
from web.components.basics import box, chip, html, text
from web.components.choices import options
from web.components.deeds import deed, on_deed
from web.components.frame import frame
from web.components.released import bundle_address
from web.components.toast import toast
from web.desk import Desk
from web.media import media_address
from web.sessions import Visit
from web.theme.marks import MARK, icon
from web.words import day_and_time, duration

SHOWN = 200
HEAD = (
    '<thead><tr><th><span class="unseen">Picture</span></th><th>Clip</th><th>Formats</th><th>Approved</th><th>Exported</th>'
    '<th><span class="unseen">Bundle</span></th></tr></thead>'
)


def exports_page(desk: Desk, visit: Visit, asked: Mapping[str, str]) -> None:
    """`asked`: the query of its address: show, since, until."""
    person, which = visit.must(), wanted_of(asked)
    with frame(desk, visit, person, "exports", "Exports"):
        with desk.studio.reading() as db:
            found = [(record, clip_row(db, record.clip_id)) for record in list_exports(db, SHOWN, wanted=which)]
            carried = shipments_of(db, [record.id for record, _ in found])
            shows = shows_of_exports(db)
            lapsed = lapsed_clips(db)
        unagreed = asked.get("consent") == "lapsed"
        if unagreed:
            found = [(record, clip) for record, clip in found if record.clip_id in lapsed]
        if not shows:
            html(
                f"{MARK}<h2>Nothing has left the house yet.</h2><p>Approve a clip in the inbox, then export it.</p>",
                "empty",
            )
            return
        with box("page-head", "header"):
            with box("grow hstack"):
                text("Exports", "page-title", "h1")
                text(f"{len(found)}{'+' if len(found) == SHOWN else ''}", "count")
            html(
                _filters(which, shows, unagreed=unagreed),
                "filters",
                "form",
                action="/exports",
                method="get",
                aria_label="Which exports",
            )
            if found and person.may("reviewer"):
                html(_download_all(which), tag="div")
        with box("scroll", tabindex="0"), box("wrap"):
            if not found:
                text("None of them.", "muted list-none")
                return
            with box("card"):
                acts = person.may("reviewer")
                rows = "".join(
                    _row(record, clip, carried.get(record.id, ()), lapsed.get(clip.id), may_act=acts)
                    for record, clip in found
                )
                on_deed(
                    html(f'<table class="exports">{HEAD}<tbody>{rows}</tbody></table>'),
                    partial(_send_again, desk, visit),
                )


async def _send_again(desk: Desk, visit: Visit, _deed: str, of: str) -> None:
    export_id, _, target = of.partition("/")
    try:
        visit.must("reviewer")
        await desk.change(partial(send_again, export_id=export_id, target=target))
    except DailiesError as error:
        toast(str(error), bad=True)
    else:
        toast(f"It is on its way to {target.upper()} again.")


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """What an address asks for; what makes no sense in it is not asked for."""
    days = {key: asked.get(key, "") for key in ("since", "until")}
    return Wanted(show=asked.get("show", ""), **{key: day if _is_day(day) else "" for key, day in days.items()})


def _is_day(words: str) -> bool:
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def _filters(which: Wanted, shows: Sequence[str], *, unagreed: bool) -> str:
    """A plain form: each choice is an address of its own, which can be kept."""
    choices = options({"": {"": "All shows", **{show: show for show in shows}}}, which.show)
    consent = options({"": {"": "Any consent", "lapsed": "No consent now"}}, "lapsed" if unagreed else "")
    return (
        f'<select class="input select" name="show" aria-label="Show">{choices}</select>'
        f'<label class="day"><span>From</span><input class="input" type="date" name="since" value="{which.since}"></label>'
        f'<label class="day"><span>to</span><input class="input" type="date" name="until" value="{which.until}"></label>'
        f'<select class="input select" name="consent" aria-label="Consent">{consent}</select>'
        '<button class="btn btn-quiet" type="submit"><span>Show</span></button>'
    )


def _download_all(which: Wanted) -> str:
    query = urlencode({key: value for key, value in which.model_dump().items() if value})
    return (
        f'<a class="btn btn-quiet" href="/api/v1/exports/bundles.zip?{escape(query)}" download>{icon("download")}'
        "<span>Download all</span></a>"
    )


def _row(
    record: ExportRecord, clip: ClipRow, carried: Sequence[Shipment], lapse: Lapse | None, *, may_act: bool
) -> str:
    bundle: dict[str, Any] = record.bundle
    facts, approval = bundle["clip"], bundle["approval"]
    picture = f'<img src="{media_address(clip.id, clip.poster)}" alt="" loading="lazy">' if clip.poster else ""
    return (
        f'<tr><td>{picture}</td><td><a class="ti" href="/clip/{clip.id}" dir="auto" lang="{escape(facts["language"])}">'
        f'{escape(facts["title"])}</a><div class="path mono">{escape(record.folder)}</div>'
        f"{_facts(bundle, carried, lapse)}{_again(carried) if may_act else ''}</td>"
        f'<td class="num keep">{escape(", ".join(approval["cuts"]))} · {duration(facts["duration_s"])}</td>'
        f"<td><span class='who'>Approved by </span>{escape(approval['by'])}, <span class='keep'>{day_and_time(approval['at'])}</span></td>"
        f"<td><span class='who'>Exported by </span>{escape(record.made_by)}, <span class='keep'>{day_and_time(record.made_at)}</span></td>"
        f'<td><a class="btn btn-quiet btn-small" href="{bundle_address(record.id)}" download>{icon("download")}'
        f'<span>Download</span><span class="unseen"> {escape(facts["title"])}</span></a></td></tr>'
    )


def _facts(bundle: dict[str, Any], carried: Sequence[Shipment], lapse: Lapse | None) -> str:
    """Whether its videos are signed, whether all of it is free to use, whether the person in it agrees, and where it went."""
    chips = [chip("No consent now", "coral", "circle-user-round")] if lapse else []
    chips += [chip("Signed", "mint", "circle-check")] if bundle.get("signed_by") else []
    chips += [chip("Not all free to use", "plum", "scale")] if bundle.get("restrictions") else []
    chips += [_carried(one) for one in carried]
    failed = next((one.error for one in carried if one.state == "due" and one.error), "")
    told = [failed, f"{lapse.message} Take it down where you published it." if lapse else ""]
    why = "".join(f'<div class="path" dir="auto">{escape(words)}</div>' for words in told if words)
    return f'<div class="hstack">{"".join(chips)}</div>{why}' if chips else ""


def _again(carried: Sequence[Shipment]) -> str:
    """A way to try at once where it failed, instead of when its turn comes."""
    failed = (one for one in carried if one.state == "due" and one.error)
    return "".join(
        deed("again", f"{one.export_id}/{one.target}", "Send again", "rotate-cw", about=f"to {one.target.upper()}")
        for one in failed
    )


def _carried(one: Shipment) -> str:
    target = one.target.upper()
    if one.state == "done":
        return chip(f"In {target}", "mint", "upload")
    return (
        chip(f"Not in {target} yet", "coral", "clock") if one.error else chip(f"On its way to {target}", "", "upload")
    )
