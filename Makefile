# Everything a user or a contributor does, from a fresh clone. `make` alone lists the targets.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo serve test torture servers servers-stop check bench lock clean
help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

demo: .venv/run ## what next for a Senior product manager, on the starter graph
	$(BIN)/credpath demo

serve: .venv/run ## the page and the API on http://127.0.0.1:8000; on the starter graph where nothing is loaded yet
	@$(BIN)/credpath sources | grep -q "^Nothing is loaded" && $(BIN)/credpath load starter || true
	$(BIN)/credpath serve

check: .venv/dev ## the one definition of clean: format, lint, types, layers, quick tests and doctests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -q -n auto --dist worksteal -m "not slow and not browser"

test: .venv/dev ## the whole suite; installs Chromium and fetches real servers for its tests if it can
	./tests/install_browser
	$(BIN)/python -m servers fetch
	$(BIN)/pytest -q -n auto --dist worksteal

torture: .venv/dev ## kill clients and servers at random moments and count what was lost: a table, in half an hour
	$(BIN)/python -m servers fetch
	$(BIN)/python -m tests.torture

servers: .venv/dev ## a real Neo4j and Fuseki on this machine; eval "$$(make -s servers)" lets tests use and empty them
	@$(BIN)/python -m servers start

servers-stop: .venv/dev ## stop them; their data stay in build/servers
	@$(BIN)/python -m servers stop

bench: .venv/dev ## benchmarks, each a table with sizes and ratios
	$(BIN)/python -m bench

lock: .venv/dev ## pin the dependencies again, with hashes
	cd requirements && ../$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header run.in -o run.txt
	cd requirements && ../$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -c run.txt dev.in -o dev.txt

clean: ## remove what the commands above made
	-test ! -d build/servers/homes || $(BIN)/python -m servers stop
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
