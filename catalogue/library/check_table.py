"""`[check.disable]` of `show.toml`: which rules of the linter are not for this show, and why.

It is read when somebody checks, and by nobody else: a mistake in it changes no feed.
"""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.errors import ShowFileError
from catalogue.library.notes.fields import Field, plain_lines, read_utf8
from catalogue.library.notes.toml_fields import read_toml

CHECK_KEY, DISABLE_KEY = "check", "disable"


@dataclass(frozen=True, kw_only=True)
class Disabled:
    """A rule that is not for this show, the reason in the producer's words, and the line that says so."""

    rule: str
    reason: str
    line: int


@dataclass(frozen=True, kw_only=True)
class CheckTable:
    """What a show says of its check, and the mistakes in that, each with its line."""

    disabled: tuple[Disabled, ...] = ()
    errors: tuple[ShowFileError, ...] = ()


def read_check_table(content: bytes, path: str) -> CheckTable:
    """Read the table of a `show.toml`; what is wrong in it is in the answer, beside what is right.

    Raises ContentErrors where the file cannot be read at all. Whether there is such a rule, whoever knows them tells.
    """
    fields = read_toml(plain_lines(read_utf8(content, path=path, error=ShowFileError)), path=path, error=ShowFileError)
    field = fields.get(CHECK_KEY)
    if field is None:
        return CheckTable()
    errors: list[ShowFileError] = []
    disabled: list[Disabled] = []
    for key, inner in _entries(field, errors, path, what="`check`"):
        if key != DISABLE_KEY:
            template = "There is no key `{key}` in `check`. The one key is `disable`."
            errors.append(ShowFileError("unknown-key", template, path=path, line=inner.line, key=key[:60]))
            continue
        for rule, reason in _entries(inner, errors, path, what="`check.disable`"):
            if (one := _disabled(rule, reason, errors, path)) is not None:
                disabled.append(one)
    return CheckTable(disabled=tuple(disabled), errors=tuple(errors))


def _entries(field: Field, errors: list[ShowFileError], path: str, *, what: str) -> list[tuple[str, Field]]:
    if isinstance(field.value, dict):
        return list(field.value.items())
    template = '{what} takes a table. Write [check.disable] and below it a rule and its reason: I06 = "…".'
    errors.append(ShowFileError("not-a-table", template, path=path, line=field.line, what=what))
    return []


def _disabled(rule: str, reason: Field, errors: list[ShowFileError], path: str) -> Disabled | None:
    if not isinstance(reason.value, str) or reason.is_empty:
        template = 'Rule {rule} is disabled without a reason. Write why: {rule} = "We publish Opus on purpose."'
        errors.append(ShowFileError("no-reason", template, path=path, line=reason.line, rule=rule[:20]))
        return None
    return Disabled(rule=rule.strip().upper(), reason=" ".join(reason.value.split()), line=reason.line)
