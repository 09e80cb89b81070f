"""Presenters as cards: who they are, how they look and sound, and by whose consent. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from storage.orders import PresenterSpec
from web.components.basics import chip
from web.components.deeds import deed
from web.pictures import face_address
from web.theme.marks import icon
from web.words import day, language, several


def face_cards(
    presenters: Sequence[PresenterSpec],
    clips: Mapping[str, int],
    shows: Mapping[str, Sequence[str]],
    *,
    may_remove: bool,
    lapsed: Mapping[str, str] = {},
) -> str:
    """`clips`: short name → how many show them. `shows`: short name → the shows they present. `lapsed`: short name → why
    they do not agree now."""
    return "".join(
        _card(one, clips.get(one.slug, 0), shows.get(one.slug, ()), lapsed.get(one.slug, ""), may_remove=may_remove)
        for one in presenters
    )


def _card(one: PresenterSpec, clips: int, shows: Sequence[str], lapse: str, *, may_remove: bool) -> str:
    address = face_address(one)
    face = f'<img src="{escape(address)}" alt="" loading="lazy">' if address else f"<b>{icon('circle-user-round')}</b>"
    kind = chip("Portrait", "slate") if one.kind == "portrait" else chip("Drawn")
    facts = [f"presents {', '.join(shows)}"] if shows else []
    facts += [f"in {several(clips, 'clip')}" if clips else "in no clip yet"]
    remove = (
        deed("remove", one.slug, "Remove", "trash-2", kind="ghost", about=one.name) if may_remove and not shows else ""
    )
    return (
        f'<article class="card face-card"><div class="face-pic">{face}</div><div class="face-in">'
        f'<div class="hstack"><h2 class="card-title grow" dir="auto"><a href="/presenters/{escape(one.slug)}">{escape(one.name)}</a></h2>{kind}</div>'
        f'<p class="muted" dir="auto">{escape(one.role)}</p>{_voices(one)}{_consent(one, lapse)}'
        f'<div class="face-foot"><span class="faint small grow" dir="auto">{escape(", ".join(facts))}</span>{remove}</div></div></article>'
    )


def _voices(one: PresenterSpec) -> str:
    if not one.voices:
        return '<p class="face-voices faint">Each engine’s own voice</p>'
    said = ", ".join(f"{language(code)}: {voice}" for code, voice in sorted(one.voices.items()))
    return f'<p class="face-voices">{icon("volume-2")}<span>{escape(said)}</span></p>'


def _consent(one: PresenterSpec, lapse: str) -> str:
    if lapse:
        return f'<p class="small t-coral" dir="auto">{escape(lapse)}</p>'
    if one.consent is None:
        return ""
    return (
        f'<blockquote class="face-consent"><span dir="auto">{escape(one.consent.statement)}</span>'
        f"<small>written down {day(one.consent.recorded_at)}</small></blockquote>"
    )
