"""Copies of unreviewed videos, marked so that nobody takes them for released ones."""

from __future__ import annotations

import contextlib
from pathlib import Path

from config.errors import StudioError

MARK = "DRAFT - not reviewed"


def copy_draft(video: Path, target: Path) -> Path:
    """Copy an MP4 to `target`, named `….draft.mp4` and with a comment in its metadata; the streams stay as they are.

    Returns the path written. Raises StudioError when the target cannot be written.
    """
    import av

    path = draft_name(target)
    try:
        with av.open(str(video)) as source, av.open(str(path), "w", options={"movflags": "+faststart"}) as copy:
            copy.metadata.update(source.metadata | {"comment": MARK})
            # opaque: by what the stream is, not by an encoder of the same name as its decoder, which AV1's has not
            streams = {stream.index: copy.add_stream_from_template(stream, opaque=True) for stream in source.streams}
            for packet in source.demux():
                if packet.dts is not None:  # the empty packet that ends a stream
                    packet.stream = streams[packet.stream_index]
                    copy.mux(packet)
    except (OSError, av.error.FFmpegError) as error:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        reason = getattr(error, "strerror", None) or str(error)
        raise StudioError(
            f"The draft {path} cannot be written: {reason}.", "Check the folder, and the free space."
        ) from error
    return path


def draft_name(target: Path) -> Path:
    """`clip.mp4` → `clip.draft.mp4`; a folder-less name stays in its folder."""
    return (
        target
        if target.name.endswith(".draft.mp4")
        else target.with_name(target.name.removesuffix(".mp4") + ".draft.mp4")
    )
