"""Recordings that people bring along: which files are read, and what is refused."""

from __future__ import annotations

import contextlib
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import BadInput
from producer.speech import intake
from producer.speech.intake import media_type, read_sound
from producer.speech.wav import to_wav
from tests.support.footage import film

RATE = 24000
TONE = (0.3 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)).astype(np.float32)
CODECS = [
    ("wav", "pcm_s16le"),
    ("mp3", "libmp3lame"),
    ("mp4", "aac"),
    ("flac", "flac"),
    ("ogg", "libopus"),
    ("webm", "libopus"),
]


def encoded(path: Path, container: str, codec: str, channels: str = "stereo") -> Path:
    with av.open(str(path), "w", format=container) as file:
        stream = file.add_stream(codec, rate=48000, layout=channels)
        resampler = av.AudioResampler(
            format=stream.format, layout=channels, rate=48000, frame_size=stream.frame_size or 1024
        )
        frame = av.AudioFrame.from_ndarray(TONE[None], format="flt", layout="mono")
        frame.sample_rate = RATE
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(("container", "codec"), CODECS)
def test_reads_what_phones_and_recorders_write(tmp_path: Path, container: str, codec: str) -> None:
    path = encoded(tmp_path / "sound", container, codec)  # the name tells nothing
    sound = read_sound(path, 16000, 60)
    assert len(sound) / 16000 == pytest.approx(1.0, abs=0.1)
    power = np.abs(np.fft.rfft(sound[2000:14000]))
    assert power.argmax() * 16000 / 12000 == pytest.approx(440, abs=3)
    assert media_type(path).startswith("audio/")


def test_a_files_own_remarks_may_be_in_any_alphabet(tmp_path: Path) -> None:
    """Names of tracks that are no UTF-8 are of no interest; they must not keep the sound from being read."""
    path = tmp_path / "film"
    film(path.with_suffix(".mp4"), 64, 64, 0.5, 1, "A film")
    path.write_bytes(path.with_suffix(".mp4").read_bytes().replace(b"SoundHandler", b"Sound\xed\xa0\x80dler"))
    assert len(read_sound(path, 16_000, 10.0))


def test_refuses_what_is_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    for content in (
        b"",
        b"hello there, this is text",
        b"#EXTM3U\nfile:///etc/passwd\n",
        b"\x89PNG\r\n\x1a\n" + b"0" * 64,
    ):
        path.write_bytes(content)
        with pytest.raises(BadInput, match="no sound"):
            read_sound(path, RATE, 60)


def test_refuses_silence_and_what_is_too_long_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sound.wav"
    path.write_bytes(to_wav(np.zeros(RATE, np.float32), RATE))
    with pytest.raises(BadInput, match="nothing to hear"):
        read_sound(path, RATE, 60)
    path.write_bytes(to_wav(np.tile(TONE, 5), RATE))
    with pytest.raises(BadInput, match="longer than"):
        read_sound(path, RATE, 3)
    monkeypatch.setattr(intake, "LARGEST_BYTES", 1000)
    with pytest.raises(BadInput, match="are allowed"):
        read_sound(path, RATE, 60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(CODECS[:5]), cut=st.floats(0, 1), seed=st.integers(0, 9))
def test_a_damaged_file_is_read_or_refused_but_never_breaks_anything(
    tmp_path: Path, kind: tuple[str, str], cut: float, seed: int
) -> None:
    whole = tmp_path / kind[0]
    content = bytearray((whole if whole.exists() else encoded(whole, *kind)).read_bytes()[: round(cut * 30000) + 16])
    for at in np.random.default_rng(seed).integers(16, max(17, len(content)), 20):
        if at < len(content):
            content[at] ^= 0xFF
    path = tmp_path / "damaged"
    path.write_bytes(content)
    with contextlib.suppress(BadInput):
        assert np.isfinite(read_sound(path, RATE, 60)).all()
