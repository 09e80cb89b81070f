"""`/api/v1/presenters/{slug}/dataset`: pictures and recordings brought together to train a presenter with, and what each is worth."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from producer.dataset.verdicts import Judged, JudgedSet
from storage import catalogue
from storage.documents import Frozen
from storage.training_sets import insist, remove_files, set_files
from web.api.auth import Caller, needs
from web.api.once import SentOnce
from web.api.route import router_of
from web.api.uploads import Sha256
from web.desk import Desk
from web.training import judged_set

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Brought(Frozen):
    uploads: tuple[Hash, ...] = Field(min_length=1, max_length=80, description="sha256 of pictures and recordings")


class Insisting(Frozen):
    insisted: bool = Field(description="keep it against its verdict; only where that says `may_insist`")


def training_sets_router(desk: Desk) -> APIRouter:
    router, studio = router_of("presenters"), desk.studio
    reader, producer = Depends(needs("read", studio)), Depends(needs("produce", studio))

    @router.get("/presenters/{slug}/dataset", dependencies=[reader])
    def read_set(slug: str) -> JudgedSet:
        """Each file with its verdict and the reason, how ready the set is to train with, and what would make it better."""
        with studio.reading() as db:
            catalogue.presenter(db, slug)
            return judged_set(db, slug)

    @router.post("/presenters/{slug}/dataset", status_code=202)
    def bring(slug: str, order: Brought, once: SentOnce, caller: Caller = producer) -> JudgedSet:
        """Bring uploads, which a worker then looks at one by one. Needs the consent of the person to what they hold. Brought
        again, a file that nobody could look at is looked at anew."""

        def effect() -> str:
            studio.production.bring(slug, order.uploads, caller.user)
            return slug

        once.after(studio, caller, effect)
        return read_set(slug)

    @router.put("/presenters/{slug}/dataset/{sha256}", dependencies=[producer])
    def keep(slug: str, sha256: Sha256, wish: Insisting) -> Judged:
        """Keep a file although its verdict is against it, or leave it to that again."""
        studio.writer.do(partial(insist, slug=slug, sha256=sha256, keep=wish.insisted))
        return next(one for one in read_set(slug).files if one.sha256 == sha256)

    @router.delete("/presenters/{slug}/dataset/{sha256}", status_code=204, dependencies=[producer])
    def remove(slug: str, sha256: Sha256) -> Response:
        """Take a file out of the set; what was made of it is deleted, and so is the file unless something else needs it."""
        studio.writer.do(partial(remove_files, slug=slug, hashes=[sha256]))
        return Response(status_code=204)

    @router.delete("/presenters/{slug}/dataset", status_code=204, dependencies=[producer])
    def remove_all(slug: str) -> Response:
        """Delete the whole set."""
        with studio.reading() as db:
            catalogue.presenter(db, slug)
            hashes = [one.file.sha256 for one in set_files(db, slug)]
        studio.writer.do(partial(remove_files, slug=slug, hashes=hashes))
        return Response(status_code=204)

    return router
