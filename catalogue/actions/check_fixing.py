"""Mend in the library what a check found and a machine can mend: read the file, splice, read again, replace.

Each file is written only if it is still the one that was read, under the lease of its show, and indexed at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalogue.actions.check_fixes import ANSWERED_FIXES, NOTE_FIXES, SHOW_FIXES, Values
from catalogue.actions.checked import Checked
from catalogue.actions.facts import problems_of, read_whole
from catalogue.actions.index import Report, Wishes, index_leased
from catalogue.actions.leases import open_lease
from catalogue.actions.open import Place
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import ContentError, ContentErrors
from catalogue.library.folder import SHOW_NAME
from catalogue.library.notes.front_matter import LINE
from catalogue.library.notes.text_edits import (
    TextChange,
    change_note_text,
    change_show_text,
    note_values,
    show_values,
)


@dataclass(frozen=True, kw_only=True)
class FileFix:
    """A file as it will be, for which rules, and the version of the file whose place it takes."""

    show_path: str
    path: str
    rules: tuple[str, ...]
    before: bytes
    after: bytes
    version: str

    def diff(self) -> str:
        """What changes, as a unified diff without a timestamp."""
        before, after = (LINE.findall(content.decode("utf-8", "replace")) for content in (self.before, self.after))
        found = difflib.unified_diff(before, after, fromfile=f"a/{self.path}", tofile=f"b/{self.path}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in found)


@dataclass(frozen=True, kw_only=True)
class Fixes:
    """What can be mended, and what should be but only a person can write."""

    files: tuple[FileFix, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_fixes(place: Place, checked: Iterable[Checked]) -> Fixes:
    """Find what can be mended of what was found; writes nothing."""
    files: list[FileFix] = []
    problems: list[Problem] = []
    for one in checked:
        for path, rules in _mendable_files(one).items():
            try:
                fix = _fix(place, one, path, rules=rules)
            except (ContentError, ContentErrors) as error:
                problems += problems_of(error, path, Severity.WARNING)
                continue
            files += [fix] if fix is not None else []
    return Fixes(files=tuple(files), problems=tuple(problems))


def apply_fixes(place: Place, fixes: Sequence[FileFix], wishes: Wishes | None = None) -> Report:
    """Write what was found, and index it.

    Raises StaleEdit where somebody wrote a file meanwhile, Conflict, ContentError. What was
    written before that stays: each file is whole by itself.
    """
    wishes = wishes or Wishes()
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist(sorted({fix.show_path for fix in fixes}))
        for fix in fixes:
            place.storage.replace(fix.path, fix.after, expected=fix.version)
        return index_leased(place, wishes, lease)


def _mendable_files(checked: Checked) -> Mapping[str, tuple[str, ...]]:
    """The files with findings that can be mended → the rules of these; none of a stranger's feed."""
    files: dict[str, dict[str, None]] = {}
    for finding in checked.findings if checked.show_path is not None else ():
        known = SHOW_FIXES if _is_show_file(finding.file) else NOTE_FIXES.keys() | ANSWERED_FIXES.keys()
        if finding.rule in known and finding.file.endswith((SHOW_NAME, ".md")):
            files.setdefault(finding.file, {})[finding.rule] = None
    return {path: tuple(rules) for path, rules in files.items()}


def _fix(place: Place, checked: Checked, path: str, *, rules: tuple[str, ...]) -> FileFix | None:
    """What is to be written of a file; None where nothing can be mended in it after all."""
    listed = place.storage.stat(path)
    if listed is None:
        return None
    before = after = read_whole(place.storage, path, limit_bytes=NOTE_LIMIT_BYTES)
    read, change = (show_values, change_show_text) if _is_show_file(path) else (note_values, change_note_text)
    for rule in rules:
        for one in _changes(rule, read(after, path), checked, path):
            after = change(after, one, path)
    if after == before:
        return None
    show_path = checked.show_path or ""
    return FileFix(show_path=show_path, path=path, rules=rules, before=before, after=after, version=listed.version)


def _changes(rule: str, values: Values, checked: Checked, path: str) -> Iterator[TextChange]:
    if _is_show_file(path):
        return SHOW_FIXES[rule](values)
    if rule in NOTE_FIXES:
        return NOTE_FIXES[rule](values)
    enclosure = values.get("enclosure")
    url = str(enclosure.get("url", "")).strip() if isinstance(enclosure, dict) else ""
    reply = checked.online.replies.get(url) if checked.online is not None else None
    return ANSWERED_FIXES[rule](values, reply) if reply is not None and reply.is_there else iter(())


def _is_show_file(path: str) -> bool:
    return path.rpartition("/")[2] == SHOW_NAME
