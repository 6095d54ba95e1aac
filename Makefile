# Wadul. `make` alone explains the targets; `make run` and `make test` set up what they need, once.

SHELL := /bin/sh
ifeq ($(PATH),)
export PATH := /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
endif
.DEFAULT_GOAL := help
.PHONY: help run test check lint migrate model bench setup-all clean

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet
JOBS ?= 2
ARGS ?=
DATA ?=
CANDIDATES := $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14 python

help: ## This list
	@echo "Wadul: citizens tell their government what is wrong. Targets:"; echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)$$/  make \1|\2/p' $(MAKEFILE_LIST) | \
	while IFS='|' read -r name text; do printf '%-18s %s\n' "  $$name" "$$text"; done
	@echo; echo "Settings stand in .env (see .env.example); data in var/. Python 3.11 or newer is needed, torch only for model."

run: $(VENV)/.serve ## Set up and run the bot; without a token it opens the coba page on this machine
	@$(PY) -m bot $(ARGS)

test: $(VENV)/.dev lint ## Set up, check style and types, run every test (ARGS="-k card" for some)
	@$(PY) -m pytest -n $(JOBS) -q -rs $(ARGS)

check: $(VENV)/.serve ## Verify settings, wadul.toml, database, model, token and linked chats
	@$(PY) -m bot check $(ARGS)

lint: $(VENV)/.dev ## Style (ruff), types (mypy), who may import whom (import-linter)
	@$(VENV)/bin/ruff check
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-cache >$(VENV)/imports.log 2>&1 || { cat $(VENV)/imports.log; exit 1; }

migrate: $(VENV)/.serve ## Bring the database up to date (the start does it too)
	@$(PY) -m bot migrate

model: $(VENV)/.all ## Make the classifier again: make model DATA=folder (needs torch, takes long)
	@test -n "$(DATA)" || { echo "Say where the data stands: make model DATA=folder"; exit 2; }
	@$(PY) -m training all --data-dir "$(DATA)" $(ARGS)

bench: $(VENV)/.dev ## Measure: every script of bench/ says how in its first lines
	@for file in bench/[a-z]*.py; do echo "== $$file"; sed -n '1s/"""//gp' $$file; done
	@echo; echo "Run one: $(PY) -m bench.NAME --help"

setup-all: $(VENV)/.dev $(VENV)/.all ## Install everything, torch and test tools too
	@:

clean: ## Remove the virtual environment and caches; var/ (your data) stays
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.venv*' -prune -exec rm -rf {} +

# Stamps: a step is done once, and again when its requirements change.

$(VENV)/.made:
	@for one in $(CANDIDATES); do \
	  if $$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$one; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Wadul needs Python 3.11 or newer, and none was found: install it, or say where: make PYTHON=/path/to/python3.11 run"; \
	  exit 2; \
	fi; \
	if ! $$found -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo "$$found cannot make virtual environments: install its venv module (Debian, Ubuntu: apt install python3-venv)."; \
	  exit 2; \
	fi; \
	echo "Making $(VENV) with $$($$found --version) ..."; \
	$$found -m venv $(VENV) && touch $@

$(VENV)/.serve: requirements-serve.txt | $(VENV)/.made
	@echo "Installing what the bot needs: about a minute, once ..."
	@$(PIP) -r requirements-serve.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-serve.txt | $(VENV)/.made
	@echo "Installing the bot and the test tools: about two minutes, once ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/.serve

$(VENV)/.all: requirements.txt requirements-serve.txt | $(VENV)/.made
	@echo "Installing the whole system, torch included: several minutes, once ..."
	@$(PIP) -r requirements.txt
	@touch $@ $(VENV)/.serve
