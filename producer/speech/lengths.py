"""The exact length of every phoneme, read off inside a speech model.

FastSpeech- and StyleTTS-like networks (Hibari, Kokoro) decide how many frames each phoneme lasts and then
stretch it so. In an ONNX export that decision is the tensor behind `Round → Clip`; here it becomes one more
output of the model, in memory: the file on disk stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.errors import Unavailable


class TimedModel:
    """A speech model whose last output holds one length per input token, in frames."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        """Raises Unavailable when the file is no such model."""
        import onnx
        import onnxruntime

        try:
            model = onnx.load(str(path))
        except Exception as error:
            raise Unavailable(f"The voice model {path.name} cannot be read.", "Fetch it again.") from error
        length = onnx.helper.make_tensor_value_info(_length_tensor(model.graph, path), onnx.TensorProto.FLOAT, None)
        model.graph.output.append(length)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        self._thrifty = onnxruntime.RunOptions()  # gives back what a line took, which costs nothing (measured)
        self._thrifty.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    def run(self, inputs: Mapping[str, Any]) -> list[Any]:
        """All outputs, as arrays."""
        outputs: list[Any] = self._session.run(None, dict(inputs), self._thrifty)
        return outputs


def _length_tensor(graph: Any, path: Path) -> str:
    rounded = {name for node in graph.node if node.op_type == "Round" for name in node.output}
    for node in graph.node:
        if node.op_type == "Clip" and node.input[0] in rounded:
            return str(node.output[0])
    raise Unavailable(f"The voice model {path.name} shows no phoneme lengths.", "Use a model that this engine names.")
