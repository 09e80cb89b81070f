"""A source of one's own: a class in a package that names it, read by a scrape as ours are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SOURCE = """
from scraper.sources.base import Candidate, FetchResult

class Tides:
    kind = "tides"

    def fetch(self, spec, client, state):
        words = "The tide comes in at six and goes out again at noon, as the harbour master wrote on the board. " * 4
        return FetchResult((Candidate(title="High water at six", body=words, url=spec.url),), name="Tide tables")
"""
USE = """
import json
from pathlib import Path
from scraper.job import scrape
from scraper.sources.asking import filled
from scraper.sources.registry import asks_of, kinds, label_of, terms_of
from storage.artifacts import FolderStore
from storage.clock import now
from storage.orders import ShowSpec, SourceSpec
from storage.topics import ScrapeRequest

address = filled(asks_of("tides"), {"url": "https://tides.example/"}).address
show = ShowSpec(slug="s", name="S", sources=(SourceSpec(kind="tides", url=address),))
report = scrape(ScrapeRequest(show=show, asked_at=now()), FolderStore(Path("store")), lambda *_: None)
print(json.dumps({"known": "tides" in kinds(), "called": label_of("tides"), "terms": terms_of("tides"),
    "health": report.sources[0].error, "topics": [[t.title, t.source.name, t.language] for t in report.topics]}))
"""


def test_once_installed_it_is_offered_and_read(tmp_path: Path) -> None:
    info = tmp_path / "dailies_tides-1.0.dist-info"
    info.mkdir()
    (tmp_path / "tides.py").write_text(SOURCE)
    (info / "entry_points.txt").write_text("[dailies.sources]\ntides = tides:Tides\n")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dailies-tides\nVersion: 1.0\n")
    done = subprocess.run(
        [sys.executable, "-c", USE], capture_output=True, text=True, check=False, cwd=tmp_path,
        env={"PYTHONPATH": f"{ROOT}:{tmp_path}", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "known": True, "called": "tides", "terms": "", "health": "",
        "topics": [["High water at six", "Tide tables", "en"]],
    }  # fmt: skip
