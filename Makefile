# One list of commands, the same here, in CI and in the documentation.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.9
PIP_AUDIT_VERSION := 2.10.1
BIN := .venv/bin
DEMO := privat/uttrekk-demo
NATIONAL_DEMO := privat/uttrekk-nasjonal
EXTRACT ?= $(DEMO)
PERIOD ?= 2022
# the number of offices and of people, written once in the settings of the demo
PART = $(shell sed -n 's/^rapport: {kontor: \([0-9]*\), folk: \([0-9]*\), omrade: \(.*\)}.*/--offices \1 --people \2 --omrade "\3"/p' data/demo.yml)
NATIONAL = $(shell sed -n 's/^nasjonal: {kontor: \([0-9]*\), folk: \([0-9]*\)}.*/--offices \1 --people \2/p' data/demo.yml)
OFFICES ?= 12
PEOPLE ?=

# Without compiled bytecode every kernel compiles pandas and pyarrow again.
unexport PYTHONDONTWRITEBYTECODE
export UV_COMPILE_BYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help report report-national test test-spark docs lint types wall pytest nbval notebooks reproduce lock wheel audit-deps clean

help: ## print this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Only the demo is made. Any other extract is read, and navbook reports what it lacks.
report: $(BIN)/.runtime $(if $(filter $(DEMO),$(EXTRACT:/=)),$(DEMO)/uttrekk.yml) ## build the book of the demo, 66 offices in four counties (or of EXTRACT=… PERIOD=…)
	$(BIN)/navbook build "$(EXTRACT)" --period $(PERIOD)

report-national: $(BIN)/.runtime $(NATIONAL_DEMO)/uttrekk.yml ## build the book of the whole invented country, 264 offices
	$(BIN)/navbook build $(NATIONAL_DEMO) --period $(PERIOD)

test: $(BIN)/.dev lint types wall pytest nbval ## run everything: lint, types, import rules, pytest with browser, nbval

lint: $(BIN)/.dev ## run ruff: style and format
	@echo "== lint and format"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(BIN)/.dev ## run mypy
	@echo "== types"
	$(BIN)/mypy

wall: $(BIN)/.dev ## check the import rules between the rooms
	@echo "== the wall between private and public"
	$(BIN)/lint-imports

pytest: $(BIN)/.dev ## run unit, spec, reference, property and browser tests
	@echo "== tests (Chromium, LibreOffice and axe-core are fetched first if they are missing)"
	tests/book/install_chromium.sh
	tests/book/install_libreoffice.sh
	$(BIN)/python tests/book/axe_core.py
	$(BIN)/pytest -q -n 2 --dist loadfile tests

nbval: $(BIN)/.dev ## check that the stored notebooks give their stored outputs
	@echo "== stored notebooks"
	$(BIN)/python -m tests.notebooks.stored check

test-spark: $(BIN)/.spark ## compare counts on DuckDB and Spark (installs the extra; needs Java 17)
	@echo "== the same counts on Spark"
	$(BIN)/pytest -q tests/spark

docs: $(BIN)/.runtime ## build the documentation in _build/docs (offline; every warning is an error)
	@echo "== the documentation"
	$(BIN)/python docs/build.py

notebooks: $(BIN)/.dev ## run the stored notebooks and store their outputs
	$(BIN)/python -m tests.notebooks.stored run

reproduce: $(BIN)/.dev ## build a book twice in different environments and compare every byte (OFFICES=66 PEOPLE=300000, CLONES=1)
	@echo "== two books, byte for byte"
	$(BIN)/python -m tests.book.reproduce --offices $(OFFICES) $(if $(PEOPLE),--people $(PEOPLE)) $(if $(CLONES),--clones) --period $(PERIOD)

# each file has the hash of every package that it pins, and installing compares them
COMPILE = $(BIN)/uv pip compile -q --python-version 3.11 --universal --no-annotate --no-header --generate-hashes
INSTALL = $(BIN)/uv pip install -q --require-hashes

lock: $(BIN)/.uv ## pin the requirements again from pyproject.toml, with hashes
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --extra dask -c requirements.txt -o requirements-dask.txt
	$(COMPILE) pyproject.toml --extra spark -c requirements.txt -o requirements-spark.txt
	$(COMPILE) pyproject.toml --extra dask --extra dev -c requirements-dask.txt -o requirements-dev.txt
	echo "uv==$(UV_VERSION)" | $(COMPILE) - -o requirements-uv.txt

wheel: $(BIN)/.runtime ## build the wheel into dist/
	$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation -w dist .

# A mirror of PyPI may have no vulnerability data, and then nothing is ever found: one old package with known
# vulnerabilities must be found first.
PIP_AUDIT = $(BIN)/uv tool run --from pip-audit==$(PIP_AUDIT_VERSION) pip-audit --disable-pip
audit-deps: $(BIN)/.uv ## look up known vulnerabilities of the pinned packages (needs the network)
	@echo "jinja2==2.4.1" > $(BIN)/.known-vulnerable
	@$(PIP_AUDIT) --no-deps -r $(BIN)/.known-vulnerable 2>&1 | grep -qE 'PYSEC-|GHSA-|CVE-' || { \
	  echo "No package was audited: PyPI's vulnerability data cannot be read from here; run it where https://pypi.org is reached." >&2; \
	  exit 2; }
	for file in requirements-uv.txt requirements-dev.txt requirements-spark.txt; do \
	  $(PIP_AUDIT) --strict --require-hashes -r $$file || exit 1; \
	done

clean: ## remove what was built (never privat/ or utgaver/)
	rm -rf _build build dist book/sider .pytest_cache .mypy_cache .ruff_cache .hypothesis

# made again when its settings or its generator change
DEMO_SOURCES := data/demo.yml $(wildcard src/navbook/extract/demo/*.py src/navbook/extract/demo/*/*.py)

$(DEMO)/uttrekk.yml: $(DEMO_SOURCES) | $(BIN)/.runtime
	@echo "== making the extract of the demo"
	$(BIN)/navbook demo $(DEMO) $(PART)

$(NATIONAL_DEMO)/uttrekk.yml: $(DEMO_SOURCES) | $(BIN)/.runtime
	@echo "== making the extract of the whole invented country"
	$(BIN)/navbook demo $(NATIONAL_DEMO) $(NATIONAL)

$(BIN)/.uv: requirements-uv.txt
	@echo "== setting up .venv with $(PYTHON)"
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "navbook needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.txt
	touch $@

$(BIN)/.runtime: requirements.txt pyproject.toml | $(BIN)/.uv
	@echo "== installing pinned packages"
	$(INSTALL) -r requirements.txt
	$(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	touch $@

$(BIN)/.dev: requirements-dev.txt $(BIN)/.runtime | $(BIN)/.uv
	@echo "== installing pinned packages for tests"
	$(INSTALL) -r requirements-dev.txt
	touch $@

$(BIN)/.spark: requirements-spark.txt $(BIN)/.dev | $(BIN)/.uv
	@echo "== installing Spark"
	$(INSTALL) -r requirements-spark.txt
	touch $@
