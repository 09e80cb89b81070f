"""Looks at a file from outside before it is taken, in a process of its own: python -m producer.intake LIMITS FILE

What the file is, is read from its first bytes, and only the reader of that one container is let near it: no playlist,
no address, no archive is ever followed. Sizes are checked before anything is decoded, the process may take no more
memory and time than it is given, and it holds nothing that would be worth stealing.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import BadInput
from config.settings import Uploads
from storage.uploads import MediaFacts, UploadKind

if TYPE_CHECKING:
    import av.container

MEMORY, SECONDS = 3 << 30, 60
"""What looking at one file may take: bytes of address space, seconds of a processor."""
HEAD = 64
"""Bytes that tell every container."""
CHANNELS, SAMPLE_RATE, STREAMS, SIDE = 8, 192_000, 8, 16_384
VIDEO_CODECS = frozenset({"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "prores", "mjpeg"})
AUDIO_CODECS = frozenset({"aac", "mp3", "opus", "vorbis", "flac", "alac"})
PCM = "pcm_"


@dataclass(frozen=True)
class Container:
    """A kind of file that is taken. `reader`: Pillow's or FFmpeg's name of what reads it."""

    kind: UploadKind
    media_type: str
    reader: str


JPEG, PNG, WEBP = (Container("image", f"image/{name}", name.upper()) for name in ("jpeg", "png", "webp"))
WAV, FLAC, OGG = (Container("audio", f"audio/{name}", name) for name in ("wav", "flac", "ogg"))
MP3, MP4 = Container("audio", "audio/mpeg", "mp3"), Container("video", "video/mp4", "mp4")
WEBM = Container("video", "video/webm", "matroska")
TAKEN = "JPEG, PNG and WebP; WAV, FLAC, Ogg, MP3 and M4A; MP4, MOV and WebM"


def container_of(head: bytes) -> Container | None:
    """What a file is by its first bytes, if it is anything that is taken."""
    if head[:4] == b"RIFF":
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return MP4
    if head[:2] == b"\xff\xfb" or head[:2] in (b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"):
        return MP3
    starts = {
        b"\xff\xd8\xff": JPEG,
        b"\x89PNG\r\n\x1a\n": PNG,
        b"fLaC": FLAC,
        b"OggS": OGG,
        b"ID3": MP3,
        b"\x1aE\xdf\xa3": WEBM,
    }
    return next((container for start, container in starts.items() if head.startswith(start)), None)


def inspect(path: Path, limits: Uploads) -> MediaFacts:
    """What the file is. Raises BadInput when it is damaged, too large, or nothing that is taken."""
    with path.open("rb") as file:
        container = container_of(file.read(HEAD))
    if container is None:
        raise BadInput("This is no picture, recording or video that is taken.", f"Taken are: {TAKEN}.")
    try:
        facts = _picture(path, container, limits) if container.kind == "image" else _media(path, container, limits)
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(
            f"The file cannot be read: {str(error)[:200] or type(error).__name__}.", "Save it anew."
        ) from error
    most = {"image": limits.image_mb, "audio": limits.audio_mb, "video": limits.video_mb}[facts.kind]
    if path.stat().st_size > most * 1e6:
        raise BadInput(f"This file has {path.stat().st_size / 1e6:.1f} MB.", f"Of this kind, {most:g} MB are taken.")
    return facts


def _picture(path: Path, container: Container, limits: Uploads) -> MediaFacts:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is decoded
    with Image.open(path, formats=[container.reader]) as picture:
        _fits(*picture.size, limits)
        picture.load()
        return MediaFacts(kind="image", media_type=container.media_type, width=picture.width, height=picture.height)


def _media(path: Path, container: Container, limits: Uploads) -> MediaFacts:
    import av

    av.logging.set_level(None)
    with av.open(
        str(path), format=container.reader, options={"protocol_whitelist": "file"}, metadata_errors="replace"
    ) as media:
        if len(media.streams) > STREAMS:
            raise BadInput(f"This file has {len(media.streams)} streams.", f"At most {STREAMS} are taken.")
        frames = [stream for stream in media.streams.video if not _is_cover(stream)]
        kind: UploadKind = "video" if frames and container.kind == "video" else "audio"
        sound = list(media.streams.audio)
        if kind == "audio" and not sound:
            raise BadInput("Nothing can be heard in this recording.", "Save it anew, with sound.")
        for stream in sound:
            _check_sound(stream)
        size = _check_frames(frames[0], limits) if kind == "video" else (None, None)
        wanted = [*(frames[:1] if kind == "video" else []), *sound[:1]]
        duration = max(_lengths(media, wanted, limits))
    if not duration:
        raise BadInput("This file is empty.", "Save it anew.")
    media_type = f"{kind}/{container.media_type.partition('/')[2]}"
    return MediaFacts(
        kind=kind, media_type=media_type, width=size[0], height=size[1], duration_s=round(duration, 3), has_audio=bool(sound)
    )  # fmt: skip


def _lengths(media: av.container.InputContainer, streams: list[Any], limits: Uploads) -> Iterator[float]:
    """Seconds of each stream as they really are, not as the file claims: all sound is decoded, and one frame."""
    import av

    heard = {stream.index: 0.0 for stream in streams}
    seen = False
    for packet in media.demux(streams):
        stream = packet.stream
        if stream.type == "audio":
            for frame in packet.decode():
                if isinstance(frame, av.AudioFrame):
                    heard[stream.index] += frame.samples / (frame.sample_rate or 1)
        else:
            if packet.pts is not None and packet.time_base is not None:
                start = stream.start_time or 0
                end = float((packet.pts - start + (packet.duration or 0)) * packet.time_base)
                heard[stream.index] = max(heard[stream.index], end)
            if not seen:
                for frame in packet.decode():
                    if isinstance(frame, av.VideoFrame):
                        seen = True
                        _fits(frame.width, frame.height, limits)
        if heard[stream.index] > limits.seconds:
            raise BadInput("This file is too long.", f"At most {limits.seconds:g} seconds are taken.")
    if any(stream.type == "video" for stream in streams) and not seen:
        raise BadInput("No frame of this video can be decoded.", "Save it anew.")
    yield from heard.values()


def _check_sound(stream: Any) -> None:
    codec = stream.codec_context
    name = codec.codec.canonical_name
    if name not in AUDIO_CODECS and not name.startswith(PCM):
        raise BadInput(f"Sound in “{name}” is not taken.", "Save it as WAV, FLAC, MP3, AAC, Opus or Vorbis.")
    if not 0 < codec.channels <= CHANNELS or not 0 < codec.sample_rate <= SAMPLE_RATE:
        raise BadInput("This sound has too many channels or samples.", "Save it as stereo, at 48 kHz.")


def _check_frames(stream: Any, limits: Uploads) -> tuple[int, int]:
    codec = stream.codec_context
    name = codec.codec.canonical_name
    if name not in VIDEO_CODECS:
        raise BadInput(f"Video in “{name}” is not taken.", "Save it as H.264, HEVC, VP9 or AV1.")
    _fits(codec.width, codec.height, limits)
    codec.options = {"max_pixels": str(int(limits.megapixels * 1e6))}
    codec.thread_count = 1
    return codec.width, codec.height


def _is_cover(stream: Any) -> bool:
    """The picture of an album, which players show while the sound plays."""
    return "attached_pic" in str(stream.disposition).lower()


def _fits(width: int, height: int, limits: Uploads) -> None:
    if not (0 < width <= SIDE and 0 < height <= SIDE and width * height <= limits.megapixels * 1e6):
        raise BadInput(
            f"The picture has {width} × {height} pixels.", f"At most {limits.megapixels:g} megapixels are taken."
        )


def main(limits: str, path: str) -> None:
    """Prints one JSON object: `facts`, or `fault` and `cure`."""
    if sys.platform == "linux":  # macOS refuses to set it, and would not heed it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        facts = inspect(Path(path), Uploads.model_validate_json(limits))
        print(json.dumps({"facts": facts.model_dump(mode="json")}))
    except BadInput as error:
        print(json.dumps({"fault": error.message, "cure": error.cure}))


if __name__ == "__main__":
    main(*sys.argv[1:])
