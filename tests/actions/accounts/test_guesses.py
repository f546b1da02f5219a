"""Several processes that guess at once get no more tries than one would."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from guesser import KEY
from people import add

from catalogue.actions.accounts.desk import Desk
from catalogue.actions.accounts.limits import TRIES_FROM_NETWORK, TRIES_ON_ACCOUNT
from catalogue.actions.accounts.passwords import hash_password
from catalogue.store.index import open_index

POSTGRES = pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.soak])
ONE, MANY = 1, 60_000


@pytest.fixture(params=["sqlite", POSTGRES])
def url(request, tmp_path, blank):
    """A database with one producer."""
    if request.param == "sqlite":
        shutil.copy(blank, tmp_path)
        found = f"sqlite:///{tmp_path / blank.name}"
    else:
        found = request.getfixturevalue("emptied_postgres_url")
    index = open_index(found)
    ana = add(Desk(accounts=index, key=KEY).accounts)
    index.set_password(ana.id, hash_password("quiet rooms by the sea"))
    index.close()
    return found


def guessed(url, *, processes, count, networks):
    """How many guesses were looked at, of all processes together."""
    words = [sys.executable, Path(__file__).with_name("guesser.py"), url, str(count), str(networks)]
    started = [subprocess.Popen([*words, str(seed)], stdout=subprocess.PIPE, text=True) for seed in range(processes)]
    return sum(int(one.communicate(timeout=600)[0]) for one in started)


def test_two_processes_get_the_tries_of_one(url):
    assert guessed(url, processes=2, count=12, networks=ONE) == TRIES_FROM_NETWORK


@pytest.mark.soak
@pytest.mark.parametrize(("networks", "most"), [(ONE, TRIES_FROM_NETWORK), (MANY, TRIES_ON_ACCOUNT)])
def test_eight_processes_with_ten_thousand_guesses_get_the_tries_of_one(url, networks, most):
    looked = guessed(url, processes=8, count=1250, networks=networks)
    print(f"of 10,000 guesses from {networks} networks {looked} were looked at")
    assert looked == most
