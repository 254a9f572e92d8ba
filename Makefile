# Each target sets up what it needs in .venv, once; nothing outside this folder is touched.
# `make run PYTHON=python3.12` takes another Python than the first one that is new enough.

.POSIX:
.PHONY: help run test check torture bench sheets clean environment environment-dev environment-bench

ARGS = sample_letters
JOBS = 2
BENCH = *
SHEETS = build/sheets
PYTEST = .venv/bin/python -m pytest

help: ## say what there is (this)
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

run: environment ## open Recto on the sample letters, or on what ARGS says: make run ARGS="a/folder"
	@.venv/bin/python -m tui $(ARGS)

test: environment-dev ## run the tests; JOBS=0 for one process, PYTEST_ADDOPTS="-k journal" for some of them
	@$(PYTEST) -n $(JOBS)

check: environment-dev ## lint, layout, types, direction of imports
	@.venv/bin/python -m ruff check .
	@.venv/bin/python -m ruff format --check .
	@.venv/bin/python -m mypy
	@.venv/bin/lint-imports --no-logo

torture: environment-dev ## all tests with many more examples, and the ones that take minutes
	@$(PYTEST) -n $(JOBS) -m "" --hypothesis-profile=torture

bench: environment-bench ## measure; each script of tests/bench prints its table; BENCH=similar for one of them
	@for script in $$(grep -l __main__ tests/bench/$(BENCH).py 2>/dev/null); do \
	  name=$${script##*/}; echo "== $${name%.py}"; .venv/bin/python -m "tests.bench.$${name%.py}" || exit 1; \
	done

sheets: environment-dev ## draw every screen in four sizes, with all, 16 and no colours; SHEETS=a/folder
	@.venv/bin/python -m scripts.contact_sheets $(SHEETS)

clean: ## remove .venv and all that tools left; reviews stay
	@rm -rf .venv .venv.old .venv.lock build dist snapshot_report.html \
	  .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@PYTHON='$(PYTHON)' sh scripts/setup.sh run

environment-dev:
	@PYTHON='$(PYTHON)' sh scripts/setup.sh dev

environment-bench:
	@PYTHON='$(PYTHON)' sh scripts/setup.sh bench
