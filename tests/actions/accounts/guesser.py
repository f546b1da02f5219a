"""A process that guesses passwords: `guesser.py URL COUNT NETWORKS SEED`; says how many were looked at."""

import sys
from datetime import UTC, datetime

from argon2 import PasswordHasher

from catalogue.actions.accounts import passwords
from catalogue.actions.accounts.desk import Desk
from catalogue.actions.accounts.server_key import ServerKey
from catalogue.actions.accounts.sign_in import Asker, check_password
from catalogue.errors import TooManyTries
from catalogue.store.index import open_index

KEY = ServerKey(b"a key that is only for these tests")


def main(url: str, count: int, networks: int, seed: int) -> int:
    """Guess so often, from so many networks by turns; how many guesses were looked at."""
    # Hashes that take no time: whoever guesses is as fast as can be.
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    index, looked = open_index(url), 0
    desk = Desk(accounts=index, key=KEY)
    for number in range(count):
        network = (seed * count + number) % networks
        asker = Asker(address=f"10.{network // 256}.{network % 256}.1")
        try:
            assert check_password(desk, "ana", f"guess {seed} {number}", asker, now=datetime.now(UTC)) is None
        except TooManyTries:
            continue
        looked += 1
    index.close()
    return looked


if __name__ == "__main__":
    print(main(sys.argv[1], *map(int, sys.argv[2:])))
