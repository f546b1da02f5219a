#!/bin/sh
# Score pages of the sample with Lighthouse (100 MB, installed once into .parts as its lock says).
set -eu
cd "$(dirname "$0")/.."
part=.parts/lighthouse
lock=tests/lighthouse/package-lock.json
if ! cmp -s "$lock" "$part/installed"; then
    mkdir -p "$part"
    cp tests/lighthouse/package.json "$lock" "$part/"
    (cd "$part" && npm ci --ignore-scripts --no-audit --no-fund --silent)
    cp "$lock" "$part/installed"
fi
exec .venv/bin/python -m benchmarks.page_scores
