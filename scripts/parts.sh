#!/bin/sh
# Real parts that tests use: a browser, a podcast client, ffmpeg, a database server, a web server. What cannot be had is a skip with its reason,
# unless REQUIRE names it (REQUIRE=browser,gpodder,ffmpeg,partytime,postgres,nginx).
set -eu
cd "$(dirname "$0")/.."
missing=
command -v chromium >/dev/null || missing="$missing chromium"
command -v gpo >/dev/null || missing="$missing gpodder"
command -v ffprobe >/dev/null || missing="$missing ffmpeg"
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null || missing="$missing nginx-light"
command -v npm >/dev/null || missing="$missing npm"

# The parser of Podcast Index, as its lock says; once for each lock.
install_partytime() {
    command -v npm >/dev/null || return 0
    lock=tests/partytime/package-lock.json
    cmp -s "$lock" .parts/partytime/installed && return 0
    mkdir -p .parts/partytime
    cp tests/partytime/package.json "$lock" .parts/partytime/
    if (cd .parts/partytime && npm ci --ignore-scripts --no-audit --no-fund --silent --fetch-retries=1 --fetch-timeout=20000); then
        cp "$lock" .parts/partytime/installed
    else
        echo "podcast-partytime could not be installed: its tests are skipped." >&2
    fi
}

if [ -z "$missing" ]; then
    install_partytime
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests:$missing" >&2
    export DEBIAN_FRONTEND=noninteractive
    # A part that cannot be installed is no failure here: its tests say so.
    # shellcheck disable=SC2086
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null; } ||
        echo "Not everything could be installed." >&2
else
    echo "Not here, so their tests are skipped:$missing. To have them: sudo apt install$missing" >&2
fi
install_partytime
