"""Work that belongs to no clip, as handlers for a worker."""

from __future__ import annotations

from config.errors import Cancelled
from producer.work import Handler, Hands, Outcome
from scraper.job import scrape
from scraper.keys import Keys
from scraper.meaning import MeaningModel
from storage.artifacts import ArtifactStore
from storage.topics import ScrapeRequest
from storage.work import WorkOrder


def scrape_handler(artifacts: ArtifactStore, keys: Keys | None = None, meanings: MeaningModel | None = None) -> Handler:
    """Scrapes a show: hostile input, read away from the truth and its secrets."""

    def handle(order: WorkOrder, hands: Hands) -> Outcome:
        fields = {name: value for name, value in order.payload.items() if name != "tag"}

        def report_progress(fraction: float, message: str) -> None:
            if hands.cancelled():
                raise Cancelled
            hands.progress(fraction, message)

        report = scrape(ScrapeRequest.model_validate(fields), artifacts, report_progress, keys, meanings)
        return Outcome(report.to_json(), report.content_hash)

    return handle
