"""backup and restore: what they say, and that what comes back is read as before."""

import json

import pytest


def test_there_and_back(indexed, tmp_path):
    file = tmp_path / "backup.tar"
    done = indexed.type("backup", file, "--with-library")
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"Written, restored elsewhere and compared: {file}" in done.stderr
    assert "the library (8 files)" in done.stderr
    new = {"CASTALOGUE_LIBRARY": str(tmp_path / "library"), "CASTALOGUE_DATA": str(tmp_path / "data")}
    restored = indexed.type("restore", file, **new)
    assert restored.exit_code == 0, restored.stderr
    assert "Next: castalogue index" in restored.stderr
    assert indexed.type("list", "--json", **new).stdout == indexed.type("list", "--json").stdout


def test_backup_as_json(indexed, tmp_path):
    done = json.loads(indexed.type("backup", tmp_path / "x.tar", "--json").stdout)
    assert (done["tables"]["episodes"], done["files"], done["left_out"]) == (3, 0, [])


@pytest.mark.parametrize(("where", "said"), [("no/such/folder.tar", "no such file"), ("there", "is there already")])
def test_backup_says_why_it_cannot(indexed, tmp_path, where, said):
    (tmp_path / "there").write_text("mine")
    done = indexed.type("backup", tmp_path / where)
    assert (done.exit_code, said in done.stderr, (tmp_path / "there").read_text()) == (1, True, "mine")
