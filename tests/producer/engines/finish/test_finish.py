"""The finish engine: from a scene, a voice and a performance to a cut that can be watched and trusted."""

from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from config.errors import BadInput, Cancelled, StudioError
from producer.engines.finish.compositor import Compositor
from producer.engines.requests import SIZES, FinishRequest
from producer.render.encode import Encoder
from storage.artifacts import FolderStore
from storage.documents import Attribution, Cut, Format, Performance
from tests.support.cutting import RENDERERS, context_in, request_for, store_in
from tests.support.sounding import at_once


def run(folder: Path, request: FinishRequest, **hooks: object) -> Cut:
    engine = Compositor(RENDERERS)
    assert engine.check() == []
    engine.load()
    return engine.run(request, context_in(folder, store_in(folder), **hooks))


@pytest.fixture(scope="module", params=list(SIZES))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Cut, FolderStore, Format]:
    """One short cut in each format, with a picture."""
    folder = tmp_path_factory.mktemp("finish")
    store = store_in(folder)
    _, data = cv2.imencode(".jpg", np.full((300, 500, 3), (40, 60, 200), np.uint8))
    picture = store.put_bytes(data.tobytes(), "image/jpeg")
    return run(folder, request_for(store, format=request.param, picture=picture)), store, request.param


def test_the_cut_passes_its_own_checks(made: tuple[Cut, FolderStore, Format]) -> None:
    cut, _, _ = made
    assert [check for check in cut.checks if not check.passed] == []
    assert {check.name for check in cut.checks} >= {
        "decodes",
        "loudness",
        "true peak",
        "sound and picture length",
        "black frames",
        "frozen picture",
        "title contrast",
        "captions inside the safe area",
        "source on screen",
    }


def test_the_facts_are_those_of_the_file(made: tuple[Cut, FolderStore, Format]) -> None:
    cut, store, format = made
    assert cut.format == format
    assert (cut.media.width, cut.media.height, cut.media.fps) == (*SIZES[format], 25)
    assert cut.media.loudness_lufs == pytest.approx(-16, abs=1)
    with av.open(str(store.fetch(cut.video))) as file:
        assert float(file.duration or 0) / av.time_base == pytest.approx(cut.media.duration_s, abs=0.01)


def test_words_and_lines_are_timed_in_the_cut(made: tuple[Cut, FolderStore, Format]) -> None:
    cut, _, _ = made
    assert cut.line_spans[0].start == pytest.approx(2.2)
    assert cut.words[0].start == pytest.approx(2.25)
    assert cut.words[-1].end < cut.media.duration_s


