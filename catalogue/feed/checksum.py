"""The CRC-32 of joined parts from the CRC-32 of each, so that what did not change is not read again.

zlib knows this as `crc32_combine`, which Python does not offer. A CRC is a polynomial over two elements, its
lowest power in the highest bit; following it by n bytes multiplies it by x to the power of 8n (RFC 1952, section 8).
"""

from __future__ import annotations

from functools import lru_cache

_POLYNOMIAL = 0xEDB88320
_ONE = 1 << 31


# What follows the newest items is the same from one feed to the next.
@lru_cache(maxsize=8192)
def joined_crc(first: int, second: int, second_size_bytes: int) -> int:
    """Give the CRC-32 of two parts, one after the other.

    >>> import zlib
    >>> joined_crc(zlib.crc32(b"feed "), zlib.crc32(b"and items"), 9) == zlib.crc32(b"feed and items")
    True
    """
    return _product(_power(second_size_bytes * 8), first) ^ second


def _product(a: int, b: int) -> int:
    """Multiply modulo the polynomial."""
    result = 0
    while a:
        if a & _ONE:
            result ^= b
        a = (a << 1) & 0xFFFFFFFF
        b = (b >> 1) ^ (_POLYNOMIAL if b & 1 else 0)
    return result


def _squares() -> tuple[int, ...]:
    """X to the powers of 1, 2, 4, 8 and so on, enough for any size."""
    powers = [_ONE >> 1]
    while len(powers) < 64:
        powers.append(_product(powers[-1], powers[-1]))
    return tuple(powers)


_SQUARES = _squares()


def _power(exponent: int) -> int:
    """X to the power of `exponent`."""
    result = _ONE
    for place, square in enumerate(_SQUARES):
        if exponent >> place & 1:
            result = _product(square, result)
    return result
