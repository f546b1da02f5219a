"""The pages about the site itself: what it is and who is behind it, and what is kept of a visitor."""

from __future__ import annotations

from flask import render_template

from catalogue.domain import patterns
from catalogue.domain.catalogue import catalogue_title
from web.current import site
from web.events import only_show
from web.site import pages


@pages.get(patterns.ABOUT)
def about() -> str:
    """The shows, who publishes them, how to listen and how to reach them."""
    return _page("about.html")


@pages.get(patterns.PRIVACY)
def privacy() -> str:
    """What is kept of a visitor, said plainly; each sentence holds by test."""
    return _page("privacy.html")


def _page(template: str) -> str:
    publication, only = site().publication, only_show()
    shows = publication.shows()
    title = only.title if only else catalogue_title(publication.catalogue(), shows)
    return render_template(template, show=only, shows=shows, title=title)
