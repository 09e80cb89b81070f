"""The script of a migration: what keeps an archive of a hundred thousand clips quick. Never edited once released."""

from __future__ import annotations

# on_desk: an index more than a fact, kept by triggers: whether somebody may still have to do something about a clip. Without
#     it the inbox would have to look at every clip that was ever made (`storage/queries.py` says what it has to equal)
# events_seen: numbered in the order of arrival, so that the oldest can be forgotten
LARGE_ARCHIVE = """
CREATE INDEX decisions_undoing ON decisions (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX decisions_in_order ON decisions (clip_id, revision);
DROP INDEX decisions_by_clip;
CREATE INDEX decisions_by_kind ON decisions (kind);
CREATE INDEX exports_by_clip ON exports (clip_id);
CREATE INDEX briefs_by_presenter ON briefs (json_extract(document, '$.presenter.slug'), clip_id);
CREATE INDEX clips_by_show ON clips (show, id);
CREATE INDEX clips_by_title ON clips (title, id);
CREATE INDEX clips_by_production ON clips (
    CASE WHEN cancelled_at IS NOT NULL THEN 'cancelled' WHEN failure IS NOT NULL THEN 'failed' WHEN settled = revision THEN 'ready'
    WHEN waiting IS NOT NULL THEN 'waiting' ELSE 'making' END);
CREATE INDEX work_by_state ON work (state, strikes);
CREATE INDEX work_set_aside ON work (finished_at) WHERE state = 'set_aside';
CREATE INDEX work_failed_errands ON work (key) WHERE kind <> 'stage' AND state = 'failed';
CREATE INDEX work_by_end ON work (finished_at) WHERE seconds > 0;

CREATE INDEX webhook_messages_by_age ON webhook_messages (at);

CREATE TABLE seen (number INTEGER PRIMARY KEY, epoch TEXT NOT NULL, id TEXT NOT NULL, UNIQUE (epoch, id));
INSERT INTO seen (epoch, id) SELECT epoch, id FROM events_seen;
DROP TABLE events_seen;
ALTER TABLE seen RENAME TO events_seen;

ALTER TABLE clips ADD COLUMN on_desk INTEGER NOT NULL DEFAULT 1;
CREATE INDEX clips_on_desk ON clips (id) WHERE on_desk = 1;
UPDATE clips SET on_desk = {on_desk} WHERE NOT {on_desk};
""" + "".join(
    f"CREATE TRIGGER desk_after_{name} AFTER {what} BEGIN UPDATE clips SET on_desk = {{on_desk}} WHERE id = {clip}; END;\n"
    for name, what, clip in (
        ("decision", "INSERT ON decisions", "NEW.clip_id"),
        ("export", "INSERT ON exports", "NEW.clip_id"),
        ("discarding", "INSERT ON trash", "NEW.clip_id"),
        ("restoring", "DELETE ON trash", "OLD.clip_id"),
        ("production", "UPDATE OF revision, settled, failure, cancelled_at ON clips", "NEW.id"),
    )
)
ON_DESK = """(NOT EXISTS (SELECT 1 FROM trash t WHERE t.clip_id = clips.id)
    AND NOT (settled = revision AND failure IS NULL AND cancelled_at IS NULL AND EXISTS (
        SELECT 1 FROM decisions d WHERE (d.kind = 'reject' OR EXISTS (SELECT 1 FROM exports e WHERE e.decision_id = d.id))
        AND d.rowid = (SELECT max(x.rowid) FROM decisions x WHERE x.clip_id = clips.id AND x.revision = clips.revision
            AND x.kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id)))))"""
LARGE_ARCHIVE = LARGE_ARCHIVE.replace("{on_desk}", ON_DESK)
