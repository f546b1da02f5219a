"""Say what happens to an episode, as its subscribers will see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeAlias

from catalogue.actions.reading import ReadEpisode
from catalogue.domain.episode import Episode
from catalogue.domain.matching import Held
from catalogue.domain.plan import Change, Claim, EpisodePlan, Problem, Severity

# Whose files may be: paths of episodes, None for a new one.
Olds: TypeAlias = tuple[str | None, ...]

# Fields whose change is worth a word, in the order they are told.
TOLD = {
    "title": "title",
    "slug": "address",
    "published_at": "publication date",
    "number": "number",
    "season": "season",
    "type": "type",
    "summary": "summary",
    "notes": "notes",
    "chapters": "chapters",
    "transcripts": "transcripts",
    "artwork": "artwork",
    "people": "people",
    "explicit": "explicit",
    "content_warning": "content warning",
    "translations": "translations",
    "corrections": "corrections",
    "updated_at": "updated",
}
OTHER_AUDIO = "with other audio: apps may download it again"
HELD_BECAUSE = {
    "copy": "It has the same sound as {other}",
    "swap": "It has the sound of {other}, in a folder that was another episode's",
    "unclear": "It is new, and {other} vanished at the same time: it may be that one, renamed and re-encoded",
    "several": "It is new, and {other} vanished at the same time: it may be one of them, renamed and re-encoded",
    "claimed": "The episode that it was is now that of {other}",
    "displaced": "The sound that this episode had is now that of {other}, and what lies here is unknown",
    "earlier": "It has the sound that {other} had before",
    "cut": "{other} got smaller since it was published, and seems to be cut off",
    "guid-taken": "Its note states the GUID of {other}",
    "guid-changed": "Its note states another GUID than was published",
}


def compare(old: Episode | None, new: Episode) -> EpisodePlan:
    """What becomes of `old` (None: it is new) when it is published as `new`."""
    if old is None:
        return EpisodePlan(change=Change.NEW, episode=new, details=_facts(new))
    if old == new:
        return EpisodePlan(change=Change.SAME, episode=new)
    details = [_told(name, old, new) for name in TOLD if getattr(old, name) != getattr(new, name)]
    if old.path != new.path:
        details.append(f"now in {new.path}")
    change = _change(old, new)
    if change is Change.RETURNED and _sounds_other(old, new):
        details.append(OTHER_AUDIO)
    return EpisodePlan(change=change, episode=new, before=old, details=tuple(details))


def held_problem(held: Held, read: ReadEpisode, show_path: str) -> Problem:
    """Why an episode waits, and what to say so that it need not; paths are told relative to the library."""
    path, *rivals = (f"{show_path}/{one}".lstrip("/") for one in (held.path, *(line.path for line in held.rivals)))
    known = held.other or (held.line.path if held.line is not None else None)
    other = "another episode" if known is None else f"{show_path}/{known}".lstrip("/")
    code, told = (held.code, other) if len(rivals) < 2 else ("several", ", ".join(rivals))
    olds = _claimable(code, path, other if known is not None else None, rivals)
    stays = "its item stays as it was, without that audio" if code == "cut" else "subscribers see what they saw before"
    mend = _MENDS.get(code, _mend_by_claim)(path, other, olds)
    return Problem(
        severity=Severity.ERROR,
        code=f"held-{code}",
        path=other if code == "cut" else read.file_path,
        line=read.lines.get("guid") if code.startswith("guid") else None,
        message=f"{HELD_BECAUSE[code].format(other=told)}. Until you say, {stays}. {mend}.",
        claims=tuple(Claim(new=path, old=old) for old in olds),
        said=(("other", told),) if known is not None or rivals else (),
    )


def _claimable(code: str, path: str, other: str | None, rivals: Sequence[str]) -> tuple[str | None, ...]:
    """Whose the files at `path` may be said to be; None: a new episode's."""
    fixed: dict[str, tuple[str | None, ...]] = {
        "guid-taken": (),
        "guid-changed": (),
        "cut": (path,),
        "displaced": (path, None),
        "swap": (path, other),
        "several": (*rivals, None),
    }
    return fixed.get(code, (None,) if other is None else (other, None))


def _mend_guid(_path: str, _other: str, _olds: Olds) -> str:
    return "Take the line out or write another, or give a new episode a folder of its own"


def _mend_cut(path: str, _other: str, _olds: Olds) -> str:
    mend = f'Put it back from a backup, or give the right file: castalogue revise "{path}" FILE'
    return f'{mend}. If it is meant to be shorter: castalogue claim "{path}" "{path}"'


def _mend_displaced(path: str, _other: str, _olds: Olds) -> str:
    still = f'If it is still that episode: castalogue claim "{path}" "{path}"'
    return f'{still}; if it is not: castalogue claim "{path}" --as-new'


def _mend_swap(path: str, other: str, _olds: Olds) -> str:
    same = f'If it is the same episode with other audio: castalogue claim "{path}" "{path}"'
    return f'{same}. If it is {other}, moved here: castalogue claim "{path}" "{other}"'


def _mend_by_claim(path: str, other: str, olds: Olds) -> str:
    named = next((one for one in olds if one is not None), other)
    which = ", or another of these in its place" if len(olds) > 2 else ""
    return f'Say which it is: castalogue claim "{path}" "{named}"{which}, or castalogue claim "{path}" --as-new'


_MENDS: dict[str, Callable[[str, str, Olds], str]] = {
    **dict.fromkeys(("guid-taken", "guid-changed"), _mend_guid),
    "cut": _mend_cut,
    "displaced": _mend_displaced,
    "swap": _mend_swap,
}


def _change(old: Episode, new: Episode) -> Change:
    if new.withdrawn_at is not None and old.withdrawn_at is None:
        return Change.WITHDRAWN
    if new.missing_since is not None and old.missing_since is None:
        return Change.MISSING
    if old.missing_since is not None and new.missing_since is None:
        return Change.RETURNED
    if new.draft and not old.draft:
        return Change.DRAFTED
    return Change.AUDIO if _sounds_other(old, new) else Change.CHANGED


def _sounds_other(old: Episode, new: Episode) -> bool:
    return old.audio is not None and new.audio is not None and old.audio.sha256 != new.audio.sha256


def _told(name: str, old: Episode, new: Episode) -> str:
    if name in ("title", "slug"):
        return f"{TOLD[name]}: {getattr(old, name)} → {getattr(new, name)}"
    if name == "published_at":
        return f"{TOLD[name]}: {_moment(old)} → {_moment(new)}"
    return TOLD[name]


def _moment(episode: Episode) -> str:
    return f"{episode.published_at:%Y-%m-%d %H:%M} UTC" if episode.published_at else "no date"


def _facts(new: Episode) -> tuple[str, ...]:
    if new.draft:
        return ("a draft: nobody sees it",)
    moment, audio = _moment(new), new.audio
    if audio is None:
        return (moment, "remote audio" if new.remote else "no audio yet: not in the feed")
    length = str(timedelta(seconds=round(audio.duration.total_seconds()))) if audio.duration else "length unknown"
    return (moment, audio.format, length)
