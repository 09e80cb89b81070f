"""What a program prints is understood as it is printed, with tqdm's carriage returns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.outside.lines import LONGEST, Bar, Lines, bar_of


@pytest.mark.parametrize(
    ("line", "bar"),
    [
        ("Face Renderer::  40%|████      | 26/65 [00:05<00:07,  5.02it/s]", Bar("Face Renderer", 26, 65)),
        ("seamlessClone:: 100%|██████████| 130/130 [00:04<00:00, 29.31it/s]", Bar("seamlessClone", 130, 130)),
        ("mel::   0%|          | 0/130 [00:00<?, ?it/s]", Bar("mel", 0, 130)),
        (" 12%|█▏        | 3/25 [00:48<05:52, 16.02s/it]", Bar("", 3, 25)),
        ("3DMM Extraction for source image", None),
        ("loss fell by 40%| of 3/4", None),
        ("0it [00:00, ?it/s]", None),
    ],
)
def test_a_bar_is_read_as_tqdm_draws_it(line: str, bar: Bar | None) -> None:
    assert bar_of(line) == bar


@given(st.lists(st.text("ab é%|/1", min_size=1, max_size=9).map(str.rstrip).filter(bool)), st.integers(1, 7))
def test_lines_are_the_same_however_the_bytes_arrive(texts: list[str], step: int) -> None:
    data, lines = "\r".join([*texts, ""]).encode(), Lines()
    parts = [data[at : at + step] for at in range(0, len(data), step)]
    assert [line for part in parts for line in lines.feed(part)] == texts


def test_a_bar_that_is_rewritten_is_remembered_once() -> None:
    lines = Lines()
    drawn = "".join(f"\rmel:: {i}%|#| {i}/100 [0]" for i in range(100))
    assert len(list(lines.feed(f"start\n{drawn}\ndone\n".encode()))) == 102
    assert lines.tail == ("start", "mel:: 99%|#| 99/100 [0]", "done")


def test_a_line_without_end_does_not_fill_memory() -> None:
    lines = Lines()
    for _ in range(100):
        assert list(lines.feed(b"x" * 100_000)) == []
    (last,) = lines.close()
    assert last == "x" * LONGEST
