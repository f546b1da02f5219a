"""All rules over a show of the library."""

from __future__ import annotations

# imported for their rules, which register themselves
from catalogue.check import audio_rules, health_rules, show_notes_rules  # noqa: F401
from catalogue.check.facts import LibraryFacts
from catalogue.check.library_rule import FindPlace, library_findings, no_place
from catalogue.check.rule import Finding
from catalogue.check.run import weight


def check_library(library: LibraryFacts, *, find_place: FindPlace = no_place) -> tuple[Finding, ...]:
    """Judge a show by every rule over the library: errors first, then by rule, file and line.

    `find_place` tells where a flaw is to be mended; it is asked only for what is wrong.
    """
    return tuple(sorted(library_findings(library, find_place), key=_weight))


def _weight(finding: Finding) -> tuple[int, str, int, str, int]:
    return *weight(finding), finding.file, finding.file_line or 0
