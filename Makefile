# The commands of the README. Everything is set up in .venv from requirements.lock.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: site test test-slow test-all tools serve check lint future pictures lock sbom audit clean

site: .venv/ready
	$(BIN)/sokehoach build --strict

serve: .venv/ready
	$(BIN)/sokehoach serve

check: .venv/ready
	$(BIN)/sokehoach check

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@.ci/javascript
	tests/js/node_modules/.bin/biome check --error-on-warnings

# Three sets of tests, by the two marks that pyproject.toml explains. Each set runs in two processes, each of them with the
# tests of whole files, because what a file prepares is shared by its tests; WORKERS=4 where there are more cores.
WORKERS ?= 2
PYTEST := $(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 15

# What every change needs, in some minutes.
test: tools
	$(PYTEST) -m "not slow and not endurance"

# The same behaviours on more pages, in more sizes, windows and builds: before a change is proposed, and on the server for
# each change of the program.
test-slow: tools
	$(PYTEST) -m "slow and not endurance"

# Both, and what runs many minutes: hundreds of races, kills and saves, a thousand plans, more random seeds and examples, the
# other engine and windows. Before a release, and on the server after each change of the program.
test-all: tools
	$(PYTEST) --hypothesis-profile thorough

# What the tests need beside Python.
tools: .venv/ready
	@.ci/chromium
	@.ci/print
	@.ci/editor
	@.ci/javascript

# Life after Material: the plain tree with its configuration, built by Zensical, and by MkDocs in the shell of our own
# (generator/site/shell). Both sites lie in build/future; the last line lists links that lead nowhere.
future: .venv/ready
	$(BIN)/sokehoach pages --project --out build/future
	$(BIN)/zensical build --strict --config-file build/future/mkdocs.yml
	SITE_THEME=sokehoach $(BIN)/mkdocs build --strict --config-file build/future/mkdocs.yml --site-dir shell
	PYTHONPATH=tests $(BIN)/python tests/broken_links.py build/future/site build/future/shell

# The pictures of the contributors' guide, after a change of its steps or of the site's look.
pictures: .venv/ready
	@.ci/chromium
	@.ci/editor
	PYTHONPATH=tests $(BIN)/python docs/pictures/draw.py

# Debian and Ubuntu ship Python without venv: install it where that is permitted, else say what to ask for.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên / Python 3.11+ is needed"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
		|| { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv; } \
		|| { echo "Thiếu mô-đun venv: hãy chạy / please run: sudo apt-get install python3-venv"; exit 1; }
	@# Another Python over an environment that works would mix the two.
	$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# After a change of the dependencies in pyproject.toml. Run it with the oldest Python that is supported, Debian 12's 3.11.2
# (make lock PYTHON=/usr/bin/python3): some releases ask for a later 3.11.
lock:
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet pip-tools
	.venv-lock/bin/pip-compile --quiet --strip-extras --extra dev --extra pdf --all-build-deps --allow-unsafe --generate-hashes --no-emit-index-url \
		--no-emit-find-links --output-file requirements.lock pyproject.toml
	rm -rf .venv-lock

# What a release is made of, as CycloneDX: each locked package with its hashes; and whether a hole in one is known. Both ask
# the internet, and have an environment of their own, so that the program's lock does not hold what only they need.
sbom: .venv-supply/ready
	.venv-supply/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible \
		--of JSON --output-file sbom.json

audit: .venv-supply/ready
	.venv-supply/bin/pip-audit --require-hashes --disable-pip --requirement requirements.lock

.venv-supply/ready:
	$(PYTHON) -m venv .venv-supply
	.venv-supply/bin/pip install --quiet cyclonedx-bom==7.5.0 pip-audit==2.10.1
	@touch $@

clean:
	rm -rf site .cache .venv .venv-supply sbom.json build *.egg-info
