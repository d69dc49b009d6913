# Two commands on a fresh machine: `make demo` and `make test`. Everything below .venv and data can be deleted at any time.
SHELL := /bin/bash
PYTHON ?= python3.11
PORT ?= 8000
SCALE ?= 100000
BIN := .venv/bin

.PHONY: setup engine demo test check browser bench lock clean

setup: engine  ## install the pinned requirements into .venv, compile the engine

engine: .venv/installed  ## the engine as machine code, where there is a C compiler
	@$(BIN)/python -m compiled

.venv/installed: requirements.txt requirements-dev.txt
	@scripts/make-venv "$(PYTHON)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@

demo: setup  ## the desk with its demo corpus at http://127.0.0.1:8000/ (PORT overrides)
	@exec $(BIN)/python manage.py up --demo --port $(PORT)

check: .venv/installed  ## static checks alone
	@scripts/check

test: .venv/installed browser  ## everything: checks, unit, integration and browser tests
	@$(MAKE) --no-print-directory --jobs=2 engine check
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

browser:  ## Debian's Chromium, where we may install it
	@scripts/find-chromium

bench: setup  ## measure; prints a table and writes bench.json
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@$(BIN)/python -m bench --scale $(SCALE)

lock: setup  ## compile the requirements with hashes after a change of the .in files
	@scripts/lock

clean:  ## remove what can be made again; keeps data
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
