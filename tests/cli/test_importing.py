"""`castalogue import` and `export --archive`, as somebody types them."""

import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "actions"))

from import_web import Host, item


@pytest.fixture
def host(monkeypatch):
    monkeypatch.setenv("CASTALOGUE_ALLOW_OUTSIDE", "127.0.0.1")
    opened = Host()
    yield opened
    opened.close()


def test_a_show_comes_and_is_proved(terminal, host):
    address = host.put_feed(item(1, url=host.put_audio("/1.mp3")))
    preview = terminal.type("import", address, "--dry-run")
    assert (preview.exit_code, "new: Part 1 → talks/part-1" in preview.stdout) == (0, True)
    done = terminal.type("import", address)
    assert done.exit_code == 0
    assert "✓ 1 of 1 episode: same GUID, title, date and length." in done.stderr


def test_json_names_all_and_the_exit_code_says_what_differs(terminal, host):
    address = host.put_feed(item(1, url=host.url("/gone.mp3")), item(2, url=host.put_audio("/2.mp3"), size=5))
    done = terminal.type("import", address, "--json")
    document = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [one["url"] for one in document["failed"]] == [host.url("/gone.mp3")]
    assert [one["what"] for one in document["proof"]["differences"]] == ["length"]


def test_a_list_of_feeds_brings_each_and_one_that_fails_costs_itself(terminal, host, tmp_path):
    address = host.put_feed(item(1))
    (tmp_path / "list.opml").write_text(
        f'<opml version="2.0"><body><outline xmlUrl="{host.url("/none")}"/><outline xmlUrl="{address}"/></body></opml>'
    )
    done = terminal.type("import", tmp_path / "list.opml", "--metadata-only")
    assert done.exit_code == 1
    assert "It answers 404 instead of a feed." in done.stderr
    assert (terminal.library / "talks/part-1/episode.md").exists()


def test_a_file_that_is_not_there_is_told(terminal):
    done = terminal.type("import", "nowhere.xml")
    assert (done.exit_code, "There is no file nowhere.xml" in done.stderr) == (1, True)


def test_an_archive_goes_out_and_comes_in(terminal, tmp_path):
    terminal.sound("one/audio.mp3", title="Meet the husbands")
    out = terminal.type("export", "--archive", tmp_path / "all.zip")
    assert (out.exit_code, "1 show" in out.stderr) == (0, True)
    terminal.library, terminal.data = tmp_path / "new library", tmp_path / "new data"
    done = terminal.type("import", tmp_path / "all.zip")
    assert (done.exit_code, "✓ The feed is the same to the byte." in done.stderr) == (0, True)
