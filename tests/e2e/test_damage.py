"""Damage on the disk while `serve` runs: what verify finds is not served any more."""

import json
import os

import pytest
from producer import Producer
from serving import castalogue, wait_until


@pytest.fixture
def producer(serve, tmp_path):
    return Producer(serve(Producer.library(tmp_path / "library")))


def flip(path):
    """Change one bit as a disk does: size and time stay."""
    times, content = path.stat(), bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_damage_that_verify_finds_is_not_served_any_more(producer):
    address = producer.media("two")
    flip(producer.served.library / "two" / "audio.mp3")
    assert producer.served.ask(address).status == 200
    places = ("--library", producer.served.library, "--data", producer.served.home / "index")
    done = castalogue(producer.served.home, "verify", "--json", *places)
    assert (done.returncode, [one["code"] for one in json.loads(done.stdout)["faults"]]) == (1, ["damaged"])
    wait_until(lambda: producer.served.ask(address).status == 503, seconds=5)
