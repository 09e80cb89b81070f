"""A presenter's page: versions side by side, consent written down and taken back, a new version, and being forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from playwright.sync_api import expect

from storage import catalogue
from storage.clock import now
from storage.consents import consents, today
from storage.events import Event
from storage.learning import TrainedLora, TrainingMark
from storage.work import apply_events
from tests.support.agreeing import STATEMENT, carmen, gone
from tests.support.browser import Enter, says
from tests.support.studio import SmallStudio

AT = "/presenters/carmen"


@pytest.fixture
def clip(small: SmallStudio) -> Iterator[str]:
    """Of somebody who agrees; afterwards they and the clip are gone from the shared studio."""
    clip = carmen(small, lapsed=False)
    yield clip
    gone(small, clip)


def test_versions_are_compared_and_a_change_makes_another(enter: Enter, small: SmallStudio, clip: str) -> None:
    page = enter(path=f"{AT}?a=1&b=2")
    compared = page.locator(".compare-versions")
    expect(compared).to_contain_text("Coast and sea")
    expect(compared).to_contain_text("en=heart")
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_label("Role").fill("Coast, sea and sky")
    page.get_by_role("button", name="Save").click()
    says(page, "Saved as version 3.")
    with small.studio.reading() as db:
        newest = catalogue.presenter_versions(db, "carmen")[0]
    assert (newest.version, newest.presenter.role, newest.presenter.name) == (3, "Coast, sea and sky", "Carmen Vega")
    assert newest.presenter.look["portrait"]["media_type"] == "image/png"


def test_consent_is_taken_back_and_given_again_and_the_inbox_shows_it(
    enter: Enter, small: SmallStudio, clip: str
) -> None:
    page = enter(path=AT)
    expect(page.locator(".consent", has_text=STATEMENT)).to_contain_text("Holds")
    page.get_by_role("button", name="They took it back").click()
    says(page, "It is written down.")
    expect(page.locator(".consent")).to_contain_text("Taken back")
    inbox = enter(path=f"/clip/{clip}")
    expect(inbox.locator("#consent")).to_contain_text("took back their consent to their face")
    inbox.get_by_role("button", name="No consent 1").click()
    expect(inbox.locator(".clip-row")).to_have_count(1)
    page.get_by_role("button", name="Write down a consent").click()
    page.get_by_label("In their words or yours").fill("Carmen agrees again.")
    page.get_by_label("Holds until").fill((today() + timedelta(30)).isoformat())
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".consent").first).to_contain_text("Holds")
    with small.studio.reading() as db:
        assert [one.consent.statement for one in consents(db, "carmen")] == ["Carmen agrees again.", STATEMENT]
    expect(inbox.locator("#consent")).to_have_count(0)


def test_an_admin_forgets_somebody_and_sees_the_proof(enter: Enter, small: SmallStudio, clip: str) -> None:
    expect(enter(path=AT).get_by_role("button", name="Forget Carmen Vega")).to_have_count(0)
    with small.studio.reading() as db:
        face = str(catalogue.presenter(db, "carmen").look["portrait"]["sha256"])
    page = enter("ada", AT)
    page.get_by_role("button", name="Forget Carmen Vega").click()
    expect(page.locator(".sheet")).to_contain_text("1 clip with them")
    page.get_by_role("button", name="Forget for good").click()
    sheet = page.locator(".sheet", has_text="carmen is forgotten")
    expect(sheet).to_contain_text("none of the deleted ones is left under any name")
    expect(sheet).to_contain_text(face[:16])
    assert not small.artifacts.holds(face)


def test_a_sentence_is_heard_as_in_a_clip(enter: Enter, clip: str) -> None:
    page = enter(path=AT)
    page.get_by_role("button", name="Listen English").click()
    expect(page.locator("tr", has_text="English")).to_contain_text("Small voice")


def test_a_dropped_file_is_looked_at(enter: Enter, clip: str) -> None:
    """A file that is no picture is refused, as if it had been chosen."""
    page = enter(path=AT)
    page.evaluate("""() => {
        const files = new DataTransfer();
        files.items.add(new File(["Dear Carmen"], "letter.png", { type: "image/png" }));
        document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true }));
    }""")
    expect(page.locator(".toast", has_text="no picture")).to_be_visible()


def test_nobody_is_found_under_a_strange_name(enter: Enter) -> None:
    expect(enter(path="/presenters/nobody").get_by_text("There is no such presenter.")).to_be_visible()


@pytest.fixture
def pictured(small: SmallStudio, clip: str) -> Iterator[None]:
    """She has pictures to train with; what is learnt of her is forgotten afterwards."""
    with small.studio.reading() as db:
        spec = catalogue.presenter(db, "carmen")
    pictures = tuple(small.artifacts.put_bytes(f"carmen {n}".encode(), "image/png") for n in range(6))
    small.writer.do(partial(catalogue.put_presenter, presenter=spec.model_copy(update={"portraits": pictures})))
    yield
    small.writer.do(lambda db: db.execute("DELETE FROM work WHERE stage = 'training'"))


def test_a_face_is_learnt_and_stopped_and_becomes_a_version(
    enter: Enter, small: SmallStudio, clip: str, pictured: None
) -> None:
    page = enter(path=AT)
    page.get_by_role("button", name="Learn their face").click()
    page.get_by_label("Steps").fill("300")
    page.get_by_role("button", name="Learn", exact=True).click()
    says(page, "Their face will be learnt.")
    card = page.locator(".card", has_text="Learn their face")
    expect(card).to_contain_text("waits for a worker")
    order = small.production.trained[-1]
    assert order.payload["options"]["steps"] == 300
    page.get_by_role("button", name="Stop").click()
    says(page, "It stops.")
    expect(card).to_contain_text("Stopped")
    marks = tuple(TrainingMark(step=step, loss=0.2, held_out=loss) for step, loss in ((100, 0.31), (200, 0.29)))
    learnt = TrainedLora(
        presenter="carmen", engine="sd15", lora=small.artifacts.put_bytes(b"lora", "application/x-safetensors"),
        calls="carmen person", steps=300, chosen=200, chosen_by="held-out loss", optimiser="AdamW", marks=marks,
    )  # fmt: skip
    done = Event(
        kind="train", key=order.key, attempt=1, type="finished", worker="w", at=now(), document=learnt.to_json(),
        content_hash=learnt.content_hash, seconds=9.0,
    )  # fmt: skip
    small.writer.do(partial(apply_events, epoch="page", last_id="", events=[done]))
    expect(card).to_contain_text("Best after step 200 of 300, by held-out loss.")
    expect(card).to_contain_text("100: 0.310, 200: 0.290")
    with small.studio.reading() as db:
        newest = catalogue.presenter_versions(db, "carmen")[0]
    assert (newest.version, len(newest.presenter.trained)) == (4, 1)
