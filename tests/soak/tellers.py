"""A process that tells: takes jobs, notes in a file what it tells, and settles them; to be killed at any moment."""

from __future__ import annotations

import os
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta

from catalogue.store.index import open_index

LEASE = timedelta(seconds=1.5)
TELLING_SECONDS = 0.01


def note(file: int, *words: object) -> None:
    """Write a line at once: appended whole, whoever else writes."""
    os.write(file, (" ".join(map(str, words)) + "\n").encode())


def tell(url: str, path: str) -> None:
    """Tell for ever; each line is `begun|ended GUID moment`."""
    index = open_index(url)
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while True:
        now = index.moment(datetime.now(UTC))
        job = index.take_job(owner=uuid.uuid4().hex, now=now, until=now + LEASE) if index.is_job_due(now) else None
        if job is None:
            time.sleep(0.05)
            continue
        note(file, "begun", job.guid, time.time())
        time.sleep(TELLING_SECONDS)
        note(file, "ended", job.guid, time.time())
        index.finish_job(job, heard_at=now)


if __name__ == "__main__":
    tell(sys.argv[1], sys.argv[2])
