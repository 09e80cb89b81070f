"""A presenter who is a real person, with versions and consents of every kind, for pictures and for checks of pages."""

from __future__ import annotations

from functools import partial
from io import BytesIO

from storage.catalogue import put_presenter
from storage.clips import create_clip
from storage.consents import add_consent, consents, revoke_consent
from storage.orders import Brief, BriefOptions, Consent, PresenterSpec
from tests.support.footage import picture
from tests.support.studio import SmallStudio
from tests.support.topics import SHOWS, topic

STATEMENT = "Carmen Vega agreed on 3 May 2026 to present our news from the coast, in her own voice."


def carmen(small: SmallStudio, *, lapsed: bool = True) -> str:
    """Two versions, three consents; a finished clip with her, whose consent is `lapsed`. Returns the clip's id."""
    face = BytesIO()
    picture(320, 320, 3, "Carmen", "en").save(face, "PNG")
    portrait = small.artifacts.put_bytes(face.getvalue(), "image/png")
    consent = Consent(
        statement=STATEMENT, recorded_at="2026-05-03T10:00:00.000Z", who="Carmen Vega", given_on="2026-05-03"
    )
    spec = PresenterSpec(
        slug="carmen", name="Carmen Vega", role="Coast", look={"portrait": portrait.model_dump()}, voices={"en": "heart"},
        languages=("en", "es"), persona="Warm, dry, never hurried.", consent=consent,
    )  # fmt: skip
    small.writer.do(partial(put_presenter, presenter=spec, user="bo"))
    small.writer.do(
        partial(put_presenter, presenter=spec.model_copy(update={"role": "Coast and sea", "voices": {"en": "emma"}}))
    )
    show = SHOWS["en"]
    brief = Brief(
        topic=topic(7), show=show, presenter=spec, presenter_version=1, options=BriefOptions(presenter="carmen")
    )
    clip = small.writer.do(partial(create_clip, brief=brief, author="bo"))
    small.production.make(clip)
    with small.studio.reading() as db:
        first = consents(db, "carmen")[0].id
    if lapsed:
        small.writer.do(partial(revoke_consent, consent_id=first, user="bo", why="By letter."))
        ended = consent.model_copy(update={"expires_on": "2026-06-30", "scope": "face", "shows": (show.slug,)})
        small.writer.do(partial(add_consent, presenter="carmen", consent=ended, user="ana"))
    return clip


def gone(small: SmallStudio, clip: str) -> None:
    """She and her clip leave a studio that others share."""
    for table in ("trash", "nodes", "takes", "briefs"):
        small.writer.do(lambda db, table=table: db.execute(f"DELETE FROM {table} WHERE clip_id = ?", [clip]))
    small.writer.do(lambda db: db.execute("DELETE FROM clips WHERE id = ?", [clip]))
    for statement in (
        "DELETE FROM presenters WHERE slug = 'carmen'",
        "DELETE FROM consents WHERE presenter = 'carmen'",
    ):
        small.writer.do(lambda db, statement=statement: db.execute(statement))
