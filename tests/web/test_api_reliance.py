"""What other programs may rely on: nothing is done twice, nothing is read twice in vain, and everybody gets a turn."""

from __future__ import annotations

import time

import httpx
import pytest

from storage.catalogue import put_show, record_topics
from storage.orders import ShowSpec
from storage.queries import newest_brief
from storage.requests import KEPT, once
from tests.support.found import GAZETTE, SILENT, report
from tests.support.studio import SmallStudio
from tests.web.conftest import Bearer
from tests.web.test_api import ORDER, is_problem, wait_until_ready
from web.api.budget import Budget


class TestSentTwice:
    def test_a_decision_is_made_once(self, bearer: Bearer, small: SmallStudio) -> None:
        clip, client = small.ready_clip(5), bearer("read", "review", user="ana")
        address, key = f"/api/v1/clips/{clip}/decisions", {"Idempotency-Key": "hold-5"}
        order = {"kind": "hold", "note": "Ask Bo."}
        first, again = (client.post(address, json=order, headers=key) for _ in range(2))
        assert (first.status_code, again.json()) == (201, first.json())
        assert len(client.get(address).json()["decisions"]) == 1
        other = client.post(address, json={"kind": "hold", "note": "Ask Cy."}, headers=key)
        assert "another request" in is_problem(other, 422)["detail"]
        elsewhere = client.post(f"/api/v1/clips/{small.ready_clip(6)}/decisions", json=order, headers=key)
        is_problem(elsewhere, 422)

    def test_a_scrape_is_ordered_once(self, bearer: Bearer, small: SmallStudio) -> None:
        client, before = bearer("produce"), len(small.production.scrapes)
        told = [
            client.post("/api/v1/shows/morning-desk/scrape", headers={"Idempotency-Key": "s1"}).json() for _ in range(2)
        ]
        assert told[0] == told[1]
        assert len(small.production.scrapes) == before + 1

    def test_a_retry_and_a_cancellation_are_answered_alike(self, bearer: Bearer, small: SmallStudio) -> None:
        clip, client = small.ready_clip(4), bearer("read", "produce")
        for act in ("cancel", "retry"):
            answers = [client.post(f"/api/v1/clips/{clip}/{act}", headers={"Idempotency-Key": act}) for _ in range(2)]
            assert [answer.status_code for answer in answers] == [200, 200]
            wait_until_ready(client, clip)

    def test_what_failed_may_be_sent_again(self, bearer: Bearer, small: SmallStudio) -> None:
        client, key = bearer("read", "review", user="ana"), {"Idempotency-Key": "approve-3"}
        clip = small.ready_clip(3)
        cuts = {name: cut.video.sha256 for name, cut in small.detail(clip).cuts.items()}
        address, order = f"/api/v1/clips/{clip}/decisions", {"kind": "approve", "cuts": cuts}
        held = client.post(address, json={"kind": "hold"}).json()
        is_problem(client.post(address, json=order, headers=key), 409)
        client.delete(f"{address}/{held['id']}")
        assert client.post(address, json=order, headers=key).status_code == 201

    def test_a_key_is_forgotten_after_a_while(self, small: SmallStudio) -> None:
        def send(key: str) -> bool:
            return small.writer.do(lambda db: once(db, lambda _db: "made", user="ada", key=key, request="r"))[1]

        assert send("old")
        assert not send("old")
        small.writer.do(lambda db: db.execute("UPDATE requests SET at = '2020-01-01T00:00:00.000Z'"))
        assert send("new")
        assert send("old")
        assert KEPT.days == 30


class TestReadAgain:
    @pytest.mark.parametrize("path", ["clips", "shows", "presenters", "presenters/mara", "sources", "exports"])
    def test_what_did_not_change_is_not_sent(self, bearer: Bearer, path: str) -> None:
        client = bearer("read")
        tag = client.get(f"/api/v1/{path}").headers["etag"]
        for named in (tag, f"W/{tag}", f'"x", {tag}', "*"):
            again = client.get(f"/api/v1/{path}", headers={"If-None-Match": named})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert client.get(f"/api/v1/{path}", headers={"If-None-Match": '"another"'}).status_code == 200

    def test_what_changed_is(self, bearer: Bearer, small: SmallStudio) -> None:
        client = bearer("read")
        tag = client.get("/api/v1/clips").headers["etag"]
        small.ready_clip(1)
        assert client.get("/api/v1/clips", headers={"If-None-Match": tag}).status_code == 200


