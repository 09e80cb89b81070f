"""The REST API: tokens with scopes, clear errors, and nothing that goes around the review."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from scraper.recording import record_sources
from storage import runs
from storage.catalogue import put_show, record_topics
from storage.exports import ExportRecord
from storage.orders import ShowSpec
from storage.people import set_role
from storage.tokens import create_token, list_tokens, revoke_token
from tests.support.found import GAZETTE, SILENT, report
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from tests.support.waiting import until
from tests.web.conftest import Bearer, Login

ORDER = {
    "topic": "Rust batteries\nThe battery breathes. It turns iron into rust.",
    "show": "morning-desk",
    "language": "en",
}


@pytest.fixture(scope="module")
def export(small: SmallStudio) -> ExportRecord:
    clip = small.ready_clip(9)
    small.approve(clip, "ana")
    exporter = small.exporter()
    with small.studio.reading() as db:
        return exporter.export(db, clip, "ana")


def is_problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    return body


def wait_until_ready(client: httpx.Client, clip: str) -> dict[str, Any]:
    def made() -> dict[str, Any] | None:
        body: dict[str, Any] = client.get(f"/api/v1/clips/{clip}").json()
        return body if body["production"] in ("ready", "failed") else None

    return until(made, "the clip to be made", pause_s=0.2)  # a program may ask 600 times a minute


class TestTokens:
    def test_an_unknown_or_revoked_one_opens_nothing(self, bearer: Bearer, address: str, small: SmallStudio) -> None:
        token, secret = small.writer.do(lambda db: create_token(db, "short", "ada", ["read"]))
        with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {secret}"}) as client:
            assert client.get("/api/v1/clips").status_code == 200
            small.writer.do(lambda db: revoke_token(db, token.id))
            assert "unknown or revoked" in is_problem(client.get("/api/v1/clips"), 401)["detail"]

    @pytest.mark.parametrize("header", ["Bearer", "Bearer x", "bearer dly_", "Basic YTpi", "dly_x"])
    def test_nonsense_is_refused(self, stranger: httpx.Client, header: str) -> None:
        assert stranger.get("/api/v1/clips", headers={"Authorization": header}).status_code == 401

    def test_does_only_what_its_scopes_say(self, bearer: Bearer, export: ExportRecord) -> None:
        reader, maker = bearer("read"), bearer("produce")
        assert "produce" in is_problem(reader.post("/api/v1/clips", json=ORDER), 403)["detail"]
        assert "export" in is_problem(reader.get(f"/api/v1/exports/{export.id}/bundle.zip"), 403)["detail"]
        assert "read" in is_problem(maker.get("/api/v1/clips"), 403)["detail"]
        assert bearer("admin").get("/api/v1/clips").status_code == 200

    def test_opens_the_api_and_nothing_else(self, bearer: Bearer, small: SmallStudio) -> None:
        admin = bearer("admin")
        for path in ("/", "/exports", "/media/x/" + "0" * 64):
            assert admin.get(path).status_code == 401

    def test_does_less_when_its_maker_may_do_less(self, bearer: Bearer, small: SmallStudio) -> None:
        small.user("cy")
        client = bearer("read", "produce", user="cy")
        assert client.post("/api/v1/clips", json={}).status_code == 422
        small.writer.do(lambda db: set_role(db, "cy", "viewer"))
        assert client.post("/api/v1/clips", json={}).status_code == 403

    def test_shows_when_it_was_last_used(self, bearer: Bearer, small: SmallStudio) -> None:
        bearer("read", user="bo").get("/api/v1/clips")
        small.writer.do(lambda _db: None)
        with small.studio.reading() as db:
            assert all(token.last_used_at for token in list_tokens(db) if token.user == "bo")


class TestOrdering:
    def test_a_topic_becomes_a_clip_that_waits_for_review(self, bearer: Bearer) -> None:
        client = bearer("read", "produce")
        answer = client.post("/api/v1/clips", json=ORDER)
        assert answer.status_code == 202
        body = answer.json()
        assert answer.headers["location"] == f"/api/v1/clips/{body['id']}"
        assert (body["title"], body["author"], body["review"]) == ("Rust batteries", "ada", "undecided")
        made = wait_until_ready(client, body["id"])
        assert (made["production"], made["shelf"], made["exported"], made["progress"]) == (
            "ready",
            "review",
            False,
            1.0,
        )
        assert [cut["format"] for cut in made["cuts"]] == ["16:9"]
        assert made["decision"] is None

    def test_ones_own_words_are_spoken_as_they_are(self, bearer: Bearer) -> None:
        client = bearer("read", "produce")
        order = {"script": "The bakery turns a hundred.\nCome at six.", "language": "en", "formats": ["9:16"]}
        made = wait_until_ready(client, client.post("/api/v1/clips", json=order).json()["id"])
        assert "The bakery turns a hundred." in [line["text"] for line in made["script"]["lines"]]
        assert [cut["format"] for cut in made["cuts"]] == ["9:16"]

    def test_an_order_with_a_key_is_taken_once(self, bearer: Bearer) -> None:
        client, key = bearer("read", "produce"), {"Idempotency-Key": "order-1"}
        first = client.post("/api/v1/clips", json=ORDER, headers=key)
        again = client.post("/api/v1/clips", json=ORDER, headers=key)
        assert (first.status_code, again.status_code) == (202, 200)
        assert again.json()["id"] == first.json()["id"]
        other = client.post("/api/v1/clips", json={**ORDER, "topic": "Another"}, headers=key)
        assert "belongs to another request" in is_problem(other, 422)["detail"]
        elsewhere = bearer("read", "produce", user="bo").post("/api/v1/clips", json=ORDER, headers=key)
        assert elsewhere.json()["id"] != first.json()["id"]

    def test_what_is_ordered_counts_as_covered(self, bearer: Bearer, small: SmallStudio) -> None:
        client, key = bearer("read", "produce"), {"Idempotency-Key": "covered-once"}
        topic = {**ORDER, "topic": "Night ferry returns to Tolmouth\nIt crosses the harbour after midnight."}
        clips = [client.post("/api/v1/clips", json=topic, headers=key).json()["id"] for _ in range(2)]
        client.post("/api/v1/clips", json={**ORDER, "topic": "", "script": "Night ferry returns. My own words."})
        with small.studio.reading() as db:
            covered = [entry for entry in runs.covered(db, "morning-desk") if "Night ferry" in entry.title]
        assert [(entry.title, entry.language, entry.clip_id) for entry in covered] == [
            ("Night ferry returns to Tolmouth", "en", clips[0])
        ]

    @pytest.mark.parametrize(
        ("order", "status", "says"),
        [
            ({}, 422, "nothing to make"),
            ({"topic": "   "}, 422, "nothing to make"),
            ({"topic": "🎉🎉🎉"}, 422, "no words"),
            ({"topic": "x" * 20_001}, 422, "20,001"),
            ({"topic": "Rust", "script": "Rust"}, 422, "nothing to make"),
            ({"topic": "Rust", "show": "nope"}, 404, "no show"),
            ({"topic": "Rust", "language": "xx"}, 404, "no language"),
            ({"topic": "Rust", "formats": ["4:3"]}, 404, "no format"),
            ({"topic": "Rust", "length_s": 5}, 422, "length_s"),
            ({"topic": "Rust", "colour": "red"}, 422, "colour"),
        ],
    )
    def test_what_makes_no_sense_is_refused_with_a_cure(
        self, bearer: Bearer, order: dict[str, Any], status: int, says: str
    ) -> None:
        body = is_problem(bearer("produce").post("/api/v1/clips", json=order), status)
        assert says in body["detail"]
        assert body["cure"]

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'{"topic": 1e999}'])
    def test_what_is_not_json_is_refused(self, bearer: Bearer, body: bytes) -> None:
        answer = bearer("produce").post("/api/v1/clips", content=body, headers={"Content-Type": "application/json"})
        is_problem(answer, 422 if answer.status_code == 422 else 400)

    def test_a_right_to_left_topic_is_a_topic(self, bearer: Bearer) -> None:
        client = bearer("read", "produce")
        order = {"topic": "كثبان المريخ\nتتحرك كثبان المريخ نحو نصف متر.", "language": "ar"}
        assert wait_until_ready(client, client.post("/api/v1/clips", json=order).json()["id"])["production"] == "ready"


class TestReading:
    def test_clips_come_in_pages_newest_first(self, bearer: Bearer, small: SmallStudio) -> None:
        for number in range(3):
            small.ready_clip(number)
        client, seen, before = bearer("read"), list[str](), ""
        while before is not None:
            page = client.get("/api/v1/clips", params={"limit": 2, "before": before}).json()
            assert len(page["clips"]) <= 2
            seen += [clip["id"] for clip in page["clips"]]
            before = page["next"]
        assert seen == sorted(set(seen), reverse=True)

    @pytest.mark.parametrize("path", ["clips/none", "exports/none", "exports/none/bundle.zip", "nothing"])
    def test_what_is_not_there_says_so(self, bearer: Bearer, path: str) -> None:
        is_problem(bearer("admin").get(f"/api/v1/{path}"), 404)

    @pytest.mark.parametrize("query", ["limit=0", "limit=9999", "limit=x"])
    def test_a_wrong_question_says_what_is_wrong(self, bearer: Bearer, query: str) -> None:
        assert "limit" in is_problem(bearer("read").get(f"/api/v1/clips?{query}"), 422)["detail"]

    def test_whoever_is_signed_in_may_read_too(self, login: Login) -> None:
        assert login("vera").get("/api/v1/clips").status_code == 200
        assert login("vera").post("/api/v1/clips", json=ORDER).status_code == 403

    def test_the_document_of_the_api_describes_its_problems(self, bearer: Bearer, login: Login) -> None:
        document = login("ana").get("/api/v1/openapi.json").json()
        assert set(document["paths"]) == {
            "/api/v1/clips", "/api/v1/clips/{clip_id}", "/api/v1/clips/{clip_id}/cancel", "/api/v1/clips/{clip_id}/decisions",
            "/api/v1/clips/{clip_id}/decisions/{decision_id}", "/api/v1/clips/{clip_id}/events", "/api/v1/clips/{clip_id}/retry",
            "/api/v1/trash", "/api/v1/clips/{clip_id}/discard", "/api/v1/clips/{clip_id}/restore", "/api/v1/webhooks/{webhook_id}/secret",
            "/api/v1/exports/{export_id}/shipments", "/api/v1/exports/{export_id}/shipments/{target}/again",
            "/api/v1/clips/{clip_id}/rewrite",
            "/api/v1/clips/{clip_id}/retake", "/api/v1/health", "/api/v1/webhooks", "/api/v1/webhooks/{webhook_id}", "/api/v1/webhooks/{webhook_id}/test",
            "/api/v1/webhooks/{webhook_id}/deliveries", "/api/v1/webhooks/{webhook_id}/deliveries/{number}",
            "/api/v1/webhooks/{webhook_id}/deliveries/{number}/replay",
            "/api/v1/uploads", "/api/v1/uploads/{sha256}", "/api/v1/uploads/{sha256}/content",
            "/api/v1/sources", "/api/v1/presenters/{slug}", "/api/v1/presenters/{slug}/versions",
            "/api/v1/presenters/{slug}/versions/{version}", "/api/v1/presenters/{slug}/consents",
            "/api/v1/presenters/{slug}/consents/{consent_id}",
            "/api/v1/presenters/{slug}/train", "/api/v1/presenters/{slug}/trainings",
            "/api/v1/presenters", "/api/v1/shows", "/api/v1/shows/{slug}", "/api/v1/shows/{slug}/scrape",
            "/api/v1/shows/{slug}/topics", "/api/v1/topics/{topic_id}/dismissal", "/api/v1/exports", "/api/v1/exports/{export_id}",
            "/api/v1/exports/{export_id}/bundle.zip", "/api/v1/exports/bundles.zip", "/api/v1/clips/{clip_id}/exports",
            "/api/v1/schemas/clip-export", "/api/v1/voices", "/api/v1/voices/{engine}/{voice_id}/sample.wav",
        }  # fmt: skip
        assert "application/problem+json" in document["paths"]["/api/v1/clips"]["get"]["responses"]["401"]["content"]


class TestExports:
    def test_are_listed_with_all_that_clip_json_says(self, bearer: Bearer, export: ExportRecord) -> None:
        client = bearer("read")
        listed = client.get("/api/v1/exports", params={"clip": export.clip_id}).json()["exports"]
        assert [one["id"] for one in listed] == [export.id]
        assert listed[0]["bundle"]["schema"] == "clip-export/2"
        assert client.get(f"/api/v1/exports/{export.id}").json() == listed[0]
        assert client.get(f"/api/v1/clips/{export.clip_id}").json()["decision"]["kind"] == "approve"

    def test_come_as_one_archive(self, bearer: Bearer, small: SmallStudio, export: ExportRecord) -> None:
        answer = bearer("export").get(f"/api/v1/exports/{export.id}/bundle.zip")
        assert answer.headers["content-type"] == "application/zip"
        assert answer.headers["content-disposition"].endswith('.zip"')
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.testzip() is None
            names = {name.removeprefix(f"{export.folder}/") for name in archive.namelist()}
            bundle = json.loads(archive.read(f"{export.folder}/clip.json"))
            assert names == {"clip.json", *(file["name"] for file in bundle["files"])}
        assert bundle == export.bundle

    def test_are_not_sent_when_their_files_changed_since(self, bearer: Bearer, small: SmallStudio) -> None:
        clip = small.ready_clip(10)
        small.approve(clip, "ana")
        exporter = small.exporter()
        with small.studio.reading() as db:
            record = exporter.export(db, clip, "ana")
        (small.studio.folder.exports / record.folder / "poster.jpg").write_bytes(b"another picture")
        body = is_problem(bearer("export").get(f"/api/v1/exports/{record.id}/bundle.zip"), 503)
        assert "changed since the export" in body["detail"]

    def test_are_made_through_the_api_too_once_they_are_approved(self, bearer: Bearer, small: SmallStudio) -> None:
        clip = small.ready_clip(11)
        address, client = f"/api/v1/clips/{clip}/exports", bearer("read", "export")
        assert "not approved" in is_problem(client.post(address), 409)["detail"]
        small.approve(clip, "ana")
        is_problem(bearer("read").post(address), 403)
        made = client.post(address)
        assert (made.status_code, made.json()["made_by"]) == (201, "ada")
        assert client.get(made.headers["location"]).json() == made.json()
        again = client.post(address, json={"acknowledge": []})
        assert (again.status_code, again.json()["id"]) == (200, made.json()["id"])
        is_problem(client.post("/api/v1/clips/none/exports"), 404)

    def test_with_parts_that_are_not_free_need_each_acknowledged(self, bearer: Bearer, small: SmallStudio) -> None:
        clip = small.clip(topic(5), voice="cloned-voice")
        small.approve(clip, "ana")
        address, client = f"/api/v1/clips/{clip}/exports", bearer("export")
        parts = is_problem(client.post(address), 409)["parts"]
        assert ["non-commercial" in part for part in parts] == [True]
        is_problem(client.post(address, json={"acknowledge": ["everything"]}), 409)
        made = client.post(address, json={"acknowledge": parts})
        assert made.json()["bundle"]["restrictions"] == parts
        assert made.json()["bundle"]["acknowledged"]["by"] == "ada"

    def test_are_found_by_show_and_by_day(self, bearer: Bearer, small: SmallStudio, export: ExportRecord) -> None:
        client, day = bearer("read"), export.made_at[:10]

        def found(**query: str) -> bool:
            listed = client.get("/api/v1/exports", params={"limit": 200, **query}).json()["exports"]
            return export.id in {one["id"] for one in listed}

        assert found(show=small.detail(export.clip_id).row.show, since=day, until=day)
        assert not found(show="another")
        assert not found(since="2999-01-01")
        assert not found(until="1999-01-01")
        is_problem(client.get("/api/v1/exports", params={"since": "yesterday"}), 422)

    def test_come_many_in_one_archive(self, bearer: Bearer, small: SmallStudio, export: ExportRecord) -> None:
        clip = small.clip(topic(2))
        small.approve(clip, "ana")
        with small.studio.reading() as db:
            other = small.exporter().export(db, clip, "ana")
        damaged = small.studio.folder.exports / other.folder / "transcript.txt"
        whole = damaged.read_bytes()
        client = bearer("export")
        answer = client.get("/api/v1/exports/bundles.zip")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.testzip() is None
            assert {export.folder, other.folder} <= {name.partition("/")[0] for name in archive.namelist()}
        damaged.write_bytes(b"other words")
        try:
            answer = client.get("/api/v1/exports/bundles.zip", params={"clip": clip})
        finally:
            damaged.write_bytes(whole)
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.namelist() == ["MISSING.txt"]
            assert other.folder in archive.read("MISSING.txt").decode()
        is_problem(bearer("read").get("/api/v1/exports/bundles.zip"), 403)
        empty = client.get("/api/v1/exports/bundles.zip", params={"show": "another", "since": "2026-01-01"})
        assert empty.headers["content-disposition"] == 'attachment; filename="exports-another-2026-01-01.zip"'
        assert zipfile.ZipFile(io.BytesIO(empty.content)).namelist() == []

    def test_publish_the_schema_of_what_they_say(self, bearer: Bearer, export: ExportRecord) -> None:
        schema = bearer("read").get("/api/v1/schemas/clip-export").json()
        assert set(schema["required"]) <= set(export.bundle) <= set(schema["properties"])
        assert schema["properties"]["schema"]["const"] == export.bundle["schema"]


class TestVoices:
    def test_lists_what_a_presenter_may_sound_like(self, bearer: Bearer) -> None:
        every, spanish = (
            bearer("read").get(f"/api/v1/voices{query}").json()["voices"] for query in ("", "?language=es")
        )
        assert {voice["engine"] for voice in every} >= {"hibari", "kokoro"}
        assert {voice["language"].partition("-")[0] for voice in spanish} == {"es"}
        assert {voice["cure"] for voice in spanish if voice["engine"] == "kokoro"} == {"run.py pull kokoro"}

    def test_lets_one_be_heard_before_it_is_chosen(self, bearer: Bearer) -> None:
        client = bearer("read")
        first, again = (client.get("/api/v1/voices/hibari/heart/sample.wav", timeout=120) for _ in range(2))
        assert first.status_code == 200, first.text
        assert first.headers["content-type"] == "audio/wav"
        assert first.content[:4] == b"RIFF"
        assert first.content == again.content

    def test_a_voice_that_is_not_here_says_how_it_comes(self, bearer: Bearer) -> None:
        body = is_problem(bearer("read").get("/api/v1/voices/kokoro/ef_dora/sample.wav"), 503)
        assert "run.py pull kokoro" in body["cure"]
        is_problem(bearer("read").get("/api/v1/voices/kokoro/nobody/sample.wav"), 404)

    def test_strangers_hear_nothing(self, stranger: httpx.Client) -> None:
        is_problem(stranger.get("/api/v1/voices"), 401)
        is_problem(stranger.get("/api/v1/voices/hibari/heart/sample.wav"), 401)


class TestDecisions:
    def test_name_the_files_that_were_watched(self, bearer: Bearer, small: SmallStudio) -> None:
        clip = small.ready_clip(6)
        client, cuts = (
            bearer("read", "review", user="ana"),
            {name: c.video.sha256 for name, c in small.detail(clip).cuts.items()},
        )
        address = f"/api/v1/clips/{clip}/decisions"
        is_problem(client.post(address, json={"kind": "approve"}), 409)
        made = client.post(address, json={"kind": "approve", "cuts": cuts})
        assert made.status_code == 201
        assert (made.json()["user"], made.json()["cuts"]) == ("ana", cuts)
        late = is_problem(client.post(address, json={"kind": "hold"}), 409)
        assert "approved this clip meanwhile" in late["detail"]
        assert client.delete(f"{address}/{made.json()['id']}").json()["kind"] == "undo"
        assert [one["kind"] for one in client.get(address).json()["decisions"]] == ["approve", "undo"]

    def test_need_the_scope_and_the_role(self, bearer: Bearer, small: SmallStudio) -> None:
        clip = small.ready_clip(6)
        is_problem(bearer("read", "produce").post(f"/api/v1/clips/{clip}/decisions", json={"kind": "hold"}), 403)
        is_problem(bearer("review").get("/api/v1/clips/none/decisions"), 403)
        is_problem(bearer("read").get("/api/v1/clips/none/decisions"), 404)


class TestFollowing:
    def test_a_clip_is_told_until_it_is_made(self, bearer: Bearer, small: SmallStudio) -> None:
        clip = (
            bearer("produce")
            .post("/api/v1/clips", json={**ORDER, "topic": "Followed\nIt is followed. To its end."})
            .json()
        )
        with bearer("read").stream("GET", f"/api/v1/clips/{clip['id']}/events", timeout=30) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            told = [
                json.loads(line.removeprefix("data: ")) for line in stream.iter_lines() if line.startswith("data: ")
            ]
        assert told[-1]["production"] == "ready"
        assert all(one["id"] == clip["id"] for one in told)

    def test_it_is_cancelled_and_tried_again(self, bearer: Bearer, small: SmallStudio) -> None:
        clip = small.order(topic(7).model_copy(update={"text": "停一下。再来。"}))
        client = bearer("read", "produce")
        assert client.post(f"/api/v1/clips/{clip}/cancel").json()["production"] == "cancelled"
        assert client.post(f"/api/v1/clips/{clip}/retry").status_code == 200
        assert wait_until_ready(client, clip)["production"] == "ready"
        is_problem(client.post("/api/v1/clips/none/cancel"), 404)


class TestShows:
    def test_tell_where_clips_come_from(self, bearer: Bearer, small: SmallStudio) -> None:
        small.writer.do(lambda db: put_show(db, ShowSpec(slug="tides", name="Tides", sources=(GAZETTE, SILENT))))
        small.writer.do(lambda db: record_topics(db, report("tides")))
        small.writer.do(lambda db: record_sources(db, report("tides"), datetime.now(UTC)))
        client = bearer("read", "produce")
        assert "tides" in {show["slug"] for show in client.get("/api/v1/shows").json()["shows"]}
        assert "did not answer" in client.get("/api/v1/shows/tides").json()["sources"][SILENT.url]["report"]["error"]
        topics = client.get("/api/v1/shows/tides/topics").json()["topics"]
        assert [t["topic"]["score"] for t in topics] == sorted((t["topic"]["score"] for t in topics), reverse=True)
        assert topics[0]["topic"]["score_terms"][0]["why"]
        address = f"/api/v1/topics/{topics[0]['id']}/dismissal"
        assert client.put(address).status_code == 204
        assert client.get("/api/v1/shows/tides/topics").json()["topics"][0]["dismissed_by"] == "ada"
        assert client.delete(address).status_code == 204
        assert client.post("/api/v1/shows/tides/scrape").status_code == 202
        assert small.production.scrapes[-1].payload["show"]["slug"] == "tides"
        is_problem(client.get("/api/v1/shows/none/topics"), 404)
        is_problem(client.put("/api/v1/topics/none/dismissal"), 404)
        is_problem(bearer("read").post("/api/v1/shows/tides/scrape"), 403)

    def test_and_who_speaks(self, bearer: Bearer) -> None:
        assert "mara" in {one["slug"] for one in bearer("read").get("/api/v1/presenters").json()["presenters"]}
