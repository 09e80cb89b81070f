"""A look at an Ollama server: its version, its models, what is loaded."""

from __future__ import annotations

import httpx

from producer.engines.script.models import Model
from producer.engines.script.ollama import FAILURES, LOOK_S, installed, looking, told
from producer.engines.servers import ModelServer
from storage.documents import Frozen


class OllamaFacts(Frozen):
    version: str
    models: tuple[str, ...] = ()
    sizes_mb: tuple[int, ...] = ()
    loaded: tuple[str, ...] = ()
    loaded_mb: int = 0
    """Device memory that loaded models take."""

    def told(self) -> str:
        if not self.models:
            return "no models yet: ollama pull qwen3:8b"
        models = ", ".join(f"{name} ({mb / 1000:.1f} GB)" for name, mb in zip(self.models, self.sizes_mb, strict=True))
        return f"{models}; loaded: {', '.join(self.loaded)} ({self.loaded_mb / 1000:.1f} GB)" if self.loaded else models


def look_at(server: ModelServer) -> OllamaFacts:
    """Raises Unavailable when nobody answers, or somebody else."""
    with looking(server) as client:
        models: list[Model] = installed(client)
        resident = client.ps().models
    return OllamaFacts(
        version=_version(server),
        models=tuple(model.name for model in models),
        sizes_mb=tuple(model.size_mb for model in models),
        loaded=tuple(found.model or "" for found in resident),
        loaded_mb=round(sum(found.size_vram or 0 for found in resident) / 1e6),
    )


def _version(server: ModelServer) -> str:
    try:
        with httpx.Client(timeout=LOOK_S, trust_env=False) as client:
            return str(client.get(f"{server.url}/api/version").raise_for_status().json()["version"])
    except (*FAILURES, KeyError, TypeError) as error:
        raise told(error, server, "") from error
