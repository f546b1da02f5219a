"""The command `check`: the library, feeds in files, feeds on the web."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.findings import print_annotations, print_findings_json, print_text, told_levels
from catalogue.cli.options import common_options, json_option, links_of, published, settings_of
from catalogue.cli.printing import tell, tell_problems
from catalogue.errors import ConfigError

if TYPE_CHECKING:
    from catalogue.actions.check_asking import Asking
    from catalogue.actions.check_fixing import Fixes
    from catalogue.actions.checked import Checked
    from catalogue.actions.open import Place
    from catalogue.config import Settings
    from catalogue.domain.plan import Problem

FORMATS = ("text", "json", "github")
# How files are called that lie in the folder of a show or of one episode.
_FOLDERS_OWN = frozenset("artwork audio catalogue chapters cover episode ledger show transcript".split())


@click.command()
@click.argument("what", nargs=-1)
@click.option("--online", is_flag=True, help="Ask the addresses in the feeds, too, as directories do.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--fix", is_flag=True, help="Mend in the library what needs nobody's judgement, and show it.")
@click.option("--dry-run", is_flag=True, help="With --fix: show what would be mended, and write nothing.")
@click.option("--format", "shape", type=click.Choice(FORMATS), default="text", help="How to print what is found.")
@json_option
@common_options
def check(what: tuple[str, ...], *, shape: str, as_json: bool, strict: bool, **options: Any) -> None:
    """Check the library, or WHAT: a show, an episode, a feed in a file or at its address.

    By the rules of Apple, PSP-1, Podcasting 2.0 and experience.
    """
    wish = _Wish(is_online=options.pop("online"), is_fixed=options.pop("fix"), is_dry=options.pop("dry_run"))
    settings = settings_of(**options)
    strangers = tuple(one for one in what if _is_stranger(one, settings.library))
    parts = tuple(_part(one, settings.library) for one in what if one not in strangers)
    if (wish.is_fixed and strangers) or (wish.is_dry and not wish.is_fixed):
        raise click.UsageError("--fix mends your own library alone, and --dry-run goes with --fix.")
    result = _Result(found=_check_strangers(strangers, settings, wish))
    if parts or not what:
        own = _check_library(() if "" in parts else parts, settings, wish)
        result = replace(own, found=(*result.found, *own.found))
    _show(result, shape="json" if as_json else shape, library=settings.library)
    levels = told_levels(result.found, result.problems)
    sys.exit(1 if "error" in levels or (strict and "warning" in levels) else 0)


@dataclass(frozen=True, kw_only=True)
class _Wish:
    """What is wished beside being told what is wrong."""

    is_online: bool
    is_fixed: bool
    is_dry: bool


@dataclass(frozen=True, kw_only=True)
class _Result:
    """What was found, in the last index too, and what was mended or would be (None: nobody asked)."""

    found: tuple[Checked, ...] = ()
    problems: tuple[Problem, ...] = ()
    fixes: Fixes | None = None


def _check_strangers(strangers: tuple[str, ...], settings: Settings, wish: _Wish) -> tuple[Checked, ...]:
    """Check feeds that somebody else may have written."""
    from catalogue.actions import check_stranger as stranger
    from catalogue.sandbox import Box

    if not strangers:
        return ()
    asking, found = _asking(settings), []
    with Box(1, stranger.FEED_LIMITS) as box:
        for one in strangers:
            if _is_address(one):
                check_one = stranger.check_address_online if wish.is_online else stranger.check_address
                found.append(check_one(one, asking, box=box))
            elif wish.is_online:
                found.append(stranger.check_file_online(Path(one), asking, box=box))
            else:
                found.append(stranger.check_file(Path(one), box=box))
    return tuple(found)


def _check_library(parts: tuple[str, ...], settings: Settings, wish: _Wish) -> _Result:
    """Check the library, mend it where that is wished, and check what came of it."""
    from catalogue.actions.check_fixing import apply_fixes, find_fixes
    from catalogue.actions.check_library import LibraryCheck
    from catalogue.actions.publish import Publication

    with published(settings) as (place, publication):
        asking = _asking_of_place(place) if wish.is_online else None
        library = LibraryCheck(place, publication, links=links_of(place), now=datetime.now(UTC), asking=asking)
        found = library.shows(parts)
        fixes = find_fixes(place, found) if wish.is_fixed else None
        if fixes is not None and fixes.files and not wish.is_dry:
            tell_problems(apply_fixes(place, fixes.files).refused)
            library = library.anew(Publication(place.index, place.storage, place.derived))
            found = library.shows(parts)
        problems = (*library.problems(parts), *(fixes.problems if fixes is not None else ()))
    return _Result(found=found, problems=problems, fixes=fixes)


def _show(result: _Result, *, shape: str, library: Path) -> None:
    found, problems, fixes = result.found, result.problems, result.fixes
    files = fixes.files if fixes is not None else ()
    if shape == "json":
        fixed = [{"path": one.path, "rules": list(one.rules), "diff": one.diff()} for one in files]
        print_findings_json(found, problems, **({} if fixes is None else {"fixed": fixed}))
        return
    for one in files if shape != "github" else ():  # a line of a file could be a command to GitHub's runner
        click.echo(one.diff(), nl=False)
    if fixes is not None and not files:
        tell("Nothing here can be mended by a machine.")
    if shape == "github":
        print_annotations(found, problems, library=library)
    else:
        print_text(found, problems)


def _asking_of_place(place: Place) -> Asking:
    """Whom to ask of the library's own addresses; raises ConfigError where nobody knows these."""
    from catalogue.actions.open import base_url_of

    if base_url_of(place) is None:
        raise ConfigError(
            "no-public-address",
            "--online asks the public address, and none is known. Name it: --base-url https://your.domain.",
        )
    return _asking(place.settings)


def _asking(settings: Settings) -> Asking:
    from catalogue.actions.check_asking import Asking
    from catalogue.actions.check_covers import open_covers
    from catalogue.outside.guard import open_guard

    return Asking(guard=open_guard(settings), covers=open_covers(settings, today=datetime.now(UTC).date()))


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def _is_stranger(text: str, library: Path) -> bool:
    """Whether it is a feed that was typed, and no part of the library."""
    file = Path(text)
    return _is_address(text) or (file.is_file() and not _is_in(file, library)) or _has_feed_ending(file)


def _has_feed_ending(file: Path) -> bool:
    return file.suffix.lower() in {".xml", ".rss"} and file.is_file()


def _is_in(file: Path, library: Path) -> bool:
    return file.resolve().is_relative_to(library.resolve())


def _part(text: str, library: Path) -> str:
    """The part of the library that is meant: a path on the disk is that of the show or the episode it belongs to."""
    path = Path(text)
    if not path.exists() or not _is_in(path, library):
        return text
    from catalogue.library.roles import split_language

    inside = path.resolve().relative_to(library.resolve())
    if path.is_file():
        is_of_folder = inside.name.partition(".")[0].lower() in _FOLDERS_OWN
        stem, _ = split_language(inside.stem.removesuffix(".chapters"))
        inside = inside.parent if is_of_folder else inside.with_name(stem)
    return "" if inside == Path() else inside.as_posix()
