"""`check`: which feeds it looks at, how it tells what it finds, what it mends, and how it ends."""

import json
import shutil

import pytest

BASE = ("--base-url", "https://pods.example")


def findings(done):
    assert done.stderr == ""
    return json.loads(done.stdout)["findings"]


@pytest.fixture(scope="module")
def faulty(indexed, tmp_path_factory):
    """A show with an old category, and an episode whose title begins with its number; only read."""
    opened = type(indexed)(tmp_path_factory.mktemp("faulty"))
    show = (indexed.library / "show.toml").read_text("utf-8")
    opened.write("show.toml", show.replace("Health & Fitness > Medicine", "Health"))
    opened.sound("1/audio.mp3")
    opened.write("1/episode.md", "---\ntitle: '#1, at 50 %: Mulch'\npublished: 2021-10-05\n---\nAll about it.\n")
    opened.sound("2/audio.mp3", seed=2)
    opened.write("2/episode.md", "---\ntitle: Compost\npublished: 2021-10-06\n---\nAll about it.\n")
    shutil.copytree(indexed.data / "derived", opened.data / "derived")
    assert opened.type("index").exit_code == 0
    return opened


@pytest.fixture
def own(faulty, tmp_path):
    """The same, to be written."""
    copied = type(faulty)(tmp_path)
    shutil.copytree(faulty.library, copied.library)
    shutil.copytree(faulty.data, copied.data)
    return copied


def test_check_json_has_findings_with_rule_place_mend_and_source(indexed):
    done = indexed.type("check", "--json")
    found = findings(done)
    keys = {"show", "rule", "level", "message", "where", "source", "mend", "file", "line", "feed_line"}
    assert keys <= found[0].keys()
    assert all(one["mend"] and one["source"] and one["file"] for one in found)
    assert {"path", "code", "severity", "reason"} <= json.loads(done.stdout)["problems"][0].keys()
    assert done.exit_code == (1 if "error" in {one["level"] for one in found} else 0)


def test_check_finds_warnings_and_only_strict_minds(faulty):
    relaxed, strict = faulty.type("check", *BASE), faulty.type("check", "--strict", *BASE)
    assert (relaxed.exit_code, strict.exit_code) == (0, 1)
    assert "! show.toml:6: C06 Conversations: Apple replaced this category" in relaxed.stdout
    assert "! 1/episode.md:2: I02 #1, at 50 %: Mulch: " in relaxed.stdout
    assert "    C06: Write the successor that the message names. (Apple: podcast categories" in relaxed.stdout
    assert "0 errors" in relaxed.stderr


def test_check_fails_on_what_the_last_index_left_out(terminal):
    terminal.write("page.mp3", "<html>")
    terminal.type("index")
    done = terminal.type("check", *BASE)
    assert done.exit_code == 1
    assert "✗ page.mp3" in done.stdout


def test_check_for_github_is_an_annotation_a_finding(faulty, monkeypatch):
    monkeypatch.chdir(faulty.library.parent)
    lines = faulty.type("check", "--format", "github", *BASE).stdout.splitlines()
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    (title,) = [line for line in lines if "title=I02" in line]
    assert title.startswith("::warning file=library/1/episode.md,line=2,title=I02 #1%2C at 50 %25%3A Mulch::The title")
    assert "%0A" in title


def test_check_of_an_episode_or_a_path_tells_of_that_alone(faulty, monkeypatch):
    monkeypatch.chdir(faulty.library)
    for name in ("1", "conversations/1", "1/episode.md", str(faulty.library / "1")):
        assert {one["rule"] for one in findings(faulty.type("check", name, "--json", *BASE))} >= {"I02"}
        assert {one["file"].partition("/")[0] for one in findings(faulty.type("check", name, "--json", *BASE))} == {"1"}
    assert "I02" not in faulty.type("check", "2", *BASE).stdout


def test_check_of_the_librarys_own_folder_is_check_of_all(faulty):
    everything = faulty.type("check", "--json", *BASE).stdout
    assert faulty.type("check", str(faulty.library), "--json", *BASE).stdout == everything
    assert faulty.type("check", str(faulty.library / "show.toml"), "--json", *BASE).stdout == everything


def test_check_of_what_there_is_not_says_so(faulty):
    done = faulty.type("check", "nobody.xml")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no show, no episode and no file called “nobody.xml”" in done.stderr


def test_check_judges_a_feed_in_a_file(terminal, root):
    feed = str(root / "tests" / "data" / "feed" / "minimal.xml")
    done = terminal.type("check", feed)
    assert done.exit_code == 1
    assert f"{feed}:" in done.stdout
    assert "C05" in done.stdout
    assert findings(terminal.type("check", feed, "--json"))[0]["show"] == "minimal.xml"


