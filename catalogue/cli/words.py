"""Commands on what is said: chapters and transcript in another form, tags into the audio."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import click

from catalogue.cli.attaching import WithAttach, attach_chapters, attach_transcript
from catalogue.cli.options import (
    common_options,
    complete_episode,
    episode_argument,
    json_option,
    published,
    settings_of,
)
from catalogue.cli.paths import episode_or_file
from catalogue.cli.printing import print_json, report_document, tell, tell_report

# As in the tables of forms, which import parsers: a test compares the two.
CHAPTER_FORMS = ("json", "psc", "vtt", "audacity", "text")
TRANSCRIPT_FORMS = ("vtt", "srt", "json", "html", "txt")

_output = click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.File("wb", lazy=True, atomic=True),
    default="-",
    help="Write there, instead of to standard output.",
)


@click.command(cls=WithAttach, epilog="castalogue chapters attach EPISODE FILE puts a file beside an episode.")
@click.argument("source", metavar="EPISODE|FILE", shell_complete=complete_episode)
@click.option("--to", "form", type=click.Choice(CHAPTER_FORMS), default="json", help="In which form.")
@click.option("--length", metavar="TIME", help="How long the audio is, where nobody knows; vtt needs it.")
@_output
@common_options
def chapters(source: str, form: str, length: str | None, output: BinaryIO, **options: Any) -> None:
    """Write the chapters of an episode, or of a file of chapters, a note or audio, in another form."""
    from catalogue.actions import convert
    from catalogue.actions.chapter_forms import render_chapters_as
    from catalogue.formats.transcripts.spoken import find_time
    from catalogue.sandbox import Box

    stated = find_time(length) if length else None
    if length and stated is None:
        raise click.BadParameter(f"{length} is no time. Write it as 1:02:03.", param_hint="--length")
    if Path(source).is_file():
        with Box(1) as box:
            found = convert.chapters_of_file(Path(source), box)
    else:
        with episode_or_file(source), published(settings_of(**options)) as (place, _):
            found = convert.chapters_of_episode(place, source)
    content, remarks = render_chapters_as(found.chapters, form, path=found.name, length=stated or found.length)
    _put_out(content, remarks, output)


@click.command(cls=WithAttach, epilog="castalogue transcript attach EPISODE FILE puts a file beside an episode.")
@click.argument("source", metavar="EPISODE|FILE", shell_complete=complete_episode)
@click.option("--to", "form", type=click.Choice(TRANSCRIPT_FORMS), default="vtt", help="In which form.")
@click.option("--language", metavar="TAG", help="Of an episode's transcripts the one in it; of a file, what it is in.")
@_output
@common_options
def transcript(source: str, form: str, language: str | None, output: BinaryIO, **options: Any) -> None:
    """Write the transcript of an episode, or of a file, in another form."""
    from catalogue.actions import convert
    from catalogue.actions.transcript_forms import render_transcript_as
    from catalogue.sandbox import Box

    if Path(source).is_file():
        with Box(1) as box:
            found = convert.transcript_of_file(Path(source), box, language=language)
    else:
        with episode_or_file(source), published(settings_of(**options)) as (place, _):
            found = convert.transcript_of_episode(place, source, language=language)
    content, remarks = render_transcript_as(
        found.cues, form, path=found.name, language=found.language, length=found.length
    )
    _put_out(content, remarks, output)


chapters.attach = attach_chapters
transcript.attach = attach_transcript


@click.command()
@episode_argument
@click.option("--tag-version", "id3", type=click.Choice(("2.3", "2.4")), default="2.4", help="Which ID3 tags to write.")
@click.option("--no-cover", is_flag=True, help="Leave the pictures in the audio as they are.")
@json_option
@common_options
def tag(episode: str, id3: str, no_cover: bool, as_json: bool, **options: Any) -> None:
    """Write title, number, season, chapters and cover of EPISODE into its audio files, and index."""
    from catalogue.actions.tagging import tag_episode

    with published(settings_of(**options)) as (place, _):
        tagged = tag_episode(place, episode, id3_version=int(id3[-1]), with_cover=not no_cover)
    if as_json:
        print_json(report_document(tagged.report) | {"written": list(tagged.written), "lost": list(tagged.remarks)})
    else:
        tell(f"Tagged: {', '.join(tagged.written)}." if tagged.written else "Its tags say all of it already.")
        for remark in tagged.remarks:
            tell(remark)
        tell_report(tagged.report)
    sys.exit(1 if tagged.report.refused else 0)


def _put_out(content: bytes, remarks: Iterable[str], output: BinaryIO) -> None:
    output.write(content)
    output.flush()
    for remark in remarks:
        tell(remark)
