"""How a clip is made is changed on its edit page: files of one's own, other takes, engines and looks; and by programs."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from storage.documents import Performance, Scene
from storage.history import revisions_of
from storage.queries import ClipDetail
from storage.upcast import read_document
from tests.support.browser import Enter, says
from tests.support.footage import film, picture
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from tests.support.waiting import until
from tests.web.conftest import Bearer
from tests.web.test_api import wait_until_ready
from tests.web.test_new import spoken

AGREED = "Ana Ruiz agreed on 3 May 2026"


def made_of(small: SmallStudio, title: str, number: int = 5) -> str:
    return small.clip(topic(number).model_copy(update={"title": title}))


def again(page: Page) -> set[str]:
    """The stages that the dry run says are made again."""
    return {words.split(":")[0].strip() for words in page.locator(".pstage.again .nm").all_inner_texts()}


def bring(page: Page, name: str, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=name).click()
    chooser.value.set_files(path)


def keys(detail: ClipDetail) -> dict[str, str]:
    return {node.node: node.key for node in detail.nodes}


def order(page: Page, clip: str) -> None:
    page.locator(".make-again:not([disabled])").click()
    page.wait_for_url(f"**/clip/{clip}?edited=2")
    page.wait_for_function("document.querySelector('.screen video')?.readyState >= 2")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    picture(400, 300, 3, "A quay", "en").save(path := tmp_path / "quay.png")
    return path


def test_a_picture_of_ones_own_stands_behind(enter: Enter, small: SmallStudio, photo: Path) -> None:
    clip = made_of(small, "A quay of our own")
    before = small.detail(clip)
    page = enter(path=f"/clip/{clip}/edit")
    bring(page, "Bring a picture", photo)
    expect(page.get_by_text("quay.png, 400 × 300.")).to_be_visible()
    expect(page.locator(".pstage", has_text="Finish")).to_contain_text("16:9")
    assert again(page) == {"Scene", "Finish"}
    expect(page.locator(".total")).to_contain_text("of work is reused")
    order(page, clip)

    after = small.detail(clip)
    changed = {node for node, key in keys(after).items() if key != keys(before)[node]}
    assert changed == {"scene.16:9", "finish.16:9"}
    scene = read_document(next(n.document for n in after.nodes if n.stage == "scene"))  # type: ignore[arg-type]
    assert isinstance(scene, Scene)
    assert (scene.backdrop, scene.width, scene.height, len(scene.colours)) == ("own", 1280, 720, 6)
    expect(page.locator("#history")).to_contain_text("A picture of one's own")

    page.get_by_role("button", name="Undo").click()
    says(page, "as it was before")
    until(lambda: keys(small.detail(clip)) == keys(before), "the keys of before: nothing is made anew to go back")
    page.goto(page.url.split("/clip/")[0] + f"/clip/{clip}/edit")
    expect(page.get_by_text("A picture of one’s own is seen.")).to_have_count(0)


def test_a_film_needs_the_consent_of_whoever_it_shows(enter: Enter, small: SmallStudio, tmp_path: Path) -> None:
    clip = made_of(small, "A film of our own")
    film(tmp_path / "ana.mp4", 160, 120, 1.0, 1, "Ana", "en")
    page = enter(path=f"/clip/{clip}/edit")
    expect(page.get_by_label("Who is seen, and their consent")).to_be_hidden()
    bring(page, "Bring a film", tmp_path / "ana.mp4")
    expect(page.get_by_text("needs the consent of whoever it shows")).to_be_visible()
    expect(page.locator(".make-again")).to_be_disabled()
    page.get_by_label("Who is seen, and their consent").fill(AGREED)
    page.keyboard.press("Tab")
    expect(page.locator(".make-again")).to_be_enabled()
    assert again(page) == {"Presenter", "Finish"}
    order(page, clip)
    detail = small.detail(clip)
    assert detail.brief.film_consent.statement == AGREED  # type: ignore[union-attr]
    shown = read_document(next(n.document for n in detail.nodes if n.stage == "video"))  # type: ignore[arg-type]
    assert isinstance(shown, Performance)
    assert shown.footage is not None
    assert [check.passed for check in shown.checks] == [False], "a film of a second is too short, and it says so"


def test_a_recording_of_ones_own_is_heard(enter: Enter, small: SmallStudio, tmp_path: Path) -> None:
    clip = made_of(small, "A voice of our own")
    page = enter(path=f"/clip/{clip}/edit")
    bring(page, "Bring a recording", spoken(tmp_path / "me.wav"))
    expect(page.get_by_text("me.wav, 3.0 s.")).to_be_visible()
    page.locator(".pstage.again").first.wait_for()
    assert again(page) >= {"Voice"}
    assert not again(page) & {"Script", "Scene"}
    order(page, clip)
    detail = small.detail(clip)
    assert {n.engine for n in detail.nodes if n.stage == "line"} == {"recorded"}
    page.goto(page.url.split("/clip/")[0] + f"/clip/{clip}/edit")
    expect(page.get_by_text("A recording of one’s own is heard.")).to_be_visible()
    page.get_by_role("region", name="Voice").get_by_role("button", name="Remove it").click()
    page.locator(".make-again:not([disabled])").click()
    page.wait_for_url(f"**/clip/{clip}?edited=3")
    expect(page.locator("#history")).to_contain_text("Without the recording that was brought")
    page.wait_for_function("document.querySelector('.screen video')?.readyState >= 2")
    assert {n.engine for n in small.detail(clip).nodes if n.stage == "line"} == {"speaking"}


def test_what_is_no_picture_is_refused_and_nothing_changes(enter: Enter, small: SmallStudio, tmp_path: Path) -> None:
    clip = made_of(small, "Nothing to see")
    page = enter(path=f"/clip/{clip}/edit")
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    bring(page, "Bring a picture", tmp_path / "bomb.png")
    expect(page.locator(".toast", has_text="cannot be read")).to_be_visible()
    bring(page, "Bring a picture", spoken(tmp_path / "quay.png"))
    expect(page.locator(".toast", has_text="This is no image.")).to_be_visible()
    expect(page.locator(".make-again")).to_be_disabled()


def test_captions_formats_looks_engines_and_takes_are_changed(enter: Enter, small: SmallStudio) -> None:
    clip = made_of(small, "Made otherwise")
    before = small.detail(clip)
    page = enter(path=f"/clip/{clip}/edit")
    page.get_by_role("radio", name="Big words").check()
    expect(page.locator(".pstage.again .nm", has_text="Finish")).to_be_visible()
    assert again(page) == {"Finish"}
    page.get_by_role("checkbox", name="9:16 tall").check()  # its scene may be there already, from another clip here
    page.get_by_label("Engine of the presenter").select_option("other-figure")
    expect(page.locator(".pstage.again .nm", has_text="Presenter")).to_be_visible()
    page.get_by_role("group", name="Another take of the voice").get_by_role("checkbox").check()
    expect(page.locator(".pstage.again .nm", has_text="Voice")).to_be_visible()
    order(page, clip)
    detail = small.detail(clip)
    assert (detail.brief.options.captions, detail.brief.options.formats) == ("big", ("16:9", "9:16"))
    assert {n.engine for n in detail.nodes if n.stage == "video"} == {"other-figure"}
    assert detail.brief.takes == {"line": 1}
    assert keys(detail)["script"] == keys(before)["script"]
    assert keys(detail)["scene.16:9"] == keys(before)["scene.16:9"]
    with small.studio.reading() as db:
        note = revisions_of(db, clip)[-1].note
    assert note == "Other formats; other captions; another engine; another take of the line"


def test_the_scene_is_described_and_the_seed_thrown(enter: Enter, small: SmallStudio) -> None:
    clip = made_of(small, "A scene in words")
    page = enter(path=f"/clip/{clip}/edit")
    page.get_by_label("Scene in words").fill("a harbour at night")
    expect(page.locator(".pstage.again .nm", has_text="Scene")).to_be_visible()
    assert "Voice" not in again(page)
    page.get_by_label("Seed").fill("77")
    page.keyboard.press("Tab")
    expect(page.locator(".pstage.again .nm", has_text="Voice")).to_be_visible()
    order(page, clip)
    assert small.script(clip).scene == "a harbour at night"
    assert small.detail(clip).brief.seed == 77


def made(api: httpx.Client, clip: str) -> None:
    assert wait_until_ready(api, clip)["production"] == "ready"


class TestPrograms:
    def upload(self, api: httpx.Client, path: Path) -> str:
        answer = api.post("/api/v1/uploads", content=path.read_bytes())
        assert answer.status_code == 201, answer.text
        return str(answer.json()["sha256"])

    def test_replace_any_stage_by_an_upload(
        self, bearer: Bearer, small: SmallStudio, photo: Path, tmp_path: Path
    ) -> None:
        clip = made_of(small, "Replaced by a program")
        film(tmp_path / "ana.mp4", 160, 120, 1.0, 1, "Ana", "en")
        api = bearer("read", "produce")
        replace = {
            "speech": self.upload(api, spoken(tmp_path / "me.wav")), "scene": self.upload(api, photo),
            "video": self.upload(api, tmp_path / "ana.mp4"),
        }  # fmt: skip
        unasked = api.post(f"/api/v1/clips/{clip}/retake", json={"replace": replace, "revision": 1})
        assert (unasked.status_code, "consent" in unasked.text) == (422, True)
        answer = api.post(f"/api/v1/clips/{clip}/retake", json={"replace": replace, "revision": 1, "consent": AGREED})
        assert (answer.status_code, answer.json()["revision"]) == (202, 2), answer.text
        made(api, clip)
        engines = {node.stage: node.engine for node in small.detail(clip).nodes}
        assert (engines["line"], engines["scene"], engines["video"]) == ("recorded", "still", "footage")

        back = api.post(f"/api/v1/clips/{clip}/retake", json={"replace": {"scene": ""}, "revision": 2})
        assert back.status_code == 202
        made(api, clip)
        assert {n.engine for n in small.detail(clip).nodes if n.stage == "scene"} == {"backdrop"}

    @pytest.mark.parametrize("part", ["speech", "video"])
    def test_are_told_what_does_not_fit(self, bearer: Bearer, small: SmallStudio, photo: Path, part: str) -> None:
        clip = made_of(small, f"No {part}")
        api = bearer("read", "produce")
        sha256 = self.upload(api, photo)
        path = f"/api/v1/clips/{clip}/retake"
        wrong = api.post(path, json={"replace": {part: sha256}, "revision": 1, "consent": AGREED})
        assert (wrong.status_code, "of the kind image" in wrong.text) == (422, True)
        assert api.post(path, json={"replace": {part: "0" * 64}, "revision": 1}).status_code == 404
        assert api.post(path, json={"revision": 1}).status_code == 422
        assert api.post(path, json={"replace": {"script": sha256}, "revision": 1}).status_code == 422
        assert small.detail(clip).row.revision == 1

    def test_no_other_take_of_what_a_person_brought(self, bearer: Bearer, small: SmallStudio, photo: Path) -> None:
        clip = made_of(small, "One take of a picture")
        api = bearer("read", "produce")
        sha256 = self.upload(api, photo)
        api.post(f"/api/v1/clips/{clip}/retake", json={"replace": {"scene": sha256}, "revision": 1})
        made(api, clip)
        refused = api.post(f"/api/v1/clips/{clip}/retake", json={"parts": ["scene"], "revision": 2})
        assert (refused.status_code, "brought by a person" in refused.text) == (422, True)
