#!/bin/sh
# Make .venv as the lock says: `setup.sh run` for use, `setup.sh test` for development. Does nothing the second time.
set -eu
cd "$(dirname "$0")/.."
lock="requirements/$1.txt"
stamp=.venv/.installed
wanted="$(cat pyproject.toml "$lock" | cksum)"
[ -f "$stamp" ] && grep -qxF "$1 $wanted" "$stamp" && exit 0
# What tests need holds all that use needs.
if [ "$1" = run ] && [ -f "$stamp" ] && grep -qxF "test $(cat pyproject.toml requirements/test.txt | cksum)" "$stamp"; then
    exit 0
fi

find_python() {
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Castalogue needs Python 3.11 or newer. On Debian type: apt install python3 python3-venv" >&2
    exit 1
}

make_venv_with_pip() {
    python="$(find_python)"
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq
            apt-get install -y -qq python3-venv >/dev/null
        else
            echo "Python's venv is missing. Type: sudo apt install python3-venv" >&2
            exit 1
        fi
    fi
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
}

make_venv_with_uv() {
    [ -x .venv/bin/python ] || uv venv --quiet --python "$(find_python)" .venv
    uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
    uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
}

echo "Setting up .venv (once) ..." >&2
if command -v uv >/dev/null; then make_venv_with_uv; else make_venv_with_pip; fi
echo "$1 $wanted" > "$stamp"
