"""What errands there are, and who does each: one row a kind.

An errand is done at least once: whoever does it may be killed at any moment, and it is begun anew. So each kind goes
on from what it finds, or does the same again. It says where it is through `Progress`, gives what came of it (as JSON
can hold it) and raises a CatalogueError whose sentence the one who asked is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from catalogue.actions.errands.progress import Progress
from catalogue.actions.loudness.measuring import measure_for_errand
from catalogue.actions.open import Place
from catalogue.actions.shows import archive_errand, import_addresses, import_errands, move_errands
from catalogue.actions.sweeping import sweep_ended
from catalogue.domain.errands import Errand

Kind = Callable[[Place, Errand, Progress], Mapping[str, object]]

KINDS: dict[str, Kind] = {
    "loudness": measure_for_errand,
    import_errands.LOOK: import_errands.look_into_feed,
    import_errands.IMPORT: import_errands.bring_show_in,
    move_errands.LOOK: move_errands.compare_for_move,
    move_errands.MOVE: move_errands.lead_away,
    archive_errand.ARCHIVE: archive_errand.pack_show,
}

# What was there for a while and is needed no more: removed by and by, whether or not a page is opened.
SWEEPS: tuple[Callable[[Place, datetime], None], ...] = (
    archive_errand.sweep_archives,
    import_addresses.cut_addresses,
    sweep_ended,
)
