"""A studio with years behind it, made in a minute: one clip that was really made on stub engines, copied by SQLite itself.

The copies share the original's documents and files, so that every hash in the database is right; keys, ids and times are
their own. Most clips are exported or rejected; old failures are in the trash, some clips wait for a person, a few are being
made.
"""

from __future__ import annotations

from functools import partial

from sqlite_utils import Database

from config.folders import DataFolder
from config.settings import LicenceClass
from producer.clip import Stepper
from producer.engines.registry import Registry
from producer.inline import inline_events, make_inline
from producer.plan.freeze import STUB_ORDER, Capability
from producer.ready import publish_capabilities
from producer.residency import Residency
from producer.stage import StageHandler
from producer.work import Performer
from storage.artifacts import FolderStore
from storage.clips import create_clip
from storage.decisions import record_decision
from storage.exports import record_export
from storage.large_archive import ON_DESK
from storage.orders import Brief, BriefOptions, PresenterSpec, ShowSpec, TopicCopy
from storage.writer import Writer

OPEN = 20
"""Clips that are being made."""
ON_THE_DESK = 60
"""The newest of the finished: a few hundredth of them wait for a person, as the autopilot's backlog has it."""
DEVICE_MB = 12_000


def brief_of(number: int) -> Brief:
    """A clip of nine stages: script, scene, four lines, speech, video, finish."""
    text = f"This is the first sentence of story {number}. It goes on with a second one. And it ends with a third."
    return Brief(
        topic=TopicCopy(title=f"Story number {number}", text=text),
        show=ShowSpec(slug="bench", name="Bench"),
        presenter=PresenterSpec(slug="stub", name="Stub"),
        options=BriefOptions(),
        seed=number,
    )


def stub_capabilities() -> dict[str, Capability]:
    licences: tuple[LicenceClass, ...] = ("osi",)
    found = publish_capabilities(Registry(), licences, budget_mb=DEVICE_MB)
    return {one.engine: one for one in found if one.engine.startswith("stub-")}


def make_one(writer: Writer, folder: DataFolder, number: int) -> str:
    """Order a clip and make it in this process. Returns its id."""
    handler = StageHandler(
        Residency(Registry().create, DEVICE_MB), FolderStore(folder.artifacts), folder.root / "work" / "bench"
    )
    performer = Performer({"stage": handler}, inline_events(writer, lambda _event: None), "bench")
    clip_id = writer.do(partial(create_clip, brief=brief_of(number), author="bench"))
    make_inline(writer, folder.database, Stepper(STUB_ORDER, 3), performer, stub_capabilities(), clip_id)
    return clip_id


def fill(writer: Writer, folder: DataFolder, clips: int) -> None:
    """Put `clips` clips of the last two years into a fresh studio."""
    model = make_one(writer, folder, 0)
    decision = writer.do(partial(record_decision, clip_id=model, revision=1, kind="approve", user="ana"))
    writer.do(
        partial(
            record_export, clip_id=model, decision_id=decision.id, folder="story", bundle={"files": []}, made_by="ana"
        )
    )
    writer.do(partial(_copy, model=model, clips=clips))


def _copy(db: Database, model: str, clips: int) -> None:
    """Everything in one transaction, without the triggers that tell webhooks: nobody listens, and they cost minutes."""
    triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    db.execute("CREATE TEMP TABLE bench_clips (n INTEGER PRIMARY KEY, id TEXT, made TEXT, share INTEGER)")
    db.execute(NUMBERED, {"clips": clips})
    for statement in (*COPIES, f"UPDATE clips SET on_desk = {ON_DESK} WHERE NOT {ON_DESK}"):
        db.execute(statement, {"model": model, "clips": clips, "open": OPEN, "desk": ON_THE_DESK})
    db.execute("DROP TABLE bench_clips")
    for _, sql in triggers:
        db.execute(sql)


# Ids are UUIDv7s of the moments at which the clips were ordered; `share` deals out what became of them.
NUMBERED = """
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :clips)
INSERT INTO bench_clips
SELECT n, substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || printf('-7000-8000-%012x', n),
    strftime('%Y-%m-%dT%H:%M:%fZ', ms / 1000.0, 'unixepoch'), n * 37 % 100
FROM (SELECT n, ms, printf('%012x', ms) AS hex FROM (
    SELECT n, (strftime('%s', 'now') - (:clips - n) * 63072000 / :clips - 60) * 1000 AS ms FROM n))
"""
KEY = "printf('%010x', b.n) || substr({0}, 11)"
MADE = "b.n <= :clips - :open"
DECIDED = f"({MADE} AND b.share >= 3 AND b.n <= :clips - :desk)"
COPIES = (
    f"""INSERT INTO clips (id, show, title, language, author, created_at, revision, settled, settled_at, plan, failure)
        SELECT b.id, c.show, 'Story number ' || b.n || ' of ' || substr(b.made, 1, 10), c.language, c.author, b.made, 1,
            {MADE}, CASE WHEN {MADE} THEN b.made END, c.plan,
            CASE WHEN {MADE} AND b.share < 3 THEN
                '{{"node":"speech","stage":"speech","engine":"stub-speech","message":"It went wrong."}}' END
        FROM bench_clips b, clips c WHERE c.id = :model""",
    """INSERT INTO briefs SELECT b.id, 1, replace(replace(f.document, 'story 0', 'story ' || b.n), '"seed":0', '"seed":' || b.n), f.author, '', b.made
        FROM bench_clips b, briefs f WHERE f.clip_id = :model""",
    f"""INSERT INTO nodes SELECT b.id, n.node, n.stage, {KEY.format("n.key")}
        FROM bench_clips b, nodes n WHERE n.clip_id = :model AND {MADE}""",
    f"""INSERT INTO takes SELECT b.id, 1, n.node, n.stage, {KEY.format("n.key")}
        FROM bench_clips b, nodes n WHERE n.clip_id = :model AND {MADE} AND b.share >= 3""",
    f"""INSERT INTO work SELECT {KEY.format("w.key")}, w.kind, w.queue, w.stage, w.engine, w.engine_version, NULL, 'done', 1, 0,
            NULL, w.document, w.content_hash, 'bench', b.made, b.made, b.made, 0.5, 1
        FROM bench_clips b, nodes n JOIN work w ON w.key = n.key WHERE n.clip_id = :model AND {MADE}""",
    f"""INSERT INTO decisions SELECT substr(b.id, 1, 15) || '1' || substr(b.id, 17), b.id, 1,
            CASE WHEN b.share < 15 THEN 'reject' WHEN b.share < 16 THEN 'hold' ELSE 'approve' END,
            '{{}}', '', '', 'ana', b.made, NULL
        FROM bench_clips b WHERE {DECIDED}""",
    f"""INSERT INTO exports SELECT substr(b.id, 1, 15) || '2' || substr(b.id, 17), b.id,
            substr(b.id, 1, 15) || '1' || substr(b.id, 17), e.document, 'ana', b.made
        FROM bench_clips b, exports e WHERE e.clip_id = :model AND {DECIDED} AND b.share >= 16""",
    f"""INSERT INTO trash SELECT b.id, 'ana', b.made, NULL
        FROM bench_clips b WHERE b.n <= :clips - 10 * :desk AND (b.share < 3 OR (b.share >= 15 AND b.share < 16)) AND {MADE}""",
    """INSERT INTO ledger (show, language, canonical_url, title, fingerprint, clip_id, made_at)
        SELECT 'bench', 'en', 'https://example.org/' || b.n, 'Story number ' || b.n, printf('%016x', b.n * 7919), b.id, b.made
        FROM bench_clips b""",
)
