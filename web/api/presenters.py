"""`/api/v1/presenters`: who speaks, in which versions, and what they agreed to."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Response
from pydantic import Field
from sqlite_utils import Database

from storage import catalogue
from storage.catalogue import PresenterVersion
from storage.consents import ConsentRecord, Standing, consents, today
from storage.documents import Frozen
from storage.forgetting import Forgotten, forget
from storage.orders import PresenterSpec
from storage.training import TrainingRow
from storage.uploads import find_upload
from web.api.auth import Caller, needs
from web.api.once import SentOnce
from web.api.route import etag_of, must_match, router_of
from web.desk import Desk
from web.presenting import (
    ConsentOrder,
    NewPresenter,
    PresenterOrder,
    agreeing,
    consent_of,
    presenter_of,
    storing,
    taking_back,
)
from web.training import TrainingWish, own_pictures

CHANGES: dict[int | str, dict[str, Any]] = {
    412: {"description": "It changed since it was read"},
    428: {"description": "Without If-Match"},
}


class PresenterList(Frozen):
    presenters: tuple[PresenterSpec, ...]


class VersionList(Frozen):
    versions: tuple[PresenterVersion, ...]
    next: int | None = Field(description="`before` of the next page; null on the last")


class ConsentView(Frozen):
    """A consent, and whether it holds today."""

    standing: Standing
    record: ConsentRecord


class ConsentList(Frozen):
    consents: tuple[ConsentView, ...]


class TrainingView(Frozen):
    """A training, how far it is (0..1), and what it does now in a few words."""

    training: TrainingRow
    fraction: float
    message: str


class TrainingList(Frozen):
    trainings: tuple[TrainingView, ...]


class Stopped(Frozen):
    stopped: int = Field(description="how many trainings")


def presenters_router(desk: Desk) -> APIRouter:
    router, studio = router_of("presenters"), desk.studio
    reader, producer = Depends(needs("read", studio)), Depends(needs("produce", studio))
    admin = Depends(needs("admin", studio))

    @router.get("/presenters", dependencies=[reader])
    def list_presenters() -> PresenterList:
        """Who may speak, each in the newest version."""
        with studio.reading() as db:
            return PresenterList(presenters=tuple(catalogue.presenters(db)))

    @router.post("/presenters", status_code=201)
    def add(order: NewPresenter, once: SentOnce, caller: Caller = producer) -> PresenterVersion:
        """A portrait is looked at first: one that cannot speak is refused, with the reason. It and samples of a voice need
        the consent of the person."""

        def command(db: Database) -> str:
            return storing(spec, caller.user, new=True)(db)

        spec = asyncio.run(presenter_of(studio, order.slug, order))
        number, _ = once.do(studio, caller, command)
        return _version(order.slug, int(number))

    @router.get("/presenters/{slug}", dependencies=[reader])
    def read_presenter(slug: str, response: Response) -> PresenterSpec:
        with studio.reading() as db:
            found = catalogue.presenter(db, slug)
        response.headers["ETag"] = etag_of(found)
        return found

    @router.put("/presenters/{slug}", responses=CHANGES)
    def change(
        slug: str, order: PresenterOrder, response: Response, caller: Caller = producer,
        if_match: Annotated[str, Header(max_length=200)] = "",
    ) -> PresenterVersion:  # fmt: skip
        """A new version; clips that are ordered keep theirs. Wants `If-Match`: nobody overwrites what they have not seen."""
        with studio.reading() as db:
            before = catalogue.presenter(db, slug)
        must_match(if_match, etag_of(before))
        spec = asyncio.run(presenter_of(studio, slug, order, before))

        def command(db: Database) -> str:
            must_match(if_match, etag_of(catalogue.presenter(db, slug)))
            return storing(spec, caller.user, new=False)(db)

        stored = _version(slug, int(studio.writer.do(command)))
        response.headers["ETag"] = etag_of(stored.presenter)
        return stored

    @router.delete("/presenters/{slug}")
    def forget_them(slug: str, caller: Caller = admin) -> Forgotten:
        """Forget a person: every file of their face and voice is deleted, what was made of them too, and looked for
        afterwards. There is no way back. Their clips keep their finished videos, are flagged, and are never exported."""
        told = forget(studio.writer, studio.database, studio.artifacts, studio.folder.root, slug, caller.user)
        studio.production.wake()
        return told

    @router.get("/presenters/{slug}/versions", dependencies=[reader])
    def versions(
        slug: str,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    ) -> VersionList:
        """Newest first, each with how many clips were ordered with it. `before`: the `next` of the page before."""
        with studio.reading() as db:
            found = catalogue.presenter_versions(db, slug)
        left = [one for one in found if before is None or one.version < before]
        return VersionList(versions=tuple(left[:limit]), next=left[limit - 1].version if len(left) > limit else None)

    @router.get("/presenters/{slug}/versions/{version}", dependencies=[reader])
    def one_version(slug: str, version: int) -> PresenterVersion:
        return _version(slug, version)

    @router.post("/presenters/{slug}/train", status_code=202)
    def train(slug: str, wish: TrainingWish, once: SentOnce, caller: Caller = producer) -> TrainingView:
        """Have their face learnt from their pictures, by a worker. Needs their consent. What was learnt is a new version;
        a training that was stopped or killed goes on when it is ordered again. Its pictures are files of the studio."""
        with studio.reading() as db:
            _must_be_there(slug, wish, db)
        key, _ = once.after(studio, caller, lambda: studio.production.train(slug, wish))
        return next(one for one in list_trainings(slug).trainings if one.training.key == key)

    @router.get("/presenters/{slug}/trainings", dependencies=[reader])
    def list_trainings(slug: str) -> TrainingList:
        """What is and was learnt of them, newest first."""
        with studio.reading() as db:
            catalogue.presenter(db, slug)
        found = studio.production.trainings(slug)
        return TrainingList(
            trainings=tuple(TrainingView(training=row, fraction=far, message=words) for row, far, words in found)
        )

    @router.delete("/presenters/{slug}/train", dependencies=[producer])
    def stop_training(slug: str) -> Stopped:
        """Stop what is learnt of them now. Ordered again, it goes on from there."""
        with studio.reading() as db:
            catalogue.presenter(db, slug)
        return Stopped(stopped=studio.production.stop_training(slug))

    def _must_be_there(slug: str, wish: TrainingWish, db: Database) -> None:
        """Only the presenter's own pictures, or uploads: nobody names other files of the studio."""
        known = {one.file for one in own_pictures(catalogue.presenter(db, slug))}
        for picture in wish.pictures:
            if picture.file not in known:
                find_upload(db, picture.file.sha256, "image")

    @router.get("/presenters/{slug}/consents", dependencies=[reader])
    def list_consents(slug: str) -> ConsentList:
        """Newest first; those that ended too, and those of somebody who was forgotten."""
        with studio.reading() as db:
            found, day = consents(db, slug), today()
            if not found:
                catalogue.presenter(db, slug)
        return ConsentList(consents=tuple(ConsentView(standing=one.standing(day), record=one) for one in found))

    @router.post("/presenters/{slug}/consents", status_code=201)
    def agree(slug: str, order: ConsentOrder, once: SentOnce, caller: Caller = producer) -> ConsentView:
        """Write down what the person agreed to; clips that waited for it go on."""
        given = consent_of(studio, order)
        consent_id, _ = once.do(studio, caller, agreeing(slug, given, caller.user))
        studio.production.wake()
        return next(one for one in list_consents(slug).consents if one.record.id == consent_id)

    @router.delete("/presenters/{slug}/consents/{consent_id}", status_code=204)
    def take_back(
        slug: str, consent_id: str, caller: Caller = producer, why: Annotated[str, Query(max_length=200)] = ""
    ) -> Response:
        """The person took it back: what is made with them stops, their clips are flagged and not exported."""
        studio.writer.do(taking_back(slug, consent_id, caller.user, why))
        return Response(status_code=204)

    def _version(slug: str, number: int) -> PresenterVersion:
        with studio.reading() as db:
            found = catalogue.presenter_versions(db, slug)
        for one in found:
            if one.version == number:
                return one
        raise HTTPException(404, f"There is no version {number} of {slug}.")

    return router
