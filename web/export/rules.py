"""What a host must be told, in the words of each: files lead nowhere and cannot say that they are gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from web.export.ways import Ways, under_base

NGINX, CADDY, REDIRECTS = "castalogue-nginx.conf", "castalogue-caddy.conf", "_redirects"


def render_rules(ways: Ways, base_path: str) -> Mapping[str, bytes]:
    """Each file of rules by its name; a host that has none gets pages that lead on instead."""
    return {name: "".join(f"{line}\n" for line in render(ways, base_path)).encode() for name, render in _FORMS.items()}


def _nginx(ways: Ways, base_path: str) -> Iterator[str]:
    yield "# Written by castalogue export. Include it in the server block of this site."
    yield "absolute_redirect off;"
    yield from _nginx_base(base_path)
    for kind, below, new in under_base(ways, base_path):
        old = below.removeprefix(base_path)
        if kind == "one":
            yield f'location = "{old}" {{ expires 5m; return 301 "{new}$is_args$args"; }}'
        elif new.endswith("/"):
            yield f'location ^~ "{old}" {{ expires 5m; rewrite "^{old}(.*)$" "{new}$1" permanent; }}'
        else:
            yield f'location ^~ "{old}" {{ expires 5m; return 307 "{new}"; }}'
    for path, page in ways.gone.items():
        if page is None:
            yield f'location ^~ "{path}" {{ return 410; }}'
        else:
            yield f'location = "/{page}" {{ internal; }}'
            yield f'location ^~ "{path}" {{ error_page 410 "/{page}"; return 410; }}'


def _nginx_base(base_path: str) -> Iterator[str]:
    """Take the path of the base URL off every request, once: files lie without it, and a show may be called like it."""
    if not base_path:
        return
    base = re.escape(base_path)
    yield "uninitialized_variable_warn off;"
    # What names no file is a page, and ends in a slash: nginx would lead there without the path.
    yield f'rewrite "^{base}((?:/[^/.]+)*)$" "{base_path}$1/" permanent;'
    yield f'if ($castalogue_below = "") {{ set $castalogue_below 1; rewrite "^{base}(/.*)$" "$1"; }}'


def _caddy(ways: Ways, base_path: str) -> Iterator[str]:
    yield "# Written by castalogue export. Import it in the site block of this site."
    yield from _caddy_base(base_path)
    for number, (kind, old, new) in enumerate(under_base(ways, base_path)):
        if kind == "one":
            yield f"redir {old} {new}{{?query}} 301"
        elif new.endswith("/"):
            yield f"@moved{number} path_regexp moved{number} ^{re.escape(old)}(.*)$"
            yield f"redir @moved{number} {new}{{re.moved{number}.1}}{{?query}} 301"
        else:
            yield f"redir {old}* {new} 307"
    for path, page in ways.gone.items():
        if page is None:
            yield f"respond {path}* 410"
        else:
            yield f"handle {path}* {{"
            yield f"\trewrite * /{page}"
            yield "\tfile_server {"
            yield "\t\tstatus 410"
            yield "\t}"
            yield "}"


def _caddy_base(base_path: str) -> Iterator[str]:
    """Take the path of the base URL off every request: files lie without it. Caddy looks where to lead to before."""
    if base_path:
        # What names no file is a page, and ends in a slash: Caddy would lead there without the path.
        yield f"@page path_regexp page ^{re.escape(base_path)}((?:/[^/.]+)*)$"
        yield f"redir @page {base_path}{{re.page.1}}/{{?query}} 301"
        yield f"uri strip_prefix {base_path}"


def _redirects(ways: Ways, base_path: str) -> Iterator[str]:
    """As Netlify and Cloudflare Pages read it; neither can say that something is gone."""
    for kind, old, new in under_base(ways, base_path):
        if kind == "one":
            yield f"{old} {new} 301"
        elif new.endswith("/"):
            yield f"{old}* {new}:splat 301"
        else:
            yield f"{old}* {new} 307"


_FORMS: Mapping[str, Callable[[Ways, str], Iterator[str]]] = {
    NGINX: _nginx,
    CADDY: _caddy,
    REDIRECTS: _redirects,
}
