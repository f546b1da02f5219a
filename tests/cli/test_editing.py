"""Commands that write notes: edit, set, schedule, publish-now, new, rename."""

import json
import tempfile

import pytest

NOTE = "---\ntitle: One\npublished: 2026-01-05\n---\nAbout it.\n"


@pytest.fixture
def one(terminal):
    terminal.sound("one/audio.mp3")
    terminal.write("one/episode.md", NOTE)
    assert terminal.type("index").exit_code == 0
    return terminal


def text_of(terminal, path="one/episode.md"):
    return (terminal.library / path).read_text()


def test_set_writes_a_key_where_it_is_wished(one):
    done = one.type("set", "season=2", "explicit=no", "--where", "title=one and season!=2")
    assert (done.exit_code, done.stdout) == (0, "")
    assert text_of(one) == NOTE.replace("---\nAbout", "season: 2\nexplicit: no\n---\nAbout")
    assert "1 note changed, none said so already." in done.stderr


def test_a_dry_run_prints_each_note_and_writes_nothing(one):
    done = one.type("set", "season=2", "title=", "--all", "--dry-run")
    assert done.stdout == "one/episode.md: season: nothing → 2, title: One → nothing\n"
    assert text_of(one) == NOTE


def test_a_dry_run_says_first_that_the_feed_would_be_emptied(one):
    one.sound("two/audio.mp3", seed=2)
    one.write("two/episode.md", NOTE)
    one.type("index")
    dry = one.type("set", "draft=yes", "--all", "--dry-run")
    assert (dry.exit_code, dry.stdout.count("draft: nothing → yes")) == (1, 2)
    assert "2 of 2 published episodes would leave the feed" in dry.stderr
    assert "2 notes would change with --allow-removals" in dry.stderr
    done = one.type("set", "draft=yes", "--all")
    assert (done.exit_code, "--allow-removals" in done.stderr, text_of(one)) == (1, True, NOTE)
    assert one.type("set", "draft=yes", "--all", "--allow-removals").exit_code == 0


def test_set_as_json(one):
    done = one.type("set", "season=2", "--all", "--json")
    assert json.loads(done.stdout) == {
        "changes": [{"path": "one/episode.md", "new": False}],
        "same": 0,
        "problems": [],
        "dry_run": False,
    }


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["season=2"], 2, "Say in which notes"),
        (["season=2", "--all", "--where", "season=1"], 2, "Say in which notes"),
        (["season", "--all"], 2, "no KEY=VALUE"),
        (["season=2", "--where", "seasn=2"], 1, "At character 1: there is no key `seasn`. Did you mean `season`?"),
        (["season=2", "--where", "season="], 1, "At character 8"),
        (["season=two", "--all"], 1, "not a whole number"),
        (["published=2026-02-05", "--all"], 1, "--allow-date-change"),
    ],
)
def test_set_says_what_is_wrong_and_changes_nothing(one, words, status, said):
    done = one.type("set", *words)
    assert (done.exit_code, said in done.stderr, text_of(one)) == (status, True, NOTE)


@pytest.fixture
def editor(tmp_path):
    """An editor that writes what it is told to: the words for the environment."""

    def typing(text, status=0):
        typed, script = tmp_path / "typed.md", tmp_path / "editor.sh"
        typed.write_text(text)
        script.write_text(f'#!/bin/sh\ncp "{typed}" "$1"\nexit {status}\n')
        script.chmod(0o755)
        return {"VISUAL": str(script), "TMPDIR": str(tmp_path)}

    return typing


def drafts(tmp_path):
    return [path.read_text() for path in tmp_path.glob("castalogue-*.md")]


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_what_is_typed_in_the_editor_is_saved(one, editor, tmp_path):
    done = one.type("edit", "one", **editor(NOTE + "More.\n"))
    assert (done.exit_code, text_of(one), drafts(tmp_path)) == (0, NOTE + "More.\n", [])
    assert "Saved one/episode.md." in done.stderr


def test_an_editor_that_changes_nothing_changes_nothing(one, editor):
    done = one.type("edit", "one", **editor(NOTE))
    assert (done.exit_code, "Nothing was changed." in done.stderr) == (0, True)


