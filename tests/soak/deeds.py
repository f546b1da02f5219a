"""What producers do to their folders; each deed changes a LibraryModel, or says that it cannot.

`CLEAR` names the deeds that, alone between two looks, leave no doubt: holding anything after one is a fault.
What even a careful person could not tell apart is not done between two looks; each guard says why.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from library_model import LibraryModel, Unit, copied, spelled

# How many episodes have their sound on another server.
REMOTE = 0.2
CLEAR = frozenset(
    "add rename move change_kind retag reencode edit_note change_case respell delete restore_there restore_elsewhere"
    " nothing".split()
)


def add(model: LibraryModel) -> bool:
    group, name, is_folder = model.free_place()
    who = model.number()
    note = model.chance.choice((None, "Notes.\n", f'---\nguid: "stated-{who}"\n---\nNotes.\n'))
    unit = Unit(group=group, name=name, is_folder=is_folder, who=who, sound=model.number(), note=note)
    unit.is_remote = model.chance.random() < REMOTE
    model.write(unit)
    model.units.append(unit)
    unit.deeds.add("add")
    return True


def rename(model: LibraryModel) -> bool:
    unit = _any(model)
    if unit is None:
        return False
    _, name, _ = model.free_place()
    return _moved(model, unit, unit.group, name, unit.is_folder)


def move(model: LibraryModel) -> bool:
    unit = _any(model)
    return unit is not None and _moved(model, unit, *model.free_place())


def change_kind(model: LibraryModel) -> bool:
    """`talk.mp3` becomes `talk/audio.mp3`, or the other way round."""
    unit = _any(model)
    if unit is None:
        return False
    model.move(unit, unit.group, unit.name, not unit.is_folder)
    return True


def take_place(model: LibraryModel) -> bool:
    """Move files where others lay that went elsewhere or were deleted."""
    unit = _any(model, but={"reencode", "add"})  # unknown sound in an episode's place is that episode's, re-encoded
    left = [place for place in model.left if model.is_free(*place)]
    if unit is None or not left:
        return False
    unit.deeds.add("take_place")
    return _moved(model, unit, *model.chance.choice(left), unit.is_folder)


def change_case(model: LibraryModel) -> bool:
    unit = _any(model)
    return unit is not None and _moved(model, unit, unit.group, unit.name.swapcase(), unit.is_folder)


def respell(model: LibraryModel) -> bool:
    """The same name in the other Unicode normal form, as a Mac's disk writes it."""
    unit = _any(model)
    if unit is None:
        return False
    form = "NFD" if unicodedata.is_normalized("NFC", unit.name) else "NFC"
    return _moved(model, unit, unit.group, unicodedata.normalize(form, unit.name), unit.is_folder)


def retag(model: LibraryModel) -> bool:
    """Write other tags: other bytes, the same sound."""
    unit = _any(model)
    # Never seen before, or not since it lies elsewhere, and a retagged copy beside it: either may be the original.
    if unit is None or (_original(model, unit).deeds and _has_copy(model, unit)):
        return False
    unit.tags = model.number()
    (model.root / unit.audio).write_bytes(model.bytes_of(unit))
    unit.deeds.add("retag")
    return True


def reencode(model: LibraryModel) -> bool:
    """Write another sound: only the place says who it is."""
    unit = _any(model, but={"take_place", "restore"})
    if unit is None or _has_copy(model, unit):  # whose sound lies elsewhere has moved there
        return False
    # In the place of one whose own sound is nowhere, an unknown sound is that one's, re-encoded.
    heard = [one for one in model.units if "swap_names" in one.deeds and "reencode" not in one.deeds]
    if unit in heard and len(heard) == 1:
        return False
    unit.sound = model.number()
    (model.root / unit.audio).write_bytes(model.bytes_of(unit))
    unit.deeds.add("reencode")
    return True


