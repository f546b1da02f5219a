#!/bin/sh
# Real parts that tests use: a browser, a podcast client, ffmpeg, a database server, a web server, checkers of pages. What cannot be had is a skip with its reason,
# unless REQUIRE names it (REQUIRE=browser,gpodder,ffmpeg,partytime,postgres,nginx,axe,vnu).
set -eu
cd "$(dirname "$0")/.."
missing=
command -v chromium >/dev/null || missing="$missing chromium"
command -v gpo >/dev/null || missing="$missing gpodder"
command -v ffprobe >/dev/null || missing="$missing ffmpeg"
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null || missing="$missing nginx-light"
command -v npm >/dev/null || missing="$missing npm"
command -v java >/dev/null || missing="$missing default-jre-headless"

# Parts of Node.js, each as its lock in tests/ says; once for each lock.
install_packages() {
    command -v npm >/dev/null || return 0
    for part in partytime axe vnu; do
        lock=tests/$part/package-lock.json
        cmp -s "$lock" ".parts/$part/installed" && continue
        mkdir -p ".parts/$part"
        cp "tests/$part/package.json" "$lock" ".parts/$part/"
        if (cd ".parts/$part" && npm ci --ignore-scripts --no-audit --no-fund --silent --fetch-retries=1 --fetch-timeout=20000); then
            cp "$lock" ".parts/$part/installed"
        else
            echo "$part could not be installed: its tests are skipped." >&2
        fi
    done
}

if [ -z "$missing" ]; then
    install_packages
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
install_packages
