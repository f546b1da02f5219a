"""Rules over the library: what a feed cannot show, or shows too late.

They ask by name for `library`, and under `@episode_rule`, which takes one episode at a time, for `episode`
(LibraryEpisode); under `@notes_rule` for `notes`, too, which are the episode's and then those of each translation,
whose `language` is `""` for the episode's own. Where a value stands in which file is looked up only for what is
wrong (`FindPlace`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from catalogue.check.facts import LibraryEpisode, LibraryFacts
from catalogue.check.rule import Finding, Flaw, Judgement, Level, Rule, add_rule, read_rule, shortened, wanted_by
from catalogue.domain.episode import Episode

LIBRARY_RULES: dict[str, Rule] = {}
"""Over a show as a whole: they judge LibraryFacts."""
EPISODE_RULES: dict[str, Rule] = {}
"""Over an episode: they judge LibraryFacts and LibraryEpisode."""


class Place(NamedTuple):
    """A file of the library, and the line in it where known."""

    path: str
    line: int | None = None


FindPlace = Callable[[LibraryFacts, Flaw], Place]
"""Tells where a flaw is to be mended."""


def library_rule(rule_id: str, level: Level, *, source: str) -> Callable[[Judgement], Judgement]:
    """Register a rule over a show of the library as a whole."""

    def register(judge: Judgement) -> Judgement:
        add_rule(LIBRARY_RULES, read_rule(rule_id, level, source=source, explained=judge, judge=judge))
        return judge

    return register


def episode_rule(rule_id: str, level: Level, *, source: str) -> Callable[[Judgement], Judgement]:
    """Register a rule over each episode of a show; its flaws get the episode by themselves."""

    def register(judge: Judgement) -> Judgement:
        wanted = wanted_by(judge)

        def judge_episode(library: LibraryFacts, episode: LibraryEpisode) -> Iterator[Flaw]:
            known: dict[str, Any] = {"library": library, "episode": episode}
            for flaw in judge(**{name: known[name] for name in wanted}):
                yield replace(flaw, episode=episode)

        add_rule(EPISODE_RULES, read_rule(rule_id, level, source=source, explained=judge, judge=judge_episode))
        return judge

    return register


def notes_rule(rule_id: str, level: Level, *, source: str) -> Callable[[Judgement], Judgement]:
    """Register a rule over all notes of each episode; its flaws get the episode and the language by themselves."""

    def register(judge: Judgement) -> Judgement:
        wanted = wanted_by(judge)

        def judge_notes(library: LibraryFacts, episode: LibraryEpisode) -> Iterator[Flaw]:
            known: dict[str, Any] = {"library": library, "episode": episode}
            for known["language"], known["notes"] in _all_notes(episode.episode):
                for flaw in judge(**{name: known[name] for name in wanted}):
                    yield replace(flaw, episode=episode, language=known["language"])

        add_rule(EPISODE_RULES, read_rule(rule_id, level, source=source, explained=judge, judge=judge_notes))
        return judge

    return register


def _all_notes(episode: Episode) -> Iterator[tuple[str, str]]:
    yield "", episode.notes
    yield from ((translation.language, translation.notes) for translation in episode.translations)


def no_place(_: LibraryFacts, flaw: Flaw) -> Place:
    """Where nobody looks it up: the file that the flaw itself names, with the line in the notes."""
    return Place(flaw.path, flaw.notes_line)


def library_findings(library: LibraryFacts, find_place: FindPlace) -> Iterator[Finding]:
    """Judge a show of the library by every rule: the show, then episode by episode."""
    for rule in LIBRARY_RULES.values():
        for flaw in rule.judge(library):
            yield _finding(rule, flaw, library, find_place=find_place)
    for episode in library.episodes:
        for rule in EPISODE_RULES.values():
            for flaw in rule.judge(library, episode):
                yield _finding(rule, flaw, library, find_place=find_place)


def _finding(rule: Rule, flaw: Flaw, library: LibraryFacts, *, find_place: FindPlace) -> Finding:
    episode = flaw.episode.episode if flaw.episode else None
    path, line = find_place(library, flaw)
    return Finding(
        rule=rule.id,
        level=flaw.level or rule.level,
        message=flaw.message,
        where=episode.title if episode else library.show.title,
        guid=episode.guid if episode else "",
        value=shortened(flaw.value or ""),
        source=rule.source,
        mend=rule.mend,
        file=path,
        file_line=line,
    )
