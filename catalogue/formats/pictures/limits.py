"""The most that is taken of one picture; `doctor` prints both."""

LIMIT_BYTES = 32 * 1024 * 1024
LIMIT_PIXELS = 25_000_000
