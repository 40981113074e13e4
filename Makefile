# Everything runs from .venv, installed from the lock files; nothing else is touched.
PYTHON ?= python3
BIN := .venv/bin
BENCH := .venv-bench
RIVALS := presidio jionlp argus thulac plot redactors
SOURCES := review detectors redact policies flows samples bench tests

.PHONY: install demo up test check packages bench docs lock locale samples clean

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

packages:
	@sh tests/install-debian-packages.sh

# Packages come over the network while the checks keep a processor busy. Hundreds of processes
# follow, in images that forbid bytecode, too: none compiles it again.
test: .venv/.installed-dev
	@$(MAKE) -j 2 packages check
	@$(BIN)/python -m compileall -q $(SOURCES)
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -n 3 --dist loadgroup

# A contestant that cannot be installed is shown with the reason in the table, not left out.
$(BENCH)/%/.installed: requirements-bench-%.lock
	@$(PYTHON) -m venv $(BENCH)/$*
	@$(BENCH)/$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< \
		&& touch $@ || echo '$* 安装失败，比较表里会注明。' >&2

# EVAL=DIR measures names on the labelled files of a folder as well.
bench: .venv/.installed-dev $(RIVALS:%=$(BENCH)/%/.installed)
	$(BIN)/python -m bench.start_up
	$(BIN)/python -m bench.negative_list
	$(BIN)/python -m bench.formats
	$(BIN)/python -m bench.leaks
	$(BIN)/python -m bench.compare $(if $(EVAL),--eval $(EVAL))

docs: .venv/.installed
	$(BIN)/review policy show --output docs/policy-matrix.html

samples: .venv/.installed-dev
	$(BIN)/python -m samples.build

locale: .venv/.installed-dev
	$(BIN)/pybabel compile --directory flows/locale --locale zh_CN

# Needs uv. What is locked stays as long as pyproject.toml allows; delete a lock file to renew it.
lock:
	uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --no-emit-index-url --no-header --generate-hashes pyproject.toml -o requirements.lock
	uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --no-emit-index-url --no-header --generate-hashes pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	for rival in $(RIVALS); do uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --no-emit-index-url --no-header --generate-hashes --group bench-$$rival -c requirements.lock -o requirements-bench-$$rival.lock || exit 1; done

clean:
	rm -rf .venv $(BENCH) demo-home build *.egg-info
