"""Logging: one rotating file per process in the data folder, and warnings on the terminal. Secrets never pass."""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from loguru import logger

if TYPE_CHECKING:
    from loguru import Record

LINE = "{time:YYYY-MM-DD HH:mm:ss.SSS} {level: <7} {extra[process_name]} {name}: {message}\n{exception}"
CREDENTIALS = re.compile(r"(\w+://)[^/@\s]+@")
LOGIN = re.compile(r"(/enter/)[\w-]{16,}")
TOKEN = re.compile(r"\bdly_[\w-]{8,}")


def start_logging(process_name: str, folder: Path, level: str, *, terminal: str = "WARNING") -> None:
    """Log this process to `<folder>/<process_name>.log`, and what is at least `terminal` to standard error."""
    logger.remove()
    logger.configure(extra={"process_name": process_name}, patcher=_redact)
    logger.add(sys.stderr, level=terminal, format=lambda _record: "{level.name}: {message}\n")  # no tracebacks here
    folder.mkdir(parents=True, exist_ok=True)
    logger.add(
        folder / f"{process_name}.log", level=level, format=LINE, rotation="10 MB", retention=5,
        enqueue=False, backtrace=False, diagnose=False,
    )  # fmt: skip

    logging.basicConfig(handlers=[_ToLoguru()], level=logging.WARNING, force=True)


class _ToLoguru(logging.Handler):
    """Brings what libraries log by the standard library into the same file."""

    def emit(self, record: logging.LogRecord) -> None:
        logger.opt(exception=record.exc_info).log(record.levelname, "{}: {}", record.name, record.getMessage())


def redacted(text: str) -> str:
    """`text` without passwords in addresses, login links and API tokens."""
    text = CREDENTIALS.sub(r"\1***@", text)
    return TOKEN.sub("dly_***", LOGIN.sub(r"\1***", text))


def _redact(record: Record) -> None:
    record["message"] = redacted(record["message"])
