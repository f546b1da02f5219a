"""What ffmpeg's `ebur128` says at its end."""

from __future__ import annotations

import re

# It says -70 where it never heard anything above its gate (EBU Tech 3341).
_GATE_LUFS = -70.0
_SUMMARY = re.compile(
    r"Summary:\s+Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS.*?Loudness range:\s+LRA:\s+(-?[\d.]+) LU\b", re.DOTALL
)


def read_summary(said: str) -> tuple[float | None, float | None]:
    r"""Integrated loudness in LUFS and loudness range in LU, None where there is nothing to hear.

    The last summary counts: ffmpeg sets the filter up twice, and a file's tags may hold anything. Raises ValueError
    where there is none.

    >>> read_summary("Summary:\n\n Integrated loudness:\n I: -20.5 LUFS\n\n Loudness range:\n LRA: 7.0 LU\n")
    (-20.5, 7.0)
    """
    found = _SUMMARY.findall(said)
    if not found:
        raise ValueError("no summary")
    integrated, wide = (float(number) for number in found[-1])
    return (None, None) if integrated <= _GATE_LUFS else (integrated, wide)
