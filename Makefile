# The front door. Every target bootstraps .venv from the locked dependencies; nothing is installed outside it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo app test lint check fix quality bench schema gold train-attribution train-stock train-grouping train-positions train-encoder train-lining train-differences train-labels train-leading train-alone clean help

help: ## show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

$(VENV)/runtime: requirements/runtime.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/runtime.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/build.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev: $(VENV)/runtime requirements/dev.lock tests/browser/package-lock.json
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/dev.lock
	if command -v npm > /dev/null; then npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --silent; fi
	touch $@

.DEFAULT_GOAL := help

demo: $(VENV)/runtime ## collate the example story, print it, write the page
	$(BIN)/rashomon collate examples/harbour --format terminal
	$(BIN)/rashomon collate examples/harbour -o demo.html
	@echo "The page is at $(CURDIR)/demo.html"

app: $(VENV)/runtime ## open the app on the example stories, in a library that goes when it ends
	folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; export RASHOMON_STORE="$$folder/library.sqlite"; \
	$(BIN)/rashomon add --quiet examples/harbour examples/spillway examples/straits && $(BIN)/rashomon serve

test: $(VENV)/dev ## run the tests
	$(BIN)/python -m pytest

lint: $(VENV)/dev ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test quality ## lint, tests (docs and schema among them), quality floors

fix: $(VENV)/dev ## format and mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# On one thread: threads that wait for one another at small matrices cost more than they save.
quality: $(VENV)/dev ## score every stage on the labelled sets and compare with the floors
	OMP_NUM_THREADS=1 $(BIN)/python quality/gate.py --shared $(SHARED)

bench: $(VENV)/dev ## time the pipeline and text reuse beside their peers
	$(BIN)/python benchmarks/annotate.py
	$(BIN)/python benchmarks/collate.py
	$(BIN)/python benchmarks/lineage.py
	$(BIN)/python benchmarks/page.py
	$(BIN)/python benchmarks/grouping.py --shared $(SHARED) --sizes 3000 6000
	$(BIN)/python benchmarks/web.py --shared $(SHARED) --articles 600 --added 30 --stories 10 --seconds 10

schema: $(VENV)/dev ## write docs/schema.json from the model
	$(BIN)/python -m rashomon schema > docs/schema.json

gold: $(VENV)/dev ## write the expected output of the example story again, for review
	$(BIN)/python tests/gold/renew.py

train-attribution: $(VENV)/dev ## train the attribution model again (20 minutes; needs the corpora)
	$(BIN)/python training/attribution.py --shared $(SHARED)

train-stock: $(VENV)/dev ## count the runs of words that everybody writes again (needs the corpora)
	$(BIN)/python training/stock.py --shared $(SHARED) src/rashomon/text/stock.npy

train-grouping: $(VENV)/dev ## train the pair model of grouping again (2 minutes; needs the corpora)
	$(BIN)/python training/grouping.py --check --shared $(SHARED) src/rashomon/group

train-positions: $(VENV)/dev ## train the model of acts again (4 minutes; needs the corpora)
	$(BIN)/python training/positions.py --check --shared $(SHARED)

train-encoder: $(VENV)/dev ## train the encoder of lining up again (15 minutes; needs the corpora and training/requirements.txt)
	$(BIN)/python training/encoder.py --shared $(SHARED) src/rashomon/collate/lining/encoder.onnx

train-lining: $(VENV)/dev ## train the scorers that line up again (5 minutes; needs the corpora)
	$(BIN)/python training/lining.py --check --shared $(SHARED) src/rashomon/collate/lining/scorers.json

train-differences: $(VENV)/dev ## train the scorer of differences again (9 minutes; needs the corpora)
	$(BIN)/python training/differences.py --check --shared $(SHARED) src/rashomon/collate/differences/chances.json

train-labels: $(VENV)/dev ## train the scorers of labels that can be printed, and of who tells them, again (5 minutes; needs the corpora)
	$(BIN)/python training/labels.py --check --shared $(SHARED) src/rashomon/collate

train-leading: $(VENV)/dev ## train the scorer of what is the news again (a minute)
	$(BIN)/python training/leading.py --check src/rashomon/collate/leading.json

train-alone: $(VENV)/dev ## train the scorer of what another report tells too (5 minutes; needs the corpora)
	$(BIN)/python training/alone.py --check --shared $(SHARED) src/rashomon/collate/alone.json

clean: ## remove .venv and caches
	rm -rf $(VENV) .quality .mypy_cache .ruff_cache .pytest_cache .hypothesis demo.html
