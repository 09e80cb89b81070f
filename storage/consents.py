"""Who agreed to what: consent records of presenters, and whether one covers what a clip shows and sounds like.

Records are added and taken back, never changed. They stand beside the presenters' versions and not inside of them, since
a person takes their consent back for all versions and all clips at once.

    presenter ─▶ uses (face, voice) ─┐
    records, show, today ────────────┴─▶ lapse: why it may not be used now, and what to do; None = it may
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlite_utils import Database

from config.errors import Refused, UnknownName, UsageError
from storage.canonical import canonical_json
from storage.clock import now
from storage.documents import Frozen
from storage.ids import new_id
from storage.orders import Brief, Consent, PresenterSpec

Use = Literal["face", "voice"]
Standing = Literal["standing", "expired", "revoked"]
FORGOTTEN = "forgotten"
"""Why the records of somebody who was forgotten are taken back."""


class ConsentRecord(Frozen):
    """One consent as it was written down, by whom, and whether it was taken back."""

    id: str
    presenter: str
    consent: Consent
    user: str
    at: str
    revoked_at: str | None = None
    revoked_by: str = ""
    why: str = ""

    def standing(self, today: date) -> Standing:
        if self.revoked_at:
            return "revoked"
        ends = self.consent.expires_on
        return "expired" if ends and ends < today.isoformat() else "standing"

    def covers(self, use: Use, show: str) -> bool:
        """Whether it speaks of this use in this show (short name), whatever the day."""
        consent = self.consent
        return consent.scope in (use, "both") and (not consent.shows or show in consent.shows)


class Lapse(Frozen):
    """Why somebody's face or voice may not be used now, and what would mend that."""

    use: Use
    reason: Literal["missing", "expired", "revoked", "forgotten"]
    message: str
    cure: str

    def __str__(self) -> str:
        return f"{self.message} {self.cure}"


# ── decisions: pure ───────────────────────────────────────────────────────────────────────────────


def uses_of(presenter: PresenterSpec) -> tuple[Use, ...]:
    """What of a real person a presenter is made of; () = of nobody."""
    loras = any(part.kind == "lora" for part in presenter.trained)
    face = presenter.kind == "portrait" or bool(presenter.portraits) or loras
    voice = bool(presenter.samples) or any(part.kind == "voice" for part in presenter.trained)
    found: list[Use] = [*(["face"] if face else []), *(["voice"] if voice else [])]  # type: ignore[list-item]
    return tuple(found)


def lapse(presenter: PresenterSpec, records: Sequence[ConsentRecord], show: str, today: date) -> Lapse | None:
    """Why this presenter may not be used in this show (short name) on this day; None = they may."""
    if "forgotten" in presenter.look:
        return _forgotten(presenter, "face")
    for use in uses_of(presenter):
        speaking = [record for record in records if record.covers(use, show)]
        if not any(record.standing(today) == "standing" for record in speaking):
            return _lapse(presenter, use, speaking, show, today)
    return None


def _lapse(
    presenter: PresenterSpec, use: Use, speaking: Sequence[ConsentRecord], show: str, today: date
) -> Lapse:  # fmt: skip
    name, cure = presenter.name, renewal(presenter.slug)
    if not speaking:
        where = f" in the show {show}" if show else ""
        said = f"{name} has not agreed to their {use} being used{where}."
        return Lapse(use=use, reason="missing", message=said, cure=cure)
    last = max(speaking, key=lambda record: (record.standing(today) == "expired", record.at))
    if last.standing(today) == "expired":
        said = f"{name}’s consent to their {use} being used ended on {last.consent.expires_on}."
        return Lapse(use=use, reason="expired", message=said, cure=cure)
    said = f"{name} took back their consent to their {use} being used on {(last.revoked_at or '')[:10]}."
    return Lapse(use=use, reason="revoked", message=said, cure=cure)


def _forgotten(presenter: PresenterSpec, use: Use) -> Lapse:
    said = f"{presenter.name} was forgotten here, on {str(presenter.look['forgotten'])[:10]}."
    return Lapse(use=use, reason="forgotten", message=said, cure="Order the clip again with another presenter.")


def renewal(slug: str) -> str:
    return (
        f"If they agree, write that down: run.py presenters consent {slug} --statement …, or on their page at the desk."
    )


# ── commands ──────────────────────────────────────────────────────────────────────────────────────


def add_consent(db: Database, presenter: str, consent: Consent, user: str) -> str:
    """Write a consent down. The same one is written down once. Returns its id. Raises UsageError for dates that cannot be."""
    for day in (consent.given_on, consent.expires_on):
        _must_be_a_day(day)
    if consent.given_on and consent.expires_on and consent.expires_on < consent.given_on:
        raise UsageError("This consent would end before it was given.", "Give a later day to --until.")
    text = canonical_json(consent.model_dump(mode="json", exclude_defaults=True))
    before = db.execute(
        "SELECT id FROM consents WHERE presenter = ? AND document = ? AND revoked_at IS NULL", [presenter, text]
    ).fetchone()
    if before:
        return str(before[0])
    consent_id = new_id()
    db.execute(
        "INSERT INTO consents (id, presenter, document, user, at) VALUES (?, ?, ?, ?, ?)",
        [consent_id, presenter, text, user, now()],
    )
    return consent_id


def revoke_consent(db: Database, consent_id: str, user: str, why: str = "") -> None:
    """A person took it back. Raises UnknownName, or Refused when it is taken back already."""
    record = find_consent(db, consent_id)
    if record.revoked_at:
        raise Refused("This consent was taken back already.", "Nothing is left to do.")
    db.execute(
        "UPDATE consents SET revoked_at = ?, revoked_by = ?, why = ? WHERE id = ?", [now(), user, why, consent_id]
    )


def _must_be_a_day(words: str) -> None:
    try:
        date.fromisoformat(words) if words else None
    except ValueError as error:
        raise UsageError(f"“{words}” is no day.", "Write it as YEAR-MONTH-DAY, such as 2027-05-03.") from error


# ── questions ─────────────────────────────────────────────────────────────────────────────────────


def consents(db: Database, presenter: str) -> list[ConsentRecord]:
    """Newest first."""
    return [
        _record(row) for row in db.query("SELECT * FROM consents WHERE presenter = ? ORDER BY rowid DESC", [presenter])
    ]


def find_consent(db: Database, consent_id: str) -> ConsentRecord:
    """Raises UnknownName."""
    for row in db.query("SELECT * FROM consents WHERE id = ?", [consent_id]):
        return _record(row)
    raise UnknownName("consent", consent_id, [])


def lapse_of(db: Database, brief: Brief) -> Lapse | None:
    """Why production and export of this order stop now; None = they may go on."""
    if not uses_of(brief.presenter):
        return None
    return lapse(
        brief.presenter, _records_for(brief.presenter, consents(db, brief.presenter.slug)), brief.show.slug, today()
    )


def presenter_lapse(db: Database, presenter: PresenterSpec) -> Lapse | None:
    """Why a presenter can be used nowhere now; None = somewhere they can."""
    records = _records_for(presenter, consents(db, presenter.slug)) if uses_of(presenter) else []
    shows = {show for record in records for show in record.consent.shows} | {""}
    found = [lapse(presenter, records, show, today()) for show in sorted(shows)]
    return None if None in found else found[0]


LAPSED = """
SELECT b.clip_id, json_extract(b.document, '$.presenter') AS presenter, json_extract(b.document, '$.show.slug') AS show
FROM briefs b JOIN clips c ON c.id = b.clip_id AND c.revision = b.revision
WHERE json_extract(b.document, '$.presenter.slug') IN (SELECT DISTINCT presenter FROM consents)
"""


def lapsed_clips(db: Database) -> dict[str, Lapse]:
    """Every clip, exported or not, that shows or sounds like somebody who does not agree now: id → why."""
    known: dict[str, list[ConsentRecord]] = {}
    found = {}
    for clip_id, document, show in db.execute(LAPSED).fetchall():
        presenter = read_presenter(json.loads(document))
        records = known.setdefault(presenter.slug, consents(db, presenter.slug))
        if (why := lapse(presenter, records, show, today())) is not None:
            found[clip_id] = why
    return found


def read_presenter(data: Mapping[str, Any]) -> PresenterSpec:
    return PresenterSpec.model_validate({key: value for key, value in data.items() if key != "tag"})


def today() -> date:
    return datetime.now(UTC).date()


def _records_for(presenter: PresenterSpec, records: list[ConsentRecord]) -> list[ConsentRecord]:
    """Of an order whose presenter was never stored, its own copy counts."""
    if records or presenter.consent is None:
        return records
    own = presenter.consent
    return [ConsentRecord(id="", presenter=presenter.slug, consent=own, user="", at=own.recorded_at)]


def covering(records: Iterable[ConsentRecord], uses: Iterable[Use]) -> Consent | None:
    """The newest consent that holds now for at least one of these uses, in whatever show."""
    wanted = set(uses)
    for record in records:
        scope = {"face", "voice"} if record.consent.scope == "both" else {record.consent.scope}
        if record.standing(today()) == "standing" and scope & wanted:
            return record.consent
    return None


def _record(row: Mapping[str, Any]) -> ConsentRecord:
    return ConsentRecord(**{key: value for key, value in row.items() if key != "document"}, consent=Consent.model_validate_json(row["document"]))  # fmt: skip
