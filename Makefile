# Everything runs from .venv, installed from the lock files; nothing else is touched.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := review detectors redact policies flows samples bench tests

.PHONY: install demo up test check bench lock locale samples clean

install: .venv/.installed

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '需要 Python 3.11 或更高版本：请用 make PYTHON=/路径/python3.11 再试。' >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: install
	$(BIN)/python -m samples.demo

up: install
	$(BIN)/python -m samples.demo --stay

check: .venv/.installed-dev
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: .venv/.installed-dev
	@sh tests/install-debian-packages.sh
	$(MAKE) check
	$(BIN)/pytest -n 2 --dist loadgroup

bench: .venv/.installed-dev
	$(BIN)/python -m bench.start_up

samples: .venv/.installed-dev
	$(BIN)/python -m samples.build

locale: .venv/.installed-dev
	$(BIN)/pybabel compile --directory flows/locale --locale zh_CN

lock:
	uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --no-emit-index-url --no-header --generate-hashes pyproject.toml -o requirements.lock
	uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --no-emit-index-url --no-header --generate-hashes pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv demo-home build *.egg-info
