"""What `castalogue serve` says when it starts: where site, feeds and studio are, and what directories would mind."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from catalogue import __version__
from catalogue.cli.printing import how_many, tell
from catalogue.errors import StoreError

if TYPE_CHECKING:
    from catalogue.actions.accounts.desk import Desk
    from catalogue.actions.open import Place
    from catalogue.actions.publish import Publication
    from catalogue.domain.links import Links
    from web.studio.current import Studio

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  (recognised, not bound)
# How many lines of what directories would mind stand on the start screen.
SHOWN = 8


def links_of(place: Place, port: int) -> Links:
    """Give links under the public address, or under this machine's own where none is set."""
    from catalogue.actions.open import base_url_of
    from catalogue.domain.links import Links

    base_url = base_url_of(place)
    if base_url:
        return Links(base_url)
    host = place.settings.host
    host = _network_address() if host in EVERYWHERE else host
    return Links(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")


def _network_address() -> str:
    """Find the address this machine has in its network, as the route to elsewhere has it; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: an address for documentation
        except OSError:
            return "127.0.0.1"
        address: str = probe.getsockname()[0]
        return address


def tell_start(publication: Publication, links: Links, place: Place) -> None:
    """Say where site and feeds are, who can reach them, and what directories would mind."""
    from catalogue.actions.open import base_url_of

    now = datetime.now(UTC)
    tell(f"Castalogue {__version__}")
    tell(f"  Site  {links.home()}")
    for show in publication.shows():
        public = publication.episodes(show, now)
        tell(f"  Feed  {links.feed(show)}   {show.title}: {how_many(len(public), 'episode')}")
    if base_url_of(place) is None:
        reach = "this network" if place.settings.host in EVERYWHERE else "this computer"
        tell(f"  Only {reach} can subscribe. To publish, set CASTALOGUE_BASE_URL=https://your.domain.")
    _tell_findings(place, publication, links, now)


def _tell_findings(place: Place, publication: Publication, links: Links, now: datetime) -> None:
    """Name what only directories mind; it stops nothing."""
    from catalogue.actions.check import check_shows
    from catalogue.actions.check_disabled import without_disabled_of

    checked = check_shows(publication, links, now)
    shown = (without_disabled_of(place.storage, one.show, one.findings) for one in checked)
    found = [finding for findings in shown for finding in findings if finding.level.value != "advice"]
    if not found:
        return
    tell("Directories such as Apple's would mind (castalogue check says more):")
    for finding in found[:SHOWN]:
        tell(f"  {finding.rule} {finding.where}: {finding.message}")
    if len(found) > SHOWN:
        tell(f"  and {len(found) - SHOWN} more.")


def tell_studio(studio: Studio, links: Links) -> None:
    """Say where the studio is, and how the first owner gets in; a link that was made before leads nowhere then."""
    if studio.desk is not None:
        _tell_door(studio.desk, links)
    tell_beginning_if_empty(studio.place, "with castalogue init" if studio.desk is None else "there")


def tell_beginning_if_empty(place: Place, where: str) -> None:
    """Say what to do next where no show was ever here; `where` one can be begun."""
    if not place.index.shows():
        tell(f"  No show is here yet. Begin one {where}, or put recordings into the folder of the library.")


def _tell_door(desk: Desk, links: Links) -> None:
    from catalogue.actions.accounts.links import begin_address
    from catalogue.domain.studio_patterns import STUDIO

    try:
        first = begin_address(desk, links.base_url, now=datetime.now(UTC))
    except StoreError as error:  # an index that cannot be written just now is served all the same
        tell(f"  Studio  nobody can sign in just now: {error}")
        return
    if first is None:
        tell(f"  Studio  {links.base_url}{STUDIO}")
    else:
        tell("  Studio  nobody looks after it yet. This link makes its owner; it works once, for 24 hours:")
        tell(f"  {first}")
