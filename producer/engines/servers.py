"""Where a model server is, and what is asked of it. An engine with a `server` is given its own by the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from config.settings import Settings


@dataclass(frozen=True)
class ModelServer:
    """A server of models. `model`: "" = the engine chooses from those that are there."""

    url: str
    model: str = ""
    key: str = field(default="", repr=False)
    silence_s: float = 120.0
    """So long may it say nothing, while it loads a model or reads a prompt, before it is taken for dead."""

    @property
    def is_here(self) -> bool:
        """Whether it shares this machine's memory."""
        host = urlsplit(self.url).hostname or ""
        try:
            return host == "localhost" or ip_address(host).is_loopback
        except ValueError:
            return False


Servers = Mapping[str, ModelServer]
OLLAMA_URL = "http://127.0.0.1:11434"


def model_servers(settings: Settings) -> Servers:
    """The servers that the settings name, by engine id."""
    ollama, openai, comfy = settings.ollama, settings.openai, settings.comfyui
    comfyui = ModelServer(comfy.url.rstrip("/"), silence_s=comfy.silence_s)
    return {
        "ollama": ModelServer(ollama.url.rstrip("/"), ollama.model, silence_s=ollama.silence_s),
        "llamacpp": ModelServer("", settings.llamacpp.model),
        "openai-compatible": ModelServer(openai.url.rstrip("/"), openai.model, openai.key, openai.silence_s),
        "comfyui": comfyui,
        "comfyui-motion": comfyui,
    }
