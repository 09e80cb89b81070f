"""A show in a TOML file: read whole, or refused with the key and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import UnknownName, UsageError
from scraper.show_file import read_show
from storage.artifacts import FolderStore
from storage.speaking import Speaking

SHOW = """
slug = "evening"
name = "Evening"
languages = ["es"]
formats = ["9:16", "1:1"]
[[sources]]
kind = "feed"
url = "feeds/town.xml"
[[sources]]
kind = "feed"
url = "https://news.example/feed"
rights = "licensed"
[[presenters]]
slug = "theo"
name = "Theo"
look = { name = "theo" }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "show.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_show_comes_with_its_sources_and_presenters(tmp_path: Path) -> None:
    show, presenters = read_show(written(tmp_path, SHOW))
    assert (show.slug, show.languages, show.formats, show.length_s) == ("evening", ("es",), ("9:16", "1:1"), 35)
    assert [s.rights for s in show.sources] == ["quote", "licensed"]
    assert [p.look for p in presenters] == [{"name": "theo"}]


def test_a_relative_feed_lies_beside_the_file(tmp_path: Path) -> None:
    show, _ = read_show(written(tmp_path, SHOW))
    assert show.sources[0].url == (tmp_path / "feeds" / "town.xml").as_uri()
    assert show.sources[1].url == "https://news.example/feed"


def test_a_show_says_how_it_is_spoken(tmp_path: Path) -> None:
    text = SHOW + "[speaking]\nrate = 0.9\npause_s = 0.5\npronunciations = { Nguyen = 'win' }"
    show, _ = read_show(written(tmp_path, text))
    assert show.speaking == Speaking(rate=0.9, pause_s=0.5, pronunciations={"Nguyen": "win"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SHOW.replace("languages", "langauges"), r"no setting “langauges”.* Known: .*languages"),
        (SHOW.replace("rights", "right"), r"no setting “sources.right”.* Known: .*rights"),
        (SHOW.replace("look", "looks"), r"no setting “presenters.looks”.* Known: .*look"),
        (SHOW.replace('"9:16"', '"4:3"'), r"“formats.0” cannot be '4:3'.*'16:9', '9:16', '1:1' or '4:5'"),
        (SHOW.replace('name = "Evening"', ""), r"“name” is missing"),
        (SHOW.replace('"evening"', '"Ev en"'), r"“slug” is wrong: 'Ev en'"),
        (SHOW + "\nlength_s = 5", r"no setting “presenters.length_s”"),
        ("length_s = 5" + SHOW, r"“length_s” is wrong: 5.*greater than or equal to 15"),
        (SHOW.replace("[[sources]]", "[sources]", 1), r"not valid TOML"),
        ('slug = "x"\nname = "X"\n[sources]\nkind = "feed"', r"“sources” is not a list of tables.*\[\[sources\]\]"),
        ("slug = evening", r"not valid TOML.*line 1"),
        (SHOW + "[speaking]\nrate = 3", r"“speaking.rate” is wrong: 3.*less than or equal to 1.4"),
        (SHOW + "[speaking.pronunciations]\nNguyen = '…'", r"“speaking.pronunciations.Nguyen” is wrong.*no letter"),
        (SHOW + f"[speaking.pronunciations]\n{'a' * 9999} = 'a'", r"is wrong: 'a{78}…. At most 60 characters"),
        ("", r"“(slug|name)” is missing"),
    ],
)
def test_what_is_wrong_is_named_with_its_cure(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as refusal:
        read_show(written(tmp_path, text))
    assert "show.toml" in refusal.value.message
    assert refusal.value.cure


def test_an_unknown_kind_of_source_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"“telepathy”.*feed"):
        read_show(written(tmp_path, SHOW.replace('kind = "feed"', 'kind = "telepathy"', 1)))


def test_a_missing_or_unreadable_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_show(tmp_path / "nowhere.toml")
    (tmp_path / "latin.toml").write_bytes('name = "niño"'.encode("latin-1"))
    with pytest.raises(UsageError, match="not valid TOML"):
        read_show(tmp_path / "latin.toml")


def test_files_beside_it_are_kept_and_referred_to(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"a logo")
    (tmp_path / "tune.mp3").write_bytes(b"a tune")
    store = FolderStore(tmp_path / "store")
    text = 'music_file = "tune.mp3"\n' + SHOW + '[brand]\naccent = "#00ff88"\nlogo = "logo.png"\nwatermark = 0.5\n'
    show, _ = read_show(written(tmp_path, text), store)
    assert show.brand.logo is not None
    assert show.music_file is not None
    assert (show.brand.logo.media_type, show.music_file.media_type) == ("image/png", "audio/mpeg")
    assert store.fetch(show.brand.logo).read_bytes() == b"a logo"
    assert (show.brand.accent, show.brand.watermark) == ("#00ff88", 0.5)


def test_the_pictures_that_lead_its_scenes_come_along(tmp_path: Path) -> None:
    (tmp_path / "set.png").write_bytes(b"a set")
    (tmp_path / "host.jpg").write_bytes(b"a host")
    lines = [
        "[painting]",
        'guide = { kind = "depth", picture = "set.png", weight = 0.8 }',
        'reference = { picture = "host.jpg" }',
    ]
    (tmp_path / "show.toml").write_text("\n".join(['motion = "moving"', SHOW, *lines, ""]))
    store = FolderStore(tmp_path / "store")
    painting = read_show(tmp_path / "show.toml", store)[0].painting
    assert painting.guide is not None
    assert painting.reference is not None
    assert (painting.guide.kind, painting.guide.weight) == ("depth", 0.8)
    assert store.fetch(painting.guide.picture).read_bytes() == b"a set"
    assert store.fetch(painting.reference.picture).read_bytes() == b"a host"


@pytest.mark.parametrize(
    ("brand", "words"),
    [
        ('logo = "logo.svg"', r"“brand.logo” cannot be 'logo.svg'.*SVG.*PNG"),
        ('typeface = "house.woff2"', r"“brand.typeface” cannot be .*TTF, OTF, WOFF"),
        ('end_picture = "end.jpg"', r"“brand.end_picture” names 'end.jpg', which is not there"),
        ("logo = 3", r"“brand.logo” is wrong"),
        ("watermark = 2", r"“brand.watermark” is wrong"),
        ('tagline = "x"', r"no setting “brand.tagline”"),
    ],
)
def test_a_file_that_cannot_be_right_is_named_with_its_cure(tmp_path: Path, brand: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as refusal:
        read_show(written(tmp_path, SHOW + "[brand]\n" + brand), FolderStore(tmp_path / "store"))
    assert refusal.value.cure


@pytest.mark.parametrize("brand", ['brand = "red"', "brand = [1]"])
def test_a_brand_that_is_no_table_is_refused(tmp_path: Path, brand: str) -> None:
    with pytest.raises(UsageError, match="“brand” is wrong"):
        read_show(written(tmp_path, brand + "\n" + SHOW), FolderStore(tmp_path / "store"))
