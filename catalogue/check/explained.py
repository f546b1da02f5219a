"""`docs/rules.md`: every rule in the words of its own docstring, with its examples.

`python -m catalogue.check.explained > docs/rules.md` writes it; the suite compares the two.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from catalogue.check.library_rule import EPISODE_RULES, LIBRARY_RULES
from catalogue.check.library_run import check_library  # its import fills the registries
from catalogue.check.online import ONLINE_RULES
from catalogue.check.rule import RULES, Rule
from catalogue.check.run_online import check_online

__all__ = ("check_library", "check_online", "render_rules")

# Letter → heading, and the language of its examples.
_GROUPS = {
    "X": ("The document", "xml"),
    "C": ("The show", "xml"),
    "I": ("The episodes", "xml"),
    "P": ("Podcasting 2.0", "xml"),
    "S": ("Show notes", "markdown"),
    "A": ("Audio files", "toml"),
    "H": ("Health", "yaml"),
}
_LANGUAGES = {"H03": "toml"}
_HEAD = """\
# What `castalogue check` looks for

`castalogue check` judges a feed as a directory or an app would, and the library behind it as a listener would. It says
where, what and how to mend it. Every finding carries its rule, the show or the episode it concerns, the value found and
whose demand it is; `castalogue check --json` gives the same to programs.

| Level | Meaning |
|-------|---------|
| error | A directory rejects the feed or the episode, or listeners see something broken. |
| warning | Required by the guidance of Apple or PSP-1, or known to bite. |
| advice | Better otherwise; nothing breaks. |

Errors make `check` end with exit code 1, warnings only with `--strict`. Neither keeps your site and your feed from
being served: what only a directory minds is for you to decide.

The level named is the usual one. Some rules weigh a lesser or a greater fault differently; the finding says so.
A feed that cannot be read at all gives a single finding, of X01 to X04, because nothing else about it can be known.

What only the catalogue can know is judged as well where it is known: whether the enclosure's length, type and duration
are those of the file (I04, I07, I15), whether a player can jump in it (I22), whether a published GUID changed (C13,
I10), and what is in a chapters file (P04). The rules of the last three groups look at the library alone: at notes,
audio files and what is said of health before they are a feed.

In the examples, a line such as `# seconds: 1200` says what is known besides. Elements of an episode stand in an
`<item>`, those of the show stand alone.

Sources: *Apple: RSS feed requirements*, *Apple: A Podcaster's Guide to RSS*, *Apple: technical updates 2022* and the
pages on categories, transcripts, chapters and audio are on podcasters.apple.com; *PSP-1* is the specification of the
Podcast Standards Project; *Podcasting 2.0* is the namespace documented at podcastindex.org; *RSS 2.0* is
cyber.harvard.edu/rss.

This page is made of what the rules say of themselves: `python -m catalogue.check.explained > docs/rules.md`.
"""
_ONLINE = """\
## Answers of servers

What addresses answer is judged with `castalogue check --online` alone. A rule here that shares its id with one above
goes on from it, and both are disabled together.
"""
_TAIL = """
## A rule of your own

A rule is one generator function in `catalogue/check/`. It asks by name for what it judges (`feed`, `facts`, and under
`@item_rule` the `item`; over the library `library`, and under `@episode_rule` the `episode`) and yields a `Flaw` for
everything that is wrong. Its docstring is its part of this page: the demand, `Mend:`, and the examples after `Passes:`
and `Fails:`, which the suite runs: the one must break no rule, the other this rule alone.
"""


def render_rules() -> str:
    """Write the whole page, in Markdown: rules in the order of their ids, group by group."""
    rules = (RULES | LIBRARY_RULES | EPISODE_RULES).values()
    online = sorted(ONLINE_RULES.values(), key=lambda rule: rule.id)
    return "\n".join([_HEAD, *_groups(sorted(rules, key=lambda rule: rule.id)), *_online(online)]) + _TAIL


def _online(rules: Iterable[Rule]) -> Iterator[str]:
    """Rules over answers; some go on from one over the feed and share its id."""
    yield _ONLINE
    for rule in rules:
        yield _section(rule, "http").replace(f"### {rule.id}", f"### {rule.id} online", 1)


def _groups(rules: Iterable[Rule]) -> Iterator[str]:
    known = list(rules)
    for letter, (heading, language) in _GROUPS.items():
        its = [rule for rule in known if rule.id.startswith(letter)]
        yield f"## {heading}\n"
        yield from _table(its)
        for rule in its:
            yield _section(rule, _LANGUAGES.get(rule.id, language))


def _table(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| Rule | Level | What it demands |\n|------|-------|-----------------|"
    for rule in rules:
        yield f"| [{rule.id}](#{rule.id.lower()}) | {rule.level.value} | {rule.demand} |"
    yield ""


def _section(rule: Rule, language: str) -> str:
    examples = "".join(
        f"{heading}:\n\n{_fenced(text, language)}\n"
        for heading, text in (("Passes", rule.passes), ("Fails", rule.fails))
        if text
    )
    return (
        f"### {rule.id}\n\n{rule.demand} ({rule.level.value})\n\nMend: {rule.mend} Source: {rule.source}.\n\n{examples}"
    )


def _fenced(text: str, language: str) -> str:
    """A block of code; one that is Markdown itself may hold no fence."""
    return f"```{language}\n{text}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(render_rules())
