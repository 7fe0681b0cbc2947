# The verbs of this project; people and continuous integration use the same ones.
# Needs Python 3.11 or newer, make and git; everything else goes into .venv.

PYTHON ?= python3
VENV := .venv
PEER_VENV := .venv-peer
BIN := $(VENV)/bin
# pip installs with the versions that the tests run with; the package itself is looser
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# a process for each core; who is done early takes tests of others
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 8 --dist worksteal

.PHONY: demo test test-slow test-peer bench-peer fuzz fuzz-programs check fix bench docs clean

demo: $(VENV)/.installed
	$(BIN)/fle-marl run iron_plate_throughput_16 --agents 2 --team scripted --seed 1

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

test-slow: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m slow

# FLE, as it is published, plays on a served world; it never sees this package
test-peer: $(VENV)/.installed $(PEER_VENV)/.installed
	$(PEER_VENV)/bin/python -m pytest --config-file tests/peer/pytest.ini --server-python=$(BIN)/python tests/peer

bench-peer: $(VENV)/.installed $(PEER_VENV)/.installed
	$(PEER_VENV)/bin/python tests/peer/bench.py --server-python=$(BIN)/python

# random commands and packets for a server, the same ones for the same SEED
MINUTES ?= 10
SEED ?= 1

fuzz: $(VENV)/.installed-dev
	FLE_MARL_FUZZ_MINUTES=$(MINUTES) FLE_MARL_FUZZ_SEED=$(SEED) \
		$(BIN)/python -m pytest -m hunt tests/servers/rcon_port/test_fuzz.py -s

# random programs of four agents on one world, the same ones for the same SEED
PROGRAMS ?= 10000

fuzz-programs: $(VENV)/.installed-dev
	FLE_MARL_FUZZ_PROGRAMS=$(PROGRAMS) FLE_MARL_FUZZ_SEED=$(SEED) \
		$(BIN)/python -m pytest -m hunt tests/programs/test_fuzz.py -s

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

fix: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.installed-dev
	$(BIN)/fle-marl bench

clean:
	rm -rf $(VENV) $(PEER_VENV) build dist runs

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is %d.%d: make PYTHON=python3.11 ..." % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) --editable '.[dev,rcon,marl,extract,oracle]'
	touch $@ $(VENV)/.installed

# `--group` needs pip 25.1
$(PEER_VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(PEER_VENV)
	$(PEER_VENV)/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(PEER_VENV)/bin/python -m pip install --quiet --group peer
	touch $@
