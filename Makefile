# The main job and the tests, each in one command, on a fresh machine with Python 3.11
# or newer and access to Python packages. Name an interpreter with PYTHON=...

VENV := .venv
BIN := $(VENV)/bin
export PYTHON

.PHONY: help demo test check build clean

help:
	@echo 'make demo    check the examples against the official lists of May 2024'
	@echo 'make test    run every test; ARGS="-k name" chooses'
	@echo 'make check   lint, format, types, direction of import'
	@echo 'make build   rebuild the generated data and pages'
	@echo 'make clean   remove the environment and all caches'

demo: $(VENV)/.clearway
	$(BIN)/clearway demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

build: $(VENV)/.dev
	@set -e; for tool in tools/build_*.py; do \
	  echo "$(BIN)/python $$tool"; $(BIN)/python $$tool; done

# A stamp is newer than pyproject.toml while what it stands for is installed.
$(VENV)/.clearway: pyproject.toml
	@tools/environment.sh $(VENV) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml
	@tools/environment.sh $(VENV) --editable '.[dev]'
	@touch $@ $(VENV)/.clearway

clean:
	rm -rf $(VENV) .home dist .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache .benchmarks
	find src tests tools examples -name __pycache__ -type d -prune \
	  -exec rm -rf {} + 2>/dev/null || true
