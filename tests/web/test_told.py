"""“Told before”: a reviewer sees which earlier clips told the story of the open one, and goes there; programs can ask too."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import expect

from review.decide import decide
from scraper.recording import order_by_hand
from storage.documents import Attribution
from storage.orders import Brief, BriefOptions, ShowSpec, TopicCopy
from tests.support.browser import Enter
from tests.support.studio import MARA, SmallStudio
from tests.support.topics import SHOWS
from tests.web.conftest import Bearer

PAGE = "https://lantern.example/parade"


def lanterns(title: str, page: str) -> TopicCopy:
    text = "The parade of lanterns went down to the river. Nobody had seen it since the flood."
    return TopicCopy(title=title, text=text, source=Attribution(name="Lantern Post", url=page))


def made(small: SmallStudio, topic: TopicCopy, show: ShowSpec) -> str:
    brief = Brief(topic=topic, show=show, presenter=MARA, options=BriefOptions(language="en", formats=("16:9",)))
    clip = small.writer.do(partial(order_by_hand, brief=brief, author="ana"))
    small.production.make(clip)
    return clip


@pytest.fixture(scope="module")
def story(small: SmallStudio) -> dict[str, str]:
    clips = {
        "source": made(small, lanterns("Lights on the water", f"{PAGE}?utm_source=feed"), SHOWS["es"]),
        "headline": made(small, lanterns("Lantern parade returns to river", "https://other.example/7"), SHOWS["en"]),
        "open": made(small, lanterns("Lantern parade returns to the river", PAGE), SHOWS["en"]),
    }
    small.writer.do(
        partial(
            decide, clip_id=clips["source"], kind="reject", user="bo", played={}, seen=None, reason="Duplicate", note=""
        )
    )
    return clips


def test_a_reviewer_sees_that_it_was_told_before_and_goes_there(enter: Enter, story: dict[str, str]) -> None:
    page = enter(path=f"/clip/{story['open']}")
    told = page.get_by_role("region", name="Told before")
    first, second = told.get_by_role("listitem").nth(0), told.get_by_role("listitem").nth(1)
    expect(first).to_contain_text("Órbita")
    expect(first).to_contain_text("Rejected")
    expect(first).to_contain_text("Same source")
    expect(second).to_contain_text("headline words")
    first.get_by_role("link", name="Lights on the water").click()
    page.wait_for_url(f"**/clip/{story['source']}")
    expect(page.get_by_role("heading", level=2)).to_have_text("Lights on the water")
    expect(page.get_by_role("region", name="Told before")).to_have_count(0)


def test_programs_can_ask_for_it(bearer: Bearer, story: dict[str, str]) -> None:
    client = bearer("read")
    clips = client.get(f"/api/v1/clips/{story['open']}/similar").json()["clips"]
    assert [(one["clip"], one["show"], one["status"]) for one in clips] == [
        (story["source"], "orbita", "Rejected"), (story["headline"], "morning-desk", "To review"),
    ]  # fmt: skip
    assert clips[0]["reason"] == "same source"
    assert client.get("/api/v1/clips/none/similar").status_code == 404
