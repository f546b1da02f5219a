"""The command `add`: one file, or all that folders and patterns name."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, json_option, opened, settings_of
from catalogue.cli.paths import NamedFile, WrongPath, absent, shown
from catalogue.cli.printing import how_many, print_json, progress_bar, report_document, tell, tell_report

if TYPE_CHECKING:
    from catalogue.actions.add import Added, Batch

# So many episodes are told one by one.
FEW = 20


@click.command()
@click.argument("audio", nargs=-1, required=True)
@click.option("--show", "show_folder", metavar="FOLDER", help="The show's folder, where the library holds several.")
@click.option("--draft", is_flag=True, help="Write it as a draft: nobody sees it yet.")
@click.option("--date", "published", metavar="WHEN", help="When it comes out, such as 2027-03-01 08:00.")
@click.option("--season", help="The season's number.")
@click.option("--template", type=NamedFile(), help="A note to begin with.")
@json_option
@common_options
def add(audio: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Add AUDIO (files, folders or patterns) as episodes: a folder each, with an episode.md filled from its tags."""
    from catalogue.actions.add import add_episodes, add_file
    from catalogue.actions.adding_places import Addition
    from catalogue.actions.new_note import read_template
    from catalogue.library.notes.note_values import Bare

    template, show = options.pop("template"), options.pop("show_folder")
    keys: dict[str, object] = {
        name: Bare(value) for name in ("published", "season") if (value := options.pop(name)) is not None
    }
    keys |= {"draft": True} if options.pop("draft") else {}
    files = list(dict.fromkeys(_files(audio)))
    if len(files) != 1 and "published" in keys:
        raise click.UsageError("--date is one episode's: name one file.")
    text = read_template(template) if template is not None else None
    with opened(settings_of(**options)) as place, progress_bar("Adding", quiet=as_json) as progress:
        how = Addition(show_path=show, keys=keys, template=text, progress=progress)
        done = add_file(place, files[0], how) if len(files) == 1 and not as_json else add_episodes(place, files, how)
    _show(done, as_json=as_json)


def _files(named: Iterable[str]) -> Iterator[Path]:
    """The files that are named, those below folders and those that patterns mean, in natural order each."""
    from catalogue.library.naming import natural_key

    for text in named:
        path = Path(text)
        if path.is_dir():
            found = [one for one in path.rglob("*") if _is_audio(one.relative_to(path)) and one.is_file()]
        elif path.exists() or not glob.has_magic(text):
            found = [path]
        else:
            meant = map(Path, glob.glob(text, recursive=True))  # noqa: PTH207  (Path.glob knows no absolute patterns)
            found = [one for one in meant if _is_audio(one) and one.is_file()]
        if not found:
            raise _nothing(path)
        if not found[0].exists():
            raise absent(path)
        yield from sorted(found, key=lambda one: natural_key(one.as_posix()))


def _nothing(path: Path) -> WrongPath:
    """Say that a folder or a pattern has no audio."""
    if path.is_dir():
        return WrongPath(f"There is no audio in the folder {shown(path)}. Name the folder that has it, or a file.")
    return WrongPath(f"No audio is called {shown(path)}. Look at its name, and at the folder you are in.")


def _is_audio(path: Path) -> bool:
    """Whether a path's ending is one of audio, and nothing in it is hidden."""
    from catalogue.domain.media import AUDIO_ENDINGS

    return path.suffix[1:].lower() in AUDIO_ENDINGS and not any(
        part.startswith(".") and part not in (".", "..") for part in path.parts
    )


def _show(done: Added | Batch, *, as_json: bool) -> None:
    from catalogue.actions.add import Batch

    if not isinstance(done, Batch):
        tell(f"Added {done.folder}: {', '.join(done.written)}. Write its notes in {done.note}.")
        tell_report(done.report)
        sys.exit(1 if done.report.refused else 0)
    if as_json:
        print_json(report_document(done.report) | _document(done))
    else:
        _tell_batch(done)
    sys.exit(1 if done.failed or done.report.refused else 0)


def _tell_batch(done: Batch) -> None:
    for one in done.added if len(done.added) <= FEW else ():
        tell(f"Added {one.folder}.")
    for path, error in done.failed.items():
        tell(f"✗ {path}: {getattr(error, 'sentence', error)}")
    known = f", {how_many(len(done.known), 'file')} in the library already" if done.known else ""
    failed = f", {how_many(len(done.failed), 'file')} left out" if done.failed else ""
    tell(f"{how_many(len(done.added), 'episode')} added{known}{failed}.")
    if len(done.added) <= FEW:
        tell_report(done.report)


def _document(done: Batch) -> dict[str, Any]:
    return {
        "added": [{"source": str(one.source), "path": one.folder, "note": one.note} for one in done.added],
        "known": [str(path) for path in done.known],
        "failed": [{"source": str(path), "reason": error.sentence} for path, error in done.failed.items()],
    }
