"""The double of Chatterbox: its package's names, arguments, answers and ways to fail, run by our own program in a Python of
its own that has no packages.

What it accepts was read in src/chatterbox/mtl_tts.py at the revision of config/environments.toml. How it behaves is a word in
`code/mood`, read anew each time it speaks; what it was asked is in `code/asked.json`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from producer.outside.environment import MADE, Environment, read_environments
from producer.weights import read_lock

TORCH = """
import random

class OutOfMemoryError(RuntimeError):
    pass

class cuda:
    OutOfMemoryError = OutOfMemoryError
    is_available = staticmethod(lambda: False)

manual_seed = random.seed
"""
"""As much of torch as our program touches."""

SAMPLER = """
from tqdm import tqdm

def inference(max_new_tokens, stop_at, pause):
    import time
    for i in tqdm(range(max_new_tokens), desc="Sampling", dynamic_ncols=True):
        if i == stop_at:
            break
        time.sleep(pause)
"""

TQDM = """
def tqdm(steps, **_):
    return steps
"""

MODEL = '''
import array, json, math, os, random, sys, time
from pathlib import Path

import torch

from .models.t3 import t3

CODE = Path(__file__).resolve().parents[2]
SUPPORTED_LANGUAGES = "ar da de el en es fi fr he hi it ja ko ms nl no pl pt ru sv sw tr zh".split()
MULTILINGUAL_T3_MODELS = {"v2": "t3_mtl23ls_v2.safetensors", "v3": "t3_mtl23ls_v3.safetensors"}
S3GEN_SR = 24000

class Tensor:
    """(1, samples), and as much of torch and numpy as is asked for."""

    def __init__(self, values, shape):
        self.values, self.shape = values, shape

    def squeeze(self, axis):
        assert axis == 0 and self.shape[0] == 1
        return Tensor(self.values, self.shape[1:])

    def numpy(self):
        return self

    def astype(self, kind):
        assert kind == "<f4" and len(self.shape) == 1, (kind, self.shape)
        return self

    def tobytes(self):
        return array.array("f", self.values).tobytes()

class ChatterboxMultilingualTTS:
    def __init__(self, device):
        self.sr, self.device, self.conds = S3GEN_SR, device, None
        self.learnt = self.spoken = 0

    @classmethod
    def from_local(cls, ckpt_dir, device, t3_model=None):
        mood, ckpt_dir = (CODE / "mood").read_text(), Path(ckpt_dir)
        for name in ("ve.pt", MULTILINGUAL_T3_MODELS[t3_model], "s3gen.pt", "grapheme_mtl_merged_expanded_v1.json"):
            assert (ckpt_dir / name).is_file(), name
        print("loaded PerthNet (Implicit) at step 250,000")
        if mood == "full while loading":
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 5.79 GiB")
        if mood == "lacks a package":
            import librosa
        if mood == "hangs while loading":
            time.sleep(600)
        with (CODE / "started").open("a") as file:
            file.write("once ")
        return cls(device)

    def prepare_conditionals(self, wav_fpath, exaggeration=0.5):
        sound = Path(wav_fpath).read_bytes()
        assert sound.startswith(b"RIFF")
        self.conds, self.learnt = sum(sound[44:4444]), self.learnt + 1

    def generate(self, text, language_id, audio_prompt_path=None, exaggeration=0.5, cfg_weight=0.5, temperature=0.8,
                 repetition_penalty=1.2, min_p=0.05, top_p=1.0):
        mood = (CODE / "mood").read_text()
        if language_id and language_id.lower() not in SUPPORTED_LANGUAGES:
            raise ValueError(f"Unsupported language_id {language_id!r}. Supported languages: {SUPPORTED_LANGUAGES}")
        assert self.conds is not None, "Please `prepare_conditionals` first or specify `audio_prompt_path`"
        self.spoken += 1
        asked = {"text": text, "language": language_id, "exaggeration": exaggeration, "cfg_weight": cfg_weight,
                 "learnt": self.learnt, "spoken": self.spoken, "pid": os.getpid(), "home": os.environ["HOME"]}
        (CODE / "asked.new").write_text(json.dumps(asked))
        os.replace(CODE / "asked.new", CODE / "asked.json")  # it is read meanwhile
        words = len(text.split())
        if mood == "full":
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 5.79 GiB")
        if mood == "dies":
            print("about to die", flush=True)
            os._exit(9)
        if mood == "breaks":
            raise RuntimeError("stack expects a non-empty TensorList")
        if mood == "deaf":
            time.sleep(600)
        t3.inference(1000, stop_at=words * 8, pause=0.2 if mood == "slow" else 0)
        short = mood == "leaves words out" and self.spoken == 1
        seconds = 0.1 if short else 0.36 * words
        pitch = 100 + self.conds % 100 + 40 * random.random()
        values = [0.3 * math.sin(2 * math.pi * pitch * n / self.sr) for n in range(int(seconds * self.sr))]
        if mood == "no numbers":
            values[5] = math.nan
        return Tensor(values, (1, len(values)))
'''


def chatterbox(folder: Path, mood: str = "well") -> Environment:
    """The double of its environment in `folder`."""
    made, lock = Environment(folder / "chatterbox"), read_environments()["chatterbox"]
    package, lib = made.code / "src" / "chatterbox", made.folder / "venv" / "lib"
    for path, text in {
        package / "__init__.py": '__version__ = "0.1.7"\n', package / "models" / "__init__.py": "",
        package / "models" / "t3" / "__init__.py": "", package / "models" / "t3" / "t3.py": SAMPLER,
        package / "mtl_tts.py": MODEL, lib / "torch.py": TORCH, lib / "tqdm.py": TQDM, made.code / "mood": mood,
    }.items():  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    made.python.parent.mkdir(parents=True)
    made.python.write_text(f'#!/bin/sh\nPYTHONPATH="{lib}" exec "{sys.executable}" -S "$@"\n')
    made.python.chmod(0o755)
    (made.folder / MADE).write_text(json.dumps({"digest": lock.digest}))
    assert (made.code / lock.script).is_file()
    assert read_lock()["chatterbox"].files
    return made
