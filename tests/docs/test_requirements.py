"""The lock: exact versions with hashes, no server's name, and in agreement with pyproject.toml."""

import json
import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ("run", "test")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(name):
    """The requirements of a lock as text, each with its hashes, comments taken away."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    bare = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    return [line.strip() for line in bare.splitlines() if line.strip()]


def locked(name):
    """Name → the exact version that a lock states."""
    found = (Requirement(HASH.sub("", entry).strip()) for entry in entries(name))
    return {canonicalize_name(one.name): next(iter(one.specifier)).version for one in found}


def wanted(name):
    """What is asked of a lock: the project's dependencies and those of its lists."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    lists = ("build",) if name == "run" else ("build", "test")
    texts = [(ROOT / "requirements" / f"{one}.in").read_text("utf-8") for one in lists]
    lines = [line.partition("#")[0].strip() for text in texts for line in text.splitlines()]
    return [Requirement(line) for line in (*project, *lines) if line]


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_one_exact_version_with_hashes(name):
    for entry in entries(name):
        requirement = Requirement(HASH.sub("", entry).strip())
        assert [one.operator for one in requirement.specifier] == ["=="], entry
        assert HASH.search(entry), requirement.name


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_server(name):
    assert not re.search(r"://|--(?:index|extra|find|trusted)", (ROOT / "requirements" / f"{name}.txt").read_text())


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_is_wanted_in_the_range_wanted(name):
    versions = locked(name)
    for requirement in wanted(name):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement


def test_what_is_tested_is_what_runs():
    assert locked("run").items() <= locked("test").items()


def test_what_is_installed_is_what_the_lock_says():
    if Path(sys.prefix) != ROOT / ".venv" or not (ROOT / ".venv" / ".installed").is_file():
        pytest.skip("this environment was not made by `make test`, so other versions may be installed")

    assert {name: version(name) for name in locked("test")} == locked("test")


@pytest.mark.parametrize("part", ["partytime", "axe", "vnu", "lighthouse"])
def test_what_comes_from_npm_is_locked_too_and_names_no_server(part):
    folder = ROOT / "tests" / part
    asked = json.loads((folder / "package.json").read_text("utf-8"))["dependencies"]
    lock = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    assert lock.pop("")["dependencies"] == asked
    assert {name: lock[f"node_modules/{name}"]["version"] for name in asked} == asked
    assert all("integrity" in one and "resolved" not in one for one in lock.values())
