"""`run.py bench scrape`: how many entries a second are fetched, cleaned, compared and scored, and in how much memory.

A real server in a process of its own, feeds of stories that have nothing in common, one scrape of them all.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.errors import StudioError
from config.process import peak_mb
from scraper.job import scrape
from storage.artifacts import FolderStore
from storage.clock import now
from storage.orders import ShowSpec, SourceSpec
from storage.topics import FetchPolicy, ScrapeRequest

WORDS_PER_ITEM = 120
VOCABULARY = 4_000
PATIENCE_S = 20.0
SERVER = """
import functools, http.server, sys
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=sys.argv[1]))
print(server.server_port, flush=True)
server.serve_forever()
"""


def measure(feeds: int, items: int) -> dict[str, Any]:
    """Scrape so many feeds of so many items, once."""
    with tempfile.TemporaryDirectory(prefix="dailies-bench-") as root:
        folder = Path(root) / "feeds"
        folder.mkdir()
        for number in range(feeds):
            (folder / f"{number}.xml").write_text(_feed(number, items), "utf-8")
        with _server(folder) as port:
            sources = tuple(SourceSpec(kind="feed", url=f"http://127.0.0.1:{port}/{n}.xml") for n in range(feeds))
            job = ScrapeRequest(
                show=ShowSpec(slug="bench", name="Bench", sources=sources),
                asked_at=now(),
                policy=FetchPolicy(hosts=(f"127.0.0.1:{port}",)),
            )
            start = time.perf_counter()
            report = scrape(job, FolderStore(Path(root) / "artifacts"), lambda _fraction, _message: None)
            seconds = time.perf_counter() - start
    if failed := [source.error for source in report.sources if not source.ok]:
        raise StudioError(f"{len(failed)} feeds could not be read: {failed[0]}", "Try again on a quieter machine.")
    entries = sum(source.entries for source in report.sources)
    return {
        "feeds": feeds,
        "items": entries,
        "topics": len(report.topics),
        "seconds": round(seconds, 2),
        "items_per_s": round(entries / seconds, 1),
        "peak_mb": round(peak_mb(), 1),
    }


def _feed(number: int, items: int) -> str:
    dice = random.Random(number)  # noqa: S311  the same feeds every time
    return f"""<rss version="2.0"><channel><title>Feed {number}</title><language>en</language>{
        "".join(_item(f"{number}-{n}", dice) for n in range(items))
    }</channel></rss>"""


def _item(name: str, dice: random.Random) -> str:
    words = [_word(dice.randrange(VOCABULARY)) for _ in range(WORDS_PER_ITEM)]
    text = f"<p>The {' '.join(words[:60])}.</p><p>And the {' '.join(words[60:])} &amp; more.</p>"
    return f"""<item><title>The {" ".join(words[:7])}</title><link>https://bench.example/{name}?utm_source=feed</link>
    <description><![CDATA[{text}]]></description><guid>{name}</guid></item>"""


def _word(number: int) -> str:
    syllables = ("ra", "ne", "to", "li", "ven", "mor", "sa", "ki", "dun", "pel", "os", "tra", "bi", "gan", "che", "fu")
    return "".join(syllables[(number >> shift) % 16] for shift in (0, 4, 8))


@contextlib.contextmanager
def _server(folder: Path) -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-c", SERVER, str(folder)], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            urllib.request.urlopen(f"http://127.0.0.1:{port}/0.xml", timeout=PATIENCE_S).close()
            yield port
        finally:
            server.terminate()
