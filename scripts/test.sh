#!/bin/sh
# The slow linters beside the tests, in what these leave of the processors while they wait; what linters say comes last.
set -u
cd "$(dirname "$0")/.."
said="$(mktemp)"
.venv/bin/mypy >"$said" 2>&1 &
types=$!
.venv/bin/lint-imports >"$said.imports" 2>&1 &
imports=$!
room="$(scripts/room.sh)"
trap 'kill "$types" "$imports" 2>/dev/null; rm -rf "$said" "$said.imports" "$room"' EXIT
trap 'exit 130' INT TERM

# Tests that wait for a clock, a socket or a database leave processors idle: one more than a small machine has of these.
# Not by number of tests: the files with few are the slow ones, and would be alone at the end.
TMPDIR="$room" .venv/bin/pytest -n 3 --dist loadfile --no-loadscope-reorder
status=$?
wait "$types" || status=1
wait "$imports" || status=1
cat "$said" "$said.imports"
exit "$status"
