"""The studio of a site with two shows."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from producers import _quick_passwords, house

__all__ = ["_quick_passwords", "house"]
