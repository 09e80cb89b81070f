"""`run.py bench wav2lip`: what a speaking portrait costs beside the network's own work, on this machine.

The real engine, end to end, from a portrait and a WAV file to stored footage. The weights are random ones, saved in the
published format and read by the loader that the user's own go through; what they are changes no figure. The portrait is
a drawn presenter's, in which the face models find a face like any other; the speech is the English voice's.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from config.errors import StudioError
from config.process import peak_mb
from producer.engines.base import Context
from producer.engines.line.hibari import HibariVoice
from producer.engines.requests import LineOptions, LineRequest, VideoOptions, VideoRequest
from producer.engines.video.photo import ID as FACES
from producer.engines.video.wav2lip import CHECKPOINTS, Wav2Lip
from producer.speech.wav import MEDIA_TYPE, to_wav
from producer.stopwatch import Stopwatch
from storage.artifacts import ArtifactStore, FolderStore
from storage.documents import ArtifactRef, Script, ScriptLine, Speech, SpokenSpan

SAID = "For the first time in nine years, a night ferry will sail from the old harbour. Tickets cost 35 pounds."
SIDE = 900
"""Of the portrait, in pixels."""
PARTS = ("portrait", "sound", "paste", "film", "store")
"""What the stage does beside the network, as the engine's stopwatch names it."""


def measure(seconds: float, runs: int, weights: Path, device: str = "auto") -> dict[str, Any]:
    """Medians of `runs` performances, after a short one that warms everything up. `weights` is the folder of the face
    models.

    Parts are processor time, of all threads. `outside_forward_share` is what is not the network's: of processor time,
    or of the time that passes where the network is on a GPU.
    """
    with tempfile.TemporaryDirectory(prefix="dailies-bench-") as name:
        folder = Path(name)
        store, engine = FolderStore(folder / "artifacts"), _engine(folder, weights, device)
        portrait = store.put_bytes(portrait_png(), "image/png")
        _round(engine, store, folder / "warm", portrait, 1.0)
        rounds = [_round(engine, store, folder / f"run-{number}", portrait, seconds) for number in range(runs)]
    of_cpu = median([1 - r.forward_s / r.cpu_s for r in rounds])
    of_wall = median([1 - r.forward_wall_s / r.wall_s for r in rounds])
    parts = {f"{part}_cpu_s": median([r.parts[part] for r in rounds]) for part in PARTS}
    return {
        "precision": str(engine.speaker.precision).removeprefix("torch."),
        "device": engine.speaker.device,
        "frames": rounds[0].frames,
        "fps": median([r.frames / r.wall_s for r in rounds]),
        "outside_forward_share": of_cpu if engine.speaker.device == "cpu" else of_wall,
        "outside_forward_wall_share": of_wall,
        "wall_s": median([r.wall_s for r in rounds]),
        "cpu_s": median([r.cpu_s for r in rounds]),
        "forward_cpu_s": median([r.forward_s for r in rounds]),
        **parts,
        "other_cpu_s": median([r.cpu_s - r.forward_s - sum(r.parts.values()) for r in rounds]),
        "gpu_peak_mb": engine.speaker.peak_mb,
        "peak_mb": round(peak_mb()),
    }


@dataclass(frozen=True)
class _Round:
    frames: int
    wall_s: float
    cpu_s: float
    forward_s: float
    forward_wall_s: float
    parts: dict[str, float]


def _round(engine: Wav2Lip, store: ArtifactStore, workdir: Path, portrait: ArtifactRef, seconds: float) -> _Round:
    """One performance. Whatever this thread and the encoder's did not do was done by the network's other threads."""
    workdir.mkdir()
    request = VideoRequest(VideoOptions(look={"portrait": portrait.model_dump()}), SCRIPT, speech_of(store, seconds))
    engine.watch = watch = Stopwatch()
    cpu, own, wall = time.process_time(), time.thread_time(), time.perf_counter()
    made = engine.run(request, Context(workdir, store))
    cpu, own, wall = time.process_time() - cpu, time.thread_time() - own, time.perf_counter() - wall
    elsewhere = cpu - own - watch.cpu_s["film"]
    return _Round(
        frames=round(made.duration_s * made.fps),
        wall_s=wall,
        cpu_s=cpu,
        forward_s=watch.cpu_s["network"] + elsewhere,
        forward_wall_s=watch.wall_s["network"],
        parts={part: watch.cpu_s[part] for part in PARTS},
    )


def _engine(folder: Path, weights: Path, device: str) -> Wav2Lip:
    """With random weights, loaded as the user's own would be."""
    from producer.nets.wav2lip.random_weights import save_random

    engine = Wav2Lip()
    engine.weights_folder = folder / "weights" / engine.info.id
    engine.weights_folder.mkdir(parents=True)
    (engine.weights_folder.parent / FACES).symlink_to((weights / FACES).absolute())
    save_random(engine.weights_folder / CHECKPOINTS[0])
    for problem in engine.check():
        raise StudioError(problem.message, problem.cure)
    engine.load(device)
    return engine


def portrait_png() -> bytes:
    """A drawn presenter who holds still, before a light wall."""
    import cv2
    import numpy as np

    from producer.render.presenter.framing import Placement
    from producer.render.presenter.looks import DEFAULT
    from producer.render.presenter.renderer import DrawnRenderer
    from producer.render.presenter.stills import still

    frame = np.full((SIDE, SIDE, 4), (210, 205, 200, 255), np.uint8)
    place = Placement(SIDE / 2, 0.2 * SIDE, 0.44 * SIDE)
    DrawnRenderer(still(), {"name": DEFAULT}, frame, place, float(SIDE)).paint(0)
    return bytes(cv2.imencode(".png", frame[..., :3])[1].tobytes())


def speech_of(store: ArtifactStore, seconds: float) -> Speech:
    """The English voice, over and over, for exactly so long."""
    import numpy as np

    from producer.render.inputs import read_voice

    voice = HibariVoice()
    voice.load()
    with tempfile.TemporaryDirectory() as folder:
        line = voice.run(LineRequest(LineOptions(text=SAID)), Context(Path(folder), store))
    samples, rate = read_voice(store.fetch(line.audio))
    audio = store.put_bytes(to_wav(np.resize(samples, round(seconds * rate)), rate), MEDIA_TYPE)
    span = (SpokenSpan(start=0, end=seconds),)
    return Speech(audio=audio, sample_rate=rate, duration_s=seconds, loudness_lufs=-16, lines=span)


SCRIPT = Script(title="The night ferry returns", lines=(ScriptLine(text=SAID),))
