"""Damage on the disk while `serve` runs: neither a flipped bit nor half a file is served as what was published."""

import json
import os

import pytest
from producer import SHOW, Producer
from serving import castalogue, serving, wait_until


@pytest.fixture(scope="module")
def producer(tmp_path_factory):
    """Each test damages an episode of its own."""
    home = tmp_path_factory.mktemp("damage")
    with serving(home / "home", Producer.library(home / "library")) as served:
        yield Producer(served)


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
    done = castalogue(producer.served.home, "verify", "two", "--json", *places)
    assert (done.returncode, [one["code"] for one in json.loads(done.stdout)["faults"]]) == (1, ["damaged"])
    wait_until(lambda: producer.served.ask(address).status == 503, seconds=5)


def test_half_a_file_is_held_and_named_and_the_episode_stays(producer):
    address, feed, file = producer.media("three"), producer.served.feed(SHOW), producer.audio("three")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2 - 7])
    wait_until(lambda: "three/audio.mp3 got smaller" in producer.served.messages, seconds=15)
    page = producer.served.ask(f"/{SHOW}/three/")
    assert (producer.served.ask(address).status, page.status, producer.served.feed(SHOW)) == (503, 200, feed)
    file.write_bytes(whole)
    wait_until(lambda: producer.served.ask(address).body == whole, seconds=15)
    assert producer.served.feed(SHOW) == feed
