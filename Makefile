# Every task of the project. `make` lists them; a newcomer needs only `make demo` and `make test`.
PORT ?= 8000
DIR ?= var/demo
RATE_LIMIT ?= on
BIN := .venv/bin
# Which tests: make test T=tests/law
T ?= tests
PYTEST := $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -q
# Journeys run in processes of their own: Playwright leaves an event loop in its thread, which other tests would
# meet. pytest ends with 5 where a selection (T=…) holds none of a kind.
NONE_IS_FINE := || [ $$? -eq 5 ]

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test test-quick test-sqlite test-postgresql test-journeys-postgresql check format lock styles docs pictures \
        test-crash test-mutation bench-intake bench-inbox bench-moves bench-law bench-network bench-roster bench-board bench-hotline

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## build .venv with what running needs (nothing to do while the lock file stays the same)
	@sh scripts/setup.sh run

setup-dev:
	@sh scripts/setup.sh dev

demo: setup ## the whole system with demo data on http://127.0.0.1:8000 [PORT=8000] [DIR=var/demo] [RATE_LIMIT=on|off] [CALLS=60 an hour ring the hotline]
	@exec $(BIN)/nuanxin demo --port $(PORT) --dir $(DIR) --rate-limit $(RATE_LIMIT) --calls $(or $(CALLS),0)

test: setup-dev ## all tests on SQLite, and those that use the database on PostgreSQL too [T=tests/law]
	@sh scripts/test-needs.sh
	$(PYTEST) $(T) -m "not journey and not slow" --database sqlite $(NONE_IS_FINE)
	$(PYTEST) $(T) -m "journey and not slow" --database sqlite $(NONE_IS_FINE)
	$(PYTEST) $(T) -m "database and not journey and not slow" --database postgresql $(NONE_IS_FINE)

test-sqlite: setup-dev ## all tests on SQLite [T=tests/law]
	$(PYTEST) $(T) -m "not journey and not slow" --database sqlite $(NONE_IS_FINE)
	$(PYTEST) $(T) -m "journey and not slow" --database sqlite $(NONE_IS_FINE)

test-postgresql: setup-dev ## all tests on PostgreSQL, started from a wheel, or at TEST_DATABASE_URL [T=tests/law]
	$(PYTEST) $(T) -m "not journey and not slow" --database postgresql $(NONE_IS_FINE)
	$(PYTEST) $(T) -m "journey and not slow" --database postgresql $(NONE_IS_FINE)

test-journeys-postgresql: setup-dev ## the browser journeys once more, on PostgreSQL
	$(PYTEST) tests/journeys -m "journey and not slow" --database postgresql

test-quick: setup-dev ## the tests of one minute: no browser, SQLite only [T=tests/law]
	$(PYTEST) $(T) -m "not journey and not slow" --database sqlite $(NONE_IS_FINE)

check: setup-dev ## format, lint, types, imports, licences, known vulnerabilities
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	NUANXIN_TEST=1 DATA_DIR=var/check $(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/licences.py
	$(BIN)/python scripts/vulnerabilities.py

format: setup-dev ## format and fix what can be fixed by machine
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: setup-dev ## make the lock files anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --quiet --python-version 3.11 --universal --generate-hashes \
	  --no-emit-index-url --no-header -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --quiet --python-version 3.11 --universal --generate-hashes \
	  --no-emit-index-url --no-header -o requirements-dev.lock

styles: setup ## join ui/styles into the two stylesheets that pages load
	$(BIN)/python -m nuanxin.ui.stylesheets

docs: setup ## write the generated pages of docs/ anew
	NUANXIN_TEST=1 DATA_DIR=var/docs $(BIN)/nuanxin docs

pictures: setup-dev ## take the README's picture anew, by the main journey
	README_PICTURE=docs/images/readme.png $(BIN)/pytest tests/journeys/test_published.py -k gaoping -q

test-crash: setup-dev ## kill the server at random moments under load; nothing acknowledged may be lost [TIMES=200] [DATABASE=postgresql]
	$(BIN)/python -m bench.crash --times $(or $(TIMES),200) --database $(or $(DATABASE),sqlite)

test-mutation: setup-dev ## change a line of the law's money and calendar at a time and see that a test notices [M=src/nuanxin/law/wages] [WRITE=1]
	$(BIN)/python -m scripts.mutation $(M) $(if $(WRITE),--write)

bench-intake: setup-dev ## cost of creating an application through the API, JSON on stdout [CASES="50000 1000000"]
	@$(BIN)/python -m bench.intake --cases $(or $(CASES),50000)

bench-inbox: setup-dev ## cost of the staff queue and of search, JSON on stdout [CASES="50000 1000000"]
	@$(BIN)/python -m bench.inbox --cases $(or $(CASES),50000)

bench-moves: setup-dev ## cost of one move of a case through its real action, JSON on stdout
	@$(BIN)/python -m bench.moves --cases $(or $(CASES),50000)

bench-law: setup-dev ## claims a second in the law engine, JSON on stdout [CLAIMS=540000] [PEER=1 for OpenFisca-core beside]
	@$(BIN)/python -m bench.law --claims $(or $(CLAIMS),540000) $(if $(PEER),--peer)

bench-network: setup-dev ## nearest, half-hour circle and siting beside their peers, JSON on stdout [OSM=folder]
	@$(BIN)/python -m bench.network $(if $(OSM),--osm $(OSM)) $(BENCH)

bench-roster: setup-dev ## seconds to the duty roster of a month, 60 people and 12 desks
	@$(BIN)/python -m bench.roster

bench-board: setup-dev ## CPU of the hotline's board and reports over many calls, JSON on stdout [CALLS=200000]
	@$(BIN)/python -m bench.board --calls $(or $(CALLS),200000)

bench-hotline: setup-dev ## a day of calls with faults, and how soon a console shows an event, JSON on stdout [CALLS=20000] [DATABASE=postgresql]
	@$(BIN)/python -m bench.hotline --part live --database $(or $(DATABASE),sqlite)
	@$(BIN)/python -m bench.hotline --calls $(or $(CALLS),20000) --database $(or $(DATABASE),sqlite)