def test_poster_and_caption_files_come_with_it(made: tuple[Cut, FolderStore, Format]) -> None:
    cut, store, format = made
    poster = cv2.imdecode(np.frombuffer(store.fetch(cut.poster).read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert poster is not None
    assert poster.shape[:2] == SIZES[format][::-1]
    assert poster.std() > 20
    srt, vtt = (store.fetch(ref).read_text("utf-8") for ref in (cut.srt, cut.vtt))
    assert "Night trams return to the old town this winter." in " ".join(srt.splitlines())
    assert "00:00:02,170 --> " in srt
    assert vtt.startswith("WEBVTT\n")
    assert len(cut.peaks) == 200


def test_equal_requests_make_the_same_files_byte_for_byte(tmp_path: Path) -> None:
    first = run(tmp_path, request_for(store_in(tmp_path), seconds=0.4))
    second = run(tmp_path, request_for(store_in(tmp_path), seconds=0.4))
    assert first == second


def test_a_format_is_the_same_after_another_one_whose_sound_is_still_there(tmp_path: Path) -> None:
    store, engine = store_in(tmp_path), Compositor(RENDERERS)
    engine.load()
    wide, square = (request_for(store, seconds=0.4, format=format) for format in ("16:9", "1:1"))
    engine.run(replace(wide, seed=8), context_in(tmp_path, store))
    engine.run(wide, context_in(tmp_path, store))
    assert engine.run(square, context_in(tmp_path, store)) == run(tmp_path, square)


def test_progress_rises_from_nothing_to_nearly_all(tmp_path: Path) -> None:
    told: list[float] = []
    run(tmp_path, request_for(store_in(tmp_path), seconds=0.4), progress=lambda fraction, _text: told.append(fraction))
    assert told == sorted(told)
    assert told[0] == 0
    assert 0.95 < told[-1] <= 1
    assert len(told) > 20


@pytest.mark.parametrize("after", [0, 1, 12, 40])
def test_it_stops_when_somebody_cancels(tmp_path: Path, after: int) -> None:
    asked = iter(range(10_000))
    with pytest.raises(Cancelled):
        run(tmp_path, request_for(store_in(tmp_path), seconds=0.4), cancelled=lambda: next(asked) >= after)


def test_captions_can_be_left_out(tmp_path: Path) -> None:
    cut = run(tmp_path, request_for(store_in(tmp_path), seconds=0.4, captions="none"))
    assert "captions inside the safe area" not in {check.name for check in cut.checks}
    assert "Night" in store_in(tmp_path).fetch(cut.srt).read_text("utf-8")


def test_speech_without_word_times_still_gets_captions(tmp_path: Path) -> None:
    request = request_for(store_in(tmp_path), seconds=0.4)
    cut = run(tmp_path, replace(request, speech=request.speech.model_copy(update={"words": ()})))
    assert cut.words == ()
    assert "Night trams" in store_in(tmp_path).fetch(cut.srt).read_text("utf-8")


def test_a_picture_that_cannot_be_read_is_left_out_and_reported(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    cut = run(tmp_path, request_for(store, seconds=0.4, picture=store.put_bytes(b"nonsense", "image/png")))
    assert [check.name for check in cut.checks if not check.passed] == ["picture"]


def test_footage_stands_in_for_a_drawn_presenter(tmp_path: Path) -> None:
    store, path = store_in(tmp_path), tmp_path / "footage.mp4"
    with Encoder(path, (192, 256), 25, at_once(np.zeros((9600, 2), np.float32))) as encoder:
        for number in range(30):
            encoder.write(np.full((256, 192, 4), (30, 160 + number, 60, 255), np.uint8))
    footage = Performance(duration_s=1.2, fps=25, footage=store.put(path, "video/mp4"))
    cut = run(tmp_path, replace(request_for(store, seconds=1.2), performance=footage))
    with av.open(str(store.fetch(cut.video))) as file:
        frame = next(f for f in file.decode(video=0) if f.time >= 2.4).to_ndarray(format="rgb24")
    assert frame[300, 930, 1] > 140
    assert frame[300, 930, 0] < 60


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("zh", "一片空白的天空里，藏着三千个星系", "咖啡 爱好者 一直 想 知道，"),
        ("ar", "سر فنجان أفضل من القهوة", "لطالما تساءل محبو القهوة (NASA) 2026."),
        ("en", "🚀", "🚀 🎉"),
        ("en", "word " * 4000, "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsbuch"),
    ],
)
def test_no_script_and_no_length_breaks_it(tmp_path: Path, language: str, title: str, text: str) -> None:
    request = request_for(store_in(tmp_path), seconds=0.4, language=language, title=title, text=text)
    cut = run(tmp_path, request)
    broken = [check.name for check in cut.checks if not check.passed]
    assert broken == (["whole title shown"] if len(title) > 1000 else [])


def test_a_video_that_cannot_be_written_names_the_cure(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    context = context_in(tmp_path, store)
    context.workdir.rmdir()
    with pytest.raises(StudioError, match="could not be written") as raised:
        Compositor(RENDERERS).run(request_for(store, seconds=0.4), context)
    assert "Make room" in raised.value.cure


def test_a_source_without_a_name_is_reported_and_no_source_is_no_fault(tmp_path: Path) -> None:
    request = request_for(store_in(tmp_path), seconds=0.4, source=Attribution(name=""))
    nameless = run(tmp_path, request)
    assert [check.name for check in nameless.checks if not check.passed] == ["source on screen"]
    own_words = request.options.model_copy(update={"source": None})
    direct = replace(request, options=own_words, script=request.script.model_copy(update={"source": None}))
    assert "source on screen" not in {check.name for check in run(tmp_path, direct).checks}


def test_a_performance_nobody_can_draw_is_bad_input(tmp_path: Path) -> None:
    request = request_for(store_in(tmp_path), seconds=0.4)
    unknown = request.performance.model_copy(update={"renderer": "drawn/99"})
    with pytest.raises(BadInput, match="drawn/99"):
        run(tmp_path, replace(request, performance=unknown))
    nothing = request.performance.model_copy(update={"tracks": None})
    with pytest.raises(BadInput, match="neither footage nor tracks"):
        run(tmp_path, replace(request, performance=nothing))
