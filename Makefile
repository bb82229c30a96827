# Nghề Số. `make` lists what there is; `make run` shows it living; `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-postgres test-browser check coverage fix messages migration docs lock

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

# uv installs the lock some five times faster than pip; where it cannot, pip does.
INSTALL = $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) \
	|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)

.venv/run: requirements/run.lock requirements/uv.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.lock
	@$(call INSTALL,requirements/run.lock)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

.venv/dev: requirements/dev.lock .venv/run
	@$(call INSTALL,requirements/dev.lock)
	@touch $@

.venv/vendor: package-lock.json | .venv/run
	@$(BIN)/python -m edu.ui.vendor --install
	@touch $@

# Certificates are printed with Pango. Where we may, we install it; where not, we say so.
PANGO = libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
.venv/pango: | .venv/run
	@$(BIN)/python -c "import sys; from edu import pdf; sys.exit(not pdf.is_possible())" \
		|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq \
			&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PANGO) >/dev/null; } \
		|| echo "Certificates need Pango. As root: apt-get install $(PANGO)"
	@touch $@

setup: .venv/dev .venv/vendor .venv/pango  ## Install everything, for working on it

run: .venv/run .venv/vendor  ## Show a living demo province in the browser
	@$(BIN)/edu up --demo

demo: .venv/run  ## Wipe this installation and plant the demo province anew
	@$(BIN)/edu wipe --yes && $(BIN)/edu demo

test: setup  ## Run the fast tests (SQLite)
	@$(BIN)/pytest -q -m "not browser and not slow" -n auto

test-postgres: setup  ## Run the same tests on PostgreSQL, started for the purpose
	@$(BIN)/python -m tests.postgres $(BIN)/pytest -q -m "not browser" -n 2

test-browser: setup  ## Live the journeys in a real browser
	@$(BIN)/pytest -q -m browser -p no:randomly

check: setup  ## Everything that CI checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint --quiet edu courses oer_repository employer_portal analytics
	$(BIN)/pytest -q -m "not browser" -n 2
	$(MAKE) --no-print-directory test-postgres
	$(MAKE) --no-print-directory test-browser

coverage: setup  ## Which lines the tests reach
	@$(BIN)/pytest -q -m "not browser" -n 2 --cov --cov-report=term:skip-covered

fix: setup  ## Format, and mend what tools can mend
	-$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/djlint --reformat --quiet edu courses oer_repository employer_portal analytics

messages: setup  ## Collect texts for translation; then edit messages.po
	@mkdir -p var
	@$(BIN)/pybabel --quiet extract -F babel.cfg -k "lazy means" --no-wrap --sort-output --add-location=file --omit-header -o var/messages.pot .
	@$(BIN)/pybabel --quiet update --no-wrap --omit-header --ignore-obsolete --no-fuzzy-matching -i var/messages.pot -d edu/translations -l vi

migration: setup  ## Write a migration from the models: make migration m="add …"
	@$(BIN)/edu db migrate -m "$(m)"

docs: setup  ## Build the handbook in var/docs: texts, settings, commands, API, data dictionary
	@$(BIN)/python -m docs.build

lock:  ## Resolve the locks anew, by version and hash, without addresses
	uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/dev.lock
	echo uv | uv pip compile - -c requirements/dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/uv.lock
	uv pip compile pyproject.toml --group build -c requirements/dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/run.lock
