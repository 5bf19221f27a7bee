# `make demo` and `make test` set everything up by themselves; nothing is installed outside .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

# `make gold`: figures of each type on the annotated texts. `make mutants`: code broken on purpose; of the files
# changed since main, or SAMPLE=200 changes of PLACES="coding record".
PLACES ?=
SINCE ?= main

.PHONY: demo test check looks gold mutants bench kills lock fuzz format setup clean

demo: $(STAMP)
	$(BIN)/python scripts/demo.py

test: $(STAMP)
	$(MAKE) check

check:
	$(BIN)/ruff format --check src tests scripts benchmarks docs
	$(BIN)/ruff check src tests scripts benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/dragoman codebook check
	$(BIN)/dragoman actors check
	$(BIN)/pytest -n 2 --dist worksteal

looks: $(STAMP)
	$(BIN)/pytest -m looks tests/web/test_looks_browser.py

gold: $(STAMP)
	$(BIN)/pytest -m gold tests/gold

mutants: $(STAMP)
	$(BIN)/python scripts/mutants.py $(PLACES) --changed $(SINCE) $(if $(SAMPLE),--sample $(SAMPLE)) --seed $(or $(SEED),0)

bench: $(STAMP)
	$(BIN)/python benchmarks/names.py $(ARTICLES)
	$(BIN)/python benchmarks/speed.py $(ARTICLES)

kills: $(STAMP)
	$(BIN)/python benchmarks/kills.py --kills 260

lock: $(STAMP)
	sh scripts/lock.sh $(BIN)/python

# COUNT=100000 takes an hour and a half with one worker.
COUNT ?= 100000

fuzz: $(STAMP)
	$(BIN)/python benchmarks/fuzz.py --count $(COUNT)

docs: $(STAMP)
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs out/docs

format: $(STAMP)
	$(BIN)/ruff format src tests scripts benchmarks
	$(BIN)/ruff check --fix src tests scripts benchmarks

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	sh scripts/setup.sh "$(PYTHON)" "$(VENV)"
	touch $(STAMP)

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache
