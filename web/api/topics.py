"""`/api/v1/shows` and `/topics`: where clips come from."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from storage import catalogue
from storage.catalogue import TopicRow
from storage.dismissals import bring_topic_back, dismiss_topic
from storage.orders import ShowSpec, SourceSpec
from storage.source_health import SourceRow, sources
from storage.topics import FoundTopic
from web.api.auth import Caller, needs
from web.api.once import SentOnce
from web.api.route import router_of
from web.desk import Desk


class ShowList(BaseModel):
    shows: list[ShowSpec]


class ShowView(BaseModel):
    show: ShowSpec
    sources: dict[str, SourceRow] = Field(description="address → how it did when it was last read")


class TopicView(BaseModel):
    """A topic with its score, the reasons for that, and what became of it."""

    id: str
    show: str
    found_at: str
    clip: str | None
    dismissed_by: str | None
    topic: FoundTopic

    @classmethod
    def of(cls, row: TopicRow) -> TopicView:
        return cls(
            id=row.id, show=row.show, found_at=row.found_at, clip=row.clip_id, dismissed_by=row.dismissed_by, topic=row.found
        )  # fmt: skip


class TopicList(BaseModel):
    topics: list[TopicView]
    next: str | None = Field(description="`before` of the next page; null on the last")


class SourceView(BaseModel):
    """A source of a show, and how it did when it was last read (null: never)."""

    show: str
    source: SourceSpec
    health: SourceRow | None


class SourceList(BaseModel):
    sources: list[SourceView]


class ScrapeOrdered(BaseModel):
    scrape: str


def topics_router(desk: Desk) -> APIRouter:
    router, studio = router_of("shows"), desk.studio
    reader, producer = Depends(needs("read", studio)), Depends(needs("produce", studio))

    @router.get("/shows", dependencies=[reader])
    def list_shows() -> ShowList:
        with studio.reading() as db:
            return ShowList(shows=catalogue.shows(db))

    @router.get("/shows/{slug}", dependencies=[reader])
    def read_show(slug: str) -> ShowView:
        with studio.reading() as db:
            return ShowView(show=catalogue.show(db, slug), sources=sources(db, slug))

    @router.post("/shows/{slug}/scrape", status_code=202)
    def scrape(slug: str, once: SentOnce, caller: Caller = producer) -> ScrapeOrdered:
        """Have the show's sources read now."""
        key, _ = once.after(studio, caller, lambda: studio.production.scrape(slug))
        return ScrapeOrdered(scrape=key)

    @router.get("/shows/{slug}/topics", dependencies=[reader])
    def list_topics(slug: str, limit: Annotated[int, Query(ge=1, le=500)] = 100, before: str = "") -> TopicList:
        """Best first, with the reasons; those that are made or dismissed too. `before`: the `next` of the page before."""
        with studio.reading() as db:
            catalogue.show(db, slug)
            found = catalogue.topics(db, slug, limit + 1, before=before)
        more = found[limit - 1].id if len(found) > limit else None
        return TopicList(topics=[TopicView.of(row) for row in found[:limit]], next=more)

    @router.put("/topics/{topic_id}/dismissal", status_code=204)
    def dismiss(topic_id: str, caller: Caller = producer) -> Response:
        """Nobody wants it: the autopilot passes it over."""
        studio.writer.do(partial(dismiss_topic, topic_id=topic_id, user=caller.user))
        return Response(status_code=204)

    @router.delete("/topics/{topic_id}/dismissal", status_code=204, dependencies=[producer])
    def bring_back(topic_id: str) -> Response:
        studio.writer.do(partial(bring_topic_back, topic_id=topic_id))
        return Response(status_code=204)

    @router.get("/sources", dependencies=[reader])
    def list_sources(show: str = "") -> SourceList:
        """Where topics come from, and how each source does. `show`: only this show's."""
        with studio.reading() as db:
            found = [catalogue.show(db, show)] if show else catalogue.shows(db)
            rows = {one.slug: sources(db, one.slug) for one in found}
        views = [
            SourceView(show=one.slug, source=source, health=rows[one.slug].get(source.url))
            for one in found
            for source in one.sources
        ]
        return SourceList(sources=views)

    return router
