"""The API below a path: `https://pods.example/podcasts`, behind a proxy that strips nothing."""

import re

import pytest
from programs import program_of
from workshop import Workshop

HOST, BELOW = "https://pods.example", "/podcasts"
SHOW = f"{BELOW}/api/v1/shows/conversations"


@pytest.fixture
def program(workshop):
    """A program that asks as a proxy passes on."""
    there = Workshop(index=workshop.index, place=workshop.place, now=workshop.now, base_url=HOST + BELOW)
    asking = program_of(there)
    opened = asking.client.open
    asking.client.open = lambda *args, **stated: opened(*args, **{"base_url": HOST, **stated})
    return asking


def addresses(value):
    """All addresses in an answer, of this site or from its root."""
    return set(re.findall(r'"((?:https://pods\.example|/)[^"]*)"', value))


def test_every_address_in_an_answer_is_below_it(program):
    asked = ("/", "/shows", "/shows/conversations", "/shows/conversations/episodes", "/search?q=one")
    told = [program.get(f"{BELOW}/api/v1{path}") for path in asked]
    episode = program.get(f"{SHOW}/episodes/one")
    assert [one.status_code for one in (*told, episode)] == [200] * 6, [one.text for one in told]
    found = set().union(*(addresses(one.text) for one in (*told, episode)))
    assert found
    assert [one for one in found if not one.startswith((f"{HOST}{BELOW}/", f"{BELOW}/"))] == []


def test_where_something_was_begun_leads_there(program):
    made = program.post(f"{SHOW}/episodes", {"title": "New one"})
    assert made.headers["Location"] == f"{SHOW}/episodes/new-one"
    assert program.get(made.headers["Location"]).status_code == 200
    begun = program.post(f"{SHOW}/uploads", {"name": "a.mp3", "size_bytes": 10})
    assert {begun.headers["Location"], begun.json["address"]} == {begun.json["address"]}
    sent = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    assert begun.json["address"].startswith(f"{SHOW}/uploads/")
    assert program.ask("PATCH", begun.json["address"], data=b"12345", headers=sent).headers["Upload-Offset"] == "5"


def test_the_description_names_it_once(program):
    described = program.get(f"{BELOW}/api/v1/openapi.json").json
    assert described["servers"] == [{"url": HOST + BELOW}]
    assert all(path.startswith("/api/v1") for path in described["paths"])
