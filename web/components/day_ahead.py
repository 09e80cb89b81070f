"""The next 24 hours: when each show's sources are read. Pure: moments in, markup out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape

from web.words import several

HOURS = 24


def day_ahead(runs: Mapping[str, Sequence[datetime]], now: datetime) -> str:
    """One line per show, with a mark per run. `runs`: show → its moments, in order."""
    hours = "".join(
        f"<span>{(now + timedelta(hours=hour)).astimezone().strftime('%H:%M')}</span>" for hour in range(0, HOURS, 6)
    )
    rows = "".join(_show(name, moments, now) for name, moments in runs.items())
    return f'<div class="ahead"><div class="ahead-hours" aria-hidden="true">{hours}</div>{rows}</div>'


def _show(name: str, moments: Sequence[datetime], now: datetime) -> str:
    marks = "".join(f'<i style="left:{_share(moment, now):.2f}%"></i>' for moment in moments)
    told = (
        f"{moments[0].astimezone().strftime('%H:%M')}, {several(len(moments), 'run')}"
        if moments
        else "not in this time"
    )
    return (
        f'<div class="ahead-row"><span class="nm" dir="auto">{escape(name)}</span><span class="ahead-line" aria-hidden="true">{marks}</span>'
        f'<span class="num">{told}</span></div>'
    )


def _share(moment: datetime, now: datetime) -> float:
    return min(100.0, max(0.0, (moment - now) / timedelta(hours=HOURS) * 100))
