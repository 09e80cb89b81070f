"""The house keeps its own rules: light imports, small modules, nothing undocumented, nothing of one machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

from config.settings import Settings
from docs.tools import commands, licences, settings
from docs.tools.__main__ import DOCS, PAGES
from run import main

ROOT = Path(__file__).parent.parent
PACKAGES = ("config", "storage", "scraper", "producer", "review", "web")
LOADED_LATE = (
    "producer.render", "producer.faces", "producer.checks", "producer.nets", "producer.training.pupil",
    "producer.training.loop", "producer.training.checkpoint", "producer.training.lora_file", "producer.dataset.prepare",
    "producer.bench_quality", "producer.quality.planted", "producer.quality.specimens",
)  # fmt: skip
"""Imported by engines while they load or run, by a bench that plays with their parts, or in a process of their own; these may
import what is heavy."""

IMPORT_ALL = f"""
import importlib, pkgutil, sys
def load(name):
    package = importlib.import_module(name)
    for module in pkgutil.iter_modules(getattr(package, "__path__", ()), name + "."):
        if not module.name.startswith({LOADED_LATE}):
            load(module.name)
for name in {PACKAGES}:
    load(name)
import run
print(*sorted({{"torch", "diffusers", "transformers", "cv2", "onnxruntime"}} & set(sys.modules)))
"""
CREATE_ALL = """
import sys
from producer.engines.registry import Registry
registry = Registry()
for engine in map(registry.create, registry.ids()):
    engine.check()
print(*sorted({"torch", "diffusers", "transformers", "cv2", "onnxruntime"} & set(sys.modules)))
"""


def tracked(*suffixes: str) -> list[Path]:
    """The files of the project as git knows them, those about to be added included."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    paths = (ROOT / name for name in listed)
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


# ── imports ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("program", [IMPORT_ALL, CREATE_ALL], ids=["importing every package", "creating every engine"])
def test_nothing_heavy_is_imported_before_an_engine_is_loaded(program: str) -> None:
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == []


def test_imports_go_one_way() -> None:
    linted = subprocess.run([Path(sys.executable).with_name("lint-imports"), "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    assert linted.returncode == 0, linted.stdout


def test_modules_stay_small() -> None:
    sizes = {path: len(path.read_bytes().splitlines()) for name in PACKAGES for path in (ROOT / name).rglob("*.py")}
    assert {str(path.relative_to(ROOT)): lines for path, lines in sizes.items() if lines > 300} == {}


# ── reference ─────────────────────────────────────────────────────────────────────────────────────


def test_every_setting_of_the_program_has_a_default_and_a_comment_that_explains_it() -> None:
    known = {
        (section, key)
        for section, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        for key in field.annotation.model_fields
    }
    assert settings.all_names() == known
    assert {(setting.section, setting.key) for setting in settings.settings()} == known


def test_every_command_and_option_says_what_it_does() -> None:
    silent = [name for name, command in commands.commands() if not command.help]
    silent += [f"{name} {option.name}" for name, command in commands.commands() for option in commands.options(command) if not option.help]  # fmt: skip
    assert silent == []
    assert all(option.help for option in commands.options(main))


@pytest.mark.parametrize("name", ["settings.md", "commands.md", "engines.md", "clip-export.schema.json"])
def test_the_reference_is_as_the_program_is(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == PAGES[name](), "Write it anew: make docs"


def test_every_package_and_every_library_inside_of_one_is_listed_with_its_licence() -> None:
    page = (DOCS / "licences.md").read_text("utf-8")
    for package in licences.packages("dev", "proof").values():
        assert package.licence, f"{package.name} says nothing of its licence: look it up for docs/tools/licences.py"
        assert f"| {package.name} | {package.licence} |" in page, "Write it anew: make docs"
        for library in package.libraries:
            assert f"| {package.name} | {library} | {licences.LIBRARIES[library]} |" in page, "Write it anew: make docs"


# ── what a visitor finds ──────────────────────────────────────────────────────────────────────────


def test_the_readme_opens_with_two_commands_that_exist() -> None:
    opening = (ROOT / "README.md").read_text("utf-8").split("##")[0]
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert re.findall(r"^make (\w+)", opening, re.MULTILINE) == ["run", "test"]
    assert {"help", "setup", "run", "test", "proof", "soak", "bench", "screenshots", "lint", "clean"} <= set(targets)


def test_links_between_pages_lead_somewhere_and_every_page_is_linked() -> None:
    pages = [path for path in tracked(".md") if path.parent in (ROOT, DOCS)]
    linked = set()
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            linked.add((page.parent / target).resolve())
    assert [str(path) for path in sorted(linked) if not path.exists()] == []
    assert {page for page in pages if page.parent == DOCS} <= linked


def test_every_line_of_the_threat_model_names_a_test_that_tries_it() -> None:
    page = (DOCS / "security.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")][1:]
    assert rows
    for what, *_, shown in rows:
        file, _, test = shown.strip("`").partition("::")
        tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
        tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert test in tests, f"{what}: {shown} is no test"


def test_pictures_are_small_enough_for_a_readme() -> None:
    pictures = [path for path in tracked(".png", ".jpg") if path.parent == DOCS / "pictures"]
    assert pictures
    assert [path.name for path in pictures if path.stat().st_size > 300_000] == []


def test_the_licence_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_what_is_pinned_is_pinned_exactly_and_names_no_place_to_get_it_from() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", line)] == []


def test_no_file_names_somebodys_machine() -> None:
    """Paths below a home or a workplace, and package registries, mean nothing anywhere else."""
    private = re.compile(r"/(?:root|work|home/\w+|Users/\w+)/|--(?:extra-)?index-url[ =]|--find-links|pypi\.org/simple")
    suffixes = (".py", ".md", ".toml", ".txt", ".sh", ".css", ".js", "")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked(*suffixes)
        if path != Path(__file__) and (match := private.search(path.read_text("utf-8")))
    ]
    assert found == []
