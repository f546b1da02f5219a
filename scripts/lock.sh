#!/bin/sh
# Write requirements/*.txt anew: exact versions with hashes, and no registry's name.
set -eu
cd "$(dirname "$0")/.."
compile() {
    CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --resolver=backtracking "$@"
}
compile --output-file requirements/run.txt pyproject.toml requirements/build.in
compile --output-file requirements/test.txt --constraint requirements/run.txt pyproject.toml requirements/build.in requirements/test.in
compile --output-file requirements/bench.txt --constraint requirements/test.txt pyproject.toml requirements/build.in requirements/bench.in
