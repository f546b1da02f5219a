"""Everybody who is named in what is public: a list, and a page for each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, islice

from flask import render_template
from markupsafe import Markup

from catalogue.domain import patterns
from catalogue.domain.credits import Person
from catalogue.domain.episode import Episode
from catalogue.domain.people import PersonText, Somebody
from catalogue.domain.show import Show
from catalogue.errors import NotFound
from catalogue.show_notes import render_notes
from web.current import now, site, words
from web.events import only_show
from web.site import pages

# Of each show, on the page of somebody who may be heard in all of them.
MOST_EPISODES = 100


@pages.get(patterns.PEOPLE)
def people() -> str:
    """All who are named, by name, with what they do and in how many episodes."""
    everybody = site().publication.people(now())
    return render_template(
        "people.html", everybody=everybody, is_indexed=all(one.is_indexed for one in everybody), show=only_show()
    )


@pages.get(patterns.PERSON)
def person(person: str) -> str:
    """Who somebody is and where to hear them; raises NotFound for who is not named, or wants no page."""
    found = next((one for one in site().publication.people(now()) if one.slug == person), None)
    if found is None:
        raise NotFound("no-person", "Nobody with a page is called so.")
    show = only_show()
    own = found.shows[0].language
    note = found.note.note_in(words().language, own) if found.note else None
    return render_template("person.html", person=found, note=note, heard=heard_by_show(found), show=show)


def heard_by_show(person: Somebody) -> tuple[tuple[Show, tuple[Episode, ...]], ...]:
    """The newest episodes somebody is named in, show by show."""
    order = {show.guid: number for number, show in enumerate(person.shows)}
    rows = sorted(person.heard, key=lambda row: order[row.show.guid])
    groups = groupby(rows, key=lambda row: row.show)
    return tuple((show, tuple(row.episode for row in islice(group, MOST_EPISODES))) for show, group in groups)


def person_page(person: Person) -> str | None:
    """The path of the page about somebody who is named on this one; None where they want none."""
    slug = site().publication.person_slug(person.name)
    return None if slug is None else site().pages.person(slug)


def role_names(roles: Iterable[str]) -> str:
    """Say what somebody does: `Host, editor`; a role that we have no word for as it is written."""
    spoken = words()
    said = [spoken(key) if (key := f"role_{role.lower()}") in spoken else role for role in roles]
    return ", ".join(one if not number else one[:1].lower() + one[1:] for number, one in enumerate(said))


def person_note(note: PersonText) -> Markup:
    """What is said of somebody, as HTML."""
    return Markup(render_notes(note.note, moment_url=None))  # noqa: S704  (render_notes lets nothing unsafe through)


PEOPLE_PHRASES = {"person_note": person_note, "person_page": person_page, "role_names": role_names}
