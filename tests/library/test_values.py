"""Precedence: front matter, side file, audio tag, show; names last."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from builders import NOON, make_ledger_show, make_show

from catalogue.domain.episode import Episode, Season
from catalogue.domain.facts import AudioFacts, TranscriptFacts
from catalogue.domain.media import Artwork, Chapter, RemoteAudio
from catalogue.domain.show import NewFiles
from catalogue.errors import ContentErrors
from catalogue.library.folder import EpisodeFiles
from catalogue.library.notes.front_matter import read_note
from catalogue.library.values import render_new_note, state_episode, state_show

COVER = Artwork(path="cover.png", sha256="c" * 64, width=1400, height=1400)
REMOTE = "enclosure: {url: 'https://e.org/a.mp3', length: 1, type: audio/mpeg}"


def make_files(name="03 After treatment", season=None):
    return EpisodeFiles(
        path=name,
        name=name,
        is_folder=False,
        season=season,
        audio=(),
        note=None,
        translations=(),
        transcripts=(),
        chapters=None,
        artwork=None,
        version="1",
        problems=(),
    )


def make_facts(**stated):
    values = {"format": "mp3", "sha256": "a" * 64, "essence": "e" * 64, "size_bytes": 10}
    return AudioFacts(**values | stated)


def make_note(front, body="", path="3/episode.md"):
    return read_note(f"---\n{front}\n---\n{body}".encode(), path)


def make_transcript(**stated):
    return TranscriptFacts(**{"format": "vtt", "sha256": "d" * 64, "size_bytes": 5} | stated)


def state(**stated):
    """State an episode; `front` and `tags` stand for a note and for one mp3."""
    if "front" in stated:
        stated["note"] = make_note(stated.pop("front"), stated.pop("body", ""))
    tags = stated.pop("tags", None)
    audio = [("3/audio.mp3", make_facts(**tags))] if tags is not None else []
    defaults = {
        "files": make_files(),
        "show": make_show(timezone="Europe/Berlin"),
        "note": None,
        "translations": {},
        "audio": audio,
        "transcripts": (),
        "chapters": None,
        "artwork": None,
    }
    values = defaults | stated
    return state_episode(values.pop("files"), **values)


def test_the_note_comes_before_the_tag_and_the_tag_before_the_name():
    tags = {"title": "Of the tag", "number": Decimal(7)}
    assert state(front="title: Of the note", tags=tags).values["title"] == "Of the note"
    assert state(front="title:", tags=tags).values["title"] == "Of the tag"
    named = state(tags={}).values
    assert (named["title"], named["number"]) == ("After treatment", Decimal(3))
    assert state(tags=tags).values["number"] == Decimal(7)


def test_the_season_is_the_notes_the_tags_the_folders():
    files = make_files(season=2)
    assert state(files=files).values["season"] == Season(number=2)
    assert state(files=files, tags={"season": 3}).values["season"] == Season(number=3)
    noted = state(files=files, tags={"season": 3}, front="season: {number: 4, name: Well}").values
    assert noted["season"] == Season(number=4, name="Well")


def test_chapters_are_the_notes_the_side_files_the_tags():
    side, tag = ((Chapter(start=timedelta(0), title=title),) for title in ("Side", "Tag"))
    assert state(tags={"chapters": tag}).values["chapters"] == tag
    assert state(tags={"chapters": tag}, chapters=side).values["chapters"] == side
    noted = state(tags={"chapters": tag}, chapters=side, front="chapters: 0:00 Note").values
    assert noted["chapters"][0].title == "Note"


def test_an_empty_chapters_file_says_that_there_are_none():
    tag = (Chapter(start=timedelta(0), title="Tag"),)
    assert state(tags={"chapters": tag}, chapters=()).values["chapters"] == ()


def test_the_tags_text_is_shown_as_it_is_where_the_note_has_none():
    assert state(tags={"notes": "1. *x*"}).values["notes"] == "1\\. \\*x\\*"
    assert state(tags={"notes": "x"}, front="title: T", body="Mine").values["notes"] == "Mine"


def test_the_language_is_the_notes_the_tags_the_shows():
    assert state().values["language"] == "en"
    assert state(tags={"language": "fr"}).values["language"] == "fr"
    assert state(tags={"language": "fr"}, front="language: es").values["language"] == "es"


def test_the_shows_author_is_not_said_again():
    assert "author" not in state(tags={"author": make_show().author}).values
    assert state(tags={"author": "Ana"}).values["author"] == "Ana"


@pytest.mark.parametrize(
    ("name", "tags", "front", "expected"),
    [
        ("2021-10-01 x", {}, "title: T", datetime(2021, 10, 1, 6, tzinfo=UTC)),
        ("2021-10-01 x", {"published_on": date(2021, 10, 2)}, "title: T", datetime(2021, 10, 2, 6, tzinfo=UTC)),
        ("x", {"published_at": datetime(2021, 10, 3, 12)}, "title: T", datetime(2021, 10, 3, 10, tzinfo=UTC)),  # noqa: DTZ001
        ("x", {"published_at": NOON}, "title: T", NOON),
        ("x", {"published_at": NOON}, "published: 2021-10-04", datetime(2021, 10, 4, 6, tzinfo=UTC)),
    ],
)
def test_the_moment_is_the_notes_the_tags_the_names(name, tags, front, expected):
    assert state(files=make_files(name), tags=tags, front=front).values["published_at"] == expected


def test_without_a_day_anywhere_no_moment_is_stated():
    assert "published_at" not in state(files=make_files("2021 in review"), tags={}).values


def test_a_tags_hour_that_came_twice_asks_for_the_note():
    tags = {"published_at": datetime(2021, 10, 31, 2, 30)}  # noqa: DTZ001
    with pytest.raises(ContentErrors, match=r"3/audio\.mp3: Its date .* Write it as `published` in a note"):
        state(tags=tags)
    assert state(tags=tags, front="published: 2021-10-31").values["published_at"].day == 31


def test_only_a_note_makes_a_draft_or_ends_one():
    show = make_show(new_files=NewFiles.DRAFT)
    assert "draft" not in state(show=show, front="title: T").values
    assert state(show=show, front="draft: no").values["draft"] is False


def test_what_only_a_note_may_state_is_absent_without_it():
    values = state(tags={"guid": "tag-guid"}).values
    assert not {"guid", "slug", "draft", "published_at"} & values.keys()
    assert values["tag_guid"] == "tag-guid"
    assert state(front="guid: mine\nslug: mine").values["guid"] == "mine"


def test_renditions_come_enclosure_first_and_each_kind_once():
    audio = [("a.opus", make_facts(format="opus", title="Opus")), ("a.m4a", make_facts(format="m4a"))]
    stated = state(audio=[*audio, ("a.m4b", make_facts(format="m4a"))])
    assert [audio.path for audio in stated.values["renditions"]] == ["a.m4a", "a.opus"]
    assert stated.values["title"] == "Opus"
    assert [(problem.code, problem.path) for problem in stated.problems] == [("second-rendition", "a.m4b")]


def test_transcripts_know_their_language_from_name_file_or_episode():
    files = [
        ("t.es.vtt", "vtt", "es", make_transcript(language="fr")),
        ("t.vtt", "vtt", None, make_transcript(language="fr")),
        ("t.srt", "srt", None, make_transcript(format="srt")),
        ("u.srt", "srt", "en", make_transcript(format="srt")),
    ]
    stated = state(transcripts=files)
    assert [(each.path, each.language) for each in stated.values["transcripts"]] == [
        ("t.es.vtt", "es"),
        ("t.vtt", "fr"),
        ("t.srt", "en"),
    ]
    assert [problem.code for problem in stated.problems] == ["second-transcript"]


def test_a_translation_that_cannot_be_read_costs_itself():
    good, bad = make_note("title: Hola", path="3/episode.es.md"), make_note("draft: yes", path="3/episode.fr.md")
    stated = state(translations={"es": good, "fr": bad})
    assert [each.title for each in stated.values["translations"]] == ["Hola"]
    assert str(stated.problems[0]).startswith("3/episode.fr.md, line 2: There is no key `draft`.")


def test_remote_audio_counts_where_no_file_is_there():
    assert state(front=REMOTE).values["remote"] == RemoteAudio(
        url="https://e.org/a.mp3", size_bytes=1, media_type="audio/mpeg"
    )
    stated = state(front=REMOTE, tags={})
    assert "remote" not in stated.values
    assert stated.problems[0].code == "enclosure-unused"


def test_all_that_is_stated_makes_an_episode():
    tags = {"title": "T", "notes": "N", "summary": "S", "published_at": NOON, "guid": "g", "author": "A", "season": 1}
    values = state(front="reviewed: 2021-10\ntype: bonus", tags=tags, artwork=COVER).values
    del values["tag_guid"]
    assert Episode(guid="g", slug="s", path="p", **values).artwork == COVER


def test_a_bad_note_says_all_that_is_wrong():
    with pytest.raises(ContentErrors) as caught:
        state(front="titel: T\ndraft: maybe", tags={})
    assert [error.line for error in caught.value.errors] == [2, 3]


def test_a_show_has_the_ledgers_identity_and_its_files_words():
    line = make_ledger_show(was=("old",))
    values = {"title": "T", "guid": "x", "slug": "y", "timezone": "Europe/Berlin"}
    show = state_show(values, files_path="a", line=line, artwork=COVER, fallback_title="F")
    assert (show.guid, show.slug, show.was, show.path) == (line.guid, line.slug, ("old",), "a")
    assert (show.title, show.description, show.author, show.language) == ("T", "T", "T", "en")


def test_a_show_without_a_title_has_its_folders():
    show = state_show({}, files_path="", line=make_ledger_show(), artwork=None, fallback_title="Folder")
    assert show.title == "Folder"


def test_a_new_note_holds_what_the_tags_say():
    facts = make_facts(season=2, published_on=date(2021, 10, 5), summary="S", notes="One\ntwo")
    note = render_new_note(facts, title="No", number=Decimal(3), keys={"draft": True}).decode()
    expected = "title: 'No'\nnumber: 3\nseason: 2\npublished: 2021-10-05\ndraft: true\nsummary: S\n"
    assert note == f"---\n{expected}---\n\nOne\\\ntwo\n"
