"""The API of presenters: versions, consent, and forgetting; sent twice, read again, and refused as its neighbours do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import httpx
import numpy as np
import pytest

from producer.speech.wav import to_wav
from storage import catalogue
from storage.clock import now
from storage.events import Event
from storage.forgetting import forget
from storage.learning import TrainedLora
from storage.work import apply_events
from tests.support.studio import SmallStudio
from tests.web.conftest import Bearer

NOOR = {"slug": "api-noor", "name": "Noor", "look": "noor", "voices": {"en": "heart"}}
AT = "/api/v1/presenters/api-noor"
AGREED = {"statement": "Noor agreed on 3 May 2026.", "scope": "voice", "expires_on": "2999-01-01"}


@pytest.fixture
def client(bearer: Bearer, small: SmallStudio) -> Iterator[httpx.Client]:
    """A program that may do everything; whom it adds is gone afterwards, with all its records."""
    yield bearer("read", "produce", "admin")
    studio = small.studio
    with studio.reading() as db:
        known = {one.slug for one in catalogue.presenters(db)}
    for slug in known - {"mara"}:
        if slug.startswith("api-"):
            forget(small.writer, studio.database, small.artifacts, studio.folder.root, slug, "ada")
    small.writer.do(lambda db: db.execute("DELETE FROM consents WHERE presenter LIKE 'api-%'"))


def sample(client: httpx.Client, seconds: float = 4.0) -> str:
    noise = np.random.default_rng(0).normal(0, 0.1, int(seconds * 16000)).astype(np.float32)
    answer = client.post("/api/v1/uploads?name=noor.wav", content=to_wav(noise, 16000))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["sha256"])


class TestVersions:
    def test_are_made_by_changes_and_kept(self, client: httpx.Client) -> None:
        made = client.post("/api/v1/presenters", json=NOOR)
        assert (made.status_code, made.json()["version"]) == (201, 1)
        order = {key: value for key, value in NOOR.items() if key != "slug"} | {"role": "Coast"}
        tag = client.get(AT).headers["etag"]
        changed = client.put(AT, json=order, headers={"If-Match": tag})
        assert (changed.status_code, changed.json()["version"]) == (200, 2)
        assert changed.headers["etag"] == client.get(AT).headers["etag"]
        first, second = (
            client.get(f"{AT}/versions?limit=1").json(),
            client.get(f"{AT}/versions?limit=1&before=2").json(),
        )
        assert [one["version"] for one in (*first["versions"], *second["versions"])] == [2, 1]
        assert (first["next"], second["next"]) == (2, None)
        assert client.get(f"{AT}/versions/1").json()["presenter"]["role"] == ""
        assert client.get(f"{AT}/versions/3").status_code == 404
        assert (
            client.get(
                f"{AT}/versions", headers={"If-None-Match": client.get(f"{AT}/versions").headers["etag"]}
            ).status_code
            == 304
        )

    def test_overwrite_nothing_unseen(self, client: httpx.Client) -> None:
        client.post("/api/v1/presenters", json=NOOR)
        order = {"name": "Noor", "look": "noor"}
        assert client.put(AT, json=order).status_code == 428
        assert client.put(AT, json=order, headers={"If-Match": '"old"'}).status_code == 412

    def test_are_made_once_however_often_they_are_sent(self, client: httpx.Client) -> None:
        for _ in range(2):
            assert client.post("/api/v1/presenters", json=NOOR, headers={"Idempotency-Key": "n1"}).status_code == 201
        again = client.post("/api/v1/presenters", json=NOOR)
        assert (again.status_code, "already a presenter" in again.json()["detail"]) == (409, True)

    @pytest.mark.parametrize(
        ("wish", "says"),
        [
            ({"look": ""}, "either a drawn look or a portrait"),
            ({"look": "nobody"}, "no look “nobody”"),
            ({"languages": ["tlh"]}, "no language “tlh”"),
            ({"samples": ["0" * 64]}, "no upload"),
        ],
    )
    def test_of_nonsense_are_refused(self, client: httpx.Client, wish: dict[str, object], says: str) -> None:
        answer = client.post("/api/v1/presenters", json={**NOOR, **wish})
        assert answer.status_code in (404, 422)
        assert says in answer.json()["detail"]


class TestConsent:
    def test_is_needed_for_a_voice_and_then_on_record(self, client: httpx.Client) -> None:
        wish = {**NOOR, "samples": [sample(client)]}
        refused = client.post("/api/v1/presenters", json=wish)
        assert "without that person's consent" in refused.json()["detail"]
        assert (
            client.post("/api/v1/presenters", json={**wish, "consent": {**AGREED, "scope": "face"}}).status_code == 422
        )
        assert client.post("/api/v1/presenters", json={**wish, "consent": AGREED}).status_code == 201
        (one,) = client.get(f"{AT}/consents").json()["consents"]
        assert (one["standing"], one["record"]["consent"]["expires_on"]) == ("standing", "2999-01-01")

    def test_that_is_taken_back_stops_orders_until_there_is_another(self, client: httpx.Client) -> None:
        client.post("/api/v1/presenters", json={**NOOR, "samples": [sample(client)], "consent": AGREED})
        (one,) = client.get(f"{AT}/consents").json()["consents"]
        assert client.delete(f"{AT}/consents/{one['record']['id']}?why=by+letter").status_code == 204
        order = {"script": "The ferry is back.", "presenter": "api-noor"}
        refused = client.post("/api/v1/clips", json=order)
        assert refused.status_code == 409
        assert "took back their consent" in refused.json()["detail"]
        assert "run.py presenters consent api-noor" in refused.json()["cure"]
        for _ in range(2):
            again = client.post(f"{AT}/consents", json=AGREED, headers={"Idempotency-Key": "c1"})
            assert (again.status_code, again.json()["standing"]) == (201, "standing")
        assert [one["standing"] for one in client.get(f"{AT}/consents").json()["consents"]] == ["standing", "revoked"]

    def test_of_somebody_else_is_unknown_here(self, client: httpx.Client) -> None:
        client.post("/api/v1/presenters", json={**NOOR, "samples": [sample(client)], "consent": AGREED})
        (one,) = client.get(f"{AT}/consents").json()["consents"]
        assert client.delete(f"/api/v1/presenters/mara/consents/{one['record']['id']}").status_code == 404

    def test_ends_on_days_that_there_are(self, client: httpx.Client) -> None:
        client.post("/api/v1/presenters", json=NOOR)
        assert client.post(f"{AT}/consents", json={**AGREED, "expires_on": "2026-02-30"}).status_code == 422


class TestForgetting:
    def test_deletes_and_proves_it(self, client: httpx.Client, small: SmallStudio) -> None:
        voice = sample(client, 5.0)
        client.post("/api/v1/presenters", json={**NOOR, "samples": [voice], "consent": AGREED})
        told = client.delete(AT).json()
        assert [(one["sha256"], one["what"]) for one in told["removed"]] == [(voice, "sample")]
        assert (told["left"], told["kept"]) == ([], [])
        assert not small.artifacts.holds(voice)
        assert client.get(AT).status_code == 404
        assert client.get(f"/api/v1/uploads/{voice}").status_code == 404

    def test_is_for_admins(self, client: httpx.Client, bearer: Bearer) -> None:
        client.post("/api/v1/presenters", json=NOOR)
        assert bearer("read", "produce", "review").delete(AT).status_code == 403
        assert bearer("read").post("/api/v1/presenters", json=NOOR).status_code == 403
        assert client.get(AT).status_code == 200


def test_a_flagged_clip_says_why(client: httpx.Client, small: SmallStudio) -> None:
    client.post("/api/v1/presenters", json={**NOOR, "samples": [sample(client)], "consent": AGREED})
    clip = client.post("/api/v1/clips", json={"script": "The ferry is back.", "presenter": "api-noor"}).json()["id"]
    small.production.make(clip)
    assert client.get(f"/api/v1/clips/{clip}").json()["consent"] is None
    (one,) = client.get(f"{AT}/consents").json()["consents"]
    client.delete(f"{AT}/consents/{one['record']['id']}")
    view = client.get(f"/api/v1/clips/{clip}").json()
    assert "took back their consent to their voice" in view["consent"]
    assert (view["presenter"], view["presenter_version"]) == ("api-noor", 1)
    listed = {entry["id"]: entry["consent"] for entry in client.get("/api/v1/clips").json()["clips"]}
    assert listed[clip] == view["consent"]
    small.writer.do(partial(_drop, clip=clip))


def _drop(db: object, clip: str) -> None:
    """The studio is shared: this clip leaves it."""
    for table in ("nodes", "takes", "briefs"):
        db.execute(f"DELETE FROM {table} WHERE clip_id = ?", [clip])  # type: ignore[attr-defined]
    for statement in ("DELETE FROM ledger WHERE clip_id = ?", "DELETE FROM clips WHERE id = ?"):
        db.execute(statement, [clip])  # type: ignore[attr-defined]


WISH: dict[str, object] = {"engine": "sd15", "steps": 300, "kind": "woman"}
FACE = {**AGREED, "scope": "face"}


class TestTraining:
    def ana(self, client: httpx.Client, small: SmallStudio, pictures: int = 6) -> None:
        """Somebody with pictures to train with, who agreed."""
        refs = tuple(small.artifacts.put_bytes(f"picture {n}".encode(), "image/png") for n in range(pictures))
        assert client.post("/api/v1/presenters", json={**NOOR, "consent": FACE}).status_code == 201
        with small.studio.reading() as db:
            spec = catalogue.presenter(db, "api-noor").model_copy(update={"portraits": refs})
        small.writer.do(partial(catalogue.put_presenter, presenter=spec))

    def test_is_ordered_once_looked_at_and_stopped(self, client: httpx.Client, small: SmallStudio) -> None:
        self.ana(client, small)
        sent = [
            client.post(f"{AT}/train", json=WISH, headers={"Idempotency-Key": "train-1"}) for _ in range(2)
        ]  # fmt: skip
        assert [one.status_code for one in sent] == [202, 202]
        (row,) = client.get(f"{AT}/trainings").json()["trainings"]
        assert (row["training"]["state"], row["training"]["engine"]) == ("queued", "train-sd15")
        work = small.production.trained[-1]
        assert (work.queue, work.payload["profile"], work.payload["options"]["steps"]) == (
            "gpu.train-sd15",
            "12gb",
            300,
        )
        assert client.delete(f"{AT}/train").json() == {"stopped": 1}
        assert client.get(f"{AT}/trainings").json()["trainings"][0]["training"]["state"] == "cancelled"
        assert client.post(f"{AT}/train", json=WISH).json()["training"]["attempt"] == 2, "it goes on"
        client.delete(f"{AT}/train")

    def test_becomes_a_version_that_old_orders_do_not_have(self, client: httpx.Client, small: SmallStudio) -> None:
        self.ana(client, small)
        key = client.post(f"{AT}/train", json=WISH).json()["training"]["key"]
        lora = small.artifacts.put_bytes(b"what was learnt", "application/x-safetensors")
        learnt = TrainedLora(
            presenter="api-noor", engine="sd15", lora=lora, calls="api-noor woman", steps=300, chosen=200,
            chosen_by="held-out loss", optimiser="AdamW",
        )  # fmt: skip
        done = Event(
            kind="train", key=key, attempt=1, type="finished", worker="w", at=now(), document=learnt.to_json(),
            content_hash=learnt.content_hash, seconds=9.0,
        )  # fmt: skip
        for _ in range(2):
            small.writer.do(partial(apply_events, epoch="t", last_id="", events=[done]))
        versions = client.get(f"{AT}/versions").json()["versions"]
        assert [one["version"] for one in versions] == [3, 2, 1]
        (part,) = versions[0]["presenter"]["trained"]
        assert (part["file"]["sha256"], part["token"]) == (lora.sha256, "api-noor woman")
        assert versions[1]["presenter"]["trained"] == []

    def test_needs_their_agreement_and_pictures(self, client: httpx.Client, small: SmallStudio) -> None:
        client.post("/api/v1/presenters", json=NOOR)
        refused = client.post(f"{AT}/train", json=WISH)
        assert (refused.status_code, "has not agreed" in refused.json()["detail"]) == (409, True)
        client.post(f"{AT}/consents", json=FACE)
        few = client.post(f"{AT}/train", json=WISH)
        assert (few.status_code, "learnt from 5 or more" in few.json()["detail"]) == (422, True)

    @pytest.mark.parametrize(
        ("wish", "says"),
        [({"engine": "sdxl"}, "No worker"), ({"engine": "kokoro"}, "kokoro"), ({"preset": "48gb"}, "48gb")],
    )
    def test_that_nobody_here_can_do_is_refused(
        self, client: httpx.Client, small: SmallStudio, wish: dict[str, str], says: str
    ) -> None:
        self.ana(client, small)
        refused = client.post(f"{AT}/train", json=wish)
        assert refused.status_code >= 400
        assert says in refused.json()["detail"]

    def test_takes_no_file_of_somebody_else(self, client: httpx.Client, small: SmallStudio) -> None:
        self.ana(client, small)
        other = small.artifacts.put_bytes(b"a stranger's face", "image/png")
        wish = {**WISH, "pictures": [{"file": other.model_dump()}] * 6}
        assert client.post(f"{AT}/train", json=wish).status_code == 404
