"""Bring a show in behind a page: first a look at what would come, then the import with its proof.

Both begin anew whenever they were cut off: a look writes nothing, and an import does nothing twice.
"""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from catalogue.actions.errands.failures import keep_problem
from catalogue.actions.errands.progress import Progress
from catalogue.actions.facts import problems_of
from catalogue.actions.import_files import parts_folder
from catalogue.actions.import_planning import ImportPlan
from catalogue.actions.import_sources import Source, read_source
from catalogue.actions.importing import Imported, ImportWishes, import_feed, preview_import
from catalogue.actions.index import Wishes
from catalogue.actions.open import Place, base_url_of
from catalogue.actions.scratch import FULL
from catalogue.actions.shows.beginning import check_room
from catalogue.actions.uploads import disk_full
from catalogue.domain.errands import Errand
from catalogue.domain.links import Links
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import ConfigError, UploadRefused
from catalogue.feed_reading import FEED_LIMIT_BYTES
from catalogue.library.imports.opml import FeedList

LOOK, IMPORT = "import-look", "import"
PIECE_BYTES = 1024 * 1024
# Of each kind so many are named; the others are counted.
NAMED = 50


def keep_feed_file(place: Place, stream: IO[bytes]) -> Path:
    """Keep a feed that was sent as a file until its import is done; raises UploadRefused, and nothing of it stays."""
    folder = parts_folder(place)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"feed-{secrets.token_hex(16)}.xml"
    size = 0
    try:
        with path.open("xb") as file:
            while piece := stream.read(PIECE_BYTES):
                size += file.write(piece)
                if size > FEED_LIMIT_BYTES:
                    limit = FEED_LIMIT_BYTES // PIECE_BYTES
                    raise UploadRefused("feed-file-large", "This file is larger than {limit} MiB.", limit=limit)
        if not size:
            raise UploadRefused("feed-file-empty", "This file is empty. Choose the one with the feed.")
    except OSError as error:
        path.unlink(missing_ok=True)
        if error.errno in FULL:
            raise disk_full() from error
        why = os.strerror(error.errno or 0).lower()
        raise UploadRefused("upload-unwritable", "The file cannot be kept here: {why}.", why=why) from error
    except UploadRefused:
        path.unlink(missing_ok=True)
        raise
    return path


def look_into_feed(place: Place, errand: Errand, progress: Progress) -> Mapping[str, object]:
    """Say what an import would bring, or which feeds a list names; raises as `read_source` and `preview_import`."""
    progress.tell("reading")
    found = read_source(place, str(errand.parameters["source"]))
    if isinstance(found, FeedList):
        if not found.addresses:
            raise ConfigError("list-empty", "This list names no feed.")
        return {"list": list(found.addresses[:NAMED]), "count": len(found.addresses)}
    progress.tell("comparing")
    return _planned(preview_import(place, found, _wishes(errand, progress)))


def bring_show_in(place: Place, errand: Errand, progress: Progress) -> Mapping[str, object]:
    """Import a feed and prove it; raises as `read_source` and `import_feed`, and Conflict where there is no room."""
    progress.tell("reading")
    source, wishes = read_source(place, str(errand.parameters["source"])), _wishes(errand, progress)
    if not isinstance(source, Source):
        raise ConfigError("list-in-list", "This is a list of feeds. Choose one of them.")
    progress.tell("comparing")
    if preview_import(place, source, wishes).row is None:
        check_room(place)
    return _done(import_feed(place, source, wishes, links=Links(base_url_of(place) or "http://localhost")))


def _wishes(errand: Errand, progress: Progress) -> ImportWishes:
    return ImportWishes(
        timezone=str(errand.parameters.get("timezone") or "UTC"),
        is_metadata_only=bool(errand.parameters.get("metadata_only")),
        progress=lambda what, done, total: progress.tell(what, done=done, total=total),
        is_over=lambda: progress.is_over,
        run=Wishes(clock=progress.clock),
    )


def _planned(plan: ImportPlan) -> dict[str, object]:
    """What would come, as JSON holds it; `unsized` of the new episodes do not say how large their audio is."""
    sizes = [one.incoming.episode.enclosure.size_bytes for one in plan.new]
    return {
        "title": plan.source.feed.title,
        "folder": plan.folder,
        "is_new": plan.row is None,
        "show": plan.row.show.title if plan.row is not None else "",
        "episodes": len(plan.incoming),
        "new": len(plan.new),
        "known": plan.known,
        "audio_bytes": sum(sizes),
        "unsized": sum(not size for size in sizes),
        **_not_carried(plan),
    }


def _done(done: Imported) -> dict[str, object]:
    """What came, with the proof: `rows` are GUID, title, date and length of each episode as the old feed has it."""
    failed = [one.error for one in done.files if one.error is not None]
    faults = dict.fromkeys(problem for error in failed for problem in problems_of(error, getattr(error, "url", "")))
    rows = [
        (one.guid, one.episode.title, _moment(one.episode.published_at), one.episode.enclosure.size_bytes)
        for one in done.plan.incoming
    ]
    differences = [(one.guid, one.what, one.old, one.new) for one in done.proof.differences]
    return {
        "title": done.show.title,
        "guid": done.show.guid,
        "compared": done.proof.compared,
        "same": done.proof.same,
        "is_whole": done.is_whole,
        "files": sum(one.error is None for one in done.files),
        "failed": len(failed),
        "failures": [keep_problem(problem) for problem in faults][:NAMED],
        "refused": [keep_problem(problem) for problem in done.report.refused[:NAMED]],
        "rows": rows,
        "differences": differences,
        **_not_carried(done.plan),
    }


def _moment(value: object) -> str:
    return str(value) if value is not None else ""


def _not_carried(plan: ImportPlan) -> dict[str, object]:
    feed = plan.source.feed
    left = Counter(feed.left)
    left += Counter(one for each in plan.incoming for one in each.episode.left)
    return {
        "remarks": [keep_problem(remark) for remark in plan.source.remarks],
        "passed_over": [_left(one.title, one.why, one.code) for one in plan.passed_over][:NAMED],
        "passed_over_count": len(plan.passed_over),
        "left": [(_left(one.what, one.why, one.code, one.said), count) for one, count in left.most_common(NAMED)],
        "unknown": dict(Counter(feed.unknown).most_common(NAMED)),
    }


def _left(what: str, why: str, code: str, said: tuple[tuple[str, str], ...] = ()) -> dict[str, object]:
    return keep_problem(Problem(severity=Severity.NOTICE, code=code, path=what, message=why, said=said))
