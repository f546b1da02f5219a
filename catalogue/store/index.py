"""The index: shows, episodes and what files hold, read whole and written in small transactions.

Each noun has a module of its own; a new one is a class there over `Transactions`, and a base of `Index` here.
"""

from __future__ import annotations

from catalogue.store.errands import Errands
from catalogue.store.files import Files
from catalogue.store.fragments import FragmentRow, Fragments
from catalogue.store.handovers import Handovers
from catalogue.store.job_rows import Job, JobState
from catalogue.store.jobs import Jobs
from catalogue.store.kept_answers import KeptAnswers
from catalogue.store.last_run import LastRun, LastRuns
from catalogue.store.leases import Leases
from catalogue.store.loudness import Measurements
from catalogue.store.members import Members
from catalogue.store.note_versions import NoteVersions
from catalogue.store.opening import PATIENCE_MS, open_engine
from catalogue.store.previews import Previews
from catalogue.store.problems import Problems
from catalogue.store.producers import Producers
from catalogue.store.proofs import Proofs
from catalogue.store.remembered_deeds import RememberedDeeds
from catalogue.store.revisions import Revisions
from catalogue.store.rows import Changes, EpisodeRow, FileRow, ShowRow
from catalogue.store.search_finding import Filters, Finding, FoundDocument, FoundPage, Tally
from catalogue.store.search_words import Wanted
from catalogue.store.searches import Searches, SearchItem
from catalogue.store.sessions import Sessions
from catalogue.store.shows import Shows
from catalogue.store.tokens import Tokens

__all__ = [
    "Accounts",
    "Changes",
    "EpisodeRow",
    "FileRow",
    "Filters",
    "FoundDocument",
    "FoundPage",
    "FragmentRow",
    "Index",
    "Job",
    "JobState",
    "LastRun",
    "Records",
    "SearchItem",
    "ShowRow",
    "Tally",
    "Wanted",
    "open_index",
]


class Accounts(Producers, Sessions, Proofs, RememberedDeeds, Tokens, KeptAnswers):
    """Who may, who is signed in, and what they did. Every method is one transaction and may raise StoreError."""


class Content(LastRuns, Fragments, Shows, Files, Problems, Revisions):
    """What an index makes of the library. Every method is one transaction and may raise StoreError."""


class Records(Jobs, Errands, Measurements, Members, Previews, Handovers, NoteVersions):
    """What happens to shows at run time. Every method is one transaction and may raise StoreError."""


class Index(Leases, Content, Records, Searches, Finding, Accounts):
    """The database. Every method is one transaction and may raise StoreError; threads may share one Index."""


def open_index(url: str, *, patience_ms: int = PATIENCE_MS) -> Index:
    """Open the index at an SQLAlchemy URL, where a writer waits `patience_ms` for another; raises StoreError."""
    return Index(open_engine(url, patience_ms=patience_ms))
