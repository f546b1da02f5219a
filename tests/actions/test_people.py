"""Who is named in public, from notes to pages."""

import pytest
from builders import make_episode, make_show

from catalogue.actions.people import gather_people, notes_by_slug, person_slug
from catalogue.domain.credits import Person
from catalogue.domain.people import PersonNote

ANA, GUEST = Person(name="Ana"), Person(name="José Pérez", role="guest")
NOTE = "---\ntitle: {title}\npublished: {day}\npeople: [{{name: José Pérez, role: guest}}]\n---\n"


def gathered(*episodes, notes=(), **stated):
    show = make_show(people=(ANA,), **stated)
    return {one.slug: one for one in gather_people([(show, episodes)], notes_by_slug(notes))}


def test_everybody_is_there_once_with_roles_and_episodes_newest_first():
    newer = make_episode(guid="b", people=(GUEST, Person(name="Jose Perez", role="editor"), GUEST))
    older = make_episode(guid="a", people=(GUEST,), published_at=newer.published_at.replace(year=2020))
    people = gathered(older, newer, make_episode(guid="c"))
    assert list(people) == ["ana", "jose-perez"]
    assert (people["jose-perez"].name, people["jose-perez"].roles) == ("José Pérez", ("guest", "editor"))
    assert [row.episode.guid for row in people["jose-perez"].heard] == ["b", "a"]
    assert [row.episode.guid for row in people["ana"].heard] == ["c"], "an episode that names nobody has the show's"


def test_a_guest_s_page_is_for_search_engines_only_where_a_note_says_so():
    episode = make_episode(people=(GUEST,))
    assert [one.is_indexed for one in gathered(episode).values()] == [True, False]
    note = PersonNote(slug="jose-perez", path="people/jose-perez.md", index=True)
    assert gathered(episode, notes=[note])["jose-perez"].is_indexed
    assert not gathered(episode, block=True)["ana"].is_indexed


def test_who_wants_no_page_is_not_there_under_any_name():
    note = PersonNote(slug="pepe", path="people/pepe.md", page=False, names=("José Pérez",))
    assert list(gathered(make_episode(people=(GUEST, Person(name="Pepe"))), notes=[note])) == ["ana"]


@pytest.mark.parametrize("name", ["عائشة", "李娜", "O'Neill, Jr.", "x" * 300])
def test_every_name_makes_an_address_that_stays(name):
    assert person_slug(name) == person_slug(name)
    assert person_slug(name).replace("-", "").isalnum()
    assert person_slug("\u2800").startswith("person-")


def test_people_are_those_of_public_episodes_and_notes_change_without_the_ledger(shelf):
    for title, day in (("now", "2021-10-05"), ("later", "2099-01-01")):
        shelf.write(f"{title}/episode.md", NOTE.format(title=title, day=day))
        shelf.sound(f"{title}/audio.mp3", seed=len(title))
    file = shelf.write("people/jose-perez.md", "---\nname: Pepe\n---\nHe listens.\n")
    assert (shelf.index().people, [one.name for one in shelf.publication().people(shelf.now)]) == (1, ["Pepe"])
    (pepe,) = shelf.publication().people(shelf.now)
    assert [row.episode.title for row in pepe.heard] == ["now"]
    ledger = shelf.ledger()
    file.write_text("---\npage: no\n---\n")
    shelf.index()
    assert (shelf.publication().people(shelf.now), shelf.publication().person_slug("José Pérez")) == ((), None)
    assert shelf.ledger() == ledger


def test_a_note_that_was_never_understood_keeps_the_page_away(shelf):
    shelf.write("now/episode.md", NOTE.format(title="now", day="2021-10-05"))
    shelf.sound("now/audio.mp3")
    shelf.write("people/jose-perez.md", "---\npgae: no\n---\n")
    report = shelf.index()
    assert [(one.path, one.line) for one in report.refused] == [("people/jose-perez.md", 2)]
    assert shelf.publication().people(shelf.now) == ()


def test_somebody_appears_with_their_episode_at_its_moment(shelf):
    shelf.write("later/episode.md", NOTE.format(title="later", day="2026-03-02 12:00"))
    shelf.sound("later/audio.mp3")
    shelf.index()
    publication = shelf.publication()
    assert publication.people(shelf.now) == ()
    shelf.later(days=2)
    assert [one.slug for one in publication.people(shelf.now)] == ["jose-perez"]


def test_a_translation_that_cannot_be_read_is_told_and_stays_as_it_was(shelf):
    shelf.write("now/episode.md", NOTE.format(title="now", day="2021-10-05"))
    shelf.sound("now/audio.mp3")
    shelf.write("people/jose-perez.md", "He listens.\n")
    spanish = shelf.write("people/jose-perez.es.md", "Escucha.\n")
    shelf.index()
    shelf.write("people/jose-perez.md", "He listens well.\n")
    spanish.write_text("---\nlanguage: es\nEscucha bien.\n")
    (problem,) = [one for one in shelf.index().problems if one.path.startswith("people/")]
    assert (problem.path, problem.line, problem.code) == ("people/jose-perez.es.md", 1, "fence-open")
    (jose,) = shelf.publication().people(shelf.now)
    assert (jose.note.note, [text.note.strip() for text in jose.note.texts]) == ("He listens well.", ["Escucha."])
