"""`castalogue watch`: files that appear are indexed, and it ends when it is told to."""

import signal

from actions.conftest import _draw_in_advance
from serving import started, wait_until
from sounds import write_mp3

SHOW = 'title = "Talks"\nauthor = "A"\nlanguage = "en"\n'


def test_what_appears_is_indexed_until_it_is_told_to_end(tmp_path):
    library, said = tmp_path / "library", tmp_path / "said"
    library.mkdir()
    _draw_in_advance(tmp_path / "own/derived")
    (library / "show.toml").write_text(SHOW)
    with said.open("wb") as errors:
        words = ("watch", "--library", library, "--data", tmp_path / "own")
        watching = started(tmp_path, *words, stdout=errors, stderr=errors)
        try:
            wait_until(lambda: b"Watching" in said.read_bytes(), seconds=60)
            write_mp3(library / "new.mp3", title="New")
            wait_until(lambda: b"Indexed again: 1 new" in said.read_bytes(), seconds=60)
        finally:
            watching.send_signal(signal.SIGTERM)
        assert watching.wait(60) == 0
    assert '"slug":"new"' in (library / "ledger.jsonl").read_text().replace(" ", "")
