"""Doubles of the programs that need a GPU: real processes with their arguments, lines, files, and ways to fail.

What they accept and print was read in the programs' repositories, at the revisions of config/environments.toml. How one
behaves is a word in `code/mood`; the film that it makes is `code/film.mp4`.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from producer.outside.environment import MADE, Environment, read_environments
from producer.weights import read_lock

FPS = 25

SADTALKER = """
import argparse, os, shutil, sys, time
from pathlib import Path

HERE = Path(__file__).resolve().parent
parser = argparse.ArgumentParser(allow_abbrev=False)
for name in ("driven_audio", "source_image", "checkpoint_dir", "result_dir"):
    parser.add_argument(f"--{name}", required=True)
parser.add_argument("--size", type=int, default=256, choices=(256, 512))
parser.add_argument("--pose_style", type=int, default=0, choices=range(46))
parser.add_argument("--batch_size", type=int, default=2)
parser.add_argument("--preprocess", default="crop", choices=["crop", "extcrop", "resize", "full", "extfull"])
parser.add_argument("--enhancer", default=None)
for name in ("still", "cpu", "verbose"):
    parser.add_argument(f"--{name}", action="store_true")
args = parser.parse_args()
mood = (HERE / "mood").read_text()

(HERE / "called.json").write_text(__import__("json").dumps({"argv": sys.argv, "path0": sys.path[0], **vars(args)}))
assert Path(os.path.split(sys.argv[0])[0], "src/config").is_dir(), "it finds its settings beside the script"
assert Path(args.checkpoint_dir, f"SadTalker_V0.0.2_{args.size}.safetensors").is_file()
assert Path(args.checkpoint_dir, "mapping_00109-model.pth.tar" if "full" in args.preprocess else "none").is_file()
assert Path("gfpgan/weights/alignment_WFLW_4HG.pth").is_file(), "it looks for them in its current folder"
assert Path(args.source_image).read_bytes().startswith(b"\\x89PNG")
assert Path(args.driven_audio).read_bytes().startswith(b"RIFF")

def bar(label, total, pause=0.0):
    for done in range(total + 1):
        share = done / total
        drawn = f"\\r{label}: {share:4.0%}|{'█' * int(10 * share):<10}| {done}/{total} [00:00<00:00,  5.02it/s]"
        print(drawn, end="", file=sys.stderr, flush=True)
        time.sleep(pause)
    print(file=sys.stderr)

print("using safetensor as default")
print("3DMM Extraction for source image")
save_dir = os.path.join(args.result_dir, time.strftime("%Y_%m_%d_%H.%M.%S"))
os.makedirs(save_dir)
while mood == "waits for memory":
    print("Warning: out of memory, sleep for 1s", flush=True)
    time.sleep(0.1)
bar("landmark Det:", 1)
if mood == "no face":
    print("No face is detected in the input file")
    print("Can't get the coeffs of the input")
    sys.exit()
if mood == "no landmarks":
    raise "can not detect the landmark from source image"
bar("mel:", 40)
bar("audio2exp:", 4)
if mood == "full" or mood == f"full at {args.batch_size}":
    raise RuntimeError("CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 7.79 GiB total capacity)")
if mood == "hangs":
    time.sleep(600)
bar("Face Renderer:", 20, 0.25 if mood == "slow" else 0.0)
if mood == "talks":
    for i in range(20_000):
        print("a line of no interest", i)
bar("seamlessClone:", 40)
if mood == "no film":
    sys.exit()
if mood == "no ffmpeg":
    print("sh: 1: ffmpeg: not found", file=sys.stderr)
    raise FileNotFoundError(2, "No such file or directory", "3f0d.mp4")
shutil.copy(HERE / ("inference.py" if mood == "rubbish" else "film.mp4"), save_dir + ".mp4")
print("The generated video is named:", save_dir + ".mp4")
shutil.rmtree(save_dir)
"""


def film(path: Path, seconds: float, fps: int = FPS, size: tuple[int, int] = (96, 128)) -> None:
    """A silent film that grows brighter with every frame."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=fps, options={"preset": "ultrafast", "crf": "5"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number in range(round(seconds * fps)):
            picture = np.full((size[1], size[0], 3), min(255, 2 * number), np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def environment(folder: Path, name: str, script: str, seconds: float, mood: str = "well") -> Environment:
    """The double of an environment in `folder`; its Python sees no packages, so that it starts at once."""
    made, lock = Environment(folder / name), read_environments()[name]
    program = made.code / lock.script
    program.parent.mkdir(parents=True)
    program.write_text(script, "utf-8")
    (program.parent / "src" / "config").mkdir(parents=True)
    (program.parent / "mood").write_text(mood)
    film(program.parent / "film.mp4", seconds)
    made.python.parent.mkdir(parents=True)
    made.python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    made.python.chmod(0o755)
    (made.folder / MADE).write_text(json.dumps({"digest": lock.digest}))
    return made


def weights(folder: Path, name: str) -> Path:
    """Files with the names and sizes of the pinned ones, and holes instead of contents."""
    for file in read_lock()[name].files:
        path = folder / name / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as hole:
            hole.truncate(file.size)
    return folder / name
