"""What is brought from outside is looked at before it is taken: what it is, how large it is, and whether it is a trap."""

from __future__ import annotations

import contextlib
import io
import json
import struct
import subprocess
import sys
import wave
import zlib
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from config.errors import BadInput
from config.settings import Uploads
from producer.intake import container_of, inspect
from tests.support.footage import film

LIMITS = Uploads(image_mb=1, audio_mb=2, video_mb=3, megapixels=4, seconds=20)


def picture(path: Path, kind: str = "PNG", size: tuple[int, int] = (64, 48)) -> Path:
    Image.new("RGB", size, "#a33").save(path, kind)
    return path


def recording(path: Path, seconds: float = 1, rate: int = 8000) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(2 * int(rate * seconds)))
    return path


def sounding(path: Path, kind: str, codec: str) -> Path:
    """A second of a tone."""
    with av.open(str(path), "w", format=kind) as file:
        stream = file.add_stream(codec, 48_000, layout="mono")
        tone = (np.sin(np.arange(48_000) / 20) * 9000).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(tone, "s16", "mono")
        frame.rate = 48_000
        for resampled in av.AudioResampler(stream.format.name, "mono", 48_000, stream.frame_size or None).resample(
            frame
        ):
            file.mux(stream.encode(resampled))
        file.mux(stream.encode(None))
    return path


def huge_png(side: int) -> bytes:
    """A picture of `side`² pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    rows = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class TestWhatIsTaken:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    def test_pictures(self, tmp_path: Path, kind: str) -> None:
        facts = inspect(picture(tmp_path / "named.anything", kind), LIMITS)
        assert (facts.kind, facts.media_type, facts.width, facts.height) == ("image", f"image/{kind.lower()}", 64, 48)

    @pytest.mark.parametrize(
        ("kind", "codec", "media_type"),
        [("flac", "flac", "audio/flac"), ("mp3", "libmp3lame", "audio/mpeg"), ("ogg", "libopus", "audio/ogg"),
         ("mp4", "aac", "audio/mp4"), ("webm", "libopus", "audio/webm")],
    )  # fmt: skip
    def test_recordings(self, tmp_path: Path, kind: str, codec: str, media_type: str) -> None:
        facts = inspect(sounding(tmp_path / "said", kind, codec), LIMITS)
        assert (facts.kind, facts.media_type) == ("audio", media_type)
        assert facts.duration_s == pytest.approx(1, abs=0.1)

    def test_a_recording_is_as_long_as_it_sounds(self, tmp_path: Path) -> None:
        facts = inspect(recording(tmp_path / "said.wav", 2.5), LIMITS)
        assert (facts.media_type, facts.duration_s, facts.has_audio) == ("audio/wav", 2.5, True)

    def test_videos(self, tmp_path: Path) -> None:
        film(tmp_path / "seen.mp4", 96, 64, 2, 1, "Seen")
        facts = inspect(tmp_path / "seen.mp4", LIMITS)
        assert (facts.kind, facts.media_type, facts.width, facts.height) == ("video", "video/mp4", 96, 64)
        assert facts.duration_s == pytest.approx(2, abs=0.2)
        assert facts.has_audio


class TestWhatIsNot:
    @pytest.mark.parametrize(
        "data",
        [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"#EXTM3U\n/etc/passwd", b"ffconcat version 1.0",
         b"PK\x03\x04", b"%PDF-1.7", b"\x7fELF", b"<!doctype html>", b"RIFF\0\0\0\0AVI "],
    )  # fmt: skip
    def test_anything_else_is_left_to_no_reader(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / "it").write_bytes(data)
        assert container_of(data) is None
        with pytest.raises(BadInput, match="no picture, recording or video"):
            inspect(tmp_path / "it", LIMITS)

    def test_a_picture_that_would_fill_the_memory(self, tmp_path: Path) -> None:
        bomb = huge_png(16_000)
        assert len(bomb) < 100_000
        (tmp_path / "bomb.png").write_bytes(bomb)
        with pytest.raises(BadInput, match="16000 × 16000 pixels"):
            inspect(tmp_path / "bomb.png", LIMITS)

    def test_what_lasts_too_long_whatever_it_claims(self, tmp_path: Path) -> None:
        recording(tmp_path / "long.wav", 21)
        data = bytearray((tmp_path / "long.wav").read_bytes())
        data[28:32] = struct.pack("<I", 16_000_000)  # bytes per second: claims to be over in an instant
        (tmp_path / "long.wav").write_bytes(data)
        with pytest.raises(BadInput, match="too long"):
            inspect(tmp_path / "long.wav", LIMITS)

    def test_what_is_too_large_for_its_kind(self, tmp_path: Path) -> None:
        noise = np.random.default_rng(1).integers(0, 256, (800, 800, 3), np.uint8)
        Image.fromarray(noise).save(tmp_path / "large.png")
        with pytest.raises(BadInput, match="Of this kind, 1 MB"):
            inspect(tmp_path / "large.png", LIMITS)

    def test_silence_and_emptiness(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="empty"):
            inspect(recording(tmp_path / "none.wav", 0), LIMITS)

    def test_a_torn_picture(self, tmp_path: Path) -> None:
        whole = picture(tmp_path / "a.png", size=(200, 200)).read_bytes()
        (tmp_path / "a.png").write_bytes(whole[: len(whole) // 2])
        with pytest.raises(BadInput, match="cannot be read"):
            inspect(tmp_path / "a.png", LIMITS)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.sampled_from(["png", "jpeg", "webp", "wav"]), st.integers(0, 10**6), st.binary(min_size=1, max_size=8))
    def test_damage_is_a_plain_refusal_or_none(self, tmp_path: Path, kind: str, at: int, change: bytes) -> None:
        path = tmp_path / "it"
        recording(path, 0.1) if kind == "wav" else picture(path, kind.upper())
        data = bytearray(path.read_bytes())
        start = at % len(data)
        data[start : start + len(change)] = change
        path.write_bytes(data)
        with contextlib.suppress(BadInput):  # and nothing else
            assert inspect(path, LIMITS).media_type.partition("/")[0] in ("image", "audio")


def test_a_process_of_its_own_says_it_in_json(tmp_path: Path) -> None:
    def look(path: Path) -> dict[str, object]:
        command = [sys.executable, "-m", "producer.intake", LIMITS.model_dump_json(), str(path)]
        told: dict[str, object] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        return told

    assert look(picture(tmp_path / "a.png"))["facts"]["width"] == 64  # type: ignore[index]
    (tmp_path / "b").write_bytes(io.BytesIO(b"nothing").getvalue())
    assert set(look(tmp_path / "b")) == {"fault", "cure"}
