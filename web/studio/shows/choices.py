"""What a form lets choose from: languages by their names, time zones by continent."""

from __future__ import annotations

import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

# Kinds of a language that are written or spoken so differently that listeners look for one of them.
_REGIONAL = ("en-GB", "en-US", "es-419", "es-ES", "es-MX", "fr-CA", "pt-BR", "pt-PT", "zh-Hans", "zh-Hant")
# The first part of an IANA name, where it is a part of the world; others are older names of the same zones.
_REGIONS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"),
)
UTC = "UTC"


@cache
def languages_to_choose(spoken: str) -> tuple[tuple[str, str], ...]:
    """List languages as tag and name, by their names in the language `spoken`."""
    names = Locale.parse(spoken).languages
    plain = [(tag, str(name)) for tag, name in names.items() if len(tag) == 2]
    regional = [(tag, str(Locale.parse(tag, sep="-").get_display_name(spoken))) for tag in _REGIONAL]
    named = ((tag, name[:1].upper() + name[1:]) for tag, name in (*plain, *regional))
    return tuple(sorted(named, key=lambda one: _folded(one[1])))


@cache
def zones_to_choose() -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
    """List time zones by part of the world: the IANA name, the place it is named after, other names of the same zone.

    A zone stands there once, under its newest name; browsers know some by an older one (Asia/Calcutta).
    """
    older: dict[str, list[str]] = {}
    for alias, name in get_global("zone_aliases").items():
        older.setdefault(name, []).append(alias)
    aliases = {alias for names in older.values() for alias in names}
    parts: dict[str, list[tuple[str, str, str]]] = {region: [] for region in _REGIONS}
    for name in sorted(available_timezones() - aliases):
        region, _, where = name.partition("/")
        if region in parts and where:
            place = where.replace("_", " ").replace("/", " › ")
            parts[region].append((name, place, " ".join(sorted(older.get(name, ())))))
    return tuple((region, tuple(zones)) for region, zones in parts.items())


def _folded(name: str) -> str:
    """A name as it is sorted: its accents count for nothing."""
    return "".join(sign for sign in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(sign))
