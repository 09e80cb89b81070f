"""The SQLite schema, as named migrations. Each runs in its own transaction and is never edited once released.

Timestamps are ISO 8601 in UTC. JSON columns hold canonical documents. Nothing that can be derived is stored:
whether a clip is being made, ready, approved or stale are queries (`storage/queries.py`).
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from storage.large_archive import LARGE_ARCHIVE

MIGRATIONS = Migrations("dailies")


def _run(db: Database, script: str) -> None:
    """Statements one after another, each ending in a semicolon at the end of its line; all in the migration's transaction."""
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


@MIGRATIONS(name="0001_the_spine")
def the_spine(db: Database) -> None:
    _run(db, SPINE)


@MIGRATIONS(name="0003_dismissed_topics")
def dismissed_topics(db: Database) -> None:
    db.execute("""CREATE TABLE dismissals (
        topic_id TEXT PRIMARY KEY REFERENCES topics (id), user TEXT NOT NULL, at TEXT NOT NULL)""")


SPINE = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE shows (
    slug TEXT NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL, created_at TEXT NOT NULL,
    PRIMARY KEY (slug, version));

CREATE TABLE presenters (
    slug TEXT NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL, created_at TEXT NOT NULL,
    PRIMARY KEY (slug, version));

CREATE TABLE sources (
    show TEXT NOT NULL, url TEXT NOT NULL, state TEXT NOT NULL, report TEXT NOT NULL, updated_at TEXT NOT NULL,
    PRIMARY KEY (show, url));

CREATE TABLE topics (
    id TEXT PRIMARY KEY, show TEXT NOT NULL, canonical_url TEXT NOT NULL, fingerprint TEXT NOT NULL,
    title TEXT NOT NULL, language TEXT NOT NULL, score REAL NOT NULL, document TEXT NOT NULL, found_at TEXT NOT NULL);
CREATE UNIQUE INDEX topics_by_url ON topics (show, canonical_url);

CREATE TABLE clips (
    id TEXT PRIMARY KEY, show TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, topic_id TEXT,
    author TEXT NOT NULL, created_at TEXT NOT NULL,
    revision INTEGER NOT NULL, settled INTEGER NOT NULL DEFAULT 0, settled_at TEXT,
    plan TEXT, waiting TEXT, failure TEXT, cancelled_at TEXT);
CREATE INDEX clips_open ON clips (id) WHERE settled < revision;
CREATE INDEX clips_by_topic ON clips (topic_id);
CREATE INDEX clips_by_settled ON clips (settled_at);

CREATE TABLE briefs (
    clip_id TEXT NOT NULL REFERENCES clips (id), revision INTEGER NOT NULL, document TEXT NOT NULL,
    author TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL,
    PRIMARY KEY (clip_id, revision));

CREATE TABLE nodes (
    clip_id TEXT NOT NULL REFERENCES clips (id), node TEXT NOT NULL, stage TEXT NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (clip_id, node));
CREATE INDEX nodes_by_key ON nodes (key);

CREATE TABLE work (
    key TEXT PRIMARY KEY, kind TEXT NOT NULL, queue TEXT NOT NULL, stage TEXT NOT NULL, engine TEXT NOT NULL,
    engine_version TEXT NOT NULL, payload TEXT, state TEXT NOT NULL, attempt INTEGER NOT NULL,
    strikes INTEGER NOT NULL DEFAULT 0, error TEXT, document TEXT, content_hash TEXT, worker TEXT,
    queued_at TEXT NOT NULL, started_at TEXT, finished_at TEXT, seconds REAL, finishes INTEGER NOT NULL DEFAULT 0);
CREATE INDEX work_in_flight ON work (state) WHERE state IN ('queued', 'running');
CREATE INDEX work_by_engine ON work (engine, finished_at);

CREATE TABLE events_seen (epoch TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (epoch, id)) WITHOUT ROWID;

CREATE TABLE decisions (
    id TEXT PRIMARY KEY, clip_id TEXT NOT NULL REFERENCES clips (id), revision INTEGER NOT NULL, kind TEXT NOT NULL,
    cuts TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL, undoes TEXT);
CREATE INDEX decisions_by_clip ON decisions (clip_id, id);

