"""What every page loads first: the stylesheet, and the script that sets light or dark before anything is painted."""

from __future__ import annotations

import hashlib

from web.theme.marks import icon
from web.theme.sheet import STATIC, Sheet


def head(sheet: Sheet) -> str:
    return (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
        f"{links(sheet)}"
    )


def links(sheet: Sheet) -> str:
    """For pages that bring their own `<head>`."""
    return (
        f'<script src="{script("theme.js")}"></script><link rel="stylesheet" href="{sheet.url}">'
        '<link rel="preload" href="/static/fonts/inter-latin-opsz-normal.woff2" as="font" type="font/woff2" crossorigin>'
        '<link rel="icon" href="/static/mark.svg" type="image/svg+xml"><meta name="color-scheme" content="light dark">'
    )


def script(name: str) -> str:
    """The address of one of our scripts; it changes with the script."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def theme_button(classes: str = "btn btn-ghost btn-icon") -> str:
    return (
        f'<button type="button" class="{classes}" data-act="theme" aria-label="Light or dark" title="Light or dark">'
        f"{icon('moon', 'when-light')}{icon('sun', 'when-dark')}</button>"
    )
