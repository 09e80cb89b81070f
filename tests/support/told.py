"""Webhooks as they look after a while: one that hears well, one that fails, one that is turned off."""

from __future__ import annotations

from functools import partial

from storage.clock import now
from storage.webhooks import EVENTS, Attempt, Verdict, add_webhook, change_webhook, record_attempt, send_test
from tests.support.studio import SmallStudio


def told_of(small: SmallStudio) -> None:
    feed = "https://feed.example/dailies/hooks/01a21ec3-7d5b-7b6f-a3a4-000000000000?team=morning"
    add = partial(add_webhook, secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", user="ana")
    good = small.writer.do(partial(add, url=feed, events=EVENTS, note="The podcast feed"))
    bad = small.writer.do(partial(add, url="https://chat.example/in", events=EVENTS[:2], note=""))
    off = small.writer.do(partial(add, url="https://old.example/in", events=EVENTS[3:], note="The old site"))
    for webhook, status, said, verdict in (
        (good, 204, "", Verdict(state="delivered")),
        (bad, 500, "<h1>Internal Server Error</h1> at line 12", Verdict(state="waiting", wait_s=300)),
        (bad, 0, "https://chat.example/in took too long to answer.", Verdict(state="failed")),
        (off, 410, "", Verdict(state="failed", off="The receiver said that it is gone (410).")),
    ):
        number = small.writer.do(partial(send_test, webhook_id=webhook))
        attempt = Attempt(at=now(), status=status, said=said, seconds=0.2)
        small.writer.do(partial(record_attempt, number=number, attempt=attempt, verdict=verdict))
    small.writer.do(partial(change_webhook, webhook_id=off, url="https://old.example/in", events=EVENTS[3:], note="The old site", on=False))  # fmt: skip
