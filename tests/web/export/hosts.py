"""An export of what a producer changed, behind nginx with the sample of deploy/: folders and port alone are others."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from exporter import opened

sys.path.insert(0, str(Path(__file__).parents[1]))

from caddy import caddy
from nginx import free_port, nginx

from catalogue.actions.index import index_library
from catalogue.actions.withdraw import withdraw_episode
from catalogue.domain.links import Links
from web.export.report import Report
from web.export.run import export_site

DEPLOY = Path(__file__).parents[3] / "deploy"
SHOW = "/breast-cancer-conversations"
GONE, MOVED, NEW = f"{SHOW}/110-meet-the-husbands/", f"{SHOW}/116-living-with-mbc/", f"{SHOW}/another-name/"


def export_changed(sample: Path, home: Path, base_url: str, now: datetime) -> tuple[Path, Report]:
    """Export a copy of the sample in which an episode and a topic page were renamed, and an episode withdrawn."""
    shutil.copytree(sample, home)
    note = home / "library" / "116-living-with-mbc" / "episode.md"
    note.write_text(note.read_text("utf-8").replace("---\n", "---\nslug: another-name\n", 1), "utf-8")
    topic = home / "library" / "topics" / "recurrence.md"
    topic.write_text(topic.read_text("utf-8").replace("---\n", "---\nwas: [coming-back]\n", 1), "utf-8")
    with opened(home) as place:
        withdraw_episode(place, "110-meet-the-husbands")
        index_library(place)
        return home / "export", export_site(place, home / "export", Links(base_url), now)


def _placed(text: str, replaced: Mapping[str, str]) -> str:
    """A sample with what its readme says to change: where it listens, the folder, where it logs."""
    for stated, here in replaced.items():
        assert stated in text
        text = text.replace(stated, here)
    return text


@contextmanager
def behind_nginx(root: Path, folder: Path) -> Iterator[int]:
    """The port at which nginx sends an export."""
    port = free_port()
    here = {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "/srv/podcast-export": str(root),
        "/var/log/nginx/": f"{folder}/",
    }
    with nginx(folder, _placed((DEPLOY / "export-nginx.conf").read_text("utf-8"), here), port=port):
        yield port
    _check_log(folder, port)


@contextmanager
def behind_caddy(root: Path, folder: Path) -> Iterator[int]:
    """The port at which Caddy sends an export."""
    port = free_port()
    here = {
        "podcast.example.org {": f"http://127.0.0.1:{port}, http://pods.example:{port} {{\n\tbind 127.0.0.1",
        "/srv/podcast-export": str(root),
        "/var/log/caddy/": f"{folder}/",
    }
    with caddy(folder, _placed((DEPLOY / "export.Caddyfile").read_text("utf-8"), here), port=port):
        yield port
    _check_log(folder, port)


def _check_log(folder: Path, port: int) -> None:
    """It holds what was asked for, and neither who asked nor what."""
    log = (folder / "podcast.log").read_text("utf-8").replace(str(port), "")
    assert SHOW in log
    assert "127.0.0.1" not in log
    assert "secret" not in log


HOSTS = {"nginx": behind_nginx, "caddy": behind_caddy}
EACH_HOST = [pytest.param(name, marks=getattr(pytest.mark, name)) for name in HOSTS]
