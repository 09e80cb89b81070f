"""`run.py verify`: what a video's Content Credentials are worth, in plain words."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from config.house import House
from review.credentials.certificate import trusted_roots
from review.credentials.verifying import EXIT, Verdict, verify

TONE = {"trusted": "green", "stranger": "yellow", "tampered": "red", "invalid": "red", "none": "yellow"}


def verify_here(house: House, file: Path) -> Verdict:
    """Check a file against this studio's own signer and those that its settings trust. Raises UsageError, StudioError."""
    return verify(file, trusted_roots(house.folder.credentials, house.settings.credentials.trusted))


def show_verdict(verdict: Verdict, console: Console, *, as_json: bool) -> int:
    """Print it. Returns the exit code."""
    if as_json:
        console.print_json(verdict.model_dump_json())
        return EXIT[verdict.state]
    console.print(f"[{TONE[verdict.state]}]{verdict.said}[/]")
    for problem in verdict.problems:
        console.print(f"  {escape(problem)}")
    made = verdict.production
    engines = ", ".join(dict.fromkeys(str(one.get("engine")) for one in made.get("engines", ())))
    sources = ", ".join(f"{one.get('name')} {one.get('url', '')}".strip() for one in made.get("sources", ()))
    approved = made.get("approved", {})
    by = f" by {approved['by']}" if approved.get("by") else ""
    for name, value in (
        ("Title", verdict.title),
        ("Signed by", verdict.signed_by),
        ("Made with", verdict.made_with),
        ("Kind", verdict.source_type.rpartition("/")[2]),
        ("Human-made", ", ".join(made.get("human_made", ()))),
        ("Engines", engines),
        ("Sources", sources),
        ("Approved", f"{approved['at']}{by}" if approved.get("at") else ""),
        ("Not free", " ".join(made.get("not_free_to_use", ()))),
    ):
        if value:
            console.print(f"{name:<12}{escape(value)}", soft_wrap=True)
    return EXIT[verdict.state]
