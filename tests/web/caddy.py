"""A real Caddy for a test: started with a Caddyfile, ended by its own id; it asks nobody for a certificate."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nginx import listening

# Its package puts it beside Python.
BIN = f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"
GLOBAL = "{\n\tadmin off\n\tpersist_config off\n\tauto_https off\n}\n"


@contextmanager
def caddy(folder: Path, sites: str, *, port: int) -> Iterator[None]:
    """Run Caddy with these site blocks until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Caddyfile").write_text(GLOBAL + sites, "utf-8")
    program = shutil.which("caddy", path=BIN)
    command = [str(program), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    environ = os.environ | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with listening(command, folder / "error.log", port=port, env=environ):
        yield