class TestBudget:
    def test_every_answer_says_what_is_left(self, bearer: Bearer) -> None:
        client = bearer("read")
        answers = [client.get("/api/v1/clips"), client.get("/api/v1/clips/none"), client.post("/api/v1/clips", json={})]
        assert [answer.headers["ratelimit-policy"] for answer in answers] == ['"default";q=600;w=60'] * 3
        left = [int(answer.headers["ratelimit"].split(";")[1].removeprefix("r=")) for answer in answers]
        assert left == [599, 598, 597]

    def test_who_asks_too_often_waits_and_nobody_else(self) -> None:
        budget = Budget(per_minute=2)
        budget.spend("a"), budget.spend("a")
        with pytest.raises(Exception, match="more than 2 times") as refused:
            budget.spend("a")
        assert refused.value.status_code == 429  # type: ignore[attr-defined]
        assert 1 <= int(refused.value.headers["Retry-After"]) <= 60  # type: ignore[attr-defined]
        assert budget.spend("b")["RateLimit"].startswith('"default";r=1;t=')


class TestRetakes:
    def test_a_part_is_made_anew_and_waits_for_review(self, bearer: Bearer, small: SmallStudio) -> None:
        clip, client = small.ready_clip(2), bearer("read", "produce")
        small.approve(clip, "ana")
        before = client.get(f"/api/v1/clips/{clip}").json()
        order = {"parts": ["scene"], "revision": before["revision"], "note": "Too dark."}
        told = [client.post(f"/api/v1/clips/{clip}/retake", json=order, headers={"Idempotency-Key": "r"}) for _ in "ab"]
        assert [answer.status_code for answer in told] == [202, 202]
        made = wait_until_ready(client, clip)
        assert (made["revision"], made["review"]) == (before["revision"] + 1, "undecided")
        with small.studio.reading() as db:
            assert newest_brief(db, clip).takes == {"scene": 1}
        late = client.post(f"/api/v1/clips/{clip}/retake", json=order)
        assert "changed this clip" in is_problem(late, 409)["detail"]
        nonsense = client.post(f"/api/v1/clips/{clip}/retake", json={**order, "parts": ["sauce"], "revision": 2})
        assert "scene" in is_problem(nonsense, 404)["cure"]

    def test_what_a_person_made_has_no_other_take(self, bearer: Bearer) -> None:
        client = bearer("read", "produce")
        clip = client.post("/api/v1/clips", json={"script": "Come at six.", "language": "en"}).json()["id"]
        wait_until_ready(client, clip)
        answer = client.post(f"/api/v1/clips/{clip}/retake", json={"parts": ["script"], "revision": 1})
        assert "made by a person" in is_problem(answer, 422)["detail"]


def test_sources_say_how_they_do(bearer: Bearer, small: SmallStudio) -> None:
    small.writer.do(lambda db: put_show(db, ShowSpec(slug="surf", name="Surf", sources=(GAZETTE, SILENT))))
    told = bearer("read").get("/api/v1/sources?show=surf").json()["sources"]
    assert [(one["show"], one["source"]["url"], one["health"]) for one in told] == [
        ("surf", GAZETTE.url, None),
        ("surf", SILENT.url, None),
    ]
    assert len(bearer("read").get("/api/v1/sources").json()["sources"]) >= 2
    is_problem(bearer("read").get("/api/v1/sources?show=none"), 404)


def test_topics_come_in_pages_best_first(bearer: Bearer, small: SmallStudio) -> None:
    small.writer.do(lambda db: put_show(db, ShowSpec(slug="paged", name="Paged", sources=(GAZETTE, SILENT))))
    small.writer.do(lambda db: record_topics(db, report("paged")))
    client, address = bearer("read"), "/api/v1/shows/paged/topics"
    every = [one["id"] for one in client.get(address).json()["topics"]]
    seen, before = list[str](), ""
    while before is not None:
        page = client.get(address, params={"limit": 1, "before": before}).json()
        seen, before = seen + [one["id"] for one in page["topics"]], page["next"]
    assert len(every) > 1
    assert seen == every
    assert client.get(address, params={"before": "nobody"}).json() == {"topics": [], "next": None}


def test_a_presenter_is_read_by_name(bearer: Bearer) -> None:
    assert bearer("read").get("/api/v1/presenters/mara").json()["name"] == "Mara"
    is_problem(bearer("read").get("/api/v1/presenters/nobody"), 404)


def test_a_path_that_knows_other_methods_says_which(bearer: Bearer) -> None:
    answer = bearer("admin").put("/api/v1/clips")
    is_problem(answer, 405)
    assert answer.headers["allow"] == "GET, POST"


def test_health_is_for_those_who_watch_over_the_house(bearer: Bearer, stranger: httpx.Client) -> None:
    told = bearer("read").get("/api/v1/health").json()
    assert told["ok"] is False  # nobody works here
    assert told["disk_free"] > 0
    is_problem(stranger.get("/api/v1/health"), 401)


def test_an_order_survives_the_wait(bearer: Bearer) -> None:
    """The same key long after the clip is made: still that clip."""
    client, key = bearer("read", "produce"), {"Idempotency-Key": "late"}
    clip = client.post("/api/v1/clips", json=ORDER, headers=key).json()["id"]
    wait_until_ready(client, clip)
    time.sleep(0.01)
    assert client.post("/api/v1/clips", json=ORDER, headers=key).json()["id"] == clip
