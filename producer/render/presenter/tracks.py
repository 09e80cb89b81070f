"""The named arrays of a performance, and their file.

All arrays are float32 with one row per frame. The first row is `lead` frames before the speech begins and the last is
`lead` frames after it ends, so that the presenter lives through an intro and an outro:

    mouth   (n, 8)  see visemes.MOUTH               lids    (n,)    0 open … 1 closed
    smile   (n,)    -1 corners down … 1 up          widen   (n,)    of the eyes: -1 narrowed … 1 wide open
    head    (n, 3)  yaw, pitch, roll in degrees;    gaze    (n, 2)  -1 … 1, right and down
                    + is right, down, clockwise     brows   (n, 3)  raised -1 … 1; slant -1 inner ends low … 1 high;
    shift   (n, 2)  of the head, in rig units                       knit 0 … 1 drawn together
    lean    (n,)    of the body, degrees            breath  (n,)    0 out … 1 in
    hands   (n, 8)  see gestures.COLUMNS
    lead    (1,)    frames before and after the speech

`.npz` is numpy's format: a zip of `.npy` files. Here every byte of it depends on the arrays alone.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from config.errors import BadInput

Track = npt.NDArray[np.float32]
Tracks = Mapping[str, Track]

WIDTHS: dict[str, int] = {
    "mouth": 8, "smile": 1, "head": 3, "shift": 2, "lean": 1, "breath": 1,
    "lids": 1, "widen": 1, "gaze": 2, "brows": 3, "hands": 8,
}  # fmt: skip
"""Columns of each array; 1 means a plain vector."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold."""


def to_bytes(tracks: Tracks) -> bytes:
    """The tracks as an `.npz` file; equal tracks make equal bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in sorted(tracks):
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(tracks[name], np.float32), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, member.getvalue(), compresslevel=6)
    return file.getvalue()


def load(path: Path) -> dict[str, Track]:
    """Read and check tracks. Raises BadInput when an array is missing or has the wrong shape."""
    with np.load(path, allow_pickle=False) as archive:
        tracks = {name: archive[name].astype(np.float32) for name in archive.files}
    check(tracks)
    return tracks


def check(tracks: Tracks) -> None:
    """Raises BadInput unless all arrays are there, of one length, with a lead that fits inside it."""
    missing = sorted({*WIDTHS, "lead"} - set(tracks))
    if missing:
        raise BadInput(f"The performance lacks {', '.join(missing)}.", "Make the video stage again.")
    frames = len(tracks["mouth"])
    for name, width in WIDTHS.items():
        if tracks[name].shape != ((frames,) if width == 1 else (frames, width)):
            raise BadInput(f"The track “{name}” has the shape {tracks[name].shape}.", "Make the video stage again.")
    if tracks["lead"].shape != (1,) or not 0 <= 2 * float(tracks["lead"][0]) <= frames or not frames:
        raise BadInput("The performance's lead is longer than the performance.", "Make the video stage again.")


def row_of(index: int, frames: int, lead: int) -> int:
    """The row that shows performance frame `index`, where 0 is the first frame of speech.

    Beyond the recorded lead, the lead is walked to and fro, so that the presenter neither freezes nor jumps.
    """
    row = index + lead
    if 0 <= row < frames:
        return row
    if lead < 2:
        return min(max(row, 0), frames - 1)
    beyond = -row if row < 0 else row - (frames - 1)
    turn = beyond % (2 * (lead - 1))
    inward = min(turn, 2 * (lead - 1) - turn)
    return inward if row < 0 else frames - 1 - inward
