"""docs/commands.md: every command and option of run.py, read from the program."""

from __future__ import annotations

from collections.abc import Iterator

import click

from run import main

INTRODUCTION = """\
# Commands

`python run.py COMMAND`, with the Python of `.venv`. Every command takes `--data DIR` before its name (or
`DAILIES_DATA` from the environment): the folder where a studio keeps everything it knows. Without it, the platform's
own place for application data is used.

Exit codes: **0** done, **1** failed, **2** asked for something that makes no sense. A failure is one sentence about
what happened and one about what to do.
"""

FORMATS_OF_JSON = """\
## What `--json` prints

`run.py make --json` prints one object:

| Field | What it is |
|---|---|
| `clip` | the clip's id |
| `video` | path of the unreviewed file, to watch; `null` when the clip failed |
| `duration_s` | its length in seconds |
| `stages` | one object per stage that was made: `stage`, `engine`, `seconds` |
| `quality` | the checks of the cut by name: `value`, `passed` |
| `fallbacks` | one object per stage that another engine did than the wanted one: `wanted`, `used`, `problem` |

`run.py doctor --json` prints one object:

| Field | What it is |
|---|---|
| `machine` | system, processor, memory, disk and graphics cards |
| `software` | one object per part: `name`, `state` (`ok`, `missing`, `optional`), `version`, `detail`, `cure` |
| `engines` | one object per engine: what it is and does, and its `problem` and `cure` when it is not ready |
| `variant`, `preset`, `choices` | how a clip would be made now: engine and reason for each stage |
| `presets` | `bare`, `fast`, `balanced`, `quality`: whether this machine reaches it, and what is `missing` |
| `waiting` | why no clip could be made; `""` when one could |

`run.py scrape --json` prints one object: how many entries were `found`, `new`, `known`, `merged`, `screened` and `refused`;
`chosen` and `passed_over`, lists of topics with `title`, `url`, `language`, `score`, `why` and `clip`; and `problems`, one
line per source that failed.

`run.py bench NAME --json` prints `{"bench": NAME, "figures": {...}}`.
"""


def commands(group: click.Group = main, before: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its full name: `up`, `user reset`…"""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield " ".join((*before, name)), command


def options(command: click.Command) -> list[click.Option]:
    return [parameter for parameter in command.params if isinstance(parameter, click.Option)]


def page() -> str:
    return "\n".join([INTRODUCTION, *(_section(name, command) for name, command in commands()), FORMATS_OF_JSON])


def _section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name)
    usage = " ".join(["run.py", name, *command.collect_usage_pieces(context)])
    parts = [f"## {name}\n", f"    {usage}\n", f"{command.help or ''}\n"]
    rows = [f"| `{names}` | {meaning} |" for names, meaning in _records(command, context)]
    if rows:
        parts.append("\n".join(["| Option | What it does |", "|---|---|", *rows]) + "\n")
    return "\n".join(parts)


def _records(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for option in options(command):
        record = option.get_help_record(context)
        if record is not None:
            yield record[0].replace("|", "\\|"), record[1].replace("|", "\\|")
