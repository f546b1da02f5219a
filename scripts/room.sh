#!/bin/sh
# Make a folder for what tests write, in memory where 3 GiB of that are free, and print where it is.
set -eu
free="$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')"
available="$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo 2>/dev/null || true)"
if [ "${free:-0}" -gt 3145728 ] && [ "${available:-0}" -gt 6291456 ] && [ -w /dev/shm ]; then
    room="$(mktemp -d /dev/shm/castalogue-tests-XXXXXX)"
else
    room="$(mktemp -d)"
fi
# A database server that root starts is another user, and has to get through.
chmod 711 "$room"
echo "$room"
