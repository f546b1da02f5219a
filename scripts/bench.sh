#!/bin/sh
# Compare Castalogue with its peers and write docs/performance.md; `scripts/bench.sh first_index --scale 0.1` is a trial.
set -eu
cd "$(dirname "$0")/.."
venv=build/bench-venv
wanted="$(cksum < requirements/bench.txt)"
if ! grep -qsxF "$wanted" "$venv/.installed"; then
    echo "Setting up the peers in $venv (once) ..." >&2
    rm -rf "$venv"
    mkdir -p build
    .venv/bin/python -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
    echo "$wanted" > "$venv/.installed"
fi
for program in ffprobe nginx wrk; do
    PATH="$PATH:/usr/sbin" command -v "$program" >/dev/null || echo "$program is not installed: what needs it is left out." >&2
done
# The peers come compiled from their packages; so do we.
exec env PYTHONDONTWRITEBYTECODE= .venv/bin/python -m benchmarks "$@"