def test_what_is_wrong_is_named_and_kept_in_a_file_where_nobody_can_be_asked(one, editor, tmp_path):
    wrong = NOTE.replace("2026-01-05", "5/1/26")
    done = one.type("edit", "one", **editor(wrong))
    assert (done.exit_code, text_of(one), drafts(tmp_path)) == (1, NOTE, [wrong])
    assert "one/episode.md, line 3: `published` is not a date I can read" in done.stderr
    assert str(next(tmp_path.glob("castalogue-*.md"))) in done.stderr


def test_of_two_edits_at_once_both_texts_are_kept(one, editor, tmp_path):
    words = editor(NOTE + "Mine.\n")
    script = tmp_path / "editor.sh"
    script.write_text(script.read_text().replace("exit 0", f"echo Theirs. >> {one.library}/one/episode.md"))
    done = one.type("edit", "one", **words)
    assert (done.exit_code, text_of(one), drafts(tmp_path)) == (1, NOTE + "Theirs.\n", [NOTE + "Mine.\n"])
    assert "changed by somebody else" in done.stderr


def test_an_editor_that_fails_loses_nothing(one, editor, tmp_path):
    done = one.type("edit", "one", **editor(NOTE + "Mine.\n", status=3))
    assert (done.exit_code, text_of(one), drafts(tmp_path)) == (1, NOTE, [NOTE + "Mine.\n"])
    assert "Set EDITOR" in done.stderr


def test_new_begins_a_draft_after_a_template(one, tmp_path):
    template = tmp_path / "template.md"
    template.write_text("---\n# ours\nexplicit: no\nseason: 1\n---\nWritten by us.\n")
    done = one.type("new", "A talk: to come", "--number", "12", "--season", "2", "--template", template)
    assert done.exit_code == 0
    assert text_of(one, "12-a-talk-to-come/episode.md") == (
        "---\n# ours\nexplicit: no\nseason: 2\ntitle: 'A talk: to come'\nnumber: 12\ndraft: true\n---\nWritten by us.\n"
    )
    assert "draft" in one.type("list").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [(["  "], "title is empty"), (["A", "--season", "two"], "whole number"), (["A", "--show", "none"], "no show.toml")],
)
def test_new_refuses_what_no_note_can_say(one, words, said):
    done = one.type("new", *words)
    assert (done.exit_code, said in done.stderr) == (1, True)
    assert [path.name for path in one.library.iterdir() if path.is_dir()] == ["one"]


def test_rename_moves_the_folder_and_keeps_the_episode(one):
    before = json.loads(one.type("list", "--json").stdout)[0]
    done = one.type("rename", "one", "Después")
    after = json.loads(one.type("list", "--json").stdout)[0]
    assert (done.exit_code, (one.library / "one").exists()) == (0, False)
    assert after == before | {"path": "Después", "audio": "Después/audio.mp3"}
    assert "one → Después" in done.stderr


def test_schedule_and_publish_now(one):
    one.type("unpublish", "one")
    done = one.type("schedule", "one", "2099-03-01 08:00")
    assert (done.exit_code, text_of(one)) == (0, NOTE.replace("2026-01-05", "2099-03-01 08:00"))
    assert "2099-03-01 13:00 UTC" in done.stderr
    assert one.type("publish-now", "one").exit_code == 0
    assert json.loads(one.type("list", "--json").stdout)[0]["status"] == "public"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2020-01-01", "has passed"),
        ("soon", "This is not a date I can read"),
        ("2099-03-08 02:30", "clocks leave out"),
        ("2099-11-01 01:30", "comes twice"),
    ],
)
def test_schedule_says_what_is_no_moment(one, when, said):
    one.type("unpublish", "one")
    before = text_of(one)
    done = one.type("schedule", "one", when)
    assert (done.exit_code, said in done.stderr, text_of(one)) == (1, True, before)


def test_what_is_out_is_not_scheduled(one):
    for words in (["schedule", "one", "2099-01-01"], ["publish-now", "one"]):
        done = one.type(*words)
        assert (done.exit_code, "has been out since 2026-01-05" in done.stderr) == (1, True)
