"""Render in several processes, each with connections of its own."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from web.export.rendering import Rendered, Renderer

Batches = Iterable[list[str]]
RenderMany = Callable[[Batches], Iterator[list[Rendered]]]
# Fewer pages than this are rendered sooner than processes begin.
WORTH_PROCESSES = 400
MOST_PROCESSES = 8
# What a forked process works with: it has the renderer of the one that it came from.
_SHARED: list[Renderer] = []


@contextmanager
def rendering(renderer: Renderer, begin: Callable[[], None], *, pages: int) -> Iterator[RenderMany]:
    """Give what renders batches of paths; `begin` is called first in each new process.

    Processes are forked, so that what is loaded is loaded once. That is safe only where no other thread lives, whose
    locks would stay held for ever: else, and for few pages, all is done in this one.
    """
    # What this process may use, not what the machine has.
    processes = min(len(os.sched_getaffinity(0)), MOST_PROCESSES)
    if pages < WORTH_PROCESSES or processes < 2 or threading.active_count() > 1:
        yield lambda batches: map(renderer.render_all, batches)
        return
    _SHARED[:] = [renderer]
    gc.collect()
    gc.freeze()  # or collecting would copy every page of memory that processes share
    try:
        with multiprocessing.get_context("fork").Pool(processes, begin) as pool:
            yield lambda batches: pool.imap_unordered(_render_all, batches)
    finally:
        gc.unfreeze()
        _SHARED.clear()


def _render_all(paths: list[str]) -> list[Rendered]:
    return _SHARED[0].render_all(paths)
