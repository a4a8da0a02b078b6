# Everything runs in .venv, built once from constraints.txt; `make clean` starts over.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: run test test-all lint app gate pin eval bench clean

run: $(READY)          ## summarize the example articles
	$(BIN)/ntmsum run examples/*.txt

test: $(READY)         ## the fast tests
	$(BIN)/python -m pytest -m "not slow"

test-all: $(READY)     ## every test: the shipped model, a browser, several processes
	$(BIN)/python -m pytest

lint: $(READY)         ## style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

app: $(READY)          ## the web page on http://127.0.0.1:7860
	$(BIN)/ntmsum app

gate: $(READY)         ## the checks' own suites, and twelve articles through the models, against pinned floors
	$(BIN)/ntmsum eval calibration --gate
	$(BIN)/ntmsum eval robust --gate
	$(BIN)/ntmsum eval regional --quick --gate --threads 2

pin: $(READY)          ## raise the floors to what weights, rules and terms reach now
	$(BIN)/ntmsum eval pin

eval: $(READY)         ## every article through both models (slow), with a report page
	$(BIN)/ntmsum eval regional --report runs/eval

bench: $(READY)        ## speed against the bare engine and transformers; writes docs/speed.md
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.speed --minutes 10

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	touch $@

clean:
	rm -rf .venv
