"""Nothing but the library's storage writes the producer's files: told from the source of every module."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Functions of these modules that change files, and methods of paths that do.
OS_DEEDS = frozenset(
    "chmod chown fchmod fchown ftruncate lchown link makedirs mkdir mkfifo open remove removedirs rename renames "
    "replace rmdir symlink truncate unlink utime write".split()
)
WHOLE_MODULES = frozenset(("shutil", "tempfile"))
PATH_DEEDS = frozenset(
    "chmod hardlink_to lchmod mkdir rename rmdir symlink_to touch unlink write_bytes write_text".split()
)
WRITING_MODES = frozenset("wax+")
# Module → what it does to files, none of which is the library's but for the first two.
ALLOWED = {
    "catalogue/library/durable.py": {"os.open", "os.fchmod", "os.fchown", "shutil.copyfileobj"}
    | {"path.unlink", "path.replace", "path.rename", "path.mkdir"},
    "catalogue/library/storage.py": {"path.unlink", "path.rmdir"},
    "catalogue/actions/begin.py": {"path.mkdir"},  # the library's own folder, before there is a library
    "catalogue/cli/importing.py": {"path.mkdir"},  # the same
    # a foreign feed, in a folder that is gone once it is read
    "catalogue/actions/foreign_feeds.py": {"path.open"},
    "catalogue/actions/import_sources.py": {"path.open"},  # the same, page by page
    "catalogue/actions/import_files.py": {"path.unlink"},  # the same, long after
    "catalogue/actions/importing.py": {"path.mkdir"},  # the folder of files on their way, in the data folder
    # the same: a feed that was sent
    "catalogue/actions/shows/import_errands.py": {"path.mkdir", "path.open", "path.unlink"},
    # an archive to be fetched, in the data folder
    "catalogue/actions/shows/archive_errand.py": {"path.mkdir", "path.unlink", "shutil.disk_usage"},
    "catalogue/outside/part_file.py": {"path.open", "path.mkdir", "path.unlink", "path.write_text"},  # those files
    "catalogue/actions/archives.py": {"path.replace", "path.unlink"},  # an archive, which lies elsewhere
    "catalogue/actions/archive_writing.py": {"path.open", "path.mkdir"},  # the same
    "catalogue/actions/images.py": {"path.mkdir"},  # derived files
    # one file outside of the library, by way of a folder that goes
    "catalogue/actions/backing_up.py": {"os.open", "path.rename", "tempfile.TemporaryDirectory"},
    "catalogue/actions/backup_file.py": {"os.open", "os.fchmod", "os.utime", "path.mkdir", "path.open"}
    | {"shutil.copyfileobj"},
    # a library where there is none yet
    "catalogue/actions/restoring.py": {"path.chmod", "path.mkdir", "path.rename", "path.rmdir", "path.unlink"}
    | {"shutil.rmtree"},
    # what a restore unpacks before anything takes its place, and the mark of it in the data folder
    "catalogue/actions/unended_restores.py": {
        *("os.open", "path.rmdir", "path.unlink", "shutil.rmtree", "tempfile.TemporaryDirectory"),
    },
    # the server's key, in the data folder
    "catalogue/actions/accounts/server_key.py": {"os.link", "os.open", "path.mkdir", "path.unlink"},
    # recordings on their way, in the data folder
    "catalogue/actions/uploads.py": {"path.hardlink_to", "path.mkdir", "path.open", "path.touch", "path.unlink"}
    | {"path.replace", "path.write_text", "shutil.disk_usage"},
    "catalogue/actions/upload_folders.py": {"path.open", "path.rename", "shutil.rmtree"},
    "web/bodies.py": {"path.mkdir", "shutil.disk_usage", "tempfile.TemporaryFile"},  # the same
    "web/studio/kept_files.py": {"path.mkdir"},  # their folder
    "web/studio/transcripts.py": {"path.write_bytes"},  # a transcript on its way, in a folder that goes
    "catalogue/actions/sweeping.py": {"path.unlink"},  # derived files
    "catalogue/actions/served_pictures.py": {"path.unlink"},  # derived files
    # a copy beside the derived files, which is tagged there; the storage takes it from there
    "catalogue/actions/tagging.py": {"path.open", "path.unlink", "shutil.copyfileobj"},
    "catalogue/actions/new_note.py": {"path.open"},  # a template, for reading
    "catalogue/actions/check_asking.py": {"path.open"},  # what other machines answer, in a folder that goes
    # that folder, and a text that is being edited
    "catalogue/actions/scratch.py": {"path.mkdir", "path.unlink", "tempfile.TemporaryDirectory", "tempfile.mkstemp"},
    "catalogue/actions/check_stranger.py": {"path.write_bytes"},  # the same in a form for the sandbox
    "catalogue/cli/editing.py": {"path.unlink"},  # that text
    "catalogue/formats/audio/mp4_writing.py": {"path.open"},  # that copy
    "catalogue/formats/audio/id3_writing.py": {"path.open"},  # that copy
    "catalogue/formats/loudness/ffmpeg.py": {"shutil.which"},  # looks where a program is
    "catalogue/formats/pictures/artwork.py": {"path.mkdir", "path.write_bytes", "path.replace", "path.unlink"},
    "catalogue/store/opening.py": {"path.mkdir"},  # the database's folder
    # a cover that is made, in a folder that goes; the storage takes it
    "catalogue/formats/pictures/squaring.py": {"path.write_bytes"},
    "catalogue/actions/doctor.py": {"shutil.disk_usage"},
    # compiled templates, in the program's own folder
    "web/compiled.py": {"path.mkdir", "path.replace", "path.unlink", "tempfile.mkstemp"},
    # the folder of an export, which is refused where it overlaps the library
    "web/export/folder.py": {"os.link", "shutil.copy2", "path.mkdir", "path.replace", "path.rmdir", "path.unlink"}
    | {"os.open", "os.replace"},
    "web/export/manifest.py": {"path.open", "path.replace", "path.touch", "path.unlink", "path.write_text"},
    "web/export/run.py": {"os.open", "path.mkdir"},  # and its lock
    "web/file_bodies.py": {"os.open"},  # for reading
}
# Who may know where the library lies; everybody else asks the storage for a path.
KNOW_THE_ROOT = {
    "catalogue/actions/open.py",  # opens the storage there
    "catalogue/actions/add.py",  # whether a file lies in the library already
    "catalogue/actions/doctor.py",
    "catalogue/actions/archive_writing.py",  # whether the archive would lie in it
    "catalogue/actions/backing_up.py",  # whether the backup would lie in it
    "catalogue/actions/restoring.py",  # makes it where there is none
    "catalogue/actions/unended_restores.py",  # what a restore unpacked on its disk
    "catalogue/cli/backups.py",
    "catalogue/cli/checking.py",  # whether what was typed lies in the library
    "catalogue/cli/importing.py",  # makes its folder, before there is a library
    "catalogue/cli/library.py",
    "catalogue/cli/indexing.py",
    "catalogue/cli/serving.py",
    "catalogue/config.py",
    "web/export/run.py",  # whether the export would lie in the library
    "web/export/state.py",  # whether the export is of another library
}


def modules(holding: str = "") -> Iterator[tuple[str, ast.Module]]:
    """Every module whose source holds these words, parsed: that is what takes long."""
    for folder in ("catalogue", "web"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if holding in (text := path.read_text(encoding="utf-8")):
                yield path.relative_to(ROOT).as_posix(), ast.parse(text)


def deed_of(call: ast.Call) -> str | None:
    """What a call would do to files; None where it changes none."""
    function = call.func
    if isinstance(function, ast.Name) and function.id == "open":
        return "open" if is_writing(call.args[1:], call.keywords) else None
    if not isinstance(function, ast.Attribute):
        return None
    owner = function.value.id if isinstance(function.value, ast.Name) else ""
    name = function.attr
    if owner in WHOLE_MODULES or (owner == "os" and name in OS_DEEDS):
        return f"{owner}.{name}"
    if owner == "os":
        return None
    # `str.replace` takes two, `datetime.replace` and `dataclasses.replace` name theirs, a storage's takes more.
    is_move = name == "replace" and len(call.args) == 1 and not call.keywords
    is_written = name == "open" and is_writing(call.args, call.keywords)
    return f"path.{name}" if name in PATH_DEEDS or is_move or is_written else None


def is_writing(args: list[ast.expr], keywords: list[ast.keyword]) -> bool:
    stated = [*args[:1], *(one.value for one in keywords if one.arg == "mode")]
    modes = [one.value for one in stated if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return any(WRITING_MODES & set(mode) for mode in modes)


def deeds(tree: ast.AST) -> set[str]:
    calls = (deed_of(node) for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {deed for deed in calls if deed is not None}


def test_only_the_storage_changes_files_of_the_library():
    found = {path: deeds(tree) - ALLOWED.get(path, set()) for path, tree in modules()}
    assert {path: done for path, done in found.items() if done} == {}


def test_no_module_is_excused_that_is_gone():
    assert [path for path in (*ALLOWED, *KNOW_THE_ROOT) if not (ROOT / path).is_file()] == []


def test_only_who_opens_the_library_knows_where_it_lies():
    found = {
        path
        for path, tree in modules(".library")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "library" and "settings" in ast.unparse(node.value)
    }
    assert found <= KNOW_THE_ROOT


@pytest.mark.parametrize(
    ("line", "deed"),
    [
        ('open(path, "w")', "open"),
        ('open(path, mode="r+b")', "open"),
        ("open(path)", None),
        ('path.open("ab")', "path.open"),
        ('path.open("rb")', None),
        ("os.replace(one, two)", "os.replace"),
        ("draft.replace(path)", "path.replace"),
        ('text.replace("a", "b")', None),
        ("moment.replace(microsecond=0)", None),
        ("storage.replace(path, content)", None),
        ("shutil.rmtree(path)", "shutil.rmtree"),
        ("path.parent.mkdir(parents=True)", "path.mkdir"),
        ("os.stat(path)", None),
    ],
)
def test_a_deed_is_known_by_its_call(line, deed):
    assert deeds(ast.parse(line)) == ({deed} if deed else set())
