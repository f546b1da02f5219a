"""Commands that write one episode's note or name: edit, new, rename, schedule, publish-now."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, episode_argument, opened, settings_of
from catalogue.cli.paths import NamedFile
from catalogue.cli.printing import tell, tell_report
from catalogue.cli.setting import date_change_option
from catalogue.errors import CatalogueError, ContentErrors, NotPublishable

if TYPE_CHECKING:
    from catalogue.actions.index import Report
    from catalogue.actions.note_editing import OpenNote, Saved
    from catalogue.actions.open import Place


@click.command()
@episode_argument
@date_change_option
@common_options
def edit(episode: str, allow_date_change: bool, **options: Any) -> None:
    """Edit the note of EPISODE (its slug, folder, GUID or file) in $VISUAL or $EDITOR; only a right one is saved."""
    from catalogue.actions.index import Wishes
    from catalogue.actions.note_editing import open_note

    with opened(settings_of(**options)) as place:
        note = open_note(place, episode)
        saved = _edit(place, note, episode, Wishes(allow_date_change=allow_date_change))
    if saved is None:
        tell("Nothing was changed.")
        return
    tell(f"Saved {saved.path}." if saved.is_changed else "Nothing was changed.")
    _end(saved.report)


def _edit(place: Place, note: OpenNote, name: str, wishes: Any) -> Saved | None:
    """Let somebody edit until it can be saved, or they give up; what they typed is kept in a file then."""
    from catalogue.actions.note_editing import save_note
    from catalogue.actions.scratch import write_draft

    draft = write_draft(note.content, ending=".md")
    while True:
        _open_editor(draft, note.content)
        content = draft.read_bytes()
        if content == note.content and not note.version:
            draft.unlink()
            return None
        try:
            saved = save_note(place, name, content, expected=note.version, wishes=wishes)
        except CatalogueError as error:
            tell(str(error))
            is_mendable = isinstance(error, (ContentErrors, NotPublishable))
            if is_mendable and sys.stdin.isatty() and click.confirm("Edit it again?", default=True, err=True):
                continue
            tell(f"Nothing was saved. What you typed is in {draft}.")
            sys.exit(1)
        draft.unlink()
        return saved


def _open_editor(draft: Path, offered: bytes) -> None:
    """Open $VISUAL, $EDITOR, or what the machine has; what was typed so far stays where it is if that fails."""
    try:
        click.edit(filename=str(draft))
    except click.ClickException as error:
        is_typed = draft.read_bytes() != offered
        tell(f"{error.format_message()}. Set EDITOR to an editor of yours.")
        if is_typed:
            tell(f"Nothing was saved. What you typed is in {draft}.")
        else:
            draft.unlink()
        sys.exit(1)


@click.command()
@click.argument("title")
@click.option("--number", help="The episode's number.")
@click.option("--season", help="The season's number.")
@click.option("--date", "published", metavar="WHEN", help="When it is to come out, once it is no draft any more.")
@click.option("--template", type=NamedFile(), help="A note to begin with.")
@click.option("--show", "show_folder", metavar="FOLDER", help="The show's folder, where the library holds several.")
@common_options
def new(title: str, show_folder: str | None, template: Path | None, **options: Any) -> None:
    """Begin an episode called TITLE: a note without audio yet, a draft. The audio goes beside it as audio.mp3."""
    from catalogue.actions.new_note import begin_episode, read_template
    from catalogue.library.notes.note_values import Bare

    keys = {name: Bare(value) for name in ("number", "season", "published") if (value := options.pop(name))}
    text = read_template(template) if template is not None else None
    with opened(settings_of(**options)) as place:
        begun = begin_episode(place, title, keys=keys, template=text, show_path=show_folder)
    tell(f"Written: {begun.note}, a draft. Put the audio beside it, as audio.mp3.")
    tell_report(begun.report)
    sys.exit(1 if begun.report.refused else 0)


@click.command()
@episode_argument
@click.argument("new_name")
@common_options
def rename(episode: str, new_name: str, **options: Any) -> None:
    """Give the folder or the files of EPISODE (its slug, folder or GUID) the name NEW_NAME; its addresses stay."""
    from catalogue.actions.renaming import rename_episode

    with opened(settings_of(**options)) as place:
        done = rename_episode(place, episode, new_name)
    for old, now in done.paths.items():
        tell(f"{old} → {now}")
    tell("GUID and addresses are what they were.")
    _end(done.report)


@click.command()
@episode_argument
@click.argument("when")
@common_options
def schedule(episode: str, when: str, **options: Any) -> None:
    """Let EPISODE (its slug, folder or GUID) come out at WHEN, such as "2027-03-01 08:00" where the show is."""
    from catalogue.actions.scheduling import schedule_episode

    with opened(settings_of(**options)) as place:
        saved = schedule_episode(place, episode, when)
    moment = saved.episode.published_at if saved.episode is not None else None
    tell(f"{saved.path} says published: {when.strip()} now{_in_utc(moment)}.")
    _end(saved.report)


@click.command("publish-now")
@episode_argument
@common_options
def publish_now(episode: str, **options: Any) -> None:
    """Let EPISODE (its slug, folder or GUID), a draft or one to come, come out now, dated now."""
    from catalogue.actions import scheduling

    with opened(settings_of(**options)) as place:
        saved = scheduling.publish_now(place, episode)
    moment = saved.episode.published_at if saved.episode is not None else None
    tell(f"{saved.path} is out{_in_utc(moment)}.")
    _end(saved.report)


def _in_utc(moment: datetime | None) -> str:
    return f" ({moment:%Y-%m-%d %H:%M} UTC)" if moment is not None else ""


def _end(report: Report) -> None:
    tell_report(report)
    sys.exit(1 if report.refused else 0)
