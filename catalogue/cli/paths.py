"""Files and days as they are typed: what is not there is said in one sentence, with the name that was meant."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click


class WrongPath(click.UsageError):
    """A path that leads to nothing of use; the command was typed rightly, so that its usage is not shown."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence alone, on standard error."""
        click.echo(f"castalogue: {self.format_message()}", file=file, err=file is None)


class NamedFile(click.Path):
    """A file that has to be there to be read."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the path; raises WrongPath, said as fault and mend."""
        path = Path(value)
        if path.is_dir():
            raise WrongPath(f"{shown(path)} is a folder. Name a file in it.")
        if not path.exists():
            raise absent(path)
        if not os.access(path, os.R_OK):
            raise WrongPath(f"{shown(path)} may not be read by you. Give yourself the right to, or copy it.")
        return super().convert(value, param, ctx)


class Day(click.ParamType[datetime]):
    """A day, written 2027-03-01."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the day's first moment, without a zone."""
        try:
            return datetime.strptime(value, "%Y-%m-%d")  # noqa: DTZ007  (a day alone has no zone)
        except ValueError:
            self.fail(f"{value!r} is no day. Write it like 2027-03-01.", param, ctx)


def absent(path: Path) -> WrongPath:
    """Say that there is no such file, with the nearest name beside it."""
    folder = path.parent
    if not folder.is_dir():
        return WrongPath(f"There is no folder {shown(folder)}, so no file in it. Write the path as it is on the disk.")
    near = nearest_name(path)
    mend = f"Did you mean {shown(near)}?" if near is not None else "Look at its name, and at the folder you are in."
    return WrongPath(f"There is no file {shown(path)} here. {mend}")


def nearest_name(path: Path) -> Path | None:
    """The file or folder whose name is nearest to one that is not there."""
    try:
        names = {one.name.casefold(): one for one in path.parent.iterdir()}
    except OSError:  # nobody may look into that folder
        return None
    near = difflib.get_close_matches(path.name.casefold(), names, 1, 0.7)
    return names[near[0]] if near else None


@contextmanager
def episode_or_file(source: str) -> Iterator[None]:
    """Say of what is no episode, but has the name of a file, that this file is not there."""
    from catalogue.errors import NotFound

    path = Path(source)
    try:
        yield
    except NotFound as error:
        if error.code != "no-episode":
            raise
        if path.is_dir():
            raise WrongPath(f"{shown(path)} is a folder, and no episode. Name a file in it, or an episode.") from error
        if path.suffix and "://" not in source:
            raise absent(path) from error
        raise


def shown(path: Path) -> str:
    """A path for a sentence, whatever bytes are in it."""
    return ascii(str(path))[1:-1] if not str(path).isprintable() else str(path)
