"""`python -m docs.tools`: writes docs/settings.md, commands.md, engines.md, licences.md and clip-export.schema.json."""

from pathlib import Path

from docs.tools import commands, engines, licences, schema, settings

DOCS = Path(__file__).parent.parent
PAGES = {
    "settings.md": settings.page,
    "commands.md": commands.page,
    "engines.md": engines.page,
    "licences.md": licences.page,
    "clip-export.schema.json": schema.page,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")
