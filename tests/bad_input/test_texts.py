"""Characters that XML cannot hold, wherever they come from: they are dropped, and neither feed nor page falls."""

import json

import pytest
from actions.conftest import LINKS, SHOW
from bad_input.conftest import item_titles

from web.app import create_app

# U+FFFE and U+FFFF are no characters; lone surrogates cannot be in UTF-8 at all, but JSON can name them.
BAD = "\x01\x07\x0b\x1b\x7f\x85\ufffe\uffff"
ESCAPED = "".join(f"\\u{ord(sign):04x}" for sign in BAD)


def fill(shelf):
    shelf.write("show.toml", SHOW + f'copyright = "a{ESCAPED}b"\n')
    for seed, name in enumerate(("yaml", "raw", "toml", "tag", "chapters", "transcript", "cast"), start=10):
        shelf.sound(f"{name}/audio.mp3", seed=seed, title=f"t{BAD}ag", author=f"A{BAD}n")
    shelf.write("yaml/episode.md", f'---\ntitle: "ya{ESCAPED}ml"\n---\n')
    shelf.write("raw/episode.md", f"---\ntitle: ra{BAD[:4]}w\nsummary: s{BAD}\n---\nNo{BAD}tes\n")
    shelf.write("toml/episode.md", f'+++\ntitle = "to{ESCAPED}ml"\n+++\n')
    people = f'people:\n  - "A{ESCAPED}na"\ncontent_warning: "c{ESCAPED}"'
    shelf.write("cast/episode.md", f"---\ntitle: cast\n{people}\n---\n")
    chapter = {"startTime": 0, "title": f"o{BAD}ne\ud800"}
    shelf.write("chapters/chapters.json", json.dumps({"version": "1.2.0", "chapters": [chapter]}))
    shelf.write("chapters/episode.md", "---\ntitle: chapters\n---\n")
    shelf.write("transcript/transcript.vtt", f"WEBVTT\n\n00:00.000 --> 00:01.000\nHel{BAD}lo\n")
    shelf.write("transcript/episode.md", "---\ntitle: transcript\n---\n")


def test_the_feed_is_well_formed_and_has_every_episode(ward):
    titles = item_titles(ward.shelf.feed())
    assert set(titles) == {"Good", "yaml", "raw", "toml", "t ag", "chapters", "transcript", "cast"}


def test_nothing_is_refused(ward):
    assert [str(problem) for problem in ward.report.refused] == []


def test_every_page_answers_and_holds_none_of_them(ward):
    client = create_app(ward.shelf.publication(), links=LINKS, clock=lambda: ward.shelf.now).test_client()
    for slug in ("", *ward.shelf.episodes()):
        answer = client.get(f"/conversations/{slug}/".replace("//", "/"))
        assert answer.status_code == 200
        assert not set(BAD) & set(answer.get_data(as_text=True))


@pytest.mark.parametrize("title", [ESCAPED, " ", ""])
def test_a_show_whose_title_is_nothing_that_can_be_shown_has_one_all_the_same(shelf, title):
    shelf.write("show.toml", f'title = "{title}"\nlanguage = "en"\n')
    shelf.sound("good.mp3", title="Good")
    shelf.index()
    assert b"<title>Podcast</title>" in shelf.feed()


def test_a_note_in_utf16_is_told_or_read_but_never_garbled(shelf):
    shelf.sound("one/audio.mp3")
    (shelf.root / "one/episode.md").write_bytes("---\ntitle: One\n---\n".encode("utf-16"))
    (problem,) = shelf.index().refused
    assert "encoding UTF-8" in str(problem)