def swap_bytes(model: LibraryModel) -> bool:
    """Exchange the sounds of two episodes: a note that states a GUID stays, else an episode goes with its sound."""
    one, other = _two(model)
    # The sound of a file and an address cannot be exchanged.
    if one is None or other is None or one.is_remote is not other.is_remote:
        return False
    one.sound, other.sound, one.tags, other.tags = other.sound, one.sound, other.tags, one.tags
    for unit in (one, other):
        (model.root / unit.audio).write_bytes(model.bytes_of(unit))
    if not (one.states_guid or other.states_guid):
        one.who, other.who = other.who, one.who
        for unit in (one, other):
            unit.deeds.add("swap_bytes")
    else:
        one.deeds.add("exchange")
        other.deeds.add("exchange")
    return True


def swap_names(model: LibraryModel) -> bool:
    one, other = _two(model)
    if one is None or other is None:
        return False
    model.swap_places(one, other)
    for unit in (one, other):
        unit.deeds.add("swap_names")
    return True


def copy(model: LibraryModel) -> bool:
    unit = _any(model, but={"reencode"})
    if unit is None:
        return False
    twin = copied(unit, *model.free_place())
    model.write(twin)
    model.units.append(twin)
    return True


def delete(model: LibraryModel) -> bool:
    unit = _any(model)
    # Deleted before anybody saw it, or its new sound, nobody knows it when it comes back; nor who has its old one.
    if unit is None or unit.deeds & {"add", "reencode", "exchange"}:
        return False
    # An unknown sound in a place whose own sound then is nowhere is that episode's, re-encoded.
    if any("reencode" in one.deeds for one in model.units):
        return False
    model.delete(unit)
    return True


def restore_there(model: LibraryModel) -> bool:
    return _restored(model, elsewhere=False)


def restore_elsewhere(model: LibraryModel) -> bool:
    return _restored(model, elsewhere=True)


def edit_note(model: LibraryModel) -> bool:
    unit = _any(model)
    if unit is None:
        return False
    unit.note = f"{unit.note or ''}Sentence {model.number()}.\n"
    model.write_note(unit)
    return True


def nothing(_: LibraryModel) -> bool:
    return True


# Who was never seen with its own sound, or not since it is back, has none to exchange.
NOT_EXCHANGED = {"reencode", "add", "restore"}
DEEDS: tuple[Callable[[LibraryModel], bool], ...] = (
    *(add, rename, move, change_kind, take_place, change_case, respell, retag, reencode, swap_bytes, swap_names),
    *(copy, delete, restore_there, restore_elsewhere, edit_note, nothing),
)


def _any(model: LibraryModel, *, but: frozenset[str] | set[str] = frozenset()) -> Unit | None:
    units = [unit for unit in model.units if not but & unit.deeds]
    return model.chance.choice(units) if units else None


def _two(model: LibraryModel) -> tuple[Unit | None, Unit | None]:
    """Two episodes to exchange, neither a copy or copied nor re-encoded or new: else there is nothing to exchange."""
    fit = [one for one in model.units if one.who and not _has_copy(model, one) and not one.deeds & NOT_EXCHANGED]
    return tuple(model.chance.sample(fit, 2)) if len(fit) > 1 else (None, None)  # type: ignore[return-value]


def _has_copy(model: LibraryModel, unit: Unit) -> bool:
    return sum(one.whose == unit.whose for one in model.units) > 1


def _original(model: LibraryModel, unit: Unit) -> Unit:
    return next((one for one in model.units if one.who == unit.whose), unit)


def _moved(model: LibraryModel, unit: Unit, group: str, name: str, is_folder: bool) -> bool:
    is_same = (unit.group, spelled(unit.name)) == (group, spelled(name))
    if not is_same and not model.is_free(group, name):
        return False
    if "retag" in unit.deeds and _has_copy(model, unit):
        return False
    model.move(unit, group, name, is_folder)
    return True


def _restored(model: LibraryModel, *, elsewhere: bool) -> bool:
    if not model.trash:
        return False
    unit, content = model.trash.pop(model.chance.randrange(len(model.trash)))
    if elsewhere or not model.is_free(unit.group, unit.name):
        unit.group, unit.name, unit.is_folder = model.free_place()
    model.restore(unit, content)
    unit.deeds.add("restore")
    return True
