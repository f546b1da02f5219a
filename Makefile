# Two commands: `make run` shows the sample (or LIBRARY=/some/folder), `make test` proves it.
LIBRARY ?= $(or $(CASTALOGUE_LIBRARY),episodes)
HOST ?= $(or $(CASTALOGUE_HOST),127.0.0.1)
PORT ?= $(or $(CASTALOGUE_PORT),8000)
export LIBRARY HOST PORT

# What Python compiled is kept, whatever the environment says: tests start hundreds of processes that would each do it again.
KEEPING = env PYTHONDONTWRITEBYTECODE=

.PHONY: run test soak bench lint lock screenshots
run:
	@scripts/setup.sh run
	@exec .venv/bin/castalogue serve --library "$$LIBRARY" --host "$$HOST" --port "$$PORT"

test:
	@scripts/setup.sh test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	@scripts/parts.sh
	@exec $(KEEPING) scripts/test.sh

# Kills, mutants, thousands of clients: minutes of faults that `test` only samples.
soak:
	@scripts/setup.sh test
	@scripts/parts.sh
	@exec $(KEEPING) .venv/bin/pytest -m soak -n 2 --dist loadfile

# Castalogue beside its peers and limits; writes docs/performance.md.
bench:
	@scripts/setup.sh test
	@scripts/parts.sh
	@exec scripts/bench.sh

lint:
	@scripts/setup.sh test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

lock:
	@scripts/setup.sh test
	@scripts/lock.sh

# A picture of every kind of page, for docs/pages.md.
screenshots:
	@scripts/setup.sh test
	@exec .venv/bin/python scripts/screenshots.py