CREATE TABLE exports (
    id TEXT PRIMARY KEY, clip_id TEXT NOT NULL REFERENCES clips (id), decision_id TEXT NOT NULL REFERENCES decisions (id),
    document TEXT NOT NULL, made_by TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE UNIQUE INDEX exports_by_decision ON exports (decision_id);

CREATE TABLE users (
    name TEXT PRIMARY KEY, role TEXT NOT NULL, password_hash TEXT NOT NULL, created_at TEXT NOT NULL, disabled_at TEXT);

CREATE TABLE login_links (
    hash TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users (name), expires_at TEXT NOT NULL, used_at TEXT);

CREATE TABLE sessions (
    hash TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users (name), created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL, revoked_at TEXT);

CREATE TABLE tokens (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL, user TEXT NOT NULL,
    created_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT)
"""


@MIGRATIONS(name="0002_the_autopilot")
def the_autopilot(db: Database) -> None:
    _run(db, AUTOPILOT)


AUTOPILOT = """
CREATE TABLE runs (
    key TEXT PRIMARY KEY, show TEXT NOT NULL, starter TEXT NOT NULL, planned_at TEXT NOT NULL, state TEXT NOT NULL,
    note TEXT NOT NULL, finished_at TEXT, report TEXT);
CREATE INDEX runs_by_show ON runs (show, planned_at);
CREATE INDEX runs_open ON runs (state) WHERE state = 'ordered';

CREATE TABLE ledger (
    number INTEGER PRIMARY KEY AUTOINCREMENT, show TEXT NOT NULL, language TEXT NOT NULL, canonical_url TEXT NOT NULL,
    title TEXT NOT NULL, fingerprint TEXT NOT NULL, clip_id TEXT NOT NULL, made_at TEXT NOT NULL,
    UNIQUE (show, language, canonical_url));
CREATE INDEX ledger_by_day ON ledger (show, made_at);

INSERT INTO ledger (show, language, canonical_url, title, fingerprint, clip_id, made_at)
    SELECT c.show, c.language, t.canonical_url, t.title, t.fingerprint, c.id, c.created_at
    FROM clips c JOIN topics t ON t.id = c.topic_id ORDER BY c.id;

ALTER TABLE sources ADD COLUMN health TEXT NOT NULL DEFAULT '{}'
"""


@MIGRATIONS(name="0004_what_topics_leave")
def what_topics_leave(db: Database) -> None:
    """What a made topic was about, as JSON ("" where no model looked), and when a source last gave a topic: old ones go."""
    db.execute("ALTER TABLE ledger ADD COLUMN meaning TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE topics ADD COLUMN seen_at TEXT NOT NULL DEFAULT ''")
    db.execute("UPDATE topics SET seen_at = found_at")
    db.execute("CREATE INDEX topics_by_seen ON topics (show, seen_at)")


@MIGRATIONS(name="0005_other_programs")
def other_programs(db: Database) -> None:
    """What other programs may rely on: requests that take effect once, uploads, and webhooks told by the truth itself."""
    for statement in PROGRAMS:
        db.execute(statement)


PROGRAMS = (
    """CREATE TABLE requests (
        id TEXT PRIMARY KEY, request TEXT NOT NULL, result TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID""",
    "DELETE FROM facts WHERE name LIKE 'idempotency:%'",
    """CREATE TABLE uploads (
        sha256 TEXT PRIMARY KEY, document TEXT NOT NULL, name TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL)""",
    """CREATE TABLE webhooks (
        id TEXT PRIMARY KEY, url TEXT NOT NULL, events TEXT NOT NULL, note TEXT NOT NULL, secret TEXT NOT NULL,
        user TEXT NOT NULL, created_at TEXT NOT NULL, off_at TEXT, off_why TEXT NOT NULL DEFAULT '', removed_at TEXT)""",
    """CREATE TABLE webhook_messages (
        number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE DEFAULT ('msg_' || lower(hex(randomblob(16)))),
        type TEXT NOT NULL, at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), data TEXT NOT NULL)""",
    """CREATE TABLE webhook_deliveries (
        number INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER NOT NULL REFERENCES webhook_messages (number),
        webhook_id TEXT NOT NULL REFERENCES webhooks (id), state TEXT NOT NULL DEFAULT 'waiting',
        tries INTEGER NOT NULL DEFAULT 0, next_at TEXT NOT NULL, UNIQUE (message, webhook_id))""",
    "CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE state = 'waiting'",
    "CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, number)",
    """CREATE TABLE webhook_attempts (
        delivery INTEGER NOT NULL REFERENCES webhook_deliveries (number), at TEXT NOT NULL, status INTEGER NOT NULL,
        said TEXT NOT NULL, seconds REAL NOT NULL)""",
    "CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (delivery)",
    # Triggers, so that a message is part of the very transaction that makes it true, whoever wrote that.
    """CREATE TRIGGER tell_webhooks AFTER INSERT ON webhook_messages WHEN NEW.type <> 'webhook.test' BEGIN
        INSERT INTO webhook_deliveries (message, webhook_id, next_at) SELECT NEW.number, w.id, NEW.at FROM webhooks w
        WHERE w.off_at IS NULL AND EXISTS (SELECT 1 FROM json_each(w.events) e WHERE e.value = NEW.type); END""",
    """CREATE TRIGGER tell_of_settled_clip AFTER UPDATE OF settled ON clips
        WHEN NEW.settled = NEW.revision AND OLD.settled < OLD.revision AND NEW.cancelled_at IS NULL BEGIN
        INSERT INTO webhook_messages (type, data) VALUES (
            CASE WHEN NEW.failure IS NULL THEN 'clip.ready' ELSE 'clip.failed' END,
            json_object('clip', NEW.id, 'show', NEW.show, 'title', NEW.title, 'language', NEW.language,
                'revision', NEW.revision, 'failure', json(NEW.failure))); END""",
    """CREATE TRIGGER tell_of_decision AFTER INSERT ON decisions BEGIN
        INSERT INTO webhook_messages (type, data) SELECT 'decision.made',
            json_object('decision', NEW.id, 'clip', NEW.clip_id, 'show', c.show, 'title', c.title,
                'revision', NEW.revision, 'kind', NEW.kind, 'cuts', json(NEW.cuts), 'reason', NEW.reason,
                'note', NEW.note, 'by', NEW.user, 'undoes', NEW.undoes)
        FROM clips c WHERE c.id = NEW.clip_id; END""",
    """CREATE TRIGGER tell_of_export AFTER INSERT ON exports BEGIN
        INSERT INTO webhook_messages (type, data) SELECT 'export.made',
            json_object('export', NEW.id, 'clip', NEW.clip_id, 'show', c.show, 'title', c.title,
                'decision', NEW.decision_id, 'folder', json_extract(NEW.document, '$.folder'), 'by', NEW.made_by)
        FROM clips c WHERE c.id = NEW.clip_id; END""",
)


@MIGRATIONS(name="0006_the_desk")
def the_desk(db: Database) -> None:
    _run(db, DESK)


# takes: which work each finished revision of a clip came from, so that two can be compared
# leftovers: files that nothing may need any more, until they are deleted
DESK = """
CREATE TABLE takes (
    clip_id TEXT NOT NULL REFERENCES clips (id), revision INTEGER NOT NULL, node TEXT NOT NULL, stage TEXT NOT NULL,
    key TEXT NOT NULL, PRIMARY KEY (clip_id, revision, node));
CREATE INDEX takes_by_key ON takes (key);

INSERT INTO takes SELECT n.clip_id, c.revision, n.node, n.stage, n.key FROM nodes n JOIN clips c ON c.id = n.clip_id
    WHERE c.settled = c.revision AND c.failure IS NULL AND c.cancelled_at IS NULL ORDER BY n.rowid;

CREATE TABLE trash (
    clip_id TEXT PRIMARY KEY REFERENCES clips (id), user TEXT NOT NULL, at TEXT NOT NULL, emptied_at TEXT);

CREATE TABLE leftovers (kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, name))
"""


@MIGRATIONS(name="0007_where_exports_go")
def where_exports_go(db: Database) -> None:
    _run(db, WHERE_EXPORTS_GO)


WHERE_EXPORTS_GO = """
CREATE TABLE feeds (
    id TEXT PRIMARY KEY, show TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, made_by TEXT NOT NULL, made_at TEXT NOT NULL,
    revoked_at TEXT);
