"""Consent: what covers a face or a voice, on which day and in which show; and what is flagged when nothing does any more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from config.errors import Refused, UnknownName, UsageError
from storage.catalogue import presenter, presenter_version, presenter_versions, put_presenter, remove_presenter
from storage.clips import create_clip
from storage.consents import (
    ConsentRecord,
    add_consent,
    consents,
    lapse,
    lapse_of,
    lapsed_clips,
    revoke_consent,
    today,
    uses_of,
)  # fmt: skip
from storage.documents import ArtifactRef
from storage.orders import Consent, PresenterSpec, Trained
from tests.support.briefs import make_brief
from tests.support.database import memory_database

FACE = ArtifactRef(sha256="a" * 64, media_type="image/jpeg", size=1)
VOICE = ArtifactRef(sha256="b" * 64, media_type="audio/wav", size=1)
DAY = date(2026, 5, 3)
AGREED = Consent(statement="Ana agreed.", recorded_at="2026-05-03T10:00:00.000Z")
ANA = PresenterSpec(slug="ana", name="Ana", look={"portrait": FACE.model_dump()}, consent=AGREED)
SCOPES = st.sampled_from(["face", "voice", "both"])
DAYS = st.dates(date(2026, 1, 1), date(2027, 1, 1))


def record(revoked: bool = False, **what: object) -> ConsentRecord:
    consent = AGREED.model_copy(update=what)
    taken_back = "2026-05-02T10:00:00.000Z" if revoked else None
    return ConsentRecord(
        id="1", presenter="ana", consent=consent, user="bo", at=AGREED.recorded_at, revoked_at=taken_back
    )


@pytest.fixture
def db() -> Database:
    return memory_database()


class TestWhatIsOfARealPerson:
    def test_nothing_of_a_drawn_presenter(self) -> None:
        assert uses_of(PresenterSpec(slug="mara", name="Mara", look={"name": "mara"})) == ()

    def test_the_face_of_a_portrait_of_pictures_to_train_with_and_of_what_was_learnt_from_them(self) -> None:
        lora = Trained(engine="sdxl", file=FACE)
        for what in ({"look": ANA.look}, {"portraits": (FACE,)}, {"trained": (lora,)}, {"look": {"forgotten": "2026"}}):
            assert uses_of(PresenterSpec(slug="ana", name="Ana", **what)) == ("face",)

    def test_the_voice_of_samples(self) -> None:
        assert uses_of(ANA.model_copy(update={"samples": (VOICE,)})) == ("face", "voice")


class TestWhatCovers:
    def test_an_open_one_covers_everything(self) -> None:
        assert lapse(ANA.model_copy(update={"samples": (VOICE,)}), [record()], "news", DAY) is None

    @given(SCOPES, st.booleans(), DAYS)
    def test_a_use_is_covered_exactly_by_its_scope_in_its_shows_until_its_last_day(
        self, scope: str, named: bool, ends: date
    ) -> None:
        found = lapse(
            ANA, [record(scope=scope, shows=("news",) if named else ("art",), expires_on=ends.isoformat())], "news", DAY
        )
        assert (found is None) == (scope != "voice" and named and ends >= DAY)

    @given(st.lists(st.builds(record, revoked=st.booleans(), scope=SCOPES), max_size=4))
    def test_one_that_stands_is_enough_and_one_that_was_taken_back_is_as_none(
        self, records: list[ConsentRecord]
    ) -> None:
        standing = [one for one in records if one.revoked_at is None]
        assert (lapse(ANA, records, "", DAY) is None) == (lapse(ANA, standing, "", DAY) is None)

    @pytest.mark.parametrize(
        ("records", "reason", "says"),
        [
            ([], "missing", "Ana has not agreed to their face being used in the show news."),
            ([record(scope="voice")], "missing", "has not agreed to their face"),
            ([record(expires_on="2026-05-02")], "expired", "consent to their face being used ended on 2026-05-02."),
            ([record(revoked=True)], "revoked", "took back their consent to their face being used on 2026-05-02."),
        ],
    )  # fmt: skip
    def test_where_nothing_does_it_is_said_why_and_what_to_do(
        self, records: list[ConsentRecord], reason: str, says: str
    ) -> None:
        found = lapse(ANA, records, "news", DAY)
        assert found is not None
        assert found.reason == reason
        assert says in found.message
        assert "run.py presenters consent ana" in found.cure


class TestTheRecords:
    def test_come_with_a_presenter_and_hold_for_later_versions(self, db: Database) -> None:
        put_presenter(db, ANA)
        put_presenter(db, ANA.model_copy(update={"role": "Coast", "consent": None}))
        assert presenter(db, "ana").consent == AGREED
        assert len(consents(db, "ana")) == 1

    def test_of_a_face_do_not_hold_for_a_voice(self, db: Database) -> None:
        face_only = AGREED.model_copy(update={"scope": "face"})
        with pytest.raises(UsageError, match="samples of Ana's voice come without that person's consent"):
            put_presenter(db, ANA.model_copy(update={"samples": (VOICE,), "consent": face_only}))

    def test_are_taken_back_once(self, db: Database) -> None:
        consent_id = add_consent(db, "ana", AGREED, "bo")
        assert add_consent(db, "ana", AGREED, "bo") == consent_id
        revoke_consent(db, consent_id, "bo", "by telephone")
        (kept,) = consents(db, "ana")
        assert (kept.revoked_by, kept.why, kept.standing(today())) == ("bo", "by telephone", "revoked")
        with pytest.raises(Refused, match="taken back already"):
            revoke_consent(db, consent_id, "bo")
        with pytest.raises(UnknownName):
            revoke_consent(db, "nobody", "bo")

    def test_given_again_after_that_is_a_new_one(self, db: Database) -> None:
        revoke_consent(db, add_consent(db, "ana", AGREED, "bo"), "bo")
        add_consent(db, "ana", AGREED, "bo")
        assert [one.standing(today()) for one in consents(db, "ana")] == ["standing", "revoked"]

    @pytest.mark.parametrize(
        "days", [{"expires_on": "2026-02-30"}, {"given_on": "2026-05-03", "expires_on": "2026-05-02"}]
    )
    def test_name_days_that_can_be(self, db: Database, days: dict[str, str]) -> None:
        with pytest.raises(UsageError):
            add_consent(db, "ana", AGREED.model_copy(update=days), "bo")


class TestClips:
    def test_are_flagged_while_nothing_covers_them(self, db: Database) -> None:
        put_presenter(db, ANA)
        brief = make_brief().model_copy(update={"presenter": presenter(db, "ana")})
        clip, other = create_clip(db, brief, "bo"), create_clip(db, make_brief(1), "bo")
        assert lapsed_clips(db) == {}
        assert lapse_of(db, brief) is None
        revoke_consent(db, consents(db, "ana")[0].id, "bo")
        assert set(lapsed_clips(db)) == {clip} - {other}
        ended = AGREED.model_copy(update={"expires_on": (today() - timedelta(1)).isoformat()})
        add_consent(db, "ana", ended, "bo")
        assert lapsed_clips(db)[clip].reason == "expired"
        add_consent(db, "ana", ended.model_copy(update={"expires_on": today().isoformat()}), "bo")
        assert lapsed_clips(db) == {}

    def test_whose_presenter_was_removed_keep_what_that_person_agreed_to(self, db: Database) -> None:
        put_presenter(db, ANA)
        brief = make_brief().model_copy(update={"presenter": presenter(db, "ana"), "presenter_version": 1})
        create_clip(db, brief, "bo")
        remove_presenter(db, "ana")
        assert lapsed_clips(db) == {}

    def test_never_have_two_meanings_for_one_version(self, db: Database) -> None:
        put_presenter(db, ANA)
        brief = make_brief().model_copy(update={"presenter": presenter(db, "ana"), "presenter_version": 1})
        create_clip(db, brief, "bo")
        remove_presenter(db, "ana")
        put_presenter(db, ANA.model_copy(update={"role": "Coast"}))
        assert presenter_version(db, "ana") == 2
        assert [(one.version, one.clips) for one in presenter_versions(db, "ana")] == [(2, 0)]
