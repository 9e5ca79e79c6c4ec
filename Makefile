# Everything runs from .venv, which the first target that needs it makes. Only Python 3.11+ and make must be there.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help install dev demo run test chaos lint format bench eval opinion lock clean

VENV := .venv
BIN  := $(VENV)/bin

# The first of these that is Python 3.11 or later; `make PYTHON=/path/to/python3.12 install` takes another.
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

# Compiled files are kept: without them pytest works over every test module anew at each run, in every worker.
export PYTHONDONTWRITEBYTECODE :=

PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

# Three workers for two cores, since many tests wait, those with the browser all in one; `make test PYTEST_ARGS="-n 0 tests/storage"` runs a part, in order of the seed it prints.
PYTEST_ARGS ?= -n auto --dist loadgroup

help: ## What can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
		|| sed -n 's/^\([a-z]*\):.*## /  make \1: /p' $(MAKEFILE_LIST)

install: $(VENV)/installed ## Install what `tocsin` needs to run into .venv

dev: $(VENV)/installed-dev

demo: install ## A whole town in the browser, no token needed: http://127.0.0.1, the port is printed
	$(BIN)/tocsin demo $(DEMO_ARGS)

run: install ## Run the bot with the settings in .env
	$(BIN)/tocsin run

test: dev ## Run all tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

chaos: dev ## Every fault at every crash point, real waits, more seeds (a quarter of an hour)
	CHAOS_SEEDS=$(or $(SEEDS),5) $(BIN)/python -m pytest $(PYTEST_ARGS) --timeout=900 tests/chaos tests/journeys tests/plans/core/test_machine.py

lint: dev ## Style, types, import direction, dependencies
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: dev ## Put the code into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/installed-bench ## Measure against the peers (minutes; wants an idle machine)
	$(BIN)/python -m tests.bench $(BENCH_ARGS)

# READER=http://127.0.0.1:11434/v1 READER_ARGS="--model qwen3:8b" measures a second reader too; its key is TOCSIN_READER_KEY.
opinion: dev ## Learn the second opinion on figures anew, after a change of its messages or cues
	$(BIN)/python -m tests.plans.intake.opinion

eval: dev ## Measure intake: ../shared/eval, where it is there, and composed texts
	$(BIN)/python tests/eval/run.py
	$(BIN)/python tests/eval/chat.py
	$(BIN)/python -m tests.plans.intake.composed
	$(if $(READER),$(BIN)/python tests/eval/second.py $(READER) $(READER_ARGS))

# Dependencies stand in pyproject.toml as ranges. The larger lock is made first and the smaller one follows it, so that
# what is tested is what is run. `make lock UV_ARGS=--upgrade` takes the newest of everything.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

lock: dev ## Write the lock files anew from pyproject.toml
	$(LOCK) $(UV_ARGS) pyproject.toml --group build --group dev -o requirements-dev.lock
	$(LOCK) $(UV_ARGS) pyproject.toml --group build --group dev --group bench -c requirements-dev.lock -o requirements-bench.lock
	$(LOCK) $(UV_ARGS) pyproject.toml --group build -c requirements-dev.lock -o requirements.lock

schema: dev ## Write plans/schema.json, by which an editor checks a plan file, anew from the models
	$(BIN)/python -m plans.schema > plans/schema.json.new
	mv plans/schema.json.new plans/schema.json

clean: ## Remove .venv and every cache
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each file says that its lock is installed; make runs a step again only when the lock, or what names the command, is newer.
$(VENV)/made:
	@test -n "$(PYTHON)" || { echo "Tocsin needs Python 3.11 or later: none of python3, python3.11 … is." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "On Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/installed: requirements.lock pyproject.toml $(VENV)/made
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q bot handlers plans storage
	$(BIN)/python -m bot.preparation
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/installed-bench: requirements-bench.lock $(VENV)/installed-dev
	$(PIP) install --quiet --require-hashes -r requirements-bench.lock
	@touch $@
