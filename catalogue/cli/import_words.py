"""How an import is told: what comes, what came, what differs, and what could not be carried over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from catalogue.cli.printing import how_many, problem_document, tell

if TYPE_CHECKING:
    from catalogue.actions.archive_reading import FromArchive
    from catalogue.actions.import_planning import ImportPlan
    from catalogue.actions.importing import Imported
    from catalogue.library.imports.mapped import Left

_FEEDS = {
    True: "✓ The feed is the same to the byte.",
    False: "✗ The feed is not the same.",
    None: "· The feed has another address here, so that it cannot be compared.",
}
# Of each kind so many stand on the screen; --json has all.
SHOWN = 20
_NOUNS = {
    "missing": "is not in the feed here (not public yet, or refused)",
    "guid": "has another GUID",
    "title": "has another title",
    "date": "has another date",
    "length": "has another length",
    "address": "has another address",
}


def tell_plan(plan: ImportPlan, *, say: Callable[[str], None]) -> None:
    """Say what an import would bring."""
    where = plan.folder or "the library's own folder"
    state = f"a new show in {where}" if plan.row is None else f"goes to “{plan.row.show.slug}”"
    say(f"{plan.source.feed.title}: {state}, podcast:guid {plan.guid or 'given at the first index'}")
    _tell_some([f"  new: {one.incoming.episode.title} → {one.folder}" for one in plan.new], say)
    if plan.known:
        say(f"  {how_many(plan.known, 'episode')} {'is' if plan.known == 1 else 'are'} here already.")
    _tell_left(plan, say)


def tell_import(done: Imported, feed: str) -> None:
    """Say what came, then the proof, then what could not be carried."""
    came = sum(one.error is None for one in done.files)
    tell(f"{done.show.title}: {how_many(len(done.plan.new), 'new episode')}, {how_many(came, 'file')} fetched.")
    _tell_some(_failures(done), tell)
    _tell_some([f"✗ {problem}" for problem in done.report.refused], tell)
    _tell_proof(done)
    _tell_some(
        [
            f"· show.toml here says of `{one.key}`: {one.new or 'nothing'}; the feed: {one.old}"
            for one in done.proof.show
        ],
        tell,
    )
    _tell_some([f"· Taken away here, so not brought again (--again does): {one.path}" for one in done.left_out], tell)
    _tell_left(done.plan, tell)
    tell(f"The feed is at {feed}. Look it over with castalogue check; docs/import.md says how to move the subscribers.")


def _failures(done: Imported) -> list[str]:
    """What did not come, each once: many episodes may want the same picture."""
    titles: dict[str, list[str]] = {}
    for one in done.files:
        if one.error is not None:
            titles.setdefault(str(one.error), []).append(one.wanted.title)
    return [f"✗ {first}{_others(len(others))}: {why}" for why, (first, *others) in titles.items()]


def _others(count: int) -> str:
    return f" and {how_many(count, 'other')}" if count else ""


def _tell_proof(done: Imported) -> None:
    proof = done.proof
    mark = "✓" if proof.same == proof.compared else "✗"
    tell(f"{mark} {proof.same} of {how_many(proof.compared, 'episode')}: same GUID, title, date and length.")
    _tell_some(
        [f"  {one.title} ({one.guid}) {_NOUNS[one.what]}: {one.old} → {one.new}" for one in proof.differences], tell
    )


def _tell_left(plan: ImportPlan, say: Callable[[str], None]) -> None:
    """What the feed has that the library has not."""
    for remark in plan.source.remarks:
        say(f"! {remark}")
    _tell_some([f"! Not an episode: {one.title} (line {one.line}). {one.why}" for one in plan.passed_over], say)
    _tell_some([f"! Not carried: {where}: {one.what}. {one.why}" for where, one in _all_left(plan)], say)
    if plan.source.feed.unknown:
        names = ", ".join(f"{name} ({count})" for name, count in plan.source.feed.unknown.items())
        say(f"· Not carried, as nothing here has a use for it: {names}")


def _all_left(plan: ImportPlan) -> Iterable[tuple[str, Left]]:
    yield from (("the show", one) for one in plan.source.feed.left)
    yield from ((each.episode.title, one) for each in plan.incoming for one in each.episode.left)


def _tell_some(lines: list[str], say: Callable[[str], None]) -> None:
    for line in lines[:SHOWN]:
        say(line)
    if len(lines) > SHOWN:
        say(f"  … and {len(lines) - SHOWN} more (--json names all).")


def tell_archive(done: FromArchive) -> None:
    """Say what came out of an archive, and whether the feeds are what they were."""
    tell(f"{how_many(done.written, 'file')} written, {done.same} here already.")
    _tell_some([f"✗ {path} is here with other bytes, and was left alone." for path in done.other], tell)
    _tell_some([f"✗ {problem}" for problem in done.report.refused], tell)
    for guid, is_same in done.feeds.items():
        tell(f"{_FEEDS[is_same]} ({guid})")


def archive_document(done: FromArchive) -> dict[str, Any]:
    """What came out of an archive, as JSON has it."""
    return {
        "written": done.written,
        "same": done.same,
        "other": list(done.other),
        "refused": [problem_document(problem) for problem in done.report.refused],
        "feeds": done.feeds,
    }


def plan_document(plan: ImportPlan) -> dict[str, Any]:
    """What an import brings, as JSON has it."""
    return {
        "source": plan.source.name,
        "title": plan.source.feed.title,
        "show": plan.row.show.slug if plan.row is not None else None,
        "folder": plan.folder,
        "guid": plan.guid,
        "addresses": list(plan.addresses),
        "new": [
            {"guid": one.incoming.guid, "title": one.incoming.episode.title, "folder": one.folder} for one in plan.new
        ],
        "known": plan.known,
        "passed_over": [
            {"guid": one.guid, "title": one.title, "line": one.line, "why": one.why} for one in plan.passed_over
        ],
        "not_carried": [{"where": where, "what": one.what, "why": one.why} for where, one in _all_left(plan)],
        "unknown": dict(plan.source.feed.unknown),
        "remarks": list(map(str, plan.source.remarks)),
    }


def import_document(done: Imported) -> dict[str, Any]:
    """What an import did, as JSON has it."""
    return plan_document(done.plan) | {
        "show": done.show.slug,
        "files": dict(Counter("failed" if one.error else "fetched" for one in done.files)),
        "failed": [
            {"url": one.wanted.url, "title": one.wanted.title, "why": str(one.error)} for one in done.files if one.error
        ],
        "taken_away": [one.path for one in done.left_out],
        "refused": [problem_document(problem) for problem in done.report.refused],
        "proof": {
            "compared": done.proof.compared,
            "same": done.proof.same,
            "differences": [
                {"guid": one.guid, "title": one.title, "what": one.what, "old": one.old, "new": one.new}
                for one in done.proof.differences
            ],
            "show": [{"key": one.key, "old": one.old, "new": one.new} for one in done.proof.show],
        },
    }
