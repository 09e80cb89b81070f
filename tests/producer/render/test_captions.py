"""Captions show every word once, in time, in rows that fit; and caption files say the same."""

import re
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from producer.render.captions import (
    EARLY_S,
    FILE_COLUMNS,
    LINGER_S,
    Chunk,
    Room,
    chunks,
    estimated,
    file_chunks,
    gap_before,
    joined,
    srt,
    visual_order,
    vtt,
)
from producer.render.wrap import WIDOW
from storage.documents import ScriptLine, SpokenSpan, Word
from tests.support.cutting import evenly

ROOM = Room(lambda text: 10.0 * len(text), lambda a, b: 6.0 if gap_before(a, b) else 0.0, 300.0, 2)


@st.composite
def spoken(draw: st.DrawFn) -> list[Word]:
    """Words of several lines, with pauses; some of them far too long."""
    words, now = [], 0.0
    for line in range(draw(st.integers(1, 4))):
        for _ in range(draw(st.integers(1, 12))):
            text = draw(
                st.text(alphabet="abcdeé.,!?，。一片العر", min_size=1, max_size=draw(st.sampled_from([3, 9, 45])))
            )
            now += draw(st.floats(0, 1.2))
            words.append(Word(text=text, start=now, end=now + 0.3, line=line))
            now += 0.3
    return words


@given(spoken())
def test_every_word_is_shown_once_and_in_order(words: list[Word]) -> None:
    shown = chunks(words, ROOM)
    assert [word for chunk in shown for word in chunk.words] == words
    for chunk in shown:
        assert [i for row in chunk.rows for i in row] == list(range(len(chunk.words)))


@given(spoken())
def test_rows_fit_the_room(words: list[Word]) -> None:
    for chunk in chunks(words, ROOM):
        assert len(chunk.rows) <= ROOM.rows or len(chunk.words) == 1
        for row in chunk.rows:
            wide = sum(ROOM.width(chunk.words[i].text) for i in row)
            assert wide <= ROOM.limit or len(row) == 1


def wide(words: Sequence[Word]) -> float:
    return sum(ROOM.width(word.text) for word in words) + sum(ROOM.gap(a, b) for a, b in pairwise(words))


@given(spoken())
def test_no_short_word_has_a_row_to_itself_where_one_more_would_fit(words: list[Word]) -> None:
    for chunk in chunks(words, ROOM):
        rows = [[chunk.words[i] for i in row] for row in chunk.rows]
        for above, last in pairwise(rows):
            if last is rows[-1] and len(above) > 1 and wide(last) < WIDOW * ROOM.limit:
                assert wide([above[-1], *last]) > ROOM.limit


@given(spoken(), st.sampled_from([0, 4]))
def test_no_short_word_is_a_caption_of_its_own_where_one_more_would_fit(words: list[Word], most: int) -> None:
    shown = chunks(words, Room(ROOM.width, ROOM.gap, ROOM.limit, ROOM.rows, most))
    for before, last in pairwise(shown):
        one_line = before.words[-1].line == last.words[0].line
        ends = last is shown[-1] or shown[shown.index(last) + 1].words[0].line != last.words[0].line
        alone = len(last.words) == 1 and len(before.words) > 1
        if one_line and ends and alone and wide(last.words) < WIDOW * ROOM.limit:
            assert wide([before.words[-1], *last.words]) > ROOM.limit


@given(spoken())
def test_captions_never_overlap_and_cover_their_words(words: list[Word]) -> None:
    shown = chunks(words, ROOM)
    for chunk, following in zip(shown, [*shown[1:], None], strict=True):
        assert chunk.start <= chunk.words[0].start
        assert chunk.words[0].start - chunk.start <= EARLY_S + 1e-9
        assert chunk.end <= chunk.words[-1].end + LINGER_S + 1e-9
        if following:
            assert chunk.end <= following.start + 1e-9


@given(spoken())
def test_a_caption_never_mixes_two_spoken_lines(words: list[Word]) -> None:
    assert all(len({word.line for word in chunk.words}) == 1 for chunk in chunks(words, ROOM))


@given(spoken())
def test_the_active_word_is_the_last_one_that_began(words: list[Word]) -> None:
    for chunk in chunks(words, ROOM):
        for index, word in enumerate(chunk.words):
            assert chunk.words[chunk.active(word.start)].start == word.start
            assert chunk.active(word.start) >= index
        assert chunk.active(chunk.start) == 0 or chunk.words[1].start <= chunk.start


