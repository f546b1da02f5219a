#!/bin/sh
# Real parts that tests use: a browser, a podcast client, ffmpeg, a database server, a web server. What cannot be had is a skip with its reason,
# unless REQUIRE names it (REQUIRE=browser,gpodder,ffmpeg,postgres,nginx).
set -eu
missing=
command -v chromium >/dev/null || missing="$missing chromium"
command -v gpo >/dev/null || missing="$missing gpodder"
command -v ffprobe >/dev/null || missing="$missing ffmpeg"
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null || missing="$missing nginx-light"
[ -n "$missing" ] || exit 0
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
