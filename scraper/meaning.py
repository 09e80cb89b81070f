"""What a text is about, as a vector: so that one story in two wordings is found out. Optional, for English texts.

The model is all-MiniLM-L6-v2 (sentence-transformers; Apache-2.0), its weights in int8, through onnxruntime: the mean
of its last layer over the text's pieces, at unit length, as its model card says. It is used where its files have been
pulled (`run.py pull meaning`) and the package `tokenizers` is installed; otherwise nothing is missed but retellings.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from loguru import logger

from scraper.intake import Draft
from storage.topics import Meaning

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME = "meaning"
"""Of its weights, in `config/weights.toml` and below a weights folder."""
FILES = ("model.onnx", "tokenizer.json")
LANGUAGES = ("en",)
PIECES = 256
"""Of words, at most: the model's own limit. A story says by then what it is about."""
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
FIGURES = 12


class MeaningModel:
    """The model, loaded when it is first asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._session: Any = None
        self._tokenizer: Any = None

    def of(self, text: str) -> Meaning:
        """What a text is about. Raises whatever damaged files make onnxruntime or tokenizers raise."""
        if self._session is None:
            self._load()
        encoded = self._tokenizer.encode(text)
        ids = np.array([encoded.ids], dtype=np.int64)
        mask = np.array([encoded.attention_mask], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states,) = self._session.run(["last_hidden_state"], given)
        mean = (states[0] * mask[0, :, None]).sum(axis=0) / mask.sum()
        return Meaning(vector=packed(mean), figures=figures(text))

    def _load(self) -> None:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        options.intra_op_num_threads = 1  # beside whatever is being rendered
        model, pieces = (self._folder / name for name in FILES)
        self._tokenizer = Tokenizer.from_file(str(pieces))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(PIECES)
        self._session = InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def meaning_model(*folders: Path) -> MeaningModel | None:
    """The model, from the first of these weights folders that has it; None when it is not installed."""
    here = next((f / NAME for f in folders if all((f / NAME / name).is_file() for name in FILES)), None)
    if here is None:
        return None
    if find_spec("tokenizers") is None:
        logger.warning("{} holds the model of meanings, but it cannot be used: pip install tokenizers", here)
        return None
    return MeaningModel(here)


def with_meanings(drafts: Sequence[Draft], model: MeaningModel) -> list[Draft]:
    """The drafts; those in a language that the model reads say what they are about."""
    return [_with_meaning(draft, model) if draft.topic.language in LANGUAGES else draft for draft in drafts]


def _with_meaning(draft: Draft, model: MeaningModel) -> Draft:
    told = model.of(f"{draft.topic.title}. {draft.topic.text}")
    return replace(draft, topic=draft.topic.model_copy(update={"meaning": told}))


def packed(vector: NDArray[Any]) -> str:
    """A vector's direction, a byte for each number, in letters."""
    unit = vector / max(float(np.abs(vector).max()), 1e-9)
    return base64.b64encode(np.rint(unit * 127).astype(np.int8).tobytes()).decode("ascii")


def figures(text: str) -> tuple[str, ...]:
    """The first figures of a text, each once, thousands unmarked."""
    found = (re.sub(r"[.,](?=\d{3}\b)", "", match) for match in FIGURE.findall(text))
    return tuple(dict.fromkeys(found))[:FIGURES]
