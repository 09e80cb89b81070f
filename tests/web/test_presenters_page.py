"""The presenters page: who may speak; one is added by eye and ear, and forgotten again."""

from __future__ import annotations

import json
from functools import partial

import pytest
from playwright.sync_api import expect

from storage.catalogue import presenter, presenters, put_presenter
from storage.clock import now
from storage.orders import Consent, PresenterSpec
from tests.support.browser import Enter, says
from tests.support.footage import picture
from tests.support.studio import SmallStudio
from web.pages.add_presenter import short_name
from web.portrait import Verdict


def test_everybody_is_shown_with_voices_and_consent(enter: Enter, small: SmallStudio) -> None:
    portrait = small.artifacts.put_bytes(b"\xff\xd8\xff a face", "image/jpeg")
    small.writer.do(
        partial(
            put_presenter,
            presenter=PresenterSpec(
                slug="ana", name="Ana Ruiz", role="Coast", look={"portrait": portrait.model_dump()}, voices={"es": "ef_dora"},
                consent=Consent(statement="Ana Ruiz agreed on 3 May 2026.", recorded_at=now()),
            ),
        )
    )  # fmt: skip
    page = enter(path="/presenters")
    card = page.locator(".face-card", has_text="Ana Ruiz")
    expect(card).to_contain_text("Español: ef_dora")
    expect(card).to_contain_text("Ana Ruiz agreed on 3 May 2026.")
    expect(page.locator(".face-card", has_text="Mara")).to_contain_text("presents")
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)


def test_a_drawn_one_is_added_and_removed(enter: Enter, small: SmallStudio) -> None:
    page = enter("ada", "/presenters")
    page.get_by_role("button", name="Add a presenter").click()
    page.get_by_label("Name").fill("Noor El-Amin")
    page.get_by_label("Role").fill("Science desk")
    page.get_by_role("radio", name="Noor").check()
    page.get_by_label("Voice, English").select_option(label="Heart, en-US, female")
    page.get_by_role("button", name="Add", exact=True).click()
    card = page.locator(".face-card", has_text="Noor El-Amin")
    expect(card).to_contain_text("English: heart")
    with small.studio.reading() as db:
        spec = presenter(db, "noor-el-amin")
    assert (spec.role, spec.look, spec.voices) == ("Science desk", {"name": "noor"}, {"en": "heart"})
    card.get_by_role("button", name="Remove").click()
    says(page, "Removed.")
    with small.studio.reading() as db:
        assert "noor-el-amin" not in {one.slug for one in presenters(db)}


def test_a_name_is_not_taken_twice(enter: Enter) -> None:
    page = enter(path="/presenters/add")
    page.get_by_role("button", name="Add", exact=True).click()
    says(page, "A presenter needs a name.")
    page.get_by_label("Name").fill("Mara")
    page.get_by_role("button", name="Add", exact=True).click()
    says(page, "There is already a presenter mara.")


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"GIF89a not this", "is no picture that Dailies reads"), (b"", "run.py pull photo")],
    ids=["no picture", "no weights"],
)
def test_a_portrait_is_looked_at_before_it_is_taken(
    enter: Enter, data: bytes, told: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("portrait") / "ana.jpg"
    path.write_bytes(data) if data else picture(320, 320, 3, "A face", "en").save(path)
    page = enter(path="/presenters/add")
    page.get_by_role("radio", name="From a portrait").check()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a picture").click()
    chooser.value.set_files(path)
    says(page, told)
    page.get_by_label("Name").fill("Ana")
    page.get_by_role("button", name="Add", exact=True).click()
    says(page, "There is no portrait yet.")


def test_who_only_watches_adds_nobody(enter: Enter) -> None:
    expect(enter("vera", "/presenters").get_by_role("button", name="Add a presenter")).to_have_count(0)
    expect(enter("vera", "/presenters/add").get_by_text("Only reviewers add presenters.")).to_be_visible()


def test_every_name_becomes_a_short_one() -> None:
    assert short_name("Ana Ruíz") == "ana-ruiz"
    assert short_name("李雷").startswith("presenter-")


def test_a_verdict_travels_between_processes() -> None:
    verdict = Verdict(fault="No face.", cure="Another picture.")
    assert Verdict(**json.loads(json.dumps(verdict.__dict__))) == verdict
