"""Webhooks: every message exactly once on record, signed, delivered with patience, and replayable."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from config.errors import Blocked, DailiesError, UsageError
from config.settings import Webhooks
from review.decide import decide
from storage.clips import cancel_clip, settle_clip
from storage.plans import Failure
from storage.webhooks import (
    EVENTS,
    Delivery,
    Parcel,
    WebhookEvent,
    add_webhook,
    change_webhook,
    find_webhook,
    forget_old,
    list_deliveries,
    remove_webhook,
    replay,
    rotate_secret,
    send_test,
)
from tests.support.receiver import Receiver
from tests.support.small_web import Web
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from tests.support.waiting import until
from tests.web.conftest import Bearer
from tests.web.test_api import is_problem
from web.housekeeping import Housekeeping
from web.webhooks.messenger import Messenger
from web.webhooks.policy import WAITS, judge
from web.webhooks.sending import checked_address, send
from web.webhooks.signing import new_secret, signed

QUICK = (0.02, 0.02)
"""Seconds after each failed try, for those who wait."""


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[SmallStudio]:
    small = SmallStudio(tmp_path)
    small.user("ana")
    yield small
    small.writer.stop()


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    yield web
    web.close()


def subscribe(small: SmallStudio, receiver: Receiver, *events: WebhookEvent) -> str:
    receiver.secret = new_secret()
    wanted = partial(
        add_webhook, url=receiver.url, events=events or EVENTS, note="", secret=receiver.secret, user="ana"
    )
    return small.writer.do(wanted)


@contextmanager
def delivering(small: SmallStudio, settings: Webhooks) -> Iterator[Messenger]:
    messenger = Messenger(small.writer, settings, QUICK)
    messenger.start()
    yield messenger
    messenger.stop()


def deliveries(small: SmallStudio, webhook: str = "") -> list[Delivery]:
    with small.studio.reading() as db:
        return list_deliveries(db, webhook)


def wait_until(small: SmallStudio, webhook: str, states: list[str]) -> list[Delivery]:
    def found() -> list[Delivery] | None:
        there = deliveries(small, webhook)[::-1]
        return there if [one.state for one in there] == states else None

    return until(found, f"messages that are {states}")


class TestWhatIsTold:
    def test_a_clip_from_ready_to_exported(self, studio: SmallStudio, web: Web) -> None:
        receiver = Receiver(web)
        subscribe(studio, receiver)
        clip = studio.ready_clip(0)
        studio.approve(clip, "ana")
        exporter = studio.exporter()
        with studio.studio.reading() as db:
            record = exporter.export(db, clip, "ana")
            exporter.export(db, clip, "ana")
        with delivering(studio, receiver.settings()):
            heard = receiver.wait_for(3)
        assert [one["type"] for one in heard] == ["clip.ready", "decision.made", "export.made"]
        assert all(one["good"] and one["data"]["clip"] == clip for one in heard)
        ready, decided, exported = (one["data"] for one in heard)
        assert (ready["revision"], ready["failure"], ready["title"]) == (1, None, studio.detail(clip).row.title)
        assert (decided["kind"], decided["by"]) == ("approve", "ana")
        assert decided["cuts"] == {name: cut.video.sha256 for name, cut in studio.detail(clip).cuts.items()}
        assert (exported["export"], exported["folder"], exported["by"]) == (record.id, record.folder, "ana")
        assert len({one["id"] for one in heard}) == 3

    def test_a_failure_with_its_reason_and_a_cancellation_not_at_all(self, studio: SmallStudio, web: Web) -> None:
        receiver = Receiver(web)
        subscribe(studio, receiver)
        failed, cancelled = studio.order(topic(1)), studio.order(topic(2))
        failure = Failure(node="video", stage="video", engine="drawn", message="It broke.")
        for _ in range(2):  # settling what is settled tells nobody anything new
            studio.writer.do(partial(settle_clip, clip_id=failed, revision=1, failure=failure))
        studio.writer.do(partial(cancel_clip, clip_id=cancelled))
        told = deliveries(studio)
        assert [(one.type, one.data["clip"], one.data["failure"]["message"]) for one in told] == [
            ("clip.failed", failed, "It broke.")
        ]

    def test_what_did_not_come_to_be_is_not_told(self, studio: SmallStudio, web: Web) -> None:
        clip = studio.ready_clip(0)
        subscribe(studio, Receiver(web))

        def decide_and_fail(db: object) -> None:
            decide(db, clip, "hold", "ana", played={}, seen=None)  # type: ignore[arg-type]
            raise UsageError("No.")

        with pytest.raises(UsageError):
            studio.writer.do(decide_and_fail)
        assert deliveries(studio) == []

    def test_only_to_those_who_want_it(self, studio: SmallStudio, web: Web) -> None:
        picky, off = subscribe(studio, Receiver(web, "/a"), "export.made"), subscribe(studio, Receiver(web, "/b"))
        everything = subscribe(studio, Receiver(web, "/c"))
        studio.writer.do(partial(change_webhook, webhook_id=off, url=web.url("/b"), events=EVENTS, note="", on=False))
        studio.ready_clip(0)
        assert [len(deliveries(studio, one)) for one in (picky, off, everything)] == [0, 0, 1]


class TestPatience:
    def test_an_error_is_tried_again_with_the_same_id(self, studio: SmallStudio, web: Web) -> None:
        receiver = Receiver(web, answers=(500, 302))
        webhook = subscribe(studio, receiver)
        studio.writer.do(partial(send_test, webhook_id=webhook))
        with delivering(studio, receiver.settings()):
            (delivery,) = wait_until(studio, webhook, ["delivered"])
        assert [one["good"] for one in receiver.heard] == [True, True, True]
        assert len({one["id"] for one in receiver.heard}) == 1
        assert [attempt.status for attempt in delivery.attempts] == [500, 302, 204]
        assert web.hits == ["/hook"] * 3  # the redirect was not followed

    def test_until_it_has_failed_and_then_somebody_replays_it(self, studio: SmallStudio, web: Web) -> None:
        receiver = Receiver(web, answers=(500, 500, 500))
        webhook = subscribe(studio, receiver)
        number = studio.writer.do(partial(send_test, webhook_id=webhook))
        with delivering(studio, receiver.settings()):
            wait_until(studio, webhook, ["failed"])
            studio.writer.do(partial(replay, webhook_id=webhook, number=number))
            (delivery,) = wait_until(studio, webhook, ["delivered"])
        assert [attempt.status for attempt in delivery.attempts] == [500, 500, 500, 204]
        assert len({one["id"] for one in receiver.heard}) == 1

    def test_one_that_hangs_or_hangs_up_holds_up_nobody_else(self, studio: SmallStudio, web: Web) -> None:
        hanging, dying, quick = Receiver(web, "/hang"), Receiver(web, "/die"), Receiver(web, "/quick")

        def hang_up(handler: BaseHTTPRequestHandler) -> None:
            handler.connection.close()

        hanging.play, dying.play = (lambda _handler: time.sleep(2)), hang_up
        hooks = [subscribe(studio, one) for one in (hanging, dying, quick)]
        for webhook in (*hooks, *hooks[1:]):
            studio.writer.do(partial(send_test, webhook_id=webhook))
        with delivering(studio, hanging.settings(timeout_s=1)):
            wait_until(studio, hooks[2], ["delivered", "delivered"])
            hung = wait_until(studio, hooks[0], ["failed"])
            died = wait_until(studio, hooks[1], ["failed", "failed"])
        assert all(attempt.status == 0 and "too long" in attempt.said for one in hung for attempt in one.attempts)
        assert all(attempt.status == 0 and "broke off" in attempt.said for one in died for attempt in one.attempts)

    def test_one_that_is_not_there_yet_hears_it_later(self, studio: SmallStudio, web: Web) -> None:
        receiver = Receiver(web)
        webhook = subscribe(studio, receiver)
        gone = Webhooks(allow_hosts=(), timeout_s=1, keep_days=0)
        studio.writer.do(partial(send_test, webhook_id=webhook))
        with delivering(studio, gone):
            (delivery,) = wait_until(studio, webhook, ["failed"])
        assert "HTTPS" in delivery.attempts[0].said  # an admin took the permission away
        assert receiver.heard == []
        studio.writer.do(partial(replay, webhook_id=webhook, number=delivery.number))
        with delivering(studio, receiver.settings()):
            receiver.wait_for(1)

    def test_killed_between_sending_and_recording_it_is_sent_again(self, studio: SmallStudio, web: Web) -> None:
        receiver = Receiver(web)
        webhook = subscribe(studio, receiver)
        studio.writer.do(partial(send_test, webhook_id=webhook))
        messenger = Messenger(studio.writer, receiver.settings(), QUICK, send=_sent_and_killed)
        messenger.start()
        receiver.wait_for(1)
        messenger.stop()
        assert deliveries(studio, webhook)[0].state == "waiting"
        with delivering(studio, receiver.settings()):
            wait_until(studio, webhook, ["delivered"])
        assert len({one["id"] for one in receiver.heard}) == 1

    def test_one_that_is_gone_is_told_nothing_more(self, studio: SmallStudio, web: Web) -> None:
        receiver = Receiver(web, answers=(410,))
        webhook = subscribe(studio, receiver)
        for _ in range(2):
            studio.writer.do(partial(send_test, webhook_id=webhook))
        with delivering(studio, receiver.settings()):
            wait_until(studio, webhook, ["failed", "waiting"])
            with studio.studio.reading() as db:
                found = find_webhook(db, webhook)
            assert "gone" in found.off_why
            studio.writer.do(
                partial(change_webhook, webhook_id=webhook, url=receiver.url, events=EVENTS, note="", on=True)
            )
            wait_until(studio, webhook, ["failed", "delivered"])
        studio.writer.do(partial(remove_webhook, webhook_id=webhook))
        with pytest.raises(DailiesError):
            studio.writer.do(partial(send_test, webhook_id=webhook))

    def test_waits_grow_and_a_receivers_wish_counts(self) -> None:
        assert judge(204, 0, 0, 0).state == "delivered"
        waits = [judge(500, tries, 0, 0).wait_s for tries in range(len(WAITS))]
        assert waits == sorted(waits)
        assert 2 * 86_400 < sum(waits) < 4 * 86_400
        assert judge(500, len(WAITS), 0, 0).state == "failed"
        assert judge(503, 0, 120, 0).wait_s == 120
        assert judge(429, 0, 10**9, 0).wait_s == 86_400
        assert judge(0, 0, 0, 1).wait_s == 6


class TestSecrets:
    def test_for_a_while_both_secrets_sign(self, studio: SmallStudio, web: Web) -> None:
        old, new = Receiver(web, "/old"), Receiver(web, "/new")
        webhook = subscribe(studio, old)
        new.secret = new_secret()
        studio.writer.do(partial(rotate_secret, webhook_id=webhook, secret=new.secret, grace=timedelta(hours=24)))
        with delivering(studio, old.settings()):
            for receiver in (old, new):  # one that has not changed yet, and one that has
                _lead(studio, webhook, receiver)
                studio.writer.do(partial(send_test, webhook_id=webhook))
                assert receiver.wait_for(1)[-1]["good"]
        _later(studio, timedelta(hours=25), keep_days=0)
        with delivering(studio, old.settings()):
            for receiver, good in ((old, False), (new, True)):
                _lead(studio, webhook, receiver)
                studio.writer.do(partial(send_test, webhook_id=webhook))
                assert receiver.wait_for(2)[-1]["good"] is good

    def test_a_secret_that_leaked_stops_at_once(self, studio: SmallStudio, web: Web) -> None:
        receiver = Receiver(web)
        webhook = subscribe(studio, receiver)
        studio.writer.do(partial(rotate_secret, webhook_id=webhook, secret=new_secret(), grace=timedelta()))
        studio.writer.do(partial(send_test, webhook_id=webhook))
        with delivering(studio, receiver.settings()):
            assert not receiver.wait_for(1)[0]["good"]

    def test_by_the_api(self, bearer: Bearer) -> None:
        client = bearer("admin")
        made = client.post("/api/v1/webhooks", json=ORDER).json()
        address = f"/api/v1/webhooks/{made['webhook']['id']}"
        told = [
            client.post(f"{address}/secret", json={"grace_h": 2}, headers={"Idempotency-Key": "rotated-once"})
            for _ in range(2)
        ]
        assert (told[0].status_code, told[0].json()) == (201, told[1].json())
        assert told[0].json()["secret"] not in ("", made["secret"])
        still = datetime.fromisoformat(told[0].json()["webhook"]["both_sign_until"]) - datetime.now(UTC)
        assert timedelta(hours=1.9) < still <= timedelta(hours=2)
        assert client.post(f"{address}/secret").json()["secret"] not in (made["secret"], told[0].json()["secret"])
        is_problem(client.post(f"{address}/secret", json={"grace_h": 1000}), 422)
        is_problem(bearer("read").post(f"{address}/secret"), 403)
        client.delete(address)


def test_what_was_settled_long_ago_is_forgotten_and_what_waits_is_not(studio: SmallStudio, web: Web) -> None:
    receiver = Receiver(web)
    webhook = subscribe(studio, receiver)
    studio.writer.do(partial(send_test, webhook_id=webhook))
    with delivering(studio, receiver.settings()):
        wait_until(studio, webhook, ["delivered"])
    studio.writer.do(partial(send_test, webhook_id=webhook))
    assert _later(studio, timedelta(days=40), keep_days=0) == 0
    assert _later(studio, timedelta(days=20), keep_days=30) == 0
    assert _later(studio, timedelta(days=40), keep_days=30) == 1
    assert [one.state for one in deliveries(studio, webhook)] == ["waiting"]
    with studio.studio.reading() as db:
        counts = [db.execute(f"SELECT count(*) FROM webhook_{what}").fetchone()[0] for what in ("messages", "attempts")]
    assert counts == [1, 0]


def test_the_house_does_that_by_itself(studio: SmallStudio, web: Web) -> None:
    receiver = Receiver(web)
    webhook = subscribe(studio, receiver)
    studio.writer.do(partial(send_test, webhook_id=webhook))
    with delivering(studio, receiver.settings()):
        wait_until(studio, webhook, ["delivered"])
    house = Housekeeping(studio.writer, studio.artifacts, keep_days=30, deliveries_days=30)
    house.tidy()
    assert len(deliveries(studio, webhook)) == 1
    for table in ("webhook_messages", "webhook_attempts"):
        studio.writer.do(lambda db, table=table: db.execute(f"UPDATE {table} SET at = '2026-01-01T00:00:00.000Z'"))
    house.tidy()
    assert deliveries(studio, webhook) == []


def _later(small: SmallStudio, much: timedelta, keep_days: int) -> int:
    """The house is tidied up, so much later."""
    return small.writer.do(partial(forget_old, keep_days=keep_days, moment=datetime.now(UTC) + much))


def _lead(small: SmallStudio, webhook: str, receiver: Receiver) -> None:
    small.writer.do(partial(change_webhook, webhook_id=webhook, url=receiver.url, events=EVENTS, note="", on=True))


def _sent_and_killed(parcel: Parcel, settings: Webhooks) -> object:
    """Sends, and never comes back."""
    send(parcel, settings)
    raise RuntimeError("killed")


def test_signs_as_the_specification_says() -> None:
    """The example that its libraries test themselves with."""
    headers = signed(
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    "url",
    ["http://example.com/x", "https://127.0.0.1/x", "https://[::1]/x", "https://10.0.0.8/x", "https://localhost/x", "https://0x7f.1/",
     "https://example.com:8443/x", "file:///etc/passwd", "https://ana:secret@example.com/", "https://192.168.1.1:443/"],
)  # fmt: skip
def test_nothing_private_is_an_address(url: str) -> None:
    none = Webhooks(allow_hosts=(), timeout_s=1, keep_days=0)
    with contextlib.suppress(DailiesError):
        address = checked_address(url, none)
        parcel = Parcel(number=1, webhook_id="w", url=address, secrets=(new_secret(),), message="m", body="{}", tries=0)
        attempt, _ = send(parcel, none)
        assert (attempt.status, "public internet" in attempt.said or "No address" in attempt.said) == (0, True)
    assert checked_address("https://example.com/x", none) == "https://example.com/x"


def test_a_name_that_leads_home_is_blocked_when_it_is_sent_to() -> None:
    parcel = Parcel(number=1, webhook_id="w", url="https://localhost.localdomain/", secrets=(new_secret(),), message="m", body="{}", tries=0)  # fmt: skip
    attempt, _ = send(parcel, Webhooks(allow_hosts=(), timeout_s=2, keep_days=0))
    assert attempt.status == 0
    with pytest.raises(Blocked):
        checked_address("https://127.0.0.1/", Webhooks(allow_hosts=(), timeout_s=2, keep_days=0))


ORDER = {"url": "https://example.com/hook", "events": ["clip.ready", "export.made"], "note": "The feed"}


class TestManaging:
    def test_is_for_admins(self, bearer: Bearer) -> None:
        is_problem(bearer("read", "produce", "review", "export").get("/api/v1/webhooks"), 403)

    def test_from_adding_to_removing(self, bearer: Bearer) -> None:
        client, key = bearer("admin"), {"Idempotency-Key": "hook"}
        made, again = (client.post("/api/v1/webhooks", json=ORDER, headers=key).json() for _ in range(2))
        assert made == again
        assert made["secret"].startswith("whsec_")
        address = f"/api/v1/webhooks/{made['webhook']['id']}"
        read = client.get(address)
        assert read.json() == made["webhook"]
        assert "secret" not in read.text
        change = {**ORDER, "events": ["clip.failed"], "on": False}
        is_problem(client.put(address, json=change), 428)
        is_problem(client.put(address, json=change, headers={"If-Match": '"old"'}), 412)
        changed = client.put(address, json=change, headers={"If-Match": read.headers["etag"]})
        assert (changed.json()["events"], changed.json()["off_why"]) == (["clip.failed"], "Turned off by hand.")
        is_problem(client.put(address, json=change, headers={"If-Match": read.headers["etag"]}), 412)
        assert client.delete(address).status_code == 204
        is_problem(client.get(address), 404)

    def test_what_was_sent_is_listed_and_replayed(self, bearer: Bearer) -> None:
        client = bearer("admin")
        made = client.post("/api/v1/webhooks", json=ORDER).json()["webhook"]["id"]
        address = f"/api/v1/webhooks/{made}"
        sent = client.post(f"{address}/test", headers={"Idempotency-Key": "t"})
        assert (sent.status_code, sent.json()["type"], sent.json()["state"]) == (202, "webhook.test", "waiting")
        assert client.post(f"{address}/test", headers={"Idempotency-Key": "t"}).json() == sent.json()
        client.post(f"{address}/test")
        page = client.get(f"{address}/deliveries?limit=1").json()
        rest = client.get(f"{address}/deliveries?limit=1&before={page['next']}").json()
        assert (rest["deliveries"][0], rest["next"]) == (sent.json(), None)
        assert client.post(f"{address}/deliveries/{sent.json()['number']}/replay").status_code == 202
        is_problem(client.post(f"{address}/deliveries/999999/replay"), 404)
        client.delete(address)

    @pytest.mark.parametrize(
        "change",
        [
            {"url": "http://example.com/"},
            {"url": "https://10.0.0.1/"},
            {"events": []},
            {"events": ["clip.eaten"]},
            {"url": ""},
        ],
    )
    def test_what_makes_no_sense_is_refused(self, bearer: Bearer, change: dict[str, object]) -> None:
        is_problem(bearer("admin").post("/api/v1/webhooks", json={**ORDER, **change}), 422)
