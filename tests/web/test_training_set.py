"""A training set, from dropped files to what is learnt from it: over the API and on its page. Nothing without consent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from config.errors import Refused
from producer.speech.wav import to_wav
from storage import catalogue
from storage.consents import consents, revoke_consent
from storage.forgetting import forget, may_be_forgotten
from storage.training_sets import set_files, withdrawn
from storage.work_queries import work_row
from tests.support.agreeing import carmen, gone
from tests.support.browser import Enter
from tests.support.small_training import BLURRED, STRANGER
from tests.support.studio import SmallStudio
from tests.web.conftest import Bearer
from web.training import TrainingWish, training_order

AT, PAGE = "/api/v1/presenters/carmen/dataset", "/presenters/carmen/training-set"


def shot(seed: int, sign: tuple[int, int, int] = (9, 9, 9)) -> bytes:
    """A picture like no other of another seed. `sign`: what it says to the small eyes."""
    blocks = np.random.default_rng(seed).integers(0, 255, (9, 9, 3), np.uint8)
    image = Image.fromarray(blocks).resize((320, 320), Image.Resampling.BICUBIC)
    image.putpixel((0, 0), sign)
    data = BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def speech(seconds: float = 12.0) -> bytes:
    """Syllables in sentences, over the quietest of noise."""
    times = np.arange(int(seconds * 16_000)) / 16_000
    said = (2 * (times * 140 % 1) - 1) * np.sin(np.pi * times / 0.3) ** 4 * (times % 4 < 3.4)
    return to_wav(np.asarray(0.3 * said + np.random.default_rng(1).normal(0, 3e-4, len(times)), np.float32), 16_000)


@pytest.fixture
def client(bearer: Bearer, small: SmallStudio) -> Iterator[httpx.Client]:
    """A program of somebody who may do everything, in a studio where Carmen agrees."""
    clip = carmen(small, lapsed=False)
    yield bearer("read", "produce", "admin")
    small.production.brought.clear()
    deleted = "DELETE FROM work WHERE kind IN ('appraise', 'train')"
    for statement in ("DELETE FROM training_files", deleted, "DELETE FROM events_seen"):
        small.writer.do(lambda db, statement=statement: db.execute(statement))
    gone(small, clip)


def brought(client: httpx.Client, *files: bytes, **headers: str) -> dict[str, Any]:
    """The set after these files were uploaded and brought."""
    hashes = []
    for number, content in enumerate(files):
        answer = client.post(f"/api/v1/uploads?name=file-{number}", content=content)
        hashes.append(answer.json()["sha256"])
    answer = client.post(AT, json={"uploads": hashes}, headers=headers)
    assert answer.status_code == 202, answer.text
    return {"hashes": hashes, **answer.json()}


def standings(client: httpx.Client) -> list[tuple[str, str]]:
    files = client.get(AT).json()["files"]
    return [(one["standing"], (one["reason"] or {}).get("code", "")) for one in files]


class TestTheApi:
    def test_tells_a_verdict_on_each_file_as_soon_as_it_was_looked_at(
        self, client: httpx.Client, small: SmallStudio
    ) -> None:
        brought(client, shot(1), shot(2, STRANGER), shot(3, BLURRED), shot(4), speech())
        assert {standing for standing, _ in standings(client)} == {"waits"}
        small.production.look_at_files(2)  # the portrait, which says who is meant, and the first picture
        assert [standing for standing, _ in standings(client)][:2] == ["kept", "waits"]
        small.production.look_at_files()
        told = standings(client)
        assert told[:3] == [("kept", ""), ("left_out", "other_person"), ("left_out", "blurred")]
        assert told[3:] == [("kept", ""), ("kept", "")]
        found = client.get(AT).json()
        assert "their portrait" in found["files"][1]["reason"]["message"]
        assert found["readiness"] == 30 + 7, "a voice, and two pictures of twenty"
        assert "Add 8 front views." in found["advice"]

    def test_takes_files_once_however_often_they_are_sent(self, client: httpx.Client, small: SmallStudio) -> None:
        first = brought(client, shot(1), shot(2), **{"Idempotency-Key": "set-1"})
        again = client.post(AT, json={"uploads": first["hashes"]}, headers={"Idempotency-Key": "set-1"})
        other = client.post(AT, json={"uploads": first["hashes"][:1]}, headers={"Idempotency-Key": "set-1"})
        assert (again.status_code, len(again.json()["files"]), other.status_code) == (202, 2, 422)
        assert len(small.production.brought) == 3, "the portrait and two files, each ordered once"

    def test_lets_a_person_know_better_about_what_is_a_matter_of_taste(
        self, client: httpx.Client, small: SmallStudio
    ) -> None:
        blurred, stranger = brought(client, shot(3, BLURRED), shot(2, STRANGER))["hashes"]
        small.production.look_at_files()
        kept = client.put(f"{AT}/{blurred}", json={"insisted": True}).json()
        assert (kept["standing"], kept["reason"]["code"]) == ("kept", "blurred")
        refused = client.put(f"{AT}/{stranger}", json={"insisted": True}).json()
        assert (refused["standing"], refused["may_insist"]) == ("left_out", False), "somebody else did not agree"
        assert client.put(f"{AT}/{blurred}", json={"insisted": False}).json()["standing"] == "left_out"
        assert client.put(f"{AT}/{'0' * 64}", json={"insisted": True}).status_code == 404

    def test_deletes_files_and_what_was_made_of_them(self, client: httpx.Client, small: SmallStudio) -> None:
        one, two = brought(client, shot(1), shot(2))["hashes"]
        small.production.look_at_files()
        with small.studio.reading() as db:
            appraisal = set_files(db, "carmen")[0].appraisal
        assert appraisal is not None
        assert appraisal.face is not None
        assert client.delete(f"{AT}/{one}").status_code == 204
        small.studio.writer.do(partial(sweep_now, small=small))
        assert not small.artifacts.holds(one)
        assert not small.artifacts.holds(appraisal.face.square.sha256)
        assert client.get(f"/api/v1/uploads/{one}").status_code == 404
        assert [row["sha256"] for row in client.get(AT).json()["files"]] == [two]
        assert client.delete(AT).status_code == 204
        assert client.get(AT).json()["files"] == []

    def test_wants_a_consent_first_and_one_that_covers_the_file(self, client: httpx.Client, small: SmallStudio) -> None:
        take_back(small)
        upload = client.post("/api/v1/uploads", content=shot(1)).json()["sha256"]
        answer = client.post(AT, json={"uploads": [upload]})
        assert (answer.status_code, "has not agreed to their face" in answer.json()["detail"]) == (409, True)
        client.post("/api/v1/presenters/carmen/consents", json={"statement": "My voice alone.", "scope": "voice"})
        assert client.post(AT, json={"uploads": [upload]}).status_code == 409
        voice = client.post("/api/v1/uploads", content=speech()).json()["sha256"]
        assert client.post(AT, json={"uploads": [voice]}).status_code == 202

    def test_refuses_films_and_too_many_pictures(self, client: httpx.Client) -> None:
        assert client.post(AT, json={"uploads": ["0" * 64]}).status_code == 404
        assert client.post(AT, json={"uploads": []}).status_code == 422


def test_a_consent_that_is_taken_back_stops_what_was_begun(client: httpx.Client, small: SmallStudio) -> None:
    brought(client, shot(1), shot(2))
    keys = {order.key for order in small.production.brought}
    with small.studio.reading() as db:
        assert withdrawn(db) == []
    take_back(small)
    with small.studio.reading() as db:
        assert set(withdrawn(db)) == keys


def test_pictures_of_a_set_are_what_is_learnt_from_each_with_what_is_seen(
    client: httpx.Client, small: SmallStudio
) -> None:
    brought(client, *(shot(number) for number in range(1, 7)), shot(9, BLURRED))
    small.production.look_at_files()
    with small.studio.reading() as db:
        order = training_order(db, "carmen", TrainingWish(token="crm"))
    assert len(order.pictures) == 6
    assert {one.caption for one in order.pictures} == {"a photo of crm person, facing the camera, head and shoulders"}
    assert all(small.artifacts.holds(one.file.sha256) for one in order.pictures)


def test_forgetting_somebody_deletes_their_set(client: httpx.Client, small: SmallStudio) -> None:
    removed, *rest = brought(client, shot(11), shot(12), speech())["hashes"]
    with small.studio.reading() as db, pytest.raises(Refused, match="being looked at"):
        may_be_forgotten(db, "carmen")
    small.production.look_at_files()
    with small.studio.reading() as db:
        appraisals = [one.appraisal for one in set_files(db, "carmen") if one.appraisal]
    made = [one.face.square.sha256 for one in appraisals if one.face]
    made += [one.small.sha256 for one in appraisals if one.small] + [
        one.voice.file.sha256 for one in appraisals if one.voice
    ]
    client.delete(f"{AT}/{removed}")
    told = forget(small.writer, small.studio.database, small.artifacts, small.studio.folder.root, "carmen", "ada")
    assert told.left == ()
    assert set(rest) <= {one.sha256 for one in told.removed}
    assert not any(small.artifacts.holds(sha256) for sha256 in (removed, *rest, *made))
    with small.studio.reading() as db:
        assert set_files(db, "carmen") == []


class TestThePage:
    def test_shows_dropped_files_live_and_keeps_one_against_its_verdict(
        self, enter: Enter, client: httpx.Client, small: SmallStudio
    ) -> None:
        page = enter(path=PAGE)
        expect(page.get_by_text("No picture yet.")).to_be_visible()
        page.locator("input[type=file]").set_input_files(
            [
                {"name": "monday.png", "mimeType": "image/png", "buffer": shot(31)},
                {"name": "unsharp.png", "mimeType": "image/png", "buffer": shot(33, BLURRED)},
                {"name": "voice.wav", "mimeType": "audio/wav", "buffer": speech(13)},
                {"name": "letter.png", "mimeType": "image/png", "buffer": b"Dear Carmen"},
            ]
        )
        expect(page.get_by_text("0 of 3 files looked at")).to_be_visible()
        expect(page.get_by_text("Not taken")).to_be_visible()
        small.production.look_at_files()
        unsharp = page.locator(".shot", has_text="unsharp.png")
        expect(unsharp).to_contain_text("Left out")
        expect(unsharp).to_contain_text("Bring a sharper one.")
        expect(page.locator(".shot", has_text="monday.png")).to_contain_text("Kept")
        expect(page.locator(".sound", has_text="voice.wav")).to_contain_text("over the noise")
        unsharp.get_by_role("button", name="Keep anyway").click()
        expect(unsharp).to_contain_text("Kept by you")
        unsharp.get_by_role("button", name="Remove").click()
        expect(unsharp).to_have_count(0)
        page.get_by_role("button", name="Make these their voice").click()
        expect(page.locator(".toast")).to_contain_text("Saved as version 3")
        with small.studio.reading() as db:
            assert len(catalogue.presenter(db, "carmen").samples) == 1

    def test_takes_nothing_before_there_is_a_consent(
        self, enter: Enter, client: httpx.Client, small: SmallStudio
    ) -> None:
        take_back(small)
        page = enter(path=PAGE)
        expect(page.get_by_text("has not agreed to pictures and recordings of them being used")).to_be_visible()
        expect(page.locator(".drop")).to_have_count(0)

    def test_of_nobody_says_so(self, enter: Enter) -> None:
        expect(enter(path="/presenters/nobody/training-set").get_by_text("There is no such presenter.")).to_be_visible()


def test_what_nobody_could_look_at_is_looked_at_again(client: httpx.Client, small: SmallStudio) -> None:
    brought(client, shot(1))
    order = small.production.brought[-1]
    small.writer.do(lambda db: db.execute("UPDATE work SET state = 'cancelled' WHERE kind = 'appraise'"))
    small.production.brought.clear()
    assert standings(client) == [("failed", "cancelled")]
    small.production.look_again("carmen")
    small.production.look_at_files()
    assert standings(client) == [("kept", "")]
    with small.studio.reading() as db:
        row = work_row(db, order.key)
    assert row is not None
    assert row.attempt == 2


def take_back(small: SmallStudio) -> None:
    with small.studio.reading() as db:
        standing = [one.id for one in consents(db, "carmen") if not one.revoked_at]
    for consent in standing:
        small.writer.do(partial(revoke_consent, consent_id=consent, user="bo"))


def sweep_now(db: Any, small: SmallStudio) -> None:
    from storage.trash import sweep

    sweep(db, small.artifacts)
