"""Style, script and icon under addresses that change with their content, so that caches keep them for ever."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from catalogue.domain.patterns import STATIC
from web import accent

FOLDER = Path(__file__).parent / "static"
# One file a subject for those who write them, one request for those who read: joined in the order of their names.
STYLE, STYLE_PARTS = "site.css", FOLDER / "style"
# What others wrote, byte for byte as they published it: `vendor.lock` says what and where from.
VENDOR = FOLDER / "vendor"
# What begins so is of the studio alone: no public page asks for it, and no export has it.
STUDIO = "studio"
# Our own table: what the operating system thinks of endings differs between machines.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
}


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A static file: its bytes and type."""

    body: bytes
    media_type: str
    is_for_studio: bool = False


@dataclass(frozen=True, kw_only=True)
class Assets:
    """All static files in memory; `version` is made of their content."""

    version: str
    files: dict[str, Asset]
    base_path: str = ""

    def find(self, name: str) -> Asset | None:
        """Give a file, or the style of an accent (`accent-085a52.css`); None where there is neither."""
        match = re.fullmatch(r"accent-([0-9a-f]{6})\.css", name)
        if match:
            return Asset(body=accent.render_style(f"#{match[1]}").encode(), media_type=TYPES[".css"])
        return self.files.get(name)

    def address(self, name: str) -> str:
        """Give the path under which `name` is served."""
        return self.base_path + STATIC.replace("<version>", self.version).replace("<name>", name)

    def accent_address(self, colour: str | None) -> str | None:
        """Give the address of the style for a show's accent; None where the default holds."""
        parsed = accent.read_colour(colour) if colour else None
        return self.address(f"accent-{parsed.hex}.css") if parsed else None


def read_assets(base_path: str = "") -> Assets:
    """Read every file of the static folder."""
    files = {
        path.name: Asset(
            body=path.read_bytes(), media_type=TYPES[path.suffix], is_for_studio=path.name.startswith(STUDIO)
        )
        for path in sorted((*FOLDER.iterdir(), *VENDOR.iterdir()))
        if path.suffix in TYPES
    }
    files[STYLE] = Asset(body=_joined_style(), media_type=TYPES[".css"])
    digest = hashlib.sha256()
    for name, asset in files.items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(asset.body).digest())
    digest.update(accent.render_style("#085a52").encode())
    return Assets(version=digest.hexdigest()[:12], files=files, base_path=base_path)


def _joined_style() -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(STYLE_PARTS.glob("*.css")))
