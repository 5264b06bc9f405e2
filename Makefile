# Termin: `make` alone lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
MINUTES ?= 5
VENV := .venv
BIN := $(VENV)/bin

# uv where there is one, else the pip that python3 brings; both refuse a file whose hash is not in the lock.
INSTALL = if command -v uv >/dev/null; then VIRTUAL_ENV=$(VENV) uv pip install -q --require-hashes -r $(1); \
	else $(BIN)/python -m pip install -q --disable-pip-version-check --no-compile --require-hashes --only-binary :all: -r $(1); fi

# What a start imports, at once or later.
COMPILED = alembic.command, bot.channels.sms.line, bot.channels.telegram.line, bot.cli, bot.demo.stage, holidays, panel.app, panel.calendar_feed, psycopg

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.runtime  ## Set up: leaves .venv/bin/termin

demo: setup  ## Serve the whole product with pretend phones on http://127.0.0.1:8000/ (PORT=9000 for another port)
	@$(BIN)/termin demo --port $(PORT)

test: $(VENV)/.dev  ## Run everything that guards the project
	@$(MAKE) --no-print-directory -j 2 check pytest

pytest: $(VENV)/.dev
	@$(BIN)/python -m pytest -n 3 --dist loadgroup $(TESTS)

check: $(VENV)/.dev  ## Format, lint, types, layers, lock; no tests
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>&1 | tail -n 12; exit $${PIPESTATUS[0]}

bench: $(VENV)/.dev  ## Measure, as ratios to a baseline in the same run (about MINUTES=5)
	@$(BIN)/python -m bench --minutes $(MINUTES)

soak: $(VENV)/.dev  ## Torture: kill the program at every step, for about MINUTES=5
	@$(BIN)/python -m soak --minutes $(MINUTES)
	@TERMIN_TEST_EXAMPLES=5 $(BIN)/python -m pytest -n 2 --dist loadgroup --timeout 1200 $$(grep -rlE 'tests.examples import' tests --include='test_*.py')

screenshot: $(VENV)/.dev  ## Take the README's picture of the demo anew (needs Chromium)
	@$(BIN)/python docs/screenshot.py

lock: $(VENV)/.dev  ## Renew the two lock files from pyproject.toml
	@$(LOCK) --extra install -o requirements.lock
	@$(LOCK) --extra install --extra dev -c requirements.lock -o requirements-dev.lock

LOCK = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Termin needs Python 3.11 or newer; '$(PYTHON)' is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "python3 could not make a virtual environment. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up .venv (once; about a minute)"
	@$(call INSTALL,requirements.lock)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -c "import $(COMPILED)"  # or the first start takes five times as long
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Setting up the tools for the tests (once)"
	@$(call INSTALL,requirements-dev.lock)
	@touch $@

clean:  ## Remove the virtual environment and what the demo wrote
	@rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Each process of the tests would compile all it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test pytest check bench soak screenshot lock clean
