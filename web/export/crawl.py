"""Follow the links of the site until there are no new ones, and say which of them lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from web.export.found_links import HTML
from web.export.rendering import REDIRECTS, Rendered
from web.export.workers import RenderMany

BATCH = 50
# A redirect that leads on further than this is a circle.
MOST_STEPS = 5


@dataclass(kw_only=True)
class Crawled:
    """What was rendered by path, and which page names a target (`/path/#place`)."""

    rendered: dict[str, Rendered] = field(default_factory=dict)
    named_on: dict[str, str] = field(default_factory=dict)


def crawl(render_many: RenderMany, seeds: Iterable[str], together: Iterable[str]) -> Crawled:
    """Render the seeds and all that they lead to; `together` (feeds, which share their parts) in one process."""
    crawled, seen = Crawled(), {*together, *seeds}
    first = list(dict.fromkeys(together))
    waiting = [first, *_batches([path for path in dict.fromkeys(seeds) if path not in set(first)])]
    while waiting:
        found: set[str] = set()
        for rendered in (one for batch in render_many(waiting) for one in batch):
            crawled.rendered[rendered.path] = rendered
            found.update(_leads_to(crawled, rendered))
        news = sorted(found - seen)
        seen.update(news)
        waiting = list(_batches(news))
    return crawled


def broken_links(crawled: Crawled) -> tuple[str, ...]:
    """Tell each address that failed, then each link that leads nowhere, with a page that has it."""
    failed = (f"{path}: it answers {one.status}" for path, one in sorted(crawled.rendered.items()) if one.status == 500)
    nowhere = (
        f"{page}: {target}: {why}"
        for target, page in sorted(crawled.named_on.items(), key=lambda item: (item[1], item[0]))
        if (why := _fault(crawled, target)) is not None
    )
    return (*failed, *nowhere)


def _leads_to(crawled: Crawled, rendered: Rendered) -> Iterator[str]:
    for target in rendered.targets:
        page = crawled.named_on.get(target)
        if page is None or rendered.path < page:
            crawled.named_on[target] = rendered.path
        yield target.partition("#")[0]
    if rendered.to is not None and rendered.to.startswith("/"):
        yield rendered.to.partition("#")[0]


def _fault(crawled: Crawled, target: str) -> str | None:
    path, _, place = target.partition("#")
    found = crawled.rendered[path]
    for _ in range(MOST_STEPS):
        if found.status not in REDIRECTS:
            break
        if found.to is None or not found.to.startswith("/"):
            return None
        found = crawled.rendered[found.to.partition("#")[0]]
    if found.status != 200:
        return f"it answers {found.status}"
    if place and found.media_type == HTML and place not in found.places.split(" "):
        return f"the page has no place #{quote(place)}"
    return None


def _batches(paths: list[str]) -> Iterator[list[str]]:
    return (paths[start : start + BATCH] for start in range(0, len(paths), BATCH))
