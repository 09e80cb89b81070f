"""The table of engines: an id, and a pointer to something that is imported only when it is used."""

from __future__ import annotations

import importlib
from importlib.metadata import entry_points
from pathlib import Path

from config.errors import UnknownName
from config.folders import INSTALLED
from producer.engines.base import Engine
from producer.engines.servers import Servers

BUILT_IN: dict[str, str] = {
    "extractive": "producer.engines.script.extractive:Extractive",
    "ollama": "producer.engines.script.ollama:Ollama",
    "openai-compatible": "producer.engines.script.openai_compatible:OpenAICompatible",
    "llamacpp": "producer.engines.script.llamacpp:LlamaCpp",
    "train-sd15": "producer.engines.training.lora:train_sd15",
    "train-sdxl": "producer.engines.training.lora:train_sdxl",
    "still": "producer.engines.scene.still:Still",
    "procedural": "producer.engines.scene.procedural:Procedural",
    "sd15": "producer.engines.scene.diffusion:sd15",
    "sdxl": "producer.engines.scene.diffusion:sdxl",
    "sdxl-turbo": "producer.engines.scene.diffusion:sdxl_turbo",
    "z-image-turbo": "producer.engines.scene.diffusion:z_image_turbo",
    "flux2-klein": "producer.engines.scene.diffusion:flux2_klein",
    "comfyui": "producer.engines.comfy.scene:ComfyScene",
    "comfyui-motion": "producer.engines.comfy.motion:ComfyMotion",
    "svd": "producer.engines.motion.diffusion:svd",
    "ltx": "producer.engines.motion.diffusion:ltx",
    "wan": "producer.engines.motion.diffusion:wan",
    "kenburns": "producer.engines.motion.kenburns:KenBurns",
    "realesrgan": "producer.engines.upscale.realesrgan:RealEsrgan",
    "lanczos": "producer.engines.upscale.lanczos:Lanczos",
    "recording": "producer.engines.line.recording:Recording",
    "xtts": "producer.engines.line.xtts:Xtts",
    "hibari": "producer.engines.line.hibari:HibariVoice",
    "kokoro": "producer.engines.line.kokoro:Kokoro",
    "espeak": "producer.engines.line.espeak:Espeak",
    "join": "producer.engines.speech.join:Join",
    "footage": "producer.engines.video.footage:Footage",
    "drawn": "producer.engines.video.drawn:Drawn",
    "photo": "producer.engines.video.photo:Photo",
    "wav2lip": "producer.engines.video.wav2lip:Wav2Lip",
    "sadtalker": "producer.engines.video.sadtalker:SadTalker",
    "sadtalker-512": "producer.engines.video.sadtalker:SadTalker512",
    "omniavatar": "producer.engines.video.omniavatar:OmniAvatar",
    "omniavatar-14b": "producer.engines.video.omniavatar:OmniAvatar14B",
    "compositor": "producer.engines.finish.compositor:Compositor",
    "compositor-svt-av1": "producer.engines.finish.encoded:SvtAv1Compositor",
    "compositor-nvenc": "producer.engines.finish.encoded:NvencCompositor",
    "compositor-vaapi": "producer.engines.finish.encoded:VaapiCompositor",
    "gate": "producer.engines.quality.gate:Gate",
    "stub-script": "producer.engines.stub:StubScript",
    "stub-training": "producer.engines.stub:StubTraining",
    "stub-scene": "producer.engines.stub:StubScene",
    "stub-motion": "producer.engines.stub:StubMotion",
    "stub-upscale": "producer.engines.stub:StubUpscale",
    "stub-line": "producer.engines.stub:StubLine",
    "stub-speech": "producer.engines.stub:StubSpeech",
    "stub-video": "producer.engines.stub:StubVideo",
    "stub-finish": "producer.engines.stub:StubFinish",
}


class Registry:
    """Engines by id. Built once by `run.py` and handed to whoever needs it.

    `weights` is the folder of pulled weights; an engine with a `weights_folder` finds its own below it (under its
    `weights_name`, or else its id), or those that came with the installation. An engine with an `environment_folder`
    finds its environment in `environments`, beside that folder. `servers` says where model servers are; an engine with a
    `server` finds its own there.
    """

    def __init__(
        self, table: dict[str, str] | None = None, weights: Path | None = None, servers: Servers | None = None
    ) -> None:
        self._weights, self._servers = weights, servers or {}
        self._table = dict(BUILT_IN if table is None else table)
        if table is None:
            self._table.update({e.name: e.value for e in entry_points(group="dailies.engines")})

    def ids(self) -> list[str]:
        return list(self._table)

    def create(self, engine_id: str) -> Engine:
        """A fresh, unloaded engine. Raises UnknownName."""
        if engine_id not in self._table:
            raise UnknownName("engine", engine_id, self.ids())
        module, _, name = self._table[engine_id].partition(":")
        engine: Engine = getattr(importlib.import_module(module), name)()
        if self._weights is not None and hasattr(engine, "weights_folder"):
            name = getattr(engine, "weights_name", engine_id)
            pulled, installed = self._weights / name, INSTALLED / "weights" / name
            engine.weights_folder = installed if installed.is_dir() and not pulled.is_dir() else pulled
        if self._weights is not None and hasattr(engine, "environment_folder"):
            engine.environment_folder = self._weights.parent / "environments" / engine.environment_name  # type: ignore[attr-defined]
        if engine_id in self._servers and hasattr(engine, "server"):
            engine.server = self._servers[engine_id]
        return engine
