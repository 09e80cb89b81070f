"""Shows, the autopilot and a dry run, from the command line of a studio that is not running."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from run import main
from tests.support.small_web import Web, item, rss
from tests.support.stories import story


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, web: Web) -> Path:
    monkeypatch.setenv("DAILIES_SCRAPER__ALLOW_HOSTS", json.dumps([f"127.0.0.1:{web.port}"]))
    return tmp_path / "data"


@pytest.fixture
def web() -> Web:  # type: ignore[misc]
    web = Web()
    yield web
    web.close()


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *arguments])


def file(folder: Path, web: Web) -> Path:
    web.page("/feed", rss(*(item(*story(n), f"https://paper.example/{n}") for n in range(4))))
    path = folder / "show.toml"
    path.write_text(
        f'slug = "town"\nname = "Town"\nclips_per_run = 1\n[topics]\nwant = ["ferry"]\n[[sources]]\nkind = "feed"\n'
        f'url = "{web.url("/feed")}"\nname = "Paper"\n[[presenters]]\nslug = "mara"\nname = "Mara"\n', "utf-8"
    )  # fmt: skip
    return path


def test_a_show_goes_in_and_comes_out_the_same(data: Path, tmp_path: Path, web: Web) -> None:
    imported = run(data, "show", "import", str(file(tmp_path, web)))
    assert imported.output == "town is in force, version 1.\n"
    assert run(data, "show", "list").output == "town: Town (en), 1 sources, as the studio does\n"
    assert run(data, "show", "export", "town", str(tmp_path / "out")).exit_code == 0
    assert run(data, "show", "import", str(tmp_path / "out")).output == "town is in force, version 1.\n"
    unknown = run(data, "show", "export", "village", str(tmp_path / "out"))
    assert (unknown.exit_code, unknown.stderr) == (2, "There is no show “village”. Known: town.\n")


def test_a_show_whose_presenter_nobody_knows_is_refused(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "show.toml"
    path.write_text('slug = "a"\nname = "A"\npresenter = "nobody"', "utf-8")
    assert "no presenter “nobody”" in run(data, "show", "import", str(path)).stderr


def test_a_dry_run_says_what_would_be_chosen_and_why_and_records_nothing(data: Path, tmp_path: Path, web: Web) -> None:
    run(data, "show", "import", str(file(tmp_path, web)))
    for _ in range(2):
        told = run(data, "scrape", "--show", "town", "--dry-run", "--json")
        report = json.loads(told.stdout)
        assert (report["found"], report["new"], len(report["chosen"]), len(report["passed_over"])) == (4, 4, 1, 3)
        assert report["chosen"][0]["why"].startswith("Rank 1, score 0.")
        assert report["chosen"][0]["clip"] == ""
    text = run(data, "scrape", "--show", "town", "--dry-run").stdout
    assert text.startswith("4 entries: 4 new, 0 known")
    assert "there were better ones" in text


def test_without_a_studio_a_dry_run_says_what_to_do(data: Path) -> None:
    told = run(data, "scrape", "--dry-run")
    assert told.exit_code == 1
    assert "run.py up" in told.stderr


def test_the_autopilot_can_be_paused_and_looked_at(data: Path, tmp_path: Path, web: Web) -> None:
    run(data, "show", "import", str(file(tmp_path, web)))
    assert "Not read yet." in run(data, "autopilot", "status").output
    run(data, "autopilot", "pause")
    assert run(data, "autopilot", "status").output.startswith("Paused since ")
    run(data, "autopilot", "resume")
    told = json.loads(run(data, "autopilot", "status", "--json").output)
    assert told["paused_since"] is None
    assert told["shows"][0]["next"]
    assert run(data, "autopilot", "resume", "--show", "town").exit_code == 2
    assert "asked again" in run(data, "autopilot", "resume", "--show", "town", "--source", web.url("/feed")).output
