"""A clip keeps the presenter that it was ordered with: a new version changes no old clip, and makes nothing of one again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from config.errors import Refused
from review.export import Exporter
from review.retake import take_again
from storage.catalogue import presenter, presenter_versions, put_presenter, put_show
from storage.clips import create_clip
from storage.consents import add_consent, consents, revoke_consent
from storage.documents import ArtifactRef
from storage.feeds import make_feed
from storage.orders import Consent, PresenterSpec
from tests.support.studio import SmallStudio
from web.feed import feed_address, feed_router
from web.ordering import ClipOrder, build_brief

SCRIPT = "The ferry is back. It was away for nine days."
AGREED = Consent(statement="Ana agreed on 3 May 2026.", recorded_at="2026-05-03T10:00:00.000Z")


@dataclass
class House:
    small: SmallStudio

    def put(self, **what: object) -> int:
        known = {"slug": "ana", "name": "Ana", "look": {"name": "noor"}, "voices": {"en": "heart"}} | what
        return self.small.writer.do(partial(put_presenter, presenter=PresenterSpec.model_validate(known)))

    def put_portrait(self) -> ArtifactRef:
        face = self.small.artifacts.put_bytes(b"a face", "image/jpeg")
        self.put(look={"portrait": face.model_dump()}, consent=AGREED.model_dump())
        return face

    def order(self) -> str:
        with self.small.studio.reading() as db:
            brief = build_brief(db, ClipOrder(script=SCRIPT, presenter="ana"))
        return self.small.writer.do(partial(create_clip, brief=brief, author="ana"))

    def make(self, clip: str) -> dict[str, str]:
        """node → key of everything that it is made of now."""
        self.small.production.make(clip)
        return {node.node: node.key for node in self.small.detail(clip).nodes}

    def finishes(self) -> int:
        with self.small.studio.reading() as db:
            return int(db.execute("SELECT sum(finishes) FROM work").fetchone()[0])

    def again(self, clip: str, part: str, based_on: int) -> None:
        self.small.writer.do(partial(take_again, clip_id=clip, parts=[part], based_on=based_on, author="ana"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    small = SmallStudio(tmp_path)
    small.user("ana")
    yield House(small)
    small.stop()


def test_a_retake_uses_the_pinned_version_and_everything_that_was_made_with_it(house: House) -> None:
    assert house.put() == 1
    old = house.order()
    before, made = house.make(old), house.finishes()
    assert house.put(role="Coast", look={"name": "theo"}, voices={"en": "emma"}) == 2
    house.again(old, "scene.16:9", 1)
    after = house.make(old)
    brief = house.small.detail(old).brief
    assert (brief.presenter_version, brief.presenter.look, brief.presenter.role) == (1, {"name": "noor"}, "")
    assert {node for node in before if after[node] != before[node]} == {"scene.16:9", "finish.16:9"}
    assert house.finishes() == made + 2, "a scene and a cut: all the rest was there"


def test_a_new_clip_uses_the_new_version_and_both_are_kept(house: House) -> None:
    house.put()
    old = house.make(house.order())
    house.put(look={"name": "theo"}, voices={"en": "emma"})
    clip = house.order()
    new, brief = house.make(clip), house.small.detail(clip).brief
    assert (brief.presenter_version, brief.presenter.look) == (2, {"name": "theo"})
    assert new["video"] != old["video"]
    assert new["line.0"] != old["line.0"]
    assert new["scene.16:9"] == old["scene.16:9"], "which shows nobody"
    with house.small.studio.reading() as db:
        versions = presenter_versions(db, "ana")
        assert [(one.version, one.clips, one.presenter.look["name"]) for one in versions] == [
            (2, 1, "theo"),
            (1, 1, "noor"),
        ]


class TestConsentThatEnds:
    def test_stops_production_and_a_new_one_lets_it_go_on_where_it_was(self, house: House) -> None:
        house.put_portrait()
        clip = house.order()
        house.small.production.make_some(clip, ["script", "scene", "line"])
        self._end(house)
        row = house.small.production.make(clip)
        assert row.production == "waiting"
        assert "Ana took back their consent to their face being used" in (row.waiting or "")
        assert "run.py presenters consent ana" in (row.waiting or "")
        house.small.writer.do(partial(add_consent, presenter="ana", consent=AGREED, user="bo"))
        house.small.writer.do(lambda db: db.execute("DELETE FROM work WHERE state = 'running'"))
        assert house.small.production.make(clip).production == "ready"
        assert house.small.detail(clip).row.waiting is None

    def test_refuses_an_order_a_voice_to_hear_and_an_export(self, house: House) -> None:
        house.put_portrait()
        clip = house.order()
        house.make(clip)
        house.small.approve(clip, "ana")
        brief = house.small.detail(clip).brief
        self._end(house)
        with house.small.studio.reading() as db:
            with pytest.raises(Refused, match="took back their consent"):
                house.small.exporter().export(db, clip, "ana")
            with pytest.raises(Refused, match="took back their consent"):
                build_brief(db, ClipOrder(script=SCRIPT, presenter="ana"))
        with pytest.raises(Refused, match="took back their consent"):
            house.small.production.hear(brief)
        assert not [one for one in house.small.studio.folder.exports.iterdir() if not one.name.startswith(".")]

    def test_lets_nothing_out_when_it_ends_while_the_export_is_made(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The transaction that gives the folder its name asks once more."""
        house.put_portrait()
        clip = house.order()
        house.make(clip)
        house.small.approve(clip, "ana")
        exporter, fill = house.small.exporter(), Exporter._fill

        def slowly(self: Exporter, *rest: Any) -> Any:
            TestConsentThatEnds._end(house)
            return fill(self, *rest)

        monkeypatch.setattr(Exporter, "_fill", slowly)
        with house.small.studio.reading() as db, pytest.raises(Refused, match="took back their consent"):
            exporter.export(db, clip, "ana")
        assert list(house.small.studio.folder.exports.iterdir()) == []

    def test_takes_an_exported_clip_out_of_the_shows_feed(self, house: House) -> None:
        house.put_portrait()
        clip = house.order()
        house.make(clip)
        house.small.approve(clip, "ana")
        with house.small.studio.reading() as db:
            house.small.exporter().export(db, clip, "ana")
            show = house.small.detail(clip).brief.show
        house.small.writer.do(partial(put_show, show=show))
        secret = house.small.writer.do(partial(make_feed, show=show.slug, user="ana"))
        app = FastAPI()
        app.include_router(feed_router(house.small.studio))
        client = TestClient(app)
        assert clip in client.get(feed_address(secret)).text
        self._end(house)
        assert clip not in client.get(feed_address(secret)).text

    @staticmethod
    def _end(house: House) -> None:
        with house.small.studio.reading() as db:
            standing = consents(db, "ana")[0].id
            assert presenter(db, "ana").consent is not None
        house.small.writer.do(partial(revoke_consent, consent_id=standing, user="bo"))
