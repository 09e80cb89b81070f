"""The gallery shows everything there is, on one page that needs nothing but the files beside it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
import pytest
from click.testing import CliRunner, Result

from producer.checks.media import inspect
from producer.render.cards.illustration import PATTERNS
from producer.render.cards.motifs import MOTIFS
from producer.render.gallery.catalogue import SECTIONS
from producer.render.gallery.exhibit import Film, Section, Still, jpeg, shrunk
from producer.render.gallery.hang import MAKING, PAGE, RECORD, hang
from producer.render.gallery.sayings import SAYINGS
from producer.render.gallery.staged import MOMENTS, Staged, Staging, logo
from producer.render.presenter.gestures import SHAPES as HAND_SHAPES
from producer.render.presenter.look import Framing
from producer.render.presenter.looks import LOOKS
from producer.render.presenter.tone import EXPRESSIONS
from producer.render.presenter.visemes import SHAPES as MOUTH_SHAPES
from producer.render.presenter.wardrobe import WARDROBE
from producer.render.scene.backdrops import BACKDROPS
from producer.render.scene.palettes import PALETTES
from run import main
from storage.documents import Format
from storage.orders import Captions, Platform, Resolution

FORMATS = set(get_args(Format))


def names(section: str) -> set[tuple[str, str]]:
    """Group and name of all that hangs in a section; nothing is drawn."""
    return {(exhibit.group, exhibit.name) for exhibit in SECTIONS[section].exhibits()}


def pairs(*parts: object) -> set[tuple[str, str]]:
    groups, things = parts
    return {(str(group), str(thing)) for group in groups for thing in things}  # type: ignore[attr-defined]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["gallery", *arguments])


class Links(HTMLParser):
    """Everything that a page points at, and the anchors that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in {"href", "src", "poster"}:
                self.links.append(value or "")
            if name == "id":
                self.anchors.add(value or "")
            if name == "loading":
                self.loaded.append(value or "")


def grey(level: int) -> np.ndarray:
    return np.full((20, 32, 4), (level, level, level, 255), np.uint8)


def hall(*levels: int) -> Section:
    return Section("A & B", "Greys.", 100, lambda: (Still(f"grey <{n}>", lambda n=n: grey(n), "greys") for n in levels))


def quiet(section: str, made: int, hangs: bool) -> None:
    """Nobody is watching."""


def test_every_look_face_hand_and_garment_is_shown() -> None:
    assert {name for _, name in names("looks")} == set(LOOKS)
    assert {name.split(",")[0] for _, name in names("expressions")} == set(EXPRESSIONS)
    assert {name for _, name in names("mouths")} == set(MOUTH_SHAPES)
    assert {name.split(",")[0] for _, name in names("gestures")} == set(HAND_SHAPES)
    assert names("framings") == pairs(get_args(Framing), FORMATS)
    assert names("wardrobe") == {(kind, name) for kind, things in WARDROBE.items() for name in things}


def test_every_backdrop_is_shown_in_every_palette_and_every_motif_and_pattern_once() -> None:
    assert names("backdrops") == pairs(BACKDROPS, PALETTES)
    shown = {(group, name.split(",")[0]) for group, name in names("illustrations")}
    assert shown == pairs(["motifs"], MOTIFS) | pairs(["patterns"], PATTERNS)
    assert len(names("illustrations")) == len(MOTIFS) + len(PATTERNS)


def test_every_card_is_shown_in_every_script_and_format() -> None:
    assert names("cards") == pairs(SAYINGS, MOMENTS)
    assert {name for _, name in names("formats")} == set(MOMENTS)
    for section in ("formats", "brand"):
        assert {group.split(",")[0] for group, _ in names(section)} == FORMATS
        assert any("right to left" in group for group, _ in names(section))
    assert "end card" in {name for _, name in names("brand")}


def test_every_style_of_captions_is_shown_in_every_script() -> None:
    styles = set(get_args(Captions)) - {"none"}
    assert {group.split(",")[0] for group, _ in names("captions")} == styles
    assert {name for _, name in names("captions")} == set(SAYINGS)


def test_every_layout_is_shown() -> None:
    shown = names("layouts")
    for format in FORMATS:
        assert pairs([format], [*get_args(Resolution), *get_args(Framing), "right to left"]) <= shown
    assert {name for group, name in shown if "app" in group} == set(get_args(Platform))


def test_there_is_a_clip_in_every_format() -> None:
    clips = list(SECTIONS["clips"].exhibits())
    assert all(isinstance(clip, Film) for clip in clips)
    assert {clip.name.split(",")[0] for clip in clips} == FORMATS


def test_sayings_are_written_in_ten_ways_each_with_emoji() -> None:
    assert len(SAYINGS) == 10
    assert len({saying.language for saying in SAYINGS.values()}) == 10
    assert all("🚊" in saying.title and "🌙" in saying.said and saying.look in LOOKS for saying in SAYINGS.values())


