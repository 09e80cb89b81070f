"""`run.py make`: one clip, through a running studio or inline, with progress, and a result for people or for programs."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from config.errors import Corrupt
from review.draft import copy_draft
from storage.artifacts import ArtifactStore
from storage.documents import ArtifactRef
from web.local_client import Reply
from web.terminal.progress import ClipProgress

POLL_S = 0.2
Ask = Callable[..., Reply]


def follow(ask: Ask, clip_id: str, console: Console) -> Reply:
    """Show a clip's progress until it is made, failed, cancelled or waits for something. Returns its last report."""
    with ClipProgress(console) as progress:
        while True:
            report = ask("clip", clip=clip_id)
            if report["row"]["production"] != "making":
                return report
            progress.show(report)
            time.sleep(POLL_S)


def follow_inline(ask: Ask, clip_id: str, console: Console, work: Callable[[], object]) -> Reply:
    """The same, while `work` makes the clip in a thread of this process. Raises what `work` raises."""
    failure: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again in the main thread
            failure.append(error)

    thread = threading.Thread(target=run, name="inline", daemon=True)
    thread.start()
    with ClipProgress(console) as progress:
        while thread.is_alive():
            progress.show(ask("clip", clip=clip_id))
            thread.join(POLL_S)
    if failure:
        raise failure[0]
    return ask("clip", clip=clip_id)


def undamaged(store: ArtifactStore, made: Callable[[], Reply], ask: Ask) -> Reply:
    """What `made` reports; if a video of it turns out damaged on disk, it is made once more."""
    report = made()
    for cut in report["cuts"].values():
        try:
            _video(store, cut["video"])
        except Corrupt as damage:
            ask("remake", sha256=damage.sha256)
            return made()
    return report


def conclude(store: ArtifactStore, report: Reply, console: Console, *, as_json: bool, draft: Path | None) -> int:
    """Say what came of it. Returns the exit code: 0 the clip waits for review, 1 it does not."""
    row = report["row"]
    cuts = report["cuts"]
    result: dict[str, Any] = {
        "clip": row["id"],
        "title": row["title"],
        "state": row["production"],
        "video": None,
        "duration_s": None,
        "stages": [{k: node[k] for k in ("node", "stage", "engine", "seconds")} for node in report["nodes"]],
        "quality": {},
        "fallbacks": report["fallbacks"],
    }
    if cuts:
        paths = {name: _video(store, cut["video"]) for name, cut in cuts.items()}
        first = next(iter(cuts))
        if draft is not None:
            paths[first] = copy_draft(paths[first], draft)
        result |= {
            "video": str(paths[first]),
            "duration_s": cuts[first]["duration_s"],
            "quality": cuts[first]["quality"],
        }
        result["videos"] = {name: str(path) for name, path in paths.items()}
    if (failure := row["failure"]) is not None:
        result["failure"] = failure
    if row["waiting"]:
        result["waiting"] = row["waiting"]
    console.print(
        json.dumps(result, ensure_ascii=False), soft_wrap=True, markup=False, highlight=False
    ) if as_json else _say(console, result)
    return 0 if cuts else 1


def _video(store: ArtifactStore, sha256: str) -> Path:
    return store.fetch(ArtifactRef(sha256=sha256, media_type="video/mp4", size=0))


def _say(console: Console, result: dict[str, Any]) -> None:
    if result["video"]:
        console.print(
            f"Ready for review: {result['title']} ({result['duration_s']:.1f} s)", markup=False, soft_wrap=True
        )
        for name, path in result["videos"].items():
            console.print(f"  {name:>5}  {path}", markup=False, soft_wrap=True)
        for fallen in result["fallbacks"]:
            how = f"at the profile {fallen['profile']}" if fallen["profile"] else f"instead of {fallen['wanted']}"
            instead = f"{fallen['used']} did the {fallen['stage']} stage {how}."
            console.print(f"  {instead} {fallen['problem']}".rstrip(), markup=False, soft_wrap=True)
    elif failure := result.get("failure"):
        console.print(
            f"Failed at the {failure['stage']} stage ({failure['engine']}): {failure['message']} {failure['cure']}",
            markup=False,
        )
    else:
        console.print(f"Not made: {result.get('waiting') or result['state']}", markup=False, soft_wrap=True)