CREATE UNIQUE INDEX feeds_by_show ON feeds (show) WHERE revoked_at IS NULL;

CREATE TABLE shipments (
    export_id TEXT NOT NULL REFERENCES exports (id), target TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_at TEXT NOT NULL, error TEXT NOT NULL DEFAULT '', done_at TEXT,
    PRIMARY KEY (export_id, target));
CREATE INDEX shipments_due ON shipments (next_at) WHERE state = 'due'
"""


@MIGRATIONS(name="0008_secrets_change_hands")
def secrets_change_hands(db: Database) -> None:
    """The secret that a webhook had before ("" = none), and until when it signs beside the new one."""
    db.execute("ALTER TABLE webhooks ADD COLUMN old_secret TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE webhooks ADD COLUMN old_secret_until TEXT")


@MIGRATIONS(name="0009_a_large_archive")
def a_large_archive(db: Database) -> None:
    _run(db, LARGE_ARCHIVE)


@MIGRATIONS(name="0010_consent")
def consent(db: Database) -> None:
    _run(db, CONSENT)


# consents: what people agreed to, and what they took back; those that stood in presenters and briefs before are kept here too
CONSENT = """
CREATE TABLE consents (
    id TEXT PRIMARY KEY, presenter TEXT NOT NULL, document TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL,
    revoked_at TEXT, revoked_by TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '');
CREATE INDEX consents_by_presenter ON consents (presenter);

INSERT INTO consents (id, presenter, document, user, at)
    SELECT lower(hex(randomblob(16))), presenter, given, '', min(at) FROM (
        SELECT slug AS presenter, json_extract(document, '$.consent') AS given, created_at AS at FROM presenters
        UNION ALL
        SELECT json_extract(document, '$.presenter.slug'), json_extract(document, '$.presenter.consent'), created_at
        FROM briefs)
    WHERE given IS NOT NULL GROUP BY presenter, given
"""