def test_captions_change_where_the_sentence_breathes() -> None:
    words = evenly("Ground beans rub together, build up charge and clump.", 0, 4)
    narrow = Room(ROOM.width, ROOM.gap, 300.0, 1)
    assert [joined(chunk.words) for chunk in chunks(words, narrow)] == [
        "Ground beans rub together,",
        "build up charge and clump.",
    ]


def test_a_caption_stays_a_moment_after_the_last_word() -> None:
    last = chunks(evenly("That is all.", 1, 2), ROOM)[-1]
    assert last.end == last.words[-1].end + LINGER_S


def test_chinese_words_stand_without_spaces_and_latin_ones_with() -> None:
    words = [Word(text=t, start=i, end=i + 1) for i, t in enumerate(["看到", "AI", "芯片", "，", "very", "good", "!"])]
    assert joined(words) == "看到AI芯片，very good!"


def test_right_to_left_rows_keep_their_latin_words_in_order() -> None:
    row = evenly("قال مدير New York Times في 2026.", 0, 3)
    assert [row[i].text for i in visual_order(row, rtl=True)] == ["2026.", "في", "New", "York", "Times", "مدير", "قال"]
    assert visual_order(row, rtl=False) == list(range(len(row)))


def test_numbers_after_latin_words_stay_behind_them_in_right_to_left_rows() -> None:
    row = evenly("צפינו ב BBC 4 – News היום 5 6", 0, 3)
    assert [row[i].text for i in visual_order(row, rtl=True)] == [
        "6",
        "5",
        "היום",
        "BBC",
        "4",
        "–",
        "News",
        "ב",
        "צפינו",
    ]


@given(spoken(), st.integers(1, 4))
def test_no_more_words_at_a_time_than_wanted(words: list[Word], most: int) -> None:
    shown = chunks(words, Room(ROOM.width, ROOM.gap, ROOM.limit, ROOM.rows, most))
    assert [word for chunk in shown for word in chunk.words] == words
    assert all(len(chunk.words) <= most for chunk in shown)


def test_srt_counts_cues_and_writes_times_with_commas() -> None:
    text = srt([Chunk(tuple(evenly("Hello there", 3661.5, 3662.25)), ((0, 1),), 3661.5, 3662.25)])
    assert text == "1\n01:01:01,500 --> 01:01:02,250\nHello there\n"


def test_vtt_is_headed_and_escaped() -> None:
    text = vtt([Chunk(tuple(evenly("R&D <b>", 0, 1)), ((0,), (1,)), 0.0, 1.0)], "en")
    assert text == "WEBVTT\nLanguage: en\n\n00:00:00.000 --> 00:00:01.000\nR&amp;D\n&lt;b&gt;\n"


@given(spoken())
def test_cues_of_caption_files_are_in_order_and_no_blank_line_splits_them(words: list[Word]) -> None:
    cues = file_chunks(words)
    blocks = srt(cues).split("\n\n")
    assert [block.splitlines()[0] for block in blocks] == [str(i) for i in range(1, len(cues) + 1)]
    times = re.findall(r"(\S+) --> (\S+)", vtt(cues, "en"))
    assert times == sorted(times)


def test_lines_of_caption_files_hold_42_characters() -> None:
    words = evenly(
        "Researchers in Oregon say the answer is static electricity, which makes ground beans clump together", 0, 9
    )
    rows = [row for cue in file_chunks(words) for row in cue.row_texts()]
    assert max(map(len, rows)) <= FILE_COLUMNS
    assert " ".join(rows) == " ".join(word.text for word in words)


@given(st.integers(0, 14))
def test_a_korean_number_stays_in_one_row(before: int) -> None:
    words = evenly("가나 " * before + "모두 3만 5천 명이 모였다고 한다", 0, 9)
    rows = [row for chunk in chunks(words, ROOM) for row in chunk.row_texts()]
    assert any("3만 5천 명이" in row for row in rows)


def test_no_words_make_no_captions() -> None:
    assert chunks([], ROOM) == []
    assert srt([]) == ""
    assert chunks([Word(text=" ", start=0, end=1)], ROOM) == []


def test_untimed_speech_gets_estimated_words_inside_its_lines() -> None:
    lines = [ScriptLine(text="One long word"), ScriptLine(text="这座城市很老", language="zh")]
    words = estimated(lines, [SpokenSpan(start=1, end=3), SpokenSpan(start=3.5, end=5)])
    assert [word.text for word in words] == ["One", "long", "word", "这座", "城市", "很", "老"]
    assert words[0].start == 1
    assert words[2].end <= 3
    assert words[3].start == 3.5
    assert [word.line for word in words] == [0, 0, 0, 1, 1, 1, 1]
