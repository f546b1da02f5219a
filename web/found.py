"""What search engines, browsers and finders of weaknesses ask a site for at addresses that all sites have."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, request

from catalogue.domain import patterns
from catalogue.domain.links import Links
from catalogue.errors import NotFound
from web import public_pages, sitemap
from web.current import now, site
from web.phrases import contact_address
from web.sitemap import KeptParts
from web.tongue import read_tongue
from web.words import languages

found = Blueprint("found", __name__)
KEPT = "castalogue-sitemap"
found.record_once(lambda state: state.app.extensions.setdefault(KEPT, KeptParts()))
DAY = "public, max-age=86400"
# RFC 9116, 2.5.5: less than a year ahead. From the first of a month, so that the file changes once a month.
EXPIRES_AFTER_MONTHS = 11


@found.get(patterns.ROBOTS)
def robots() -> Response:
    """What crawlers may read, and where all pages are listed; pages that should not be listed say so themselves."""
    searches = [f"{prefix}/search/" for prefix in (site().base_path, *_tongues())]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in searches), "", f"Sitemap: {site().public.sitemap()}"]
    return _kept("\n".join(lines) + "\n", "text/plain; charset=utf-8")


@found.get(patterns.SITEMAP)
def whole() -> Response:
    """All public pages, or the list of the parts where one would be too long."""
    parts = _parts()
    if len(parts) == 1:
        return _kept(parts[0], "application/xml")
    addresses = [site().public.sitemap(number) for number in range(1, len(parts) + 1)]
    return _kept(sitemap.render_list(addresses), "application/xml")


@found.get(patterns.SITEMAP_PART)
def part(number: int) -> Response:
    """One part of a long sitemap, counted from 1."""
    parts = _parts()
    if len(parts) == 1 or not 1 <= number <= len(parts):
        raise NotFound("no-part", "The list of pages has no such part.")
    return _kept(parts[number - 1], "application/xml")


@found.get(patterns.SECURITY)
def security() -> Response:
    """Whom to tell of a weakness (RFC 9116); 404 where nobody is named."""
    contact = site().publication.catalogue().security_contact
    if contact is None:
        raise NotFound("no-security-contact", "Nobody is named here to tell of a weakness.")
    lines = (
        f"Contact: {contact_address(contact)}",
        f"Expires: {expiry(now()).isoformat()}",
        f"Canonical: {site().public.security()}",
    )
    return _kept("\n".join(lines) + "\n", "text/plain; charset=utf-8")


@found.get(patterns.FAVICON)
def favicon() -> Response:
    """The icon, for browsers that ask for it without being told of one."""
    asset = site().assets.files["favicon.ico"]
    response = Response(asset.body, content_type=asset.media_type)
    response.headers["Cache-Control"] = DAY
    return response


def expiry(moment: datetime) -> datetime:
    """When what is true at a moment must be looked at again: the first of a month, less than a year ahead.

    >>> expiry(datetime(2026, 3, 14, tzinfo=UTC)).isoformat()
    '2027-02-01T00:00:00+00:00'
    """
    years, month = divmod(moment.month - 1 + EXPIRES_AFTER_MONTHS, 12)
    return datetime(moment.year + years, month + 1, 1, tzinfo=UTC)


def _tongues() -> tuple[str, ...]:
    return tuple(f"{site().base_path}/{tag}" for tag in languages())


def _parts() -> tuple[bytes, ...]:
    publication = site().publication
    spoken = read_tongue(publication.catalogue(), publication.shows(), asked=None)
    public = Links(site().public.base_url, spoken)
    kept: KeptParts = current_app.extensions[KEPT]
    return kept.parts(
        (public, public_pages.facts_of(publication, now())),
        lambda: sitemap.render_parts(public_pages.listed(publication, public, now())),
    )


def _kept(body: str | bytes, content_type: str) -> Response:
    """An answer that is asked for again each time, and not sent again where nothing changed."""
    response = Response(body, content_type=content_type)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    # Werkzeug falls over dates beyond all calendars, and the tag says it all.
    response.make_conditional({key: value for key, value in request.environ.items() if "_SINCE" not in key})
    return response
