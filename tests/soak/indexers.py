"""Indexers as processes of their own, on one library and one database.

Run as a program it indexes a library in so many `processes`, so many `runs` each, and prints a line of JSON a run.
`beat` and `life` (seconds) are its leases' terms; `hold` makes its first run wait in the middle, with the show in its
hands, until standard input ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


def start_indexer(library: Path, data: Path, **asked: Any) -> subprocess.Popen[str]:
    """Start it; what may be asked stands above."""
    words = [f"{name}={value}" for name, value in asked.items()]
    return subprocess.Popen(
        [sys.executable, __file__, str(library), str(data), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def main(library: str, data: str, *words: str) -> int:
    """Index; the status is that of the command: 1 where a run raised or refused something."""
    sys.path.insert(0, str(ROOT))
    import catalogue.actions.index
    import catalogue.actions.open  # noqa: F401  (before forking: a second each)

    asked = dict(word.split("=") for word in words)
    children = []
    for _ in range(int(asked.get("processes", 1)) - 1):
        if (child := os.fork()) == 0:
            os._exit(_index(library, data, asked))
        children.append(child)
    return max(_index(library, data, asked), *(os.waitpid(child, 0)[1] > 0 for child in children), 0)


def _index(library: str, data: str, asked: dict[str, str]) -> int:
    from catalogue.actions.index import index_library
    from catalogue.actions.open import open_place
    from catalogue.config import Settings
    from catalogue.errors import CatalogueError

    settings = Settings(library=Path(library), data=Path(data), settle_seconds=0, workers=1)
    status = 0
    with open_place(settings) as place:
        for number in range(int(asked.get("runs", 1))):
            wishes = _wishes(asked, is_held=number == 0 and "hold" in asked)
            try:
                report = index_library(place, wishes)
                said = {"put_off": bool(report.put_off), "refused": [str(one) for one in report.refused]}
            except CatalogueError as error:
                said = {"error": error.code, "refused": [str(error)]}
            status |= bool(said["refused"])
            os.write(sys.stdout.fileno(), f"{json.dumps(said)}\n".encode())  # whole lines, of whichever process
    return status


def _wishes(asked: dict[str, str], *, is_held: bool) -> Any:
    from catalogue.actions.index import Wishes
    from catalogue.actions.leases import Terms

    beat, life = float(asked.get("beat", 0.2)), float(asked.get("life", 30))
    terms = Terms(beat_seconds=beat, doubt_seconds=life * 0.8, life_seconds=life)

    def hold(_done: int, _total: int) -> None:
        print("held", flush=True)
        sys.stdin.read()

    return Wishes(terms=terms, progress=hold) if is_held else Wishes(terms=terms)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
