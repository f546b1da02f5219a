"""What proxies write down with the configurations of deploy: never a key that stands in an address."""

import json
import re
from importlib import import_module
from pathlib import Path

import pytest
from caddy import caddy
from nginx import ask_raw, free_port, nginx

from catalogue import domain

DEPLOY = Path(__file__).parents[2] / "deploy"
KEY = "s3cr3tKEY"
# What stands in an address and lets somebody in.
KEYS = ("<token>", "<ticket>")
ALL = {
    value
    for module in (
        import_module(f"catalogue.domain.{one.stem}") for one in Path(domain.__path__[0]).glob("*patterns.py")
    )
    for value in vars(module).values()
    if isinstance(value, str) and any(key in value for key in KEYS)
}


def filled(pattern):
    for key in KEYS:
        pattern = pattern.replace(key, KEY)
    return re.sub(r"<[^>]+>", "talks", pattern)


ASKED = sorted(filled(one) for one in ALL)
# As somebody may write the same: what the application takes for it, or leads on to it.
WRITTEN = [
    f"/pod/private/{KEY}/feed.xml",
    f"//private//{KEY}/feed.xml",
    f"/./private/{KEY}/feed.xml",
    f"/a/../private/{KEY}/feed.xml",
    f"/%70rivate/{KEY}/feed.xml",
    f"/private%2F{KEY}/",
    f"/Private/{KEY}/",
    f"/private/x/private/{KEY}/",
    f"/studio/reset/{KEY}",
    f"/studio/import/{KEY}/",
    f"/studio/sign-in/?next=/private/{KEY}/",
    f"/studio/shows/a/upload/{KEY}/pieces/0?x={KEY}",
]
PLAIN = ["/feed.xml", "/studio/shows/talks/episodes/one/", "/talks/o%C3%B1o/"]


def ask_all(port):
    headers = {"Referer": f"https://x/private/{KEY}/", "Cookie": KEY, "Authorization": f"Bearer {KEY}"}
    for path in (*ASKED, *WRITTEN, *PLAIN):
        ask_raw(port, path, headers=headers)


@pytest.mark.nginx
def test_nginx_writes_no_key_down(tmp_path):
    port, log = free_port(), tmp_path / "castalogue.log"
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    rules = text[text.index("map $uri") : text.index("upstream")]
    server = f"server {{ listen 127.0.0.1:{port}; access_log {log} castalogue; return 308 /x$request_uri; }}"
    with nginx(tmp_path / "run", rules + server, port=port):
        ask_all(port)
    lines = log.read_text("utf-8").splitlines()
    assert (len(ASKED) > 6, len(lines), KEY in "".join(lines)) == (True, len(ASKED + WRITTEN + PLAIN), False)
    assert [line.split()[2] for line in lines[-3:-1]] == PLAIN[:-1]


@pytest.mark.caddy
def test_caddy_writes_no_key_down(tmp_path):
    port, log = free_port(), tmp_path / "podcast.log"
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    site = text[text.index("podcast.example.org {") :].replace("podcast.example.org", f"http://127.0.0.1:{port}")
    site = site.replace("reverse_proxy 127.0.0.1:8000", "redir https://elsewhere{uri} 308")
    site = site.replace("/var/log/caddy/podcast.log", str(log)).replace("http://127.0.0.1", "http://")
    with caddy(tmp_path / "run", site, port=port):
        ask_all(port)
    lines = log.read_text("utf-8").splitlines()
    assert (len(lines), KEY in "".join(lines)) == (len(ASKED + WRITTEN + PLAIN), False)
    assert [json.loads(line)["request"]["uri"] for line in lines[-3:]] == PLAIN
