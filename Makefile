# Two commands matter: `make run` and `make test`. Each sets up what it needs.
# Needs: Python 3.11 or newer with venv, make, and the package registries. Everything else is installed into .venv.

PYTHON ?= python3
BIN := .venv/bin
HOME_ARGS := $(if $(BACKWARD_HOME),--home "$(BACKWARD_HOME)",)
LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet
FRONT_SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null) frontend/build.mjs frontend/build.py frontend/package-lock.json
BUNDLE := src/backward_running/apps/web/static/.built

# An environment that forbids byte code would make every start three times slower.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH

.DEFAULT_GOAL := help
.PHONY: help run test quick lint bench validate docs setup setup-dev lock clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-10s %s\n", $$1, $$2}'

run: setup $(BUNDLE) ## set everything up and open the app at http://127.0.0.1:8484
	@$(BIN)/backward $(HOME_ARGS) serve

test: setup-dev $(BUNDLE) ## everything that CI runs: lint, types, floors, tests, browser journeys
	@$(BIN)/python tests/prepare.py
	@$(MAKE) --no-print-directory lint
	$(BIN)/python frontend/build.py test
	$(BIN)/python -m pytest -n auto --dist loadgroup

quick: setup-dev ## the quick suite: no browser, no database server, nothing slow
	$(BIN)/python -m pytest -n auto -m "not slow and not browser and not postgres"

lint: setup-dev $(BUNDLE) ## ruff, mypy, the floors, TypeScript, the generated pages, sources of numbers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python frontend/build.py check
	$(BIN)/python docs/generate.py --check
	$(BIN)/python -m tools.naked_numbers

bench: setup-dev $(BUNDLE) ## measure speed against the peers, in one run
	$(BIN)/python -m benchmarks --write

validate: setup-dev ## measure accuracy on labelled data and write docs/validation
	$(BIN)/python -m validation

docs: setup-dev ## write the generated pages of docs/reference
	$(BIN)/python docs/generate.py

lock: setup-dev ## pin the dependencies anew, with hashes and without addresses
	$(BIN)/uv pip compile $(LOCK_FLAGS) --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCK_FLAGS) --group build --group dev --all-extras pyproject.toml -c requirements.lock -o requirements-dev.lock

clean: ## remove what was built; your store is not touched
	rm -rf .venv frontend/node_modules src/backward_running/apps/web/static dist build

setup: .venv/.run
setup-dev: .venv/.dev

.venv/bin/uv: uv.lock.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"Backward needs Python 3.11 or newer; this is {v[0]}.{v[1]}. Say which one to use: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv || { echo "This Python cannot make environments. On Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r uv.lock.txt
	@touch $@

.venv/.run: .venv/bin/uv requirements.lock pyproject.toml
	@if [ ! -e .venv/.dev ]; then $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock; fi
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/bin/uv requirements-dev.lock pyproject.toml
	@$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements-dev.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.run

$(BUNDLE): .venv/bin/uv $(FRONT_SOURCES)
	@$(BIN)/python frontend/build.py
	@touch $@
