"""What is said of files that are left out: each time which file, why, and the mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catalogue.domain.plan import Problem, Severity
from catalogue.errors import ContentError
from catalogue.library.roles import Kind, Role
from catalogue.ports import LibraryFile


def error_problem(error: ContentError, *, and_so: str = "") -> Problem:
    """Name what is wrong in a file, and behind it what became of that."""
    return Problem(
        severity=Severity.ERROR,
        code=error.code,
        path=error.path,
        line=error.line,
        message=f"{error.sentence} {and_so}".rstrip(),
        said=error.said,
    )


def left_out_problems(roles: Iterable[Role]) -> tuple[Problem, ...]:
    """Name audio that lies in an episode's folder without being its audio."""
    return tuple(
        Problem(
            severity=Severity.WARNING,
            code="left-out-audio",
            path=role.file.path,
            message="It lies in the folder of an episode with other audio, so it is left out; to publish it, move it.",
        )
        for role in roles
        if role.kind is Kind.AUDIO
    )


def outside_problems(roles: Iterable[Role]) -> tuple[Problem, ...]:
    """Name audio in a library of several shows that lies in none of them."""
    return tuple(
        Problem(
            severity=Severity.WARNING,
            code="outside-shows",
            path=role.file.path,
            message="It lies in no show's folder and is left out; move it into one that holds a show.toml.",
        )
        for role in roles
        if role.kind is Kind.AUDIO
    )


def homeless_note_problems(roles: Sequence[Role]) -> tuple[Problem, ...]:
    """Name `episode.md` in a show's own folder beside the `audio.*` it was surely written for."""
    stems = {role.stem.casefold() for role in roles if role.kind is Kind.AUDIO}
    return tuple(
        Problem(
            severity=Severity.WARNING,
            code="homeless-note",
            path=role.file.path,
            message="The show's own folder is no episode; move this and its audio into a folder of their own.",
        )
        for role in roles
        if role.kind is Kind.NOTE and role.stem.casefold() == "episode" and "audio" in stems and "episode" not in stems
    )


def stray_problems(roles: Sequence[Role]) -> tuple[Problem, ...]:
    """Name files that clearly were meant for some episode; any other is nobody's business."""
    unplayable = (unplayable_problem(role, has_other=False) for role in roles if role.kind is Kind.UNPLAYABLE)
    return (
        *unplayable,
        *(
            Problem(
                severity=Severity.NOTICE,
                code="stray-file",
                path=role.file.path,
                message=f"No audio and no note beside it is named “{role.stem}”, so it is no episode's; rename it.",
            )
            for role in roles
            if role.kind is Kind.CHAPTERS or role.format in ("vtt", "srt")
        ),
    )


def unplayable_problem(role: Role, *, has_other: bool) -> Problem:
    """Name a file in a format that podcast apps do not play; it matters where the episode `has_other` audio not."""
    return Problem(
        severity=Severity.NOTICE if has_other else Severity.ERROR,
        code="unplayable-audio",
        path=role.file.path,
        message=f"Podcast apps do not play .{role.format} files, so it is left out; convert it to mp3.",
    )


def unshown_problem(role: Role, *, has_other: bool) -> Problem:
    """Name a picture in a format that cannot be a cover; it matters where there is no other."""
    return Problem(
        severity=Severity.NOTICE if has_other else Severity.WARNING,
        code="unshown-artwork",
        path=role.file.path,
        message=f"Podcast apps show no .{role.format} covers, so it is left out; save it as JPEG or PNG.",
    )


def double_problem(role: Role, *, kept: LibraryFile) -> Problem:
    """Name a file where the episode has another of its kind, which was taken."""
    return Problem(
        severity=Severity.WARNING,
        code=f"double-{role.kind}",
        path=role.file.path,
        message=f"It is left out, because the episode has {kept.name} already; remove one of the two.",
    )


def unclear_problem(roles: Sequence[Role]) -> Problem:
    """Name a folder with a note and several audio files, none of which is called `audio`."""
    names = ", ".join(role.file.name for role in roles)
    return Problem(
        severity=Severity.ERROR,
        code="unclear-audio",
        path=roles[0].file.folder,
        message=f"Which is the episode's audio: {names}? Rename that one to audio.{roles[0].format}.",
    )


def same_name_problem(file: LibraryFile) -> Problem:
    """Name an episode's file beside a folder that is an episode of the same path."""
    return Problem(
        severity=Severity.ERROR,
        code="same-name",
        path=file.path,
        message="A folder beside it has the same name and is an episode, so it is left out; rename one of the two.",
    )
