"""A show that is written and read again is the same show: a studio can live in git."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from scraper.show_file import read_show
from scraper.show_write import toml_lines, write_show
from storage.artifacts import FolderStore
from storage.orders import Brand, PresenterSpec, ShowSpec, SourceSpec
from storage.schedule import Schedule, TopicRules
from storage.speaking import Speaking

text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
plain = st.one_of(st.booleans(), st.integers(-(2**60), 2**60), st.floats(allow_nan=False, allow_infinity=False), text)
values = st.one_of(plain, st.lists(text, min_size=1, max_size=3))


def test_a_show_survives_the_way_through_a_file(tmp_path: Path, store: FolderStore) -> None:
    logo = store.put_bytes(b"not looked at here", "image/png")
    show = ShowSpec(
        slug="harbour", name="The “Harbour”\nHour", languages=("en", "zh"), clips_per_run=3,
        schedule=Schedule(cron="0 7 * * mon-fri", zone="Europe/Berlin", quiet="22:00-06:00", clips_per_day=4),
        topics=TopicRules(want=("ferry", "夜市"), blocked_domains=("spam.example",), minimum_score=0.25),
        sources=(
            SourceSpec(kind="reddit", url="https://www.reddit.com/r/harbour", weight=0.75),
            SourceSpec(kind="feed", url="https://paper.example/feed?a=1", name="Paper \\ Co", rights="licensed"),
        ),
        brand=Brand(accent="#ffd166", logo=logo, watermark=0.5), speaking=Speaking(rate=1.1),
        preferred={"line": ("kokoro", "hibari")},
    )  # fmt: skip
    mara = PresenterSpec(slug="mara", name="Mara", look={"name": "mara"}, voices={"es": "ef_dora"})
    path = write_show(show, [mara], tmp_path / "out", store)
    assert read_show(path, store) == (show, (mara,))
    assert (tmp_path / "out" / "logo.png").read_bytes() == b"not looked at here"


def test_a_show_of_defaults_is_two_lines(tmp_path: Path, store: FolderStore) -> None:
    path = write_show(ShowSpec(slug="a", name="A"), [], tmp_path, store)
    assert path.read_text("utf-8") == 'slug = "a"\nname = "A"\n'


@given(st.dictionaries(text, st.one_of(values, st.dictionaries(text, values, max_size=3)), max_size=4))
def test_whatever_is_written_is_read_again(document: dict[str, object]) -> None:
    assert tomllib.loads("\n".join(toml_lines(document))) == document


@given(
    st.lists(
        st.dictionaries(text, st.one_of(values, st.dictionaries(text, text, max_size=2)), max_size=3),
        min_size=1,
        max_size=3,
    )
)
def test_lists_of_tables_too(rows: list[dict[str, object]]) -> None:
    assert tomllib.loads("\n".join(toml_lines({"rows": rows}))) == {"rows": rows}
