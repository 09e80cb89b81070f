"""Work that belongs to no clip, as handlers for a worker."""

from __future__ import annotations

from config.errors import Cancelled
from config.folders import INSTALLED
from config.house import House
from producer.engines.script.rating import TopicRater
from producer.engines.servers import model_servers
from producer.work import Handler, Hands, Outcome
from scraper.autopilot import READ, fetch_policy
from scraper.job import ALONE, Helpers, scrape
from scraper.judgement import Judgement
from scraper.keys import Keys, keys_of
from scraper.meaning import meaning_model
from storage.artifacts import ArtifactStore
from storage.orders import ShowSpec
from storage.topics import FetchPolicy, FoundTopic, ScrapeRequest, narrowed
from storage.work import WorkOrder


def scrape_handler(
    artifacts: ArtifactStore, keys: Keys | None = None, helpers: Helpers = ALONE, own: FetchPolicy | None = None
) -> Handler:
    """Scrapes a show: hostile input, read away from the truth and its secrets. `own`: what this machine's settings open of its
    network and its disk; an order can ask for less, never for more."""

    def handle(order: WorkOrder, hands: Hands) -> Outcome:
        fields = {name: value for name, value in order.payload.items() if name != "tag"}

        def report_progress(fraction: float, message: str) -> None:
            if hands.cancelled():
                raise Cancelled
            hands.progress(fraction, message)

        request = ScrapeRequest.model_validate(fields)
        if own is not None:
            request = request.model_copy(update={"policy": narrowed(request.policy, own)})
        report = scrape(request, artifacts, report_progress, keys, helpers)
        return Outcome(report.to_json(), report.content_hash)

    return handle


def errands_of(house: House, artifacts: ArtifactStore) -> dict[str, Handler]:
    """By kind: what a worker that scrapes can do beside stages."""
    settings = house.settings
    scraping = scrape_handler(artifacts, keys_of(settings), helpers_of(house), fetch_policy(settings.scraper))
    return {"scrape": scraping, READ: scraping}


def helpers_of(house: House) -> Helpers:
    """The models that help a scrape on this machine."""
    rater = TopicRater(model_servers(house.settings))

    def judge(topic: FoundTopic, show: ShowSpec, patience_s: float) -> Judgement | None:
        rated = rater.rate(topic.copy_for_brief(""), show, patience_s)
        return Judgement(rated.value, rated.why) if rated else None

    return Helpers(meaning_model(house.folder.weights, INSTALLED / "weights"), judge)