def test_check_says_of_a_file_that_is_no_feed_what_it_is(terminal):
    terminal.write("page.xml", "<!DOCTYPE html><html/>")
    done = terminal.type("check", str(terminal.library / "page.xml"))
    assert done.exit_code == 1
    assert "DOCTYPE" in done.stdout


def test_check_of_a_private_address_says_how_it_may_be_asked(terminal):
    done = terminal.type("check", "http://127.0.0.1:1/feed.xml")
    assert done.exit_code == 1
    assert "N01" in done.stdout
    assert "name it in `allow_outside`" in done.stdout


def test_check_online_needs_to_know_the_public_address(indexed):
    done = indexed.type("check", "--online")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "--base-url https://your.domain" in done.stderr


def test_check_online_asks_the_public_addresses_of_the_library(faulty):
    done = faulty.type(
        "check", "--online", "--json", "--base-url", "http://127.0.0.1:1", CASTALOGUE_ALLOW_OUTSIDE="::1"
    )
    said = [one for one in findings(done) if one["rule"] == "N01"]
    assert done.exit_code == 1
    assert {"not a public address" in one["message"] for one in said} == {True}


def test_check_says_what_a_show_disables_and_why(own):
    show = own.library / "show.toml"
    text = show.read_text("utf-8")
    show.write_text(f'{text}[check.disable]\nC06 = "It was ever so."\n', "utf-8")
    done = own.type("check", "--strict", *BASE)
    assert "C06" not in done.stdout
    assert "conversations: 1 finding not shown: C06 (It was ever so.)" in done.stderr
    show.write_text(f'{text}[check.disable]\nC66 = ""\n', "utf-8")
    done = own.type("check", *BASE)
    assert "✗ show.toml, line 9: Rule C66 is disabled without a reason." in done.stdout
    assert done.exit_code == 1


def test_check_fix_mends_and_shows_what_it_changed(own):
    dry = own.type("check", "--fix", "--dry-run", *BASE)
    assert '-categories = ["Health"]\n+categories = ["Health & Fitness"]\n' in dry.stdout
    assert "C06" in dry.stdout
    assert '["Health"]' in (own.library / "show.toml").read_text("utf-8")
    done = own.type("check", "--fix", *BASE)
    assert '+categories = ["Health & Fitness"]\n' in done.stdout
    assert "C06" not in done.stdout
    assert '["Health & Fitness"]' in (own.library / "show.toml").read_text("utf-8")
    assert "Nothing here can be mended by a machine." in own.type("check", "--fix", *BASE).stderr


def test_check_fix_json_has_the_diffs(faulty):
    (fixed,) = json.loads(faulty.type("check", "--fix", "--dry-run", "--json", *BASE).stdout)["fixed"]
    assert (fixed["path"], fixed["rules"]) == ("show.toml", ["C06"])
    assert fixed["diff"].startswith("--- a/show.toml\n")


@pytest.mark.parametrize("words", [("--dry-run",), ("--fix", "https://example.org/feed.xml"), ("--format", "xml")])
def test_check_typed_wrongly_ends_with_2(terminal, words):
    assert terminal.type("check", *words).exit_code == 2


def test_lines_of_files_and_titles_of_strangers_are_no_commands_to_a_runner(own, tmp_path):
    show = own.library / "show.toml"
    show.write_text(show.read_text("utf-8") + '\nsupport = """\n::error file=README.md::pwned\n"""\n', "utf-8")
    told = own.type("check", "--fix", "--dry-run", "--format", "github", *BASE).stdout
    assert not [line for line in told.splitlines() if line.strip().startswith("::error file=README.md")]
    feed = tmp_path / "feed.xml"
    feed.write_text("<rss version='2.0'><channel><title>a\n::error::b\x9b31m</title></channel></rss>", "utf-8")
    told = own.type("check", feed).stdout
    assert "a ::error::b 31m" in told
    assert "\x9b" not in told


def test_each_file_of_an_episode_names_it(own):
    own.sound("03 After.mp3", seed=9, title="After")
    note = own.write("03 After.md", "---\npublished: 2021-10-07\n---\nWords.\n")
    spanish = own.write("03 After.es.md", "---\ntitle: Después\n---\nPalabras.\n")
    chapters = own.write("03 After.chapters.json", '{"version": "1.2.0", "chapters": []}')
    own.type("index")
    answers = [own.type("check", file, *BASE) for file in (note, spanish, chapters)]
    assert [answer.exit_code for answer in answers] == [0, 0, 0]
