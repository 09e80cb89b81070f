"""How commands tell of errors."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import click

from config.errors import DailiesError, UsageError


def told_plainly(command: Callable[..., Any]) -> Callable[..., Any]:
    """Errors meant for people become one line and an exit code; others keep their traceback."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except DailiesError as error:
            click.secho(str(error), fg="red", err=True)
            sys.exit(2 if isinstance(error, UsageError) else 1)

    return wrapped
