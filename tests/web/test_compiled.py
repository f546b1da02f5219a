"""A template is compiled once for one source."""

import sys
from pathlib import Path

import jinja2
import pytest

from web.compiled import SYNTAX, CompiledTemplates


class Reader:
    """Environments that read the same templates, and count what they compile."""

    def __init__(self, templates):
        self.templates, self.compiled = templates, []

    def read(self, name, cache):
        reader = self

        class Counting(jinja2.Environment):
            def compile(self, source, *more, **named):
                reader.compiled.append(source)
                return super().compile(source, *more, **named)

        environment = Counting(**SYNTAX, loader=jinja2.DictLoader(self.templates), bytecode_cache=cache)
        return environment.get_template(name).render()


@pytest.fixture
def reader(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    return Reader({"home": "first", "show": "second"})


def kept(tmp_path):
    return [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]


def test_two_applications_of_a_process_compile_a_template_once(reader):
    cache = CompiledTemplates()
    assert [reader.read("home", cache), reader.read("home", cache), reader.read("show", cache)] == [
        "first",
        "first",
        "second",
    ]
    assert reader.compiled == ["first", "second"]


def test_another_process_finds_it_compiled(reader, tmp_path):
    assert reader.read("home", CompiledTemplates()) == reader.read("home", CompiledTemplates()) == "first"
    assert reader.compiled == ["first"] and len(kept(tmp_path)) == 1


def test_a_template_that_changed_is_compiled_anew(reader):
    cache = CompiledTemplates()
    reader.read("home", cache)
    reader.templates["home"] = "other"
    assert reader.read("home", cache) == reader.read("home", CompiledTemplates()) == "other"
    assert reader.compiled == ["first", "other"]


def test_a_file_cut_anywhere_is_no_error_and_written_anew(reader, tmp_path):
    reader.read("home", CompiledTemplates())
    [file] = kept(tmp_path)
    whole = file.read_bytes()
    for length in range(0, len(whole), len(whole) // 30):
        file.write_bytes(whole[:length])
        assert reader.read("home", CompiledTemplates()) == "first"
        assert file.read_bytes() == whole


def test_nothing_is_written_where_python_is_told_so(reader, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert reader.read("home", CompiledTemplates()) == "first"
    assert kept(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_no_error(reader, tmp_path):
    (tmp_path / "kept").write_text("in the way")
    assert reader.read("home", CompiledTemplates()) == "first"


def test_nothing_half_written_is_left_where_it_cannot_be_put_in_place(reader, tmp_path, monkeypatch):
    def refuse(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    assert reader.read("home", CompiledTemplates()) == "first"
    assert kept(tmp_path) == []
