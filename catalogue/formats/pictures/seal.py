"""A seal on the JPEGs we make: the hash of all the rest of the file, so that nothing else is ever served as one.

A served picture's address is the hash of its source; what lies on the disk under that name may be half of it after a
power cut, or a file that somebody put there. The seal is in the file, as a rename moves both at once and no second
record can be lost or disagree.
"""

from __future__ import annotations

import hashlib

# An application segment of JPEG (ISO/IEC 10918-1, B.2.4.6) that nobody uses, right behind the JFIF header, which
# Pillow writes in 18 bytes.
_PLACE = 20
_NAME = b"\xff\xe9\x00\x2ccastalogue"
_LENGTH = len(_NAME) + 32


def seal(jpeg: bytes) -> bytes:
    """Give a JPEG as Pillow writes it with its seal; it is no other picture than before.

    >>> is_sealed(seal(bytes(100))), is_sealed(seal(bytes(100))[:-1]), is_sealed(bytes(100))
    (True, False, False)
    """
    return jpeg[:_PLACE] + _NAME + hashlib.sha256(jpeg).digest() + jpeg[_PLACE:]


def is_sealed(content: bytes) -> bool:
    """Whether these bytes are what `seal` once gave, whole and unchanged."""
    return content == seal(content[:_PLACE] + content[_PLACE + _LENGTH :])
