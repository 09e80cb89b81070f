"""docs/settings.md: every setting, read from config/default.toml and its comments."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from config.settings import DEFAULTS

SECTION = re.compile(r"\[(\w+)\]")
SETTING = re.compile(r"(\w+) = (.+?)\s+# (.+)")

INTRODUCTION = """\
# Settings

Dailies runs with none of these changed. To change one, write it into `dailies.toml` in your data folder:

```toml
[web]
port = 9000
```

or put it into the environment as `DAILIES_SECTION__KEY`: `DAILIES_WEB__PORT=9000`. The environment wins over your
file, and your file over `config/default.toml`. A name that does not exist is refused with a message, so a slip of the
pen cannot go unnoticed. Settings are read when the studio starts.

Two more variables are no settings, because they are needed before there are any: `DAILIES_DATA` is the data folder
(`--data` on the command line wins), and `REDIS_URL` names a Redis of your own.
"""


@dataclass(frozen=True)
class Setting:
    section: str
    key: str
    default: str
    """As it is written in TOML."""
    meaning: str

    @property
    def variable(self) -> str:
        return f"DAILIES_{self.section}__{self.key}".upper()


def settings() -> list[Setting]:
    """Every setting with a comment, in the order of the file."""
    found, section = [], ""
    for line in DEFAULTS.read_text("utf-8").splitlines():
        if heading := SECTION.match(line):
            section = heading[1]
        elif setting := SETTING.match(line):
            found.append(Setting(section, *setting.groups()))
    return found


def all_names() -> set[tuple[str, str]]:
    """(section, key) of every setting in the file, whether explained or not."""
    sections = tomllib.loads(DEFAULTS.read_text("utf-8"))
    return {(section, key) for section, keys in sections.items() for key in keys}


def page() -> str:
    parts = [INTRODUCTION]
    for section in dict.fromkeys(setting.section for setting in settings()):
        rows = [
            f"| `{s.key}` | `{s.default}` | {s.meaning} | `{s.variable}` |" for s in settings() if s.section == section
        ]
        heading = "| Setting | Default | What it is | In the environment |\n|---|---|---|---|"
        parts.append("\n".join([f"## [{section}]\n", heading, *rows]) + "\n")
    return "\n".join(parts)
