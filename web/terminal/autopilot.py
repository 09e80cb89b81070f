"""`run.py autopilot`: what each show did last, and when it is next."""

from __future__ import annotations

from typing import Any

from rich.console import Console


def show_status(told: dict[str, Any], console: Console) -> None:
    if told["paused_since"]:
        console.print(f"Paused since {told['paused_since']}.", style="yellow", highlight=False)
    for show in told["shows"]:
        console.print(
            f"{show['name']}: next run {show['next'] or 'never'}", style="bold", markup=False, highlight=False
        )
        if last := show["last"]:
            report = last["report"] or {}
            chosen = [verdict["title"] for verdict in report.get("chosen", ())]
            line = f"  last {last['planned_at']}: {last['state']}. {last['note']}".rstrip()
            console.print(line, markup=False, highlight=False, soft_wrap=True)
            for title in chosen:
                console.print(f"    ordered {title}", markup=False, highlight=False, soft_wrap=True)
        for what, tallies in show["feedback"].items():
            for name, tally in tallies.items():
                line = f"  {what[:-1]} {name}: {tally['approved']} approved, {tally['rejected']} rejected"
                console.print(line, markup=False, highlight=False, soft_wrap=True)
        for source in show["sources"]:
            console.print(f"  {source['url']}: {source['line']}", markup=False, highlight=False, soft_wrap=True)
            if source["terms"]:
                console.print(f"    {source['terms']}", style="dim", markup=False, highlight=False, soft_wrap=True)
