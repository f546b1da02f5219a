"""Guesses at passwords from one network through several processes at once: no more are looked at than are allowed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from serving import ROOT

from catalogue.actions.accounts.limits import TRIES_FROM_NETWORK, TRIES_OF_NETWORK
from catalogue.store.index import open_index

PROCESSES, THREADS, GUESSES = 4, 2, 8
# One process with the studio's own deed: prints how many guesses were looked at, and how many were put off.
GUESSER = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from catalogue.actions.accounts.desk import Desk
from catalogue.actions.accounts.server_key import ServerKey
from catalogue.actions.accounts.sign_in import Asker, check_password
from catalogue.errors import TooManyTries
from catalogue.store.index import open_index

url, names, threads, guesses = json.loads(sys.argv[1])
desk = Desk(accounts=open_index(url), key=ServerKey(b"a key that is only for these tests"))

def guess(number):
    name = names[number % len(names)]
    try:
        check_password(desk, name, f"wrong words {number}", Asker(address="203.0.113.7"), now=datetime.now(UTC))
    except TooManyTries:
        return False
    return True

with ThreadPoolExecutor(threads) as pool:
    print(sum(pool.map(guess, range(threads * guesses))))
"""


@pytest.mark.soak
@pytest.mark.postgres
@pytest.mark.parametrize(
    ("names", "most"), [(["ana"], TRIES_FROM_NETWORK), ([f"name {n}" for n in range(32)], TRIES_OF_NETWORK)]
)
def test_processes_share_the_limit_on_guesses(emptied_postgres_url, names, most):
    open_index(emptied_postgres_url).close()
    told = json.dumps([emptied_postgres_url, names, THREADS, GUESSES])
    running = [
        subprocess.Popen([sys.executable, "-c", GUESSER, told], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(PROCESSES)
    ]
    said = [one.communicate(timeout=200)[0] for one in running]
    looked_at = sum(map(int, said))
    assert (most < PROCESSES * THREADS * GUESSES, looked_at) == (True, most)
