"""Plan each show of a library in turn, and do with its plan what is to be done; one that is refused costs itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from catalogue.actions.archiving import with_feed_guids, with_pages
from catalogue.actions.facts import FactsBook, problems_of
from catalogue.actions.guard import check_removals
from catalogue.actions.leases import Lease
from catalogue.actions.missing import refusal_problems
from catalogue.actions.open import Place
from catalogue.actions.planning import KnownShow, PlannedShow, Run, plan_show
from catalogue.actions.runs import Wishes
from catalogue.actions.strangers import Doubts, held_strangers, is_at_home
from catalogue.actions.twins import check_slug, copied_shows
from catalogue.actions.writing import Step, Written
from catalogue.domain.catalogue import Catalogue
from catalogue.domain.plan import Problem, ShowPlan
from catalogue.errors import Conflict, ContentError, ContentErrors, LeaseLost, NotPublishable, PlanRefused
from catalogue.library.folder import ShowFiles
from catalogue.ports import LibraryFile
from catalogue.store.index import ShowRow

Apply = Callable[[Step], Written]


@dataclass(frozen=True, kw_only=True)
class Round:
    """What every show's planning needs of the whole library."""

    place: Place
    wishes: Wishes
    book: FactsBook
    catalogue: Catalogue
    apply: Apply
    problems: list[Problem]
    """Where what is found wrong is added."""
    lost: frozenset[str]
    waiting: frozenset[str]
    homes: Mapping[str, str | None]
    """The folders of all shows, with the GUID in their ledger."""
    is_doubtful: bool
    """Whether a show is away, and nobody has said that it is gone."""
    lease: Lease | None
    ledgers: dict[str, LibraryFile]


def plan_shows(round_: Round, shows: Sequence[ShowFiles]) -> list[ShowPlan]:
    """Plan the shows that are held and whose identity is clear, in the order given; gives the plans as carried out."""
    rows = round_.place.index.shows()
    waiting = copied_shows(round_.homes, rows, round_.problems)
    waiting |= held_strangers(shows, _doubts(round_, rows), round_.problems)
    plans: list[ShowPlan] = []
    for position, files in enumerate(shows):
        if files.path in waiting or (round_.lease is not None and not round_.lease.holds(files.path)):
            continue
        known = _known_show(round_, files, rows)
        run = run_of(round_, files, later=len(shows) - 1 - position)
        try:
            planned = _with_feeds(plan_show(files, run=run, known=known, taken=_taken(plans, rows, known)), run, known)
            check_slug(planned.plan.show, rows, plans)
            written = _carry_out(round_, files, planned, known=known, position=position)
        except LeaseLost:
            raise
        except PlanRefused as error:
            round_.problems.extend(refusal_problems(error, planned.plan))
            continue
        except (ContentError, ContentErrors, Conflict, NotPublishable) as error:
            # The show stays as it was last indexed; the others go on.
            round_.problems.extend(problems_of(error, files.path or "."))
            continue
        round_.problems.extend((*planned.plan.problems, *written.problems))
        plans.append(written.plan)
    return plans


def _carry_out(round_: Round, files: ShowFiles, planned: PlannedShow, *, known: KnownShow, position: int) -> Written:
    """Raises PlanRefused where too much would be gone, and whatever the writing of a show does."""
    device = round_.place.storage.device(files.path)
    if not round_.wishes.allows_removals_from(files.path):
        before = known.row.device if known.row else None
        check_removals(planned.losses, show_path=files.path, device_before=before, device_now=device)
    step = Step(
        place=round_.place,
        files=files,
        planned=planned,
        known=known,
        # While a show is away, the others keep their places.
        position=known.row.position if round_.is_doubtful and known.row else position,
        now=round_.wishes.clock(),
        clock=round_.wishes.clock,
        device=device,
        allow_date_change=round_.wishes.allow_date_change,
        lease=round_.lease,
        ledgers=round_.ledgers,
    )
    return round_.apply(step)


def _with_feeds(planned: PlannedShow, run: Run, known: KnownShow) -> PlannedShow:
    """The plan with what other feeds than the show's own need in the ledger."""
    return with_feed_guids(with_pages(planned, known=known, now=run.now), known=known, base_url=run.base_url)


def _doubts(round_: Round, rows: Sequence[ShowRow]) -> Doubts:
    return Doubts(
        place=round_.place,
        book=round_.book,
        homes=round_.homes,
        rows=rows,
        claims=round_.wishes.claims,
        is_doubtful=round_.is_doubtful,
    )


def _taken(plans: Sequence[ShowPlan], rows: Sequence[ShowRow], known: KnownShow) -> set[str]:
    """Slugs that are, or were, those of other shows."""
    own = known.row.show.guid if known.row else ""
    taken = {slug for plan in plans for slug in (plan.show.slug, *plan.ledger.show.was)}
    return taken | {slug for row in rows if row.show.guid != own for slug in (row.show.slug, *row.line.was)}


def _known_show(round_: Round, files: ShowFiles, rows: Sequence[ShowRow]) -> KnownShow:
    """What the index has of a show, by its ledger, wherever its folder was; by its folder where that says nothing."""
    guid = round_.homes[files.path]
    mine = (one for one in rows if (one.show.guid == guid if guid else one.show.path == files.path))
    row = next((one for one in mine if guid or is_at_home(one, round_.homes)), None)
    episodes = round_.place.remembered.episodes(round_.place.index, row) if row else {}
    return KnownShow(row=row, episodes=episodes)


def run_of(round_: Round, files: ShowFiles, *, later: int) -> Run:
    """What one show's planning knows; `later` is how many shows come after it."""
    now = round_.wishes.clock()
    return Run(
        storage=round_.place.storage,
        book=round_.book,
        now=now,
        remembered=round_.place.remembered,
        # The first show is the one first seen: `/feed.xml` means it for ever.
        first_seen_at=now.replace(microsecond=0) - timedelta(seconds=later),
        base_url=round_.place.settings.base_url or round_.catalogue.base_url,
        timezone=round_.catalogue.timezone,
        chance=round_.wishes.chance,
        lost=round_.lost,
        waiting=round_.waiting,
        claims=_claims_inside(files.path, round_.wishes.claims),
        earlier=round_.place.index.problems,
        allow_date_change=round_.wishes.allow_date_change,
    )


def _claims_inside(show_path: str, claims: Mapping[str, str | None]) -> dict[str, str | None]:
    prefix = f"{show_path}/" if show_path else ""
    return {path.removeprefix(prefix): guid for path, guid in claims.items() if path.startswith(prefix)}
