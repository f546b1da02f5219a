"""How things are told on a terminal: messages on standard error, data on standard output.

What somebody asked to see is data (a plan, findings); what happens on the way to something else is a message. So
the functions that tell either take `say`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from catalogue.actions.index import Report
    from catalogue.domain.plan import EpisodePlan, Problem, ShowPlan

MARKS = {"error": "✗", "warning": "!", "notice": "·", "advice": "·"}
COLOURS = {"error": "red", "warning": "yellow"}
CHANGE_WORDS = {
    "new": "new",
    "changed": "changed",
    "audio": "changed, may download again",
    "missing": "missing: stays in the feed without its audio",
    "returned": "returned",
    "drafted": "becomes a draft: leaves the feed",
    "withdrawn": "withdrawn: leaves feed and site for good",
    "held": "held",
}

PAGE_NOUNS = {
    "topics": "topic page",
    "pages": "plain page",
    "draft": "draft",
    "event": "event",
    "person": "people page",
}


def print_json(value: object) -> None:
    """Print JSON, readable and in UTF-8."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def tell(text: str) -> None:
    """Say something to the person, on standard error."""
    click.echo(text, err=True)


def tell_problems(problems: Iterable[Problem], *, say: Callable[[str], None] = tell) -> None:
    """Say each problem in a line."""
    for problem in problems:
        say(marked(problem.severity.value, str(problem)))


def tell_report(report: Report, *, say: Callable[[str], None] = tell) -> None:
    """Say what a run does to each show, then what is wrong."""
    if not (report.shows or report.refused or report.put_off):
        say("There is no show here yet. castalogue init makes the folder one.")
    for show in report.shows:
        news = [episode for episode in show.episodes if episode.change.value != "same"]
        lines = (f"  {_change_line(episode)}" for episode in news)
        # At once: a terminal takes ten thousand single lines at its leisure.
        say("\n".join((f"{show.show.title}: {_state(show, len(news))}", *lines)))
    tell_pages(report, say=say)
    tell_problems(report.problems, say=say)


def tell_pages(report: Report, *, say: Callable[[str], None]) -> None:
    """Say how many pages, events and notes about people were written for the site, where there are any."""
    kinds = Counter("draft" if page.draft else page.kind.value for page in report.pages)
    kinds.update(event=report.events, person=report.people)
    told = [how_many(kinds[kind], noun) for kind, noun in PAGE_NOUNS.items() if kinds[kind]]
    if told:
        say(f"Written for the site: {', '.join(told)}")


def report_document(report: Report) -> dict[str, Any]:
    """A run as JSON: counts, what was refused and why, what was remarked, the episodes that change."""
    return {
        "counts": {
            "shows": len(report.shows),
            **report.counts,
            "pages": len(report.pages),
            "events": report.events,
            "people": report.people,
            "refused": len(report.refused),
        },
        "episodes": [
            {
                "show": show.show.slug,
                "change": one.change.value,
                "guid": one.episode.guid,
                "slug": one.episode.slug,
                "title": one.episode.title,
                "details": list(one.details),
            }
            for show in report.shows
            for one in show.episodes
            if one.change.value != "same"
        ],
        "refused": [problem_document(problem) for problem in report.refused],
        "remarks": [problem_document(problem) for problem in report.problems if problem not in report.refused],
        "waiting": list(report.waiting),
    }


def problem_document(problem: Problem) -> dict[str, Any]:
    """A problem as JSON."""
    return {
        "path": problem.path,
        "line": problem.line,
        "code": problem.code,
        "severity": problem.severity.value,
        "reason": problem.message,
    }


def how_many(number: int, noun: str) -> str:
    """A number and what it counts.

    >>> how_many(1, "show"), how_many(0, "error")
    ('1 show', '0 errors')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def progress_bar(label: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, a line now and then elsewhere, nothing where there is nothing to do."""
    if quiet:
        yield lambda _done, _total: None
        return
    if not sys.stderr.isatty():
        yield _plain_progress(label)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _plain_progress(label: str) -> Callable[[int, int], None]:
    def tell_progress(done: int, total: int) -> None:
        step = max(1, total // 10)
        if total >= 50 and (done % step == 0 or done == total):
            tell(f"{label}: {done} of {total}")

    return tell_progress


def _state(show: ShowPlan, news: int) -> str:
    if show.is_new:
        return "new show"
    changes = ["what is said of the show changes"] if show.show_changed else []
    changes += [f"{news} of its episodes change"] if news else []
    return ", ".join(changes) or "nothing changes"


def _change_line(episode: EpisodePlan) -> str:
    details = f" ({', '.join(episode.details)})" if episode.details else ""
    return f"{CHANGE_WORDS[episode.change.value]}: {episode.episode.title}{details}"


def marked(level: str, text: str) -> str:
    """A text behind the mark of its level."""
    colour = COLOURS.get(level)
    mark = click.style(MARKS[level], fg=colour) if colour else MARKS[level]
    return f"{mark} {text}"
