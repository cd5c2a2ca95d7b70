# Two commands matter: `make run` and `make test`. Each sets up what it needs.
# Needs: Python 3.11 or newer with venv, make, and the package registries. Everything else is installed into .venv.

# Another interpreter gets an environment of its own: make test PYTHON=python3.14 VENV=.venv-3.14
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# How many tests run side by side, and how long the list of the slowest is.
JOBS ?= auto
SLOWEST ?= 15
FUZZ_RUNS ?= 500
KILLS ?= 300
LIVES ?= 50000
LIVES_JOBS ?= 2
LIVES_LOG ?= build/lives.jsonl
FUZZ_SEED ?= 8484
MUTANTS_AT_ONCE ?= 2
# Of the quick suite, a part: make quick SAMPLE="--one-in 10". On the newest Python `make test` runs one test in so many.
SAMPLE ?=
NEWEST_ONE_IN ?= 10
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --durations=$(SLOWEST)
HOME_ARGS := $(if $(BACKWARD_HOME),--home "$(BACKWARD_HOME)",)
LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet
FRONT_SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null) frontend/build.mjs frontend/build.py frontend/package-lock.json
BUNDLE := src/backward_running/apps/web/static/.built

# An environment that forbids byte code would make every start three times slower.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH

.DEFAULT_GOAL := help
.PHONY: help run test quick newest lint format fuzz coverage mutants bench validate docs reference setup setup-dev audit forms kills lives lock clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-10s %s\n", $$1, $$2}'

run: setup $(BUNDLE) ## set everything up, open the app and print its address
	@$(BIN)/backward $(HOME_ARGS) serve

# In stages: what fails quickly fails first, and each says its slowest tests.
test: setup-dev $(BUNDLE) ## everything that CI runs: lint, types, floors, tests, browser journeys
	@$(BIN)/python tests/prepare.py
	@$(MAKE) --no-print-directory lint
	$(BIN)/python frontend/build.py test
	$(PYTEST) -m "not slow and not browser and not postgres"
	@$(MAKE) --no-print-directory fuzz
	@$(BIN)/python tests/newest.py --one-in $(NEWEST_ONE_IN)
	$(PYTEST) --dist loadgroup -m "slow or browser or postgres"

quick: setup-dev ## the quick suite: no browser, no database server, nothing slow
	$(PYTEST) $(SAMPLE) -m "not slow and not browser and not postgres"

newest: setup-dev ## the quick suite once more, on the newest Python this machine has
	@$(BIN)/python tests/newest.py

fuzz: setup-dev ## feed every door broken bytes: a fixed number of runs, a seed that is printed
	$(BIN)/python -m tests.fuzz --runs $(FUZZ_RUNS) --seed $(FUZZ_SEED)

coverage: setup-dev $(BUNDLE) ## the quick suite once more, and how much of each room it runs
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest -m "not slow and not browser and not postgres"
	$(BIN)/python -m coverage report --skip-covered --sort=cover

mutants: setup-dev ## break what checks plans, prices energy and finds bouts on purpose, and say what no test noticed
	$(BIN)/python -m mutmut run --max-children $(MUTANTS_AT_ONCE)
	$(BIN)/python docs/mutants.py

lint: setup-dev $(BUNDLE) ## ruff, mypy, the floors, TypeScript, styles, templates, the generated pages, sources of numbers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python frontend/build.py check
	$(BIN)/python frontend/build.py lint
	$(BIN)/python -m tools.templates --check
	$(BIN)/djlint --quiet --lint src/backward_running/apps/web/templates
	$(BIN)/python docs/generate.py --check
	$(BIN)/python -m tools.naked_numbers
	$(BIN)/python -m tools.bill_of_materials --check

format: setup-dev $(BUNDLE) ## write Python, TypeScript, styles and templates in the one layout that `make lint` asks for
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python frontend/build.py format
	$(BIN)/python -m tools.templates --write

bench: setup-dev $(BUNDLE) ## measure speed against the peers, in one run
	$(BIN)/python -m benchmarks --write

validate: setup-dev ## measure accuracy on labelled data and write docs/validation
	$(BIN)/python -m validation

docs: reference $(BUNDLE) ## build the documentation into build/site; it is read without a network
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "The documentation is in build/site: open build/site/index.html"

reference: setup-dev ## write the generated pages of docs: the reference and the outputs of the notebook
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/notebooks/run.py

audit: setup-dev ## ask the databases of known vulnerabilities about every pinned package, where one can be reached
	$(BIN)/python -m tools.audit

forms: setup-dev $(BUNDLE) ## send every form of the app what no person types, 50,000 times; takes an hour or two
	$(BIN)/python -m tests.fuzz.forms --requests 50000 --seed $(FUZZ_SEED)

kills: setup-dev ## kill an import at 300 moments, and see that nothing is lost, doubled, half or untaught; half an hour
	BACKWARD_KILLS=$(KILLS) $(PYTEST) tests/apps/cli/test_killed.py

lives: setup-dev ## live 50,000 random lives of 100 days and hold every door to the rules; hours, a log goes on where it stopped
	@mkdir -p $(dir $(LIVES_LOG))
	$(BIN)/python -m tests.lives --lives $(LIVES) --seed 2000 --jobs $(LIVES_JOBS) --log $(LIVES_LOG)

lock: setup-dev ## pin the dependencies anew, with hashes and without addresses
	$(BIN)/uv pip compile $(LOCK_FLAGS) --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCK_FLAGS) --group build --group dev --group docs --all-extras pyproject.toml -c requirements.lock -o requirements-dev.lock
	$(BIN)/python -m tools.bill_of_materials

clean: ## remove what was built; your store is not touched
	rm -rf .venv .venv-* mutants frontend/node_modules src/backward_running/apps/web/static dist build

setup: $(VENV)/.run
setup-dev: $(VENV)/.dev

$(VENV)/bin/uv: uv.lock.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"Backward needs Python 3.11 or newer; this is {v[0]}.{v[1]}. Say which one to use: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make environments. On Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r uv.lock.txt
	@touch $@

$(VENV)/.run: $(VENV)/bin/uv requirements.lock pyproject.toml
	@if [ ! -e $(VENV)/.dev ]; then $(BIN)/uv pip install --python $(BIN)/python --quiet --compile-bytecode --require-hashes -r requirements.lock; fi
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/uv requirements-dev.lock pyproject.toml
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --compile-bytecode --require-hashes -r requirements-dev.lock
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

$(BUNDLE): $(VENV)/bin/uv $(FRONT_SOURCES)
	@$(BIN)/python frontend/build.py
	@touch $@
