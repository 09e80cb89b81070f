"""Whether an encoder really works on this machine: it makes a very short video, in a process that it may take down.

python -m producer.render.trial nvenc      exit code 0, or a line that says what is wrong
"""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from config.errors import DailiesError
from producer.render.encoders import ENCODERS, VideoEncoder
from storage.orders import EncoderName

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30
SIZE = (640, 368)
"""Above the smallest picture that any card takes."""
FPS, FRAMES = 25, 12


@functools.cache
def problem_with(name: EncoderName) -> str:
    """What keeps an encoder from working here, in a sentence; "" = it works. Asked once in a process' life.

    A broken driver can crash or hang whoever calls it, so a child does. Where no driver is loaded, none is started.
    """
    encoder = ENCODERS[name]
    if sys.platform == "linux" and encoder.driver and not any(_found(pattern) for pattern in encoder.driver):
        return f"{encoder.title} finds no card with a driver here ({' or '.join(encoder.driver)} is not in /dev)."
    return verdict_of([sys.executable, "-m", __name__, name], encoder.title)


def verdict_of(command: list[str], title: str, patience_s: float = PATIENCE_S) -> str:
    """What a process that tries an encoder found wrong with it, also when it cannot say so any more."""
    try:
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=patience_s, check=False)
    except subprocess.TimeoutExpired:
        return f"{title} hangs: no video within {patience_s:g} seconds."
    if done.returncode < 0:
        return f"{title} crashes (signal {-done.returncode})."
    said = done.stdout.strip().splitlines()
    return "" if done.returncode == 0 else said[-1] if said else f"{title} ends with {done.returncode}."


def make_trial(encoder: VideoEncoder, path: Path) -> int:
    """Write half a second of video, and return how many frames of it can be decoded. Raises Unavailable."""
    import av
    import numpy as np

    from producer.render.encode import Encoder
    from producer.render.sound.aac import Coded, coded
    from producer.render.sound.meter import RATE

    silence: Future[Sequence[Coded]] = Future()
    silence.set_result(coded(np.zeros((RATE * FRAMES // FPS, 2), np.float32)))
    with Encoder(path, SIZE, FPS, silence, encoder) as file:
        for number in range(FRAMES):
            file.write(np.full((SIZE[1], SIZE[0], 4), 20 * number, np.uint8))
    with av.open(str(path)) as made:
        return sum(1 for _ in made.decode(video=0))


def _found(pattern: str) -> bool:
    return any(Path("/dev").glob(pattern))


def _main(name: EncoderName) -> str:
    import av

    av.logging.set_level(av.logging.ERROR)  # the reason is in FFmpeg's log, rather than in its error
    encoder = ENCODERS[name]
    with tempfile.TemporaryDirectory(prefix="dailies-trial-") as folder:
        try:
            seen = make_trial(encoder, Path(folder) / "trial.mp4")
        except DailiesError as error:
            return error.message
    return "" if seen == FRAMES else f"{encoder.title} made {seen} of {FRAMES} frames."


if __name__ == "__main__":
    if problem := _main(sys.argv[1]):  # type: ignore[arg-type]  # asked by `problem_with` alone
        print(problem)
        sys.exit(1)
