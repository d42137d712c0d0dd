PORT ?= 8501
HOST ?= 127.0.0.1
DEMO ?= 1
PYTHON ?= python3
BIN := .venv/bin
ALONE := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 RAYON_NUM_THREADS=1 NUMBA_NUM_THREADS=1 POLARS_MAX_THREADS=1

.PHONY: run test unit verbs screens big lint fix postgres browser bench

run: .venv/app                       ## start the app; DEMO=0 for real use, PORT= and HOST= to change where
	CAREFIT_DEMO=$(DEMO) $(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(HOST)

test: lint unit verbs screens big postgres browser     ## everything .ci/run checks

lint: .venv/tests
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/python -m assessment check

unit: .venv/tests
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 2 -m "not e2e and not postgres and not big and not screen and not verb"

verbs: .venv/tests
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 2 -m "verb and not e2e and not postgres and not big and not screen"

screens: .venv/tests
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 2 -m "screen and not big"

big: .venv/tests
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 2 -m big

postgres: .venv/tests
	.ci/tools && .ci/with-postgres $(BIN)/pytest -m postgres

browser: .venv/tests
	.ci/tools && $(BIN)/pytest -m e2e

bench: .venv/tests .venv-bench/done  ## figures, printed and not asserted
	PYTHONPATH=. $(BIN)/python tests/bench/one_tap.py && PYTHONPATH=. $(BIN)/python tests/bench/list_of_candidates.py
	PYTHONPATH=. $(BIN)/python tests/bench/bands.py && PYTHONPATH=. $(BIN)/python tests/bench/stopping_early.py
	PYTHONPATH=. $(ALONE) .venv-bench/bin/python tests/bench/engine.py
	PYTHONPATH=. $(ALONE) $(BIN)/python tests/bench/ten_million.py

fix: .venv/tests
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

.venv/app: requirements.txt
	$(PYTHON) -m venv .venv && $(BIN)/pip install -q -r requirements.txt && touch $@

.venv/tests: .venv/app tests/requirements.txt
	$(BIN)/pip install -q -r tests/requirements.txt && touch $@

.venv-bench/done: tests/bench/requirements.txt
	$(PYTHON) -m venv .venv-bench && .venv-bench/bin/pip install -q -r $< && touch $@
