# make demo   sees docsync find, mend and confirm, on a copy of sample_repo/
# make test   runs every test
# make lint   ruff, mypy and the import layers
# make tools  installs the formatters that docsync is tried with, into .tools/; the tests that need one are skipped without it
# make bench  times start-up and checks beside other tools, watching and histories; `SIZES="20 1000 10000"` for trees of these sizes
# make bench-scale  checks of 20, 1,000 and 10,000 documents beside other tools: cold, unchanged, one changed, regenerating; growth
# All of them create .venv first; nothing else is needed beyond Python 3.11+, make and git.

PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
SCHEMAS := $(VENV)/commonmark.json $(VENV)/junit.xsd $(VENV)/sarif.json

.PHONY: tools demo test coverage lint format bench bench-scale wheel clean

demo: $(VENV)/.installed
	@sh scripts/demo.sh $(BIN)/docsync

test: $(VENV)/.test $(SCHEMAS)
	$(BIN)/python -m pytest -q -n 2 --dist worksteal $(TESTS)

coverage: $(VENV)/.test $(SCHEMAS)
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest -q $(TESTS)
	$(BIN)/python -m coverage combine -q
	$(BIN)/python -m coverage report --fail-under=95

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.lint
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/compare.py
	$(BIN)/python benchmarks/watch.py $(SIZES)
	$(BIN)/python benchmarks/history.py

bench-scale: $(VENV)/.bench
	$(BIN)/python benchmarks/scale.py $(SIZES)

wheel: $(VENV)/.installed
	$(BIN)/python -m pip wheel -q --no-deps -w dist .

clean:
	rm -rf $(VENV) .demo dist build

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "docsync needs Python 3.11 or newer; none was found on PATH" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade 'pip>=25.1'

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q -e .
	@touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/.installed
	$(BIN)/python -m pip install -q -e . --group test
	@touch $@

# CommonMark's own examples (CC-BY-SA 4.0) are read where markdown-it-py's source archive carries them, so none are kept here.
SPEC := markdown_it_py-4.3.0
$(VENV)/commonmark.json: | $(VENV)/.test
	@$(BIN)/python -m pip download -q --no-deps --no-binary markdown-it-py -d $(VENV)/spec markdown-it-py==$(SPEC:markdown_it_py-%=%) \
	&& tar -xzOf $(VENV)/spec/$(SPEC).tar.gz $(SPEC)/tests/test_cmark_spec/commonmark.json >$@.part && mv $@.part $@ \
	|| echo "CommonMark's examples are out of reach; the tests that read them are skipped" >&2

# The schema of JUnit XML (MIT) is read where pytest's source archive carries it.
XSD := pytest-9.0.2
$(VENV)/junit.xsd: | $(VENV)/.test
	@$(BIN)/python -m pip download -q --no-deps --no-binary pytest -d $(VENV)/spec pytest==$(XSD:pytest-%=%) \
	&& tar -xzOf $(VENV)/spec/$(XSD).tar.gz $(XSD)/testing/example_scripts/junit-10.xsd >$@.part && mv $@.part $@ \
	|| echo "the schema of JUnit XML is out of reach; the tests that read it are skipped" >&2

# SARIF's schema is read where an npm package (MIT) carries it.
SARIF := @microsoft/jest-sarif@1.0.0-beta.0
$(VENV)/sarif.json: | $(VENV)/.test
	@mkdir -p $(VENV)/spec \
	&& (cd $(VENV)/spec && npm pack --silent $(SARIF)) >/dev/null 2>&1 \
	&& tar -xzOf $(VENV)/spec/microsoft-jest-sarif-*.tgz package/lib/schemas/sarif-2.1.0-rtm.5.json >$@.part && mv $@.part $@ \
	|| echo "SARIF's schema is out of reach (npm fetches it); the tests that read it are skipped" >&2

# Formatters of other people, kept apart from what docsync itself needs.
tools: | $(VENV)/bin/python
	$(BIN)/python -m venv .tools/python
	.tools/python/bin/python -m pip install -q 'mdformat>=1,<2' 'mdformat-gfm>=1' 'mdformat-front-matters>=2'
	@if command -v npm >/dev/null; \
	then npm install --silent --no-fund --no-audit --prefix .tools prettier@3 markdownlint-cli2@0; \
	else echo "there is no npm here; the tests that need prettier or markdownlint are skipped" >&2; fi

$(VENV)/.lint: pyproject.toml | $(VENV)/.test
	$(BIN)/python -m pip install -q --group test --group lint
	@touch $@

$(VENV)/.bench: pyproject.toml | $(VENV)/.installed
	$(BIN)/python -m pip install -q --group bench
	@touch $@
