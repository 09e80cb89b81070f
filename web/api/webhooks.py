"""`/api/v1/webhooks`: who is told what happens here, and how each telling went. For admins."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi import Path as PathParameter
from pydantic import Field
from sqlite_utils import Database

from storage import webhooks
from storage.documents import Frozen
from storage.webhooks import Delivery, Webhook, WebhookEvent
from web.api.auth import Caller, needs
from web.api.once import SentOnce
from web.api.route import etag_of, must_match, router_of
from web.desk import Desk
from web.webhooks.sending import checked_address
from web.webhooks.signing import new_secret

Number = Annotated[int, PathParameter(ge=1, le=2**53)]
CHANGES: dict[int | str, dict[str, Any]] = {
    412: {"description": "It changed since it was read"},
    428: {"description": "Without If-Match"},
}


class WebhookOrder(Frozen):
    """A webhook as it is wished."""

    url: str = Field(min_length=1, max_length=2000)
    events: tuple[WebhookEvent, ...] = Field(min_length=1, max_length=10)
    note: str = Field(default="", max_length=200, description="what it is for")
    on: bool = True


class NewWebhook(Frozen):
    """`secret` (whsec_…) signs its messages; it is shown here alone."""

    webhook: Webhook
    secret: str


class Rotation(Frozen):
    """How the secret changes hands."""

    grace_h: int = Field(default=24, ge=0, le=168, description="hours for which the old secret signs too; 0 = none")


class WebhookList(Frozen):
    webhooks: tuple[Webhook, ...]


class DeliveryList(Frozen):
    deliveries: tuple[Delivery, ...]
    next: int | None = Field(description="`before` of the next page; null on the last")


def webhooks_router(desk: Desk) -> APIRouter:
    router, studio = router_of("webhooks"), desk.studio
    admin = Depends(needs("admin", studio))

    @router.get("/webhooks", dependencies=[admin])
    def list_all() -> WebhookList:
        with studio.reading() as db:
            return WebhookList(webhooks=tuple(webhooks.list_webhooks(db)))

    @router.post("/webhooks", status_code=201)
    def add(order: WebhookOrder, once: SentOnce, caller: Caller = admin) -> NewWebhook:
        """Messages are signed as the Standard Webhooks say, and tried for some three days."""
        url = checked_address(order.url, studio.settings.webhooks)

        def command(db: Database) -> str:
            return webhooks.add_webhook(db, url, order.events, order.note, new_secret(), caller.user)

        webhook_id, _ = once.do(studio, caller, command)
        with studio.reading() as db:
            found = webhooks.find_webhook(db, webhook_id)
            return NewWebhook(webhook=found, secret=webhooks.secret_of(db, webhook_id))

    @router.get("/webhooks/{webhook_id}", dependencies=[admin])
    def read(webhook_id: str, response: Response) -> Webhook:
        with studio.reading() as db:
            found = webhooks.find_webhook(db, webhook_id)
        response.headers["ETag"] = etag_of(found)
        return found

    @router.put("/webhooks/{webhook_id}", dependencies=[admin], responses=CHANGES)
    def change(
        webhook_id: str, order: WebhookOrder, response: Response, if_match: Annotated[str, Header(max_length=200)] = ""
    ) -> Webhook:
        """Wants `If-Match`: nobody overwrites what they have not seen."""
        url = checked_address(order.url, studio.settings.webhooks)

        def command(db: Database) -> None:
            must_match(if_match, etag_of(webhooks.find_webhook(db, webhook_id)))
            webhooks.change_webhook(db, webhook_id, url, order.events, order.note, on=order.on)

        studio.writer.do(command)
        return read(webhook_id, response)

    @router.delete("/webhooks/{webhook_id}", status_code=204, dependencies=[admin])
    def remove(webhook_id: str) -> Response:
        studio.writer.do(partial(webhooks.remove_webhook, webhook_id=webhook_id))
        return Response(status_code=204)

    @router.post("/webhooks/{webhook_id}/secret", status_code=201)
    def rotate(webhook_id: str, once: SentOnce, rotation: Rotation | None = None, caller: Caller = admin) -> NewWebhook:
        """Another secret. For `grace_h` hours messages are signed with the old one, too: a receiver with either is content."""
        grace = timedelta(hours=(rotation or Rotation()).grace_h)

        def command(db: Database) -> str:
            webhooks.rotate_secret(db, webhook_id, new_secret(), grace)
            return ""

        once.do(studio, caller, command)
        with studio.reading() as db:
            found = webhooks.find_webhook(db, webhook_id)
            return NewWebhook(webhook=found, secret=webhooks.secret_of(db, webhook_id))

    @router.post("/webhooks/{webhook_id}/test", status_code=202)
    def test(webhook_id: str, once: SentOnce, caller: Caller = admin) -> Delivery:
        """Send it a message of type `webhook.test`."""
        number, _ = once.do(studio, caller, lambda db: str(webhooks.send_test(db, webhook_id)))
        return delivery(webhook_id, int(number))

    @router.get("/webhooks/{webhook_id}/deliveries", dependencies=[admin])
    def deliveries(
        webhook_id: str,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    ) -> DeliveryList:
        """Newest first, each with all its attempts. `before`: the `next` of the page before."""
        with studio.reading() as db:
            webhooks.find_webhook(db, webhook_id)
            found = webhooks.list_deliveries(db, webhook_id, limit + 1, before)
        more = found[limit - 1].number if len(found) > limit else None
        return DeliveryList(deliveries=tuple(found[:limit]), next=more)

    @router.get("/webhooks/{webhook_id}/deliveries/{number}", dependencies=[admin])
    def delivery(webhook_id: str, number: Number) -> Delivery:
        with studio.reading() as db:
            return webhooks.find_delivery(db, webhook_id, number)

    @router.post("/webhooks/{webhook_id}/deliveries/{number}/replay", status_code=202)
    def replay(webhook_id: str, number: Number, once: SentOnce, caller: Caller = admin) -> Delivery:
        """Send it again, with the same `webhook-id`."""

        def command(db: Database) -> str:
            webhooks.replay(db, webhook_id, number)
            return ""

        once.do(studio, caller, command)
        return delivery(webhook_id, number)

    return router
