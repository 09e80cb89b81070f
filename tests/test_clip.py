"""One real clip with the default engines, from the command line, judged by people's measures and by strangers' tools."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """# The night ferry returns
For the first time in nine years, a night ferry will sail from the old harbour.
It leaves at ten in the evening and arrives at six the next morning.
The council says that 400 people a week will use it, and that tickets cost 35 pounds.
The first crossing is on the fourth of May.
"""

pytestmark = [pytest.mark.proof, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    data = tmp_path_factory.mktemp("clip")
    command = [sys.executable, str(ROOT / "run.py"), "--data", str(data), "make", "--script", "-", "--json"]
    formats = [part for name in ("16:9", "9:16", "1:1") for part in ("--format", name)]
    done = subprocess.run(
        [*command, *formats, "--draft", str(data / "clip.mp4")],
        input=SCRIPT, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {**json.loads(done.stdout), "data": data}


@pytest.fixture(scope="module")
def captions(clip: dict[str, Any]) -> list[tuple[float, float, str]]:
    """The cues of the clip's VTT: start, end, text."""
    from storage import queries
    from storage.artifacts import FolderStore
    from storage.database import reading

    with reading(clip["data"] / "studio.db") as db:
        cut = queries.clip_detail(db, clip["clip"]).cuts["16:9"]
    text = FolderStore(clip["data"] / "artifacts").fetch(cut.vtt).read_text("utf-8")
    cues = re.findall(r"(\d\d):(\d\d):(\d\d\.\d+) --> (\d\d):(\d\d):(\d\d\.\d+)[^\n]*\n((?:.+\n?)+)", text)
    return [
        (int(h) * 3600 + int(m) * 60 + float(s), int(h2) * 3600 + int(m2) * 60 + float(s2), " ".join(said.split()))
        for h, m, s, h2, m2, s2, said in cues
    ]


def test_a_stranger_understands_every_word(clip):
    from tests.support.recogniser import error_rate, plain_words, transcript

    spoken = " ".join(SCRIPT.splitlines()[1:])
    heard = transcript(Path(clip["video"]))
    wrong = error_rate(normal(plain_words(spoken)), normal(plain_words(heard)))
    assert wrong <= 0.03, heard


def test_captions_appear_when_their_words_are_heard(clip, captions, tmp_path):
    """An independent aligner, given the words and the finished video's own sound, hears every cue begin and every
    word of it within 120 ms of when it is shown."""
    from tests.support.aligner import word_times

    words = [word for _, _, said in captions for word in said.split()]
    heard = word_times(sound_of(Path(clip["video"]), tmp_path / "sound.wav"), words)
    at = 0
    for start, end, said in captions:
        mine = heard[at : at + len(said.split())]
        at += len(mine)
        assert mine[0][0] == pytest.approx(start, abs=0.12), said
        assert all(start - 0.12 <= begin <= end + 0.12 for begin, _ in mine), said


def test_captions_carry_the_script_and_nothing_else(captions):
    from tests.support.recogniser import plain_words

    spoken = plain_words(" ".join(SCRIPT.splitlines()[1:]))
    assert plain_words(" ".join(said for _, _, said in captions)) == spoken


@pytest.mark.parametrize(("name", "size"), [("16:9", (1280, 720)), ("9:16", (720, 1280)), ("1:1", (1080, 1080))])
def test_every_format_decodes_completely_at_its_size(clip, name, size):
    import av

    with av.open(clip["videos"][name]) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.width, video.codec_context.height) == size
        assert video.average_rate == 25
        assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
        seconds = {"video": 0.0, "audio": 0.0}
        for frame in container.decode(video=0):
            seconds["video"] = frame.time + 1 / 25
        container.seek(0)
        for frame in container.decode(audio=0):
            seconds["audio"] = frame.time + frame.samples / frame.sample_rate
    assert abs(seconds["video"] - seconds["audio"]) <= 0.04
    assert seconds["video"] == pytest.approx(clip["duration_s"], abs=0.05)


def test_it_starts_playing_before_it_is_downloaded(clip):
    """Faststart: the index lies before the media."""
    data = Path(clip["videos"]["9:16"]).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_it_is_as_loud_as_it_says(clip):
    import av
    import numpy as np
    import pyloudnorm

    with av.open(clip["videos"]["16:9"]) as container:
        rate = container.streams.audio[0].rate
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1).T
    assert pyloudnorm.Meter(rate).integrated_loudness(sound.astype(np.float64)) == pytest.approx(-16.0, abs=1.0)


def test_every_check_passed(clip):
    assert [name for name, check in clip["quality"].items() if not check["passed"]] == []


def test_the_draft_says_that_nobody_watched_it(clip):
    import av

    assert clip["video"].endswith(".draft.mp4")
    with av.open(clip["video"]) as container:
        assert "not reviewed" in container.metadata["comment"]


def sound_of(video: Path, wav: Path) -> Path:
    """The sound track as a mono WAV file."""
    import wave

    import av

    with av.open(str(video)) as container, wave.open(str(wav), "wb") as out:
        out.setparams((1, 2, 16000, 0, "NONE", ""))
        resampler = av.AudioResampler("s16", "mono", 16000)
        for frame in container.decode(audio=0):
            for part in resampler.resample(frame):
                out.writeframes(part.to_ndarray().tobytes())
    return wav


def normal(words: list[str]) -> list[str]:
    """Numbers as digits, whichever way they were written."""
    digits = {"nine": "9", "ten": "10", "six": "6", "fourth": "4th", "first": "1st", "£35": "35"}
    return [digits.get(word, word) for word in words if word not in ("pounds", "the", "of")]