def test_a_section_is_made_through_the_command_and_all_its_files_are_on_the_page(tmp_path: Path) -> None:
    done = run(str(tmp_path / "gallery"), "--only", "gestures")
    assert done.exit_code == 0, done.output
    page = tmp_path / "gallery" / PAGE
    assert str(page) in done.output
    assert "Gestures: 12" in done.output
    text = page.read_text("utf-8")
    found = Links(text)
    files = {link for link in found.links if not link.startswith(("#", "data:"))}
    there = {str(path.relative_to(page.parent)) for path in page.parent.rglob("*.jpg")}
    assert files == there
    assert len(there) == 12
    assert {link[1:] for link in found.links if link.startswith("#")} == {"gestures"} <= found.anchors
    assert found.loaded == ["lazy"] * len(there)
    assert not re.search(r"https?://", text), "nothing comes from elsewhere"
    assert not (page.parent / MAKING).exists()
    picture = cv2.imread(str(page.parent / min(there)))
    assert picture.shape == (720, 1280, 3)


def test_names_are_written_as_text(tmp_path: Path) -> None:
    text = hang(tmp_path, {"greys": hall(10)}, (), quiet).read_text("utf-8")
    assert "grey &lt;10&gt;" in text
    assert "A &amp; B" in text
    assert "<10>" not in text


def test_a_section_made_again_replaces_itself_and_leaves_the_others(tmp_path: Path) -> None:
    sections = {"one": hall(1, 2, 3), "two": hall(4)}
    hang(tmp_path, sections, (), quiet)
    other = (tmp_path / "two" / "001-greys-grey-4.jpg").stat().st_mtime_ns
    text = hang(tmp_path, {**sections, "one": hall(9)}, ("one",), quiet).read_text("utf-8")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["001-greys-grey-9.jpg"]
    assert (tmp_path / "two" / "001-greys-grey-4.jpg").stat().st_mtime_ns == other
    assert text.count("<figure>") == 2
    assert text.index('id="one"') < text.index('id="two"')


def test_what_is_broken_off_leaves_the_page_as_it_was(tmp_path: Path) -> None:
    def fails() -> np.ndarray:
        raise RuntimeError("the lamp went out")

    hang(tmp_path, {"one": hall(1)}, (), quiet)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    broken = Section("One", "", 100, lambda: iter([Still("a", lambda: grey(5)), Still("b", fails)]))
    with pytest.raises(RuntimeError, match="lamp"):
        hang(tmp_path, {"one": broken}, (), quiet)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("record", ["", "{}", '{"gallery": 1, "sections": {"one": [{"file": 3}]}}', "[1]"])
def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path, record: str) -> None:
    (tmp_path / "thesis.txt").write_text("Chapter 1")
    if record:
        (tmp_path / RECORD).write_text(record)
    done = run(str(tmp_path), "--only", "looks")
    assert done.exit_code == 2
    assert "gallery" in done.output
    assert "another folder" in done.output or "new folder" in done.output
    assert (tmp_path / "thesis.txt").read_text() == "Chapter 1"
    assert not (tmp_path / "looks").exists()


def test_a_file_is_no_place_for_a_gallery_and_unknown_sections_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "is a file" in run(str(tmp_path / "file")).output
    done = run(str(tmp_path / "new"), "--only", "cellar")
    assert done.exit_code == 2
    assert "“cellar”" in done.output
    assert "backdrops" in done.output
    assert not (tmp_path / "new").exists()


def test_a_staged_frame_is_the_same_every_time_and_as_large_as_its_format() -> None:
    wanted = Staging(format="4:5", resolution=576, logo=True)
    first, again = (Staged(wanted).at("number") for _ in range(2))
    assert first.shape == (720, 576, 4)
    assert (first[..., 3] == 255).all()
    assert np.array_equal(first, again)


def test_the_logo_is_transparent_around_its_sign() -> None:
    alpha = logo(PALETTES["harbour"])[..., 3]
    assert alpha[0, 0] == 0
    assert alpha[150, 160] == 255
    assert 0.2 < (alpha > 0).mean() < 0.8


def test_shrinking_counts_every_pixel() -> None:
    board = np.indices((8, 8)).sum(axis=0)[..., None] % 2 * np.full(4, 200, np.uint8)
    assert (shrunk(board.astype(np.uint8), 0.5) == 100).all()


def test_a_picture_is_saved_in_its_own_colours() -> None:
    red = np.tile(np.array([200, 30, 40, 255], np.uint8), (16, 16, 1))
    back = cv2.imdecode(np.frombuffer(jpeg(red), np.uint8), cv2.IMREAD_COLOR)
    assert np.abs(back[8, 8].astype(int) - (40, 30, 200)).max() < 6


@pytest.mark.proof
def test_the_whole_gallery_can_be_made(tmp_path: Path) -> None:
    done = run(str(tmp_path))
    assert done.exit_code == 0, done.output
    hung = json.loads((tmp_path / RECORD).read_text("utf-8"))["sections"]
    assert list(hung) == list(SECTIONS)
    assert sum(map(len, hung.values())) > 600
    files = {thing["file"] for things in hung.values() for thing in things}
    assert all((tmp_path / file).stat().st_size > 2000 for file in files)
    assert set(Links((tmp_path / PAGE).read_text("utf-8")).links) >= files
    for clip in hung["clips"]:
        facts = inspect(tmp_path / clip["file"]).facts
        assert 3 <= facts.duration_s <= 5.5
        assert (facts.width, facts.height) == (clip["width"], clip["height"])
