"""A model of meanings in the real files' format, a few kilobytes small: its vectors are a hash of the words, no more."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

from scraper.meaning import FILES, NAME

WIDTH, WORDS = 8, 64


def tiny_model(folder: Path) -> Path:
    """Writes it below `folder`, which is returned: a weights folder."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    home = folder / NAME
    home.mkdir(parents=True, exist_ok=True)
    letters = [chr(n) for n in range(ord("a"), ord("z") + 1)]
    vocabulary = {word: n for n, word in enumerate(["[PAD]", "[UNK]", *letters, *(f"##{a}" for a in letters)])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(home / FILES[1]))
    table = np.random.default_rng(1).normal(size=(WORDS, WIDTH)).astype(np.float32)
    names = ("input_ids", "attention_mask", "token_type_ids")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"]) for name in names]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "sequence", WIDTH])
    gather = helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])
    graph = helper.make_graph([gather], "tiny", inputs, [output], [numpy_helper.from_array(table, "table")])
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), home / FILES[0])
    return folder
