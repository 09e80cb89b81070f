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

OMNIAVATAR = """
import argparse, json, os, shutil, sys, time
from pathlib import Path

HERE = Path(__file__).resolve().parent
parser = argparse.ArgumentParser()
parser.add_argument("--config", required=True)
parser.add_argument("--input_file")
parser.add_argument("-hp", "--hparams", default="")
args = parser.parse_args()
settings = dict(pair.split("=") for pair in args.hparams.split(","))
mood = (HERE / "mood").read_text()
size = "1.3B" if "1.3B" in args.config else "14B"
(HERE / "called.json").write_text(json.dumps({"rank": os.environ["LOCAL_RANK"], "size": size, **settings}))

assert Path(args.config).is_file()
exp = Path("pretrained_models", f"OmniAvatar-{size}")
assert (exp / "pytorch_model.pt").exists(), f"pytorch_model.pt not found in {exp}"
(line,) = Path(args.input_file).read_text().splitlines()
prompt, image, audio = line.split("@@")
assert Path(image).read_bytes().startswith(b"\\x89PNG") and Path(audio).read_bytes().startswith(b"RIFF")
stay = settings.get("num_persistent_param_in_dit", "all")
print({"num_steps": settings["num_steps"]})
print("0it [00:00, ?it/s]", file=sys.stderr)
if mood == "full" or mood == f"full with {stay}":
    raise RuntimeError("CUDA out of memory. Tried to allocate 1.25 GiB. GPU 0 has a total capacity of 11.75 GiB")
if mood == "no gpu":
    raise RuntimeError("Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU")
for chunk in range(2):
    print(f"[{chunk+1}/2]", flush=True)
    for step in range(26):
        drawn = f"\\r{step/25:4.0%}|{'█' * (step * 10 // 25):<10}| {step}/25 [00:00<00:00, 16.02s/it]"
        print(drawn, end="", file=sys.stderr, flush=True)
        time.sleep(0.25 if mood == "slow" else 0)
    print(file=sys.stderr)
out = f"demo_out/OmniAvatar-{size}/res_{Path(args.input_file).stem}_seed{settings['seed']}_step25_cfg4.5_ovlp13_30000_25_2026"
os.makedirs(f"{out}/audio")
if mood != "no film":
    shutil.copy(HERE / "film.mp4", f"{out}/result_000_000_wav.mp4")
    print(f"save res video to : {out}/result_000_000.mp4")
"""

TORCHRUN = """
import os, subprocess, sys

assert sys.argv[1:3] == ["--standalone", "--nproc_per_node=1"], sys.argv
done = subprocess.run(
    [sys.executable, "-S", "-u", *sys.argv[3:]], start_new_session=True, env={**os.environ, "LOCAL_RANK": "0", "RANK": "0"}
)
if done.returncode:
    print("torch.distributed.elastic.multiprocessing.errors.ChildFailedError:", file=sys.stderr)
    sys.exit(1)
"""
"""torchrun, as `python -m torch.distributed.run`: its worker gets a session of its own, as the real one's does."""


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
    for config in ("configs/inference.yaml", "configs/inference_1.3B.yaml"):
        (made.code / config).parent.mkdir(exist_ok=True)
        (made.code / config).write_text("seed: 42")
    torchrun = made.folder / "venv" / "lib" / "torch" / "distributed" / "run.py"
    torchrun.parent.mkdir(parents=True)
    torchrun.write_text(TORCHRUN, "utf-8")
    (program.parent / "mood").write_text(mood)
    film(program.parent / "film.mp4", seconds)
    made.python.parent.mkdir(parents=True, exist_ok=True)
    made.python.write_text(f'#!/bin/sh\nPYTHONPATH="{made.folder}/venv/lib" exec "{sys.executable}" -S "$@"\n')
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
