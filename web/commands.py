"""What the command line may ask of a studio: the same commands whether it runs (over its local socket) or not (directly)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

from sqlite_utils import Database

from config.errors import StudioError, UsageError
from review.damage import remake
from scraper.recording import order_by_hand
from scraper.report import autopilot_status
from storage import catalogue, queries, runs, work_queries
from storage.artifacts import ArtifactStore
from storage.clips import cancel_clip
from storage.consents import add_consent, consents, revoke_consent, today
from storage.database import reading
from storage.feeds import close_feed, make_feed
from storage.forgetting import forget
from storage.orders import Consent, PresenterSpec, ShowSpec
from storage.people import create_login_link, create_user, find_person
from storage.source_health import resume_source
from storage.tokens import Scope, create_token
from storage.training import trainings
from storage.writer import Writer
from web.feed import feed_address
from web.local_client import Reply
from web.login import link_address
from web.ordering import ClipOrder, build_brief
from web.reporting import report
from web.studio import Production
from web.training import TrainingWish, told_of

ADMIN = "admin"


class StudioCommands:
    """Commands by name; each takes and returns plain JSON."""

    def __init__(
        self, writer: Writer, database: Path, artifacts: ArtifactStore, *, address: str = "", wake: Callable[[], None] = lambda: None,
        scrape: Callable[[str], str] | None = None, progress: Mapping[str, tuple[float, str]] | None = None,
        every_minutes: int = 0, production: Production | None = None,
    ) -> None:  # fmt: skip
        self._production = production
        self._every_minutes = every_minutes
        self._writer, self._database, self._artifacts, self._address = writer, database, artifacts, address
        self._wake, self._scrape, self._progress = wake, scrape, progress if progress is not None else {}
        self.table: dict[str, Callable[..., Reply]] = {
            "status": self.status,
            "make": self.make,
            "clip": self.clip,
            "cancel": self.cancel,
            "remake": self.remake,
            "scrape": self.scrape,
            "scraped": self.scraped,
            "autopilot": self.autopilot,
            "pause-autopilot": self.pause_autopilot,
            "resume-autopilot": self.resume_autopilot,
            "resume-source": self.resume_source,
            "login-link": self.login_link,
            "token": self.token,
            "shows": self.shows,
            "put-show": self.put_show,
            "feed": self.feed,
            "close-feed": self.close_feed,
            "presenters": self.presenters,
            "put-presenter": self.put_presenter,
            "remove-presenter": self.remove_presenter,
            "forget-presenter": self.forget_presenter,
            "presenter-versions": self.presenter_versions,
            "train": self.train,
            "trainings": self.trainings,
            "stop-training": self.stop_training,
            "add-consent": self.add_consent,
            "revoke-consents": self.revoke_consents,
        }

    def call(self, name: str, /, **arguments: Any) -> Reply:
        """Run a command by its name, as a client of the local socket would."""
        return self.table[name](**arguments)

    def status(self) -> Reply:
        """All clips in a line each, newest first."""
        with reading(self._database) as db:
            rows = queries.list_clips(db, limit=100)
        return {"address": self._address, "clips": [row.model_dump(mode="json") for row in rows]}

    def make(self, **wanted: Any) -> Reply:
        """Order a clip. Raises UsageError."""
        order = ClipOrder.model_validate(wanted)
        with reading(self._database) as db:
            brief = build_brief(db, order)
        clip_id = self._writer.do(partial(order_by_hand, brief=brief, author=ADMIN))
        self._wake()
        return {"clip": clip_id}

    def clip(self, clip: str) -> Reply:
        """How one clip stands: its row, its nodes with progress, its cuts."""
        with reading(self._database) as db:
            detail = queries.clip_detail(db, clip)
        return report(detail, self._progress)

    def cancel(self, clip: str) -> Reply:
        self._writer.do(partial(cancel_clip, clip_id=clip))
        self._wake()
        return {}

    def remake(self, sha256: str) -> Reply:
        """A file turned out damaged: have it made again."""
        remake(sha256, self._artifacts, self._writer)
        self._wake()
        return {}

    def scrape(self, show: str) -> Reply:
        """Order a scrape. Raises UnknownName."""
        if self._scrape is None:
            raise StudioError("No studio is running.", "Start it with: python run.py up")
        return {"scrape": self._scrape(show)}

    def scraped(self, scrape: str) -> Reply:
        """How a scrape stands, with its report once it is done."""
        with reading(self._database) as db:
            row = work_queries.work_row(db, scrape)
            report = work_queries.work_document(db, scrape)
            run = runs.run(db, scrape)
        if row is None:
            raise UsageError("There is no such scrape.")
        told = run.report.model_dump(mode="json") if run and run.report else None
        return {"state": row.state, "report": report, "run": told, "error": row.error.message if row.error else ""}

    def autopilot(self) -> Reply:
        """Whether it is paused; each show's next run, its last one, and how its sources do."""
        with reading(self._database) as db:
            return autopilot_status(db, self._every_minutes)

    def pause_autopilot(self) -> Reply:
        """No show is read by itself any more."""
        self._writer.do(runs.pause)
        return {}

    def resume_autopilot(self) -> Reply:
        self._writer.do(runs.resume)
        return {}

    def resume_source(self, show: str, url: str) -> Reply:
        """Ask a source again that was paused after failing for long."""
        self._writer.do(partial(resume_source, show=show, url=url))
        return {}

    def login_link(self, user: str = ADMIN) -> Reply:
        """A one-time login link; the admin account is made if nobody has it yet."""

        def command(db: Database) -> str:
            if user == ADMIN and find_person(db, user) is None:
                create_user(db, ADMIN, "admin")
            return create_login_link(db, user)

        return {"link": self._address + link_address(self._writer.do(command))}

    def token(self, name: str, scopes: list[str], user: str = ADMIN) -> Reply:
        """A new API token, shown this once."""
        _, secret = self._writer.do(partial(create_token, name=name, user=user, scopes=cast("list[Scope]", scopes)))
        return {"token": secret}

    def shows(self) -> Reply:
        """Every show as it stands, in the order of their short names."""
        with reading(self._database) as db:
            return {"shows": [show.to_json() for show in catalogue.shows(db)]}

    def put_show(self, show: dict[str, Any], presenters: list[dict[str, Any]]) -> Reply:
        """A new show, or a new version of one, with the presenters that it brings; its files are in the store already."""
        spec = ShowSpec.model_validate(show)
        brought = [PresenterSpec.model_validate(presenter) for presenter in presenters]

        def command(db: Database) -> int:
            for presenter in brought:
                catalogue.put_presenter(db, presenter)
            for slug in (spec.presenter, *spec.rotation):  # a show whose presenter nobody knows could make no clip
                catalogue.presenter(db, slug)
            return catalogue.put_show(db, spec)

        return {"version": self._writer.do(command)}

    def feed(self, show: str) -> Reply:
        """A new address for a show's feed, shown this once; the one before stops working. Raises UnknownName."""

        def command(db: Database) -> str:
            return make_feed(db, catalogue.show(db, show).slug, ADMIN)

        return {"address": self._address + feed_address(self._writer.do(command))}

    def close_feed(self, show: str) -> Reply:
        """Its address stops working. Raises UnknownName."""

        def command(db: Database) -> None:
            close_feed(db, catalogue.show(db, show).slug)

        self._writer.do(command)
        return {}

    def presenters(self) -> Reply:
        """Who may speak, in the order of their short names."""
        with reading(self._database) as db:
            return {"presenters": [known.model_dump(mode="json") for known in catalogue.presenters(db)]}

    def put_presenter(self, **presenter: Any) -> Reply:
        """A new presenter, or a new version of one; the portrait's file is in the artifact store already. What was trained
        of them before, and with what, stays theirs."""
        spec = PresenterSpec.model_validate(presenter)

        def command(db: Database) -> int:
            before = {one.slug: one for one in catalogue.presenters(db)}.get(spec.slug)
            kept = {name: getattr(before, name) for name in ("portraits", "trained", "clips") if before}
            kept = {name: value for name, value in kept.items() if not getattr(spec, name)}
            return catalogue.put_presenter(db, spec.model_copy(update=kept), ADMIN)

        return {"version": self._writer.do(command)}

    def remove_presenter(self, slug: str) -> Reply:
        """Forget a presenter, and the portrait unless a clip still shows it."""
        clips, unused = self._writer.do(partial(catalogue.remove_presenter, slug=slug))
        for sha256 in unused:
            self._artifacts.discard(sha256)
        return {"clips": clips}

    def forget_presenter(self, slug: str) -> Reply:
        """Delete every file of a person's face and voice, and tell what was deleted and what a search found afterwards."""
        told = forget(self._writer, self._database, self._artifacts, self._database.parent, slug, ADMIN)
        self._wake()
        return told.model_dump(mode="json")

    def presenter_versions(self, slug: str) -> Reply:
        """Every version of a presenter, and every consent, newest first. Raises UnknownName."""
        with reading(self._database) as db:
            versions = [one.model_dump(mode="json") for one in catalogue.presenter_versions(db, slug)]
            day = today()
            agreed = [one.model_dump(mode="json") | {"standing": one.standing(day)} for one in consents(db, slug)]
        return {"versions": versions, "consents": agreed}

    def train(self, slug: str, **wish: Any) -> Reply:
        """Have a presenter's face learnt by a running studio. Raises UsageError, Refused, Unavailable, UnknownName."""
        if self._production is None:
            raise StudioError("No studio is running.", "Start it with: run.py up")
        return {"key": self._production.train(slug, TrainingWish.model_validate(wish))}

    def trainings(self, slug: str) -> Reply:
        """What is and was learnt of a presenter, newest first."""
        with reading(self._database) as db:
            rows = trainings(db, slug)
        return {
            "trainings": [told_of(row.model_dump(mode="json"), *self._progress.get(row.key, (0.0, ""))) for row in rows]
        }

    def stop_training(self, slug: str) -> Reply:
        """Stop what is learnt of a presenter now. Ordered again, it goes on."""
        return {"stopped": self._production.stop_training(slug) if self._production else 0}

    def add_consent(self, slug: str, consent: dict[str, Any]) -> Reply:
        """Write down what a presenter's person agreed to; what waited for it goes on. Raises UnknownName, UsageError."""
        given = Consent.model_validate(consent)

        def command(db: Database) -> str:
            catalogue.presenter(db, slug)
            return add_consent(db, slug, given, ADMIN)

        consent_id = self._writer.do(command)
        self._wake()
        return {"consent": consent_id}

    def revoke_consents(self, slug: str, why: str = "") -> Reply:
        """A presenter's person took back everything that they had agreed to. Returns how many consents that ends."""

        def command(db: Database) -> int:
            standing = [one for one in consents(db, slug) if not one.revoked_at]
            for one in standing:
                revoke_consent(db, one.id, ADMIN, why)
            return len(standing)

        return {"revoked": self._writer.do(command)}
