# Dailies. Each of these works from a bare checkout with Python 3.11, 3.12 or 3.13: what is missing is set up first.

PY := .venv/bin/python
TWO := -n 2
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup run test lint proof soak bench screenshots docs audit constraints clean .dev .proof

help:  ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup:  ## the environment alone, in .venv
	@deploy/setup.sh run

run: setup  ## the studio, until Ctrl-C; DATA=DIR keeps its things there, ARGS are handed to `run.py up`
	@$(PY) run.py $(if $(DATA),--data "$(DATA)") up $(ARGS)

test: lint  ## linters and all tests but the slow ones, two at a time; ARGS are handed to pytest
	@$(PY) -m pytest $(TWO) $(ARGS)

lint: .dev  ## formatting, style, types, and which way imports go
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo

proof: .proof  ## the slow and heavy tests
	@$(PY) -m pytest $(TWO) -m proof $(ARGS)

soak: .proof  ## the very long ones
	@$(PY) -m pytest -m soak $(ARGS)

bench: setup  ## measure the queue
	@$(PY) run.py bench queue $(ARGS)

screenshots: .dev  ## pictures of every page of the desk, in build/screenshots or OUT
	@$(PY) -m tests.support.screenshots "$(or $(OUT),build/screenshots)"

docs: .proof  ## write docs/settings.md, docs/commands.md, docs/engines.md and docs/licences.md anew from the program
	@$(PY) -m docs.tools

audit:  ## ask PyPI's advisories about every pinned package
	@python3 -m venv build/audit && build/audit/bin/python -m pip install --quiet pip-audit
	@build/audit/bin/pip-audit --strict --no-deps --disable-pip --progress-spinner off --requirement constraints.txt

constraints:  ## resolve pyproject.toml anew into constraints.txt, for all supported Pythons
	@python3 -m venv build/uv && build/uv/bin/python -m pip install --quiet uv
	@build/uv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --extra dev --extra proof --extra xtts \
	    --upgrade --no-emit-index-url --no-header --no-annotate --quiet --output-file constraints.txt

clean:  ## remove .venv and all that tools left; your data folder stays
	@rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.dev:
	@deploy/setup.sh dev

.proof:
	@deploy/setup.sh proof
