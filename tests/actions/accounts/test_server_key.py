"""The server's key is made once, whole, for its owner alone; there is none to fall back on."""

import threading

import pytest

from catalogue.actions.accounts.server_key import NAME, find_fault, open_server_key
from catalogue.config import Settings
from catalogue.errors import ConfigError


def settings(tmp_path, **stated):
    return Settings(library=tmp_path, data=tmp_path / "data", **stated)


def digest(found):
    return open_server_key(found).digest("x", "y")


def test_it_is_made_once_for_its_owner_alone(tmp_path):
    first = digest(settings(tmp_path))
    path = tmp_path / "data" / NAME
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert len(path.read_text().strip()) == 64
    assert digest(settings(tmp_path)) == first
    assert list(path.parent.iterdir()) == [path]


def test_of_many_who_make_it_at_once_all_have_the_same(tmp_path):
    found = []
    threads = [threading.Thread(target=lambda: found.append(digest(settings(tmp_path)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


@pytest.mark.parametrize("content", [b"", b"short", b"a" * 64, b"\xff" * 64, b"abcabcabc" * 9, b"\n" * 99])
def test_one_that_is_weak_or_broken_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "data" / NAME
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=NAME):
        open_server_key(settings(tmp_path))
    assert find_fault(settings(tmp_path)) is not None
    assert path.read_bytes() == content


def test_one_that_leads_nowhere_is_refused(tmp_path):
    path = tmp_path / "data" / NAME
    path.parent.mkdir()
    path.symlink_to("nothing")
    with pytest.raises(ConfigError, match="no such file"):
        open_server_key(settings(tmp_path))


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(ConfigError, match="cannot be used"):
        open_server_key(settings(tmp_path))
    assert find_fault(settings(tmp_path / "elsewhere")) is None, "nobody needed it yet"


def test_one_that_is_stated_holds_before_the_file(tmp_path):
    stated = settings(tmp_path, secret_key="0123456789abcdef" * 4)
    assert digest(stated) != digest(settings(tmp_path))
    file = tmp_path / "key"
    file.write_text("0123456789abcdef" * 4 + "\n")
    assert digest(settings(tmp_path, secret_key_file=file)) == digest(stated)
    with pytest.raises(ConfigError, match="CASTALOGUE_SECRET_KEY holds no key"):
        open_server_key(settings(tmp_path, secret_key="changeme"))
    with pytest.raises(ConfigError, match="missing"):
        open_server_key(settings(tmp_path, secret_key_file=tmp_path / "missing"))


def test_digests_of_different_purposes_and_parts_differ(tmp_path):
    key = open_server_key(settings(tmp_path))
    found = {key.digest(*parts) for parts in (("a", "b"), ("a", "b", ""), ("ab",), ("b", "a"), ("a", "b\ud800"))}
    assert len(found) == 5
