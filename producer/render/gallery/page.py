"""The gallery's page: one HTML file that needs nothing but the pictures beside it. Pure."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from producer.render.gallery.exhibit import Section


@dataclass(frozen=True)
class Hung:
    """What was made of an exhibit: its file, relative to the page; its size in pixels; a clip's poster, "" = a still."""

    name: str
    group: str
    file: str
    width: int
    height: int
    poster: str = ""


def page(sections: Mapping[str, Section], hung: Mapping[str, Sequence[Hung]]) -> str:
    """The sections that something hangs in, in their order."""
    shown = {slug: section for slug, section in sections.items() if hung.get(slug)}
    links = "".join(
        f'<a href="#{slug}">{html.escape(section.title)} <small>{len(hung[slug])}</small></a>'
        for slug, section in shown.items()
    )
    body = "".join(_section(slug, section, hung[slug]) for slug, section in shown.items())
    return PAGE.format(style=STYLE, links=links, body=body)


def _section(slug: str, section: Section, hung: Sequence[Hung]) -> str:
    groups = "".join(
        _group(slug, group, list(things)) for group, things in groupby(hung, key=lambda thing: thing.group)
    )
    return (
        f'<section id="{slug}" style="--wide:{section.wide}px">'
        f"<h2>{html.escape(section.title)}</h2><p>{html.escape(section.about)}</p>{groups}</section>"
    )


def _group(slug: str, group: str, things: Sequence[Hung]) -> str:
    heading = f"<h3>{html.escape(group)}</h3>" if group else ""
    return f'{heading}<div class="hall">{"".join(map(_figure, things))}</div>'


def _figure(thing: Hung) -> str:
    name, size = html.escape(thing.name), f'width="{thing.width}" height="{thing.height}"'
    alt = html.escape(f"{thing.group}: {thing.name}" if thing.group else thing.name)
    if thing.poster:
        shown = f'<video src="{thing.file}" poster="{thing.poster}" {size} controls preload="none"></video>'
    else:
        shown = (
            f'<a href="{thing.file}"><img src="{thing.file}" alt="{alt}" {size} loading="lazy" decoding="async"></a>'
        )
    return f"<figure>{shown}<figcaption>{name}</figcaption></figure>"


STYLE = """
:root { color-scheme: light dark; --paper: light-dark(#f6f4f0, #14161a); --ink: light-dark(#1d2026, #eceae6);
  --faint: light-dark(#5f636c, #a3a6ad); --line: light-dark(#dcd8d0, #2c3037); --hang: light-dark(#fff, #1c1f25);
  --accent: light-dark(#1f5f66, #7fd3da); }
:root:has(#light:checked) { color-scheme: light }
:root:has(#dark:checked) { color-scheme: dark }
* { box-sizing: border-box }
html { scroll-padding-top: 7rem }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 Inter, system-ui, sans-serif }
header { position: sticky; top: 0; z-index: 1; background: color-mix(in srgb, var(--paper) 92%, transparent);
  backdrop-filter: blur(10px); border-bottom: 1px solid var(--line) }
header > div, main { max-width: 110rem; margin: auto; padding: 0 clamp(1rem, 3vw, 3rem) }
header .top { display: flex; align-items: baseline; gap: 1rem; padding-top: .7rem }
h1 { font-size: 1.15rem; margin: 0; letter-spacing: -.01em }
fieldset { border: 0; margin: 0 0 0 auto; padding: 0; display: flex; gap: .9rem; font-size: .85rem; color: var(--faint) }
fieldset label { cursor: pointer; white-space: nowrap } fieldset input { accent-color: var(--accent); margin: 0 .25rem 0 0 }
nav { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; padding: .35rem 0 .6rem; white-space: nowrap }
nav a { color: var(--ink); text-decoration: none; font-size: .92rem } nav a:hover { color: var(--accent) }
small { color: var(--faint); font-size: .75rem }
section { padding: 2.6rem 0 1rem; border-bottom: 1px solid var(--line) }
h2 { font-size: 1.75rem; letter-spacing: -.02em; margin: 0 } section > p { margin: .1rem 0 1.4rem; color: var(--faint) }
h3 { font-size: 1rem; margin: 1.8rem 0 .7rem }
.hall { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(var(--wide), 100%), 1fr)); gap: 1.1rem;
  align-items: start }
figure { margin: 0; background: var(--hang); border: 1px solid var(--line); border-radius: .6rem; overflow: hidden }
img, video { display: block; width: 100%; height: auto }
figcaption { padding: .45rem .75rem .55rem; font-size: .88rem; color: var(--faint) }
@media (max-width: 40rem) {
  header .top { flex-wrap: wrap; gap: 0 1rem } nav { flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none }
  .hall { grid-template-columns: repeat(auto-fill, minmax(min(var(--wide), 45%), 1fr)); gap: .7rem }
}
a:focus-visible, label:focus-within { outline: 2px solid var(--accent); outline-offset: 2px }
"""

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Dailies: the gallery</title>
<style>{style}</style>
<header>
<div class="top"><h1>Dailies: the gallery</h1>
<fieldset aria-label="Colours">
<label><input type="radio" name="colours" checked>as the system</label>
<label><input type="radio" name="colours" id="light">light</label>
<label><input type="radio" name="colours" id="dark">dark</label>
</fieldset></div>
<div><nav aria-label="Sections">{links}</nav></div>
</header>
<main>{body}</main>
</html>
"""
