"""The engine that docs/engines.md shows: short, and really used by a studio that has it installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from docs.tools.engines import EXAMPLE

ROOT = Path(__file__).resolve().parent.parent
USE = """
import json, sys
from pathlib import Path
from producer.engines.base import Context
from producer.engines.registry import Registry
from producer.engines.requests import SceneOptions, SceneRequest
from producer.doctor.report import USUAL
from producer.plan.freeze import DEFAULT_ORDER, choose
from producer.ready import publish_capabilities
from storage.artifacts import FolderStore

registry, folder = Registry(), Path(sys.argv[1])
capabilities = {c.engine: c for c in publish_capabilities(registry)}
wished = USUAL.model_copy(update={"options": USUAL.options.model_copy(update={"preferred": {"scene": ("stripes",)}})})
choice, usual = (choose("scene", brief, capabilities, DEFAULT_ORDER) for brief in (wished, USUAL))
store, told = FolderStore(folder / "store"), []
(folder / "work").mkdir()
context = Context(folder / "work", store, progress=lambda share, _: told.append(share))
engine = registry.create(choice.engine)
engine.load()
made = [engine.run(SceneRequest(SceneOptions(format="9:16"), seed=seed), context) for seed in (1, 1, 2)]
engine.unload()
facts = {"choice": choice.engine, "usual": usual.engine, "size": [made[0].width, made[0].height], "told": told == sorted(told[:90]) * 3}
facts |= {"same": made[0] == made[1], "other": made[0] != made[2], "bytes": store.fetch(made[0].image).stat().st_size}
print(json.dumps(facts))
"""


def test_it_has_at_most_forty_lines() -> None:
    assert len((EXAMPLE / "stripes.py").read_text("utf-8").splitlines()) <= 40


def test_once_installed_it_is_listed_preferred_and_makes_scenes(tmp_path: Path) -> None:
    """Installed as its metadata says: the module, and the entry point that names it."""
    site = tmp_path / "site"
    info = site / "dailies_stripes-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "stripes.py").write_bytes((EXAMPLE / "stripes.py").read_bytes())
    project = (EXAMPLE / "pyproject.toml").read_text("utf-8")
    entry = project.split('[project.entry-points."dailies.engines"]')[1].split("[")[0].replace('"', "")
    (info / "entry_points.txt").write_text(f"[dailies.engines]{entry}")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dailies-stripes\nVersion: 1.0\n")
    done = subprocess.run(
        [sys.executable, "-c", USE, str(tmp_path)], capture_output=True, text=True, check=False, cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{site}", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert facts.pop("bytes") > 1000
    assert facts == {
        "choice": "stripes", "usual": "procedural", "size": [720, 1280], "told": True, "same": True, "other": True,
    }  # fmt: skip
