#!/bin/sh
# The slow linters beside the tests, in what these leave of the processors while they wait; what linters say comes last.
set -u
cd "$(dirname "$0")/.."
said="$(mktemp)"
.venv/bin/mypy >"$said" 2>&1 &
types=$!
.venv/bin/lint-imports >"$said.imports" 2>&1 &
imports=$!
trap 'kill "$types" "$imports" 2>/dev/null; rm -f "$said" "$said.imports"' EXIT
trap 'exit 130' INT TERM

# Not by number of tests: the files with few are the slow ones, and would be alone at the end.
.venv/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder
status=$?
wait "$types" || status=1
wait "$imports" || status=1
cat "$said" "$said.imports"
exit "$status"
