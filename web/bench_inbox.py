"""A full inbox: finished clips with posters, scripts and sources, written down as production would have done it."""

from __future__ import annotations

import colorsys
import io
from collections.abc import Sequence
from functools import partial

from sqlite_utils import Database

from config.folders import DataFolder
from storage.artifacts import FolderStore
from storage.canonical import sha256_text
from storage.clips import create_clip, record_nodes, settle_clip
from storage.clock import now
from storage.documents import ArtifactRef, Attribution, Cut, Document, MediaFacts, Script, ScriptLine, SpokenSpan
from storage.events import Event
from storage.orders import Brief, BriefOptions, PresenterSpec, ShowSpec, TopicCopy
from storage.work import WorkOrder, apply_events, record_queued
from storage.writer import Writer

TITLES = (
    ("en", "A night ferry returns to the old harbour after nine years, and four hundred people are glad of it"),
    ("zh", "九年之后，渡轮周五再次启航，三百人在码头等候"),
    ("ar", "العبارة الليلية تعود إلى الميناء القديم بعد تسع سنوات"),
    ("es", "Un ferri nocturno vuelve al viejo puerto"),
    ("en", "Short news"),
)
POSTERS = 12
SHOW = ShowSpec(slug="bench", name="The Morning Desk")


def fill(folder: DataFolder, finished: int, ordered: int) -> None:
    """So many clips that wait for review, and so many that were ordered and are still to be made."""
    artifacts, writer = FolderStore(folder.artifacts), Writer(folder.database).start()
    try:
        posters = [artifacts.put_bytes(_poster(number), "image/jpeg") for number in range(POSTERS)]
        captions = artifacts.put_bytes(b"WEBVTT\n", "text/vtt")
        writer.do(partial(_write, finished=finished, posters=posters, captions=captions))
        for number in range(ordered):
            writer.do(partial(create_clip, brief=_brief(finished + number), author="autopilot"))
    finally:
        writer.stop()


def _write(db: Database, finished: int, posters: Sequence[ArtifactRef], captions: ArtifactRef) -> None:
    for number in range(finished):
        brief = _brief(number)
        clip = create_clip(db, brief, "autopilot")
        script = _script(brief)
        made: dict[str, Document] = {
            "script": script,
            "finish.16:9": _cut(posters[number % POSTERS], captions, len(script.lines)),
        }
        nodes = {}
        for node, document in made.items():
            stage, key = node.partition(".")[0], sha256_text(f"{node} of {number}")
            order = WorkOrder(
                key=key, kind="stage", queue=f"cpu.stub-{stage}", stage=stage, engine=f"stub-{stage}", engine_version="1",
                payload={},
            )  # fmt: skip
            record_queued(db, [order])
            done = Event(
                kind="stage", key=key, attempt=1, type="finished", worker="bench", at=now(), document=document.to_json(),
                content_hash=document.content_hash, seconds=1.0,
            )  # fmt: skip
            apply_events(db, "bench", "", [done])
            nodes[node] = (stage, key)
        record_nodes(db, clip, nodes)
        settle_clip(db, clip, 1, script.title)


def _brief(number: int) -> Brief:
    language, title = TITLES[number % len(TITLES)]
    source = Attribution(name="Harbour Gazette", url=f"https://gazette.example/{number}")
    text = f"{title}. It was reported as number {number}. " + "The council says that it will be looked at again. " * 8
    topic = TopicCopy(title=f"{title} {number}", text=text, language=language, source=source)
    presenter = PresenterSpec(slug="stub", name="Stub")
    return Brief(topic=topic, show=SHOW, presenter=presenter, options=BriefOptions(language=language), seed=number)


def _script(brief: Brief) -> Script:
    said = brief.topic.text.split(". ")[:5]
    lines = tuple(ScriptLine(text=text, language=brief.options.language, quote=text) for text in said)
    return Script(title=brief.topic.title, lines=lines, source=brief.topic.source, scene="a harbour")


def _cut(poster: ArtifactRef, captions: ArtifactRef, lines: int) -> Cut:
    media = MediaFacts(
        width=1280, height=720, fps=25, duration_s=31.0, video_codec="h264", audio_codec="aac", loudness_lufs=-16, true_peak_dbtp=-1.5
    )  # fmt: skip
    spans = tuple(SpokenSpan(start=6.0 * line, end=6.0 * line + 5) for line in range(lines))
    return Cut(
        format="16:9", video=poster, poster=poster, srt=captions, vtt=captions, media=media, line_spans=spans,
        peaks=tuple(0.5 for _ in range(200)),
    )  # fmt: skip


def _poster(number: int) -> bytes:
    from PIL import Image

    colour = tuple(round(255 * part) for part in colorsys.hsv_to_rgb(number / POSTERS, 0.5, 0.5))
    data = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((640, 360)).point(
        [v * c // 255 for c in colour for v in range(256)]
    ).save(data, "JPEG")
    return data.getvalue()
