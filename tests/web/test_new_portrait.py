"""Somebody's portrait presents one clip: brought to the form itself, with the consent that a real face needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from storage.orders import Brief
from tests.support.browser import Enter
from tests.support.footage import picture
from tests.support.studio import SmallStudio
from tests.web.test_new import LINES, ordered, write
from web.portrait import LONGEST_S, Verdict


@pytest.fixture
def face(tmp_path: Path) -> Path:
    picture(320, 320, 3, "A face", "en").save(path := tmp_path / "ana.png")
    return path


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch) -> None:
    """The portrait can speak: what judges that has weights and tests of its own."""

    async def look(_folder: object, _path: Path) -> Verdict:
        return Verdict(shown="will stand before the scene")

    monkeypatch.setattr("web.pages.new_portrait.look_at_portrait", look)


def bring(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Bring a portrait").click()
    chooser.value.set_files(path)


def make(page: Page, small: SmallStudio) -> Brief:
    page.get_by_role("button", name="Make this clip").first.click()
    return ordered(page, small)


@pytest.mark.usefixtures("able")
def test_a_real_person_is_asked_whether_they_agreed(enter: Enter, small: SmallStudio, face: Path) -> None:
    page = enter(path="/new")
    write(page, *LINES)
    expect(page.get_by_label("Their consent")).to_be_hidden()
    bring(page, face)
    expect(page.get_by_text("ana.png can speak, and will stand before the scene.")).to_be_visible()
    expect(page.locator(".cost")).to_contain_text("Whoever presents needs a name.")
    page.get_by_label("Their name").fill("Ana Ruiz")
    expect(page.locator(".cost")).to_contain_text("needs the consent of the person it shows")
    expect(page.locator(".new-side .make-again")).to_be_disabled()
    page.get_by_label("Their consent").fill("Ana agreed on 3 May 2026")
    expect(page.locator(".new-side .make-again")).to_be_enabled()
    presenter = make(page, small).presenter
    assert (presenter.name, presenter.kind) == ("Ana Ruiz", "portrait")
    assert presenter.consent is not None
    assert presenter.consent.statement == "Ana agreed on 3 May 2026"


@pytest.mark.usefixtures("able")
def test_a_face_that_is_nobodys_says_so_instead(enter: Enter, small: SmallStudio, face: Path) -> None:
    page = enter(path="/new")
    write(page, *LINES)
    bring(page, face)
    expect(page.locator(".cost")).to_contain_text("Whoever presents needs a name.")
    page.get_by_label("Their name").fill("Robin")
    page.get_by_role("radio", name="Nobody real").check()
    expect(page.get_by_label("Their consent")).to_be_hidden()
    expect(page.locator(".new-side .make-again")).to_be_enabled()
    consent = make(page, small).presenter.consent
    assert consent is not None
    assert consent.statement == "The portrait shows no real person."


@pytest.mark.usefixtures("able")
def test_it_may_be_taken_back(enter: Enter, small: SmallStudio, face: Path) -> None:
    page = enter(path="/new")
    write(page, *LINES)
    bring(page, face)
    expect(page.locator(".cost")).to_contain_text("Whoever presents needs a name.")
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_label("Their name")).to_be_hidden()
    expect(page.locator(".new-side .make-again")).to_be_enabled()
    assert make(page, small).presenter.kind == "drawn"


def test_what_is_no_picture_and_what_cannot_be_judged_are_refused(enter: Enter, face: Path, tmp_path: Path) -> None:
    (tmp_path / "no.png").write_bytes(b"GIF89a not this")
    page = enter(path="/new")
    bring(page, tmp_path / "no.png")
    expect(page.locator(".toast", has_text="no picture, recording or video that is taken")).to_be_visible()
    bring(page, face)
    expect(page.locator(".toast", has_text="run.py pull photo")).to_be_visible(timeout=1000 * LONGEST_S)
    expect(page.get_by_label("Their name")).to_be_hidden()
