"""Logging: one rotating file per process in the data folder, and warnings on the terminal. Secrets never pass.

As text for people, or as JSON, one object a line, for a log collector: time, level, process, where, message, the ids of the
clip and the job that it is about where there are any, and the traceback of an error.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from loguru import logger

if TYPE_CHECKING:
    from loguru import Record

Style = Literal["text", "json"]
LINE = (
    "{time:YYYY-MM-DD HH:mm:ss.SSS} {level: <7} {extra[process_name]} {name}: {message}{extra[_ids]}\n{extra[_trace]}"
)
IDS = ("clip", "job", "attempt", "engine")
CREDENTIALS = re.compile(r"(\b\w{1,20}://)[^/@\s]+@")  # bounded: a word of a megabyte must not take minutes
LOGIN = re.compile(r"(/enter/)[\w-]{16,}")
TOKEN = re.compile(r"\bdly_[\w-]{8,}")
BEARER = re.compile(r"(\b[Bb]earer )[\w.~+/=-]{8,}")
NAMED = re.compile(r"(?i)(\b(?:api[_-]?key|client_secret|password|x-api-key)['\"]?\s*[=:]\s*['\"]?)[^\s'\"&,}]{4,}")


def start_logging(
    process_name: str, folder: Path, level: str, *, terminal: str = "WARNING", style: Style = "text"
) -> None:
    """Log this process to `<folder>/<process_name>.log`, and what is at least `terminal` to standard error."""
    logger.remove()
    logger.configure(extra={"process_name": process_name}, patcher=_redact)
    logger.add(sys.stderr, level=terminal, format=lambda _record: "{level.name}: {message}\n")  # no tracebacks here
    folder.mkdir(parents=True, exist_ok=True)
    logger.add(
        folder / f"{process_name}.log", level=level, format=_as_json if style == "json" else lambda _record: LINE,
        rotation="10 MB", retention=5, enqueue=False, backtrace=False, diagnose=False,
    )  # fmt: skip

    logging.basicConfig(handlers=[_ToLoguru()], level=logging.WARNING, force=True)


class _ToLoguru(logging.Handler):
    """Brings what libraries log by the standard library into the same file."""

    def emit(self, record: logging.LogRecord) -> None:
        logger.opt(exception=record.exc_info).log(record.levelname, "{}: {}", record.name, record.getMessage())


def redacted(text: str) -> str:
    """`text` without passwords in addresses, login links, API tokens, and what is named as a key or a password."""
    text = CREDENTIALS.sub(r"\1***@", text)
    text = BEARER.sub(r"\1***", NAMED.sub(r"\1***", text))
    return TOKEN.sub("dly_***", LOGIN.sub(r"\1***", text))


def _redact(record: Record) -> None:
    """Message and traceback alike: an error often quotes the address that it failed on."""
    record["message"] = redacted(record["message"])
    ids = " ".join(f"{name}={record['extra'][name]}" for name in IDS if record["extra"].get(name))
    record["extra"]["_ids"] = f" ({ids})" if ids else ""
    record["extra"]["_trace"] = ""
    if (error := record["exception"]) is not None:
        lines = traceback.format_exception(error.type, error.value, error.traceback)
        record["extra"]["_trace"] = redacted("".join(lines))


def _as_json(record: Record) -> str:
    """A template for loguru, which fills in the one field that holds the line."""
    extra = record["extra"]
    told = {
        "time": record["time"].isoformat(timespec="milliseconds"),
        "level": record["level"].name,
        "process": extra["process_name"],
        "where": record["name"],
        "message": record["message"],
        **{name: extra[name] for name in IDS if extra.get(name)},
        **({"error": extra["_trace"]} if extra["_trace"] else {}),
    }
    extra["_line"] = json.dumps(told, ensure_ascii=False)
    return "{extra[_line]}\n"
