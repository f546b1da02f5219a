"""What is planned, found and minded, by the API."""

from programs import SHOW


def errors(told):
    """The files that something is wrong with; that there is no cover is a warning."""
    return [one["path"] for one in told["problems"] if one["severity"] == "error"]


def test_a_plan_says_what_an_index_would_change_for_who_subscribes(program, workshop):
    plan = program.told(f"{SHOW}/plan")
    assert (plan["changes"], plan["episodes"], errors(plan)) == ([], [], [])
    workshop.note("one", title="Renamed", published="2026-01-05")
    workshop.note("idea", title="An idea", published="2026-02-01")
    planned = program.told(f"{SHOW}/plan")["episodes"]
    assert {one["slug"]: one["effects"] for one in planned} == {"idea": ["new"], "one": ["changed"]}
    assert program.told(f"{SHOW}/episodes/one")["episode"]["title"] == "One", "nothing was done"


def test_an_index_is_said_first_and_then_done(program, workshop):
    workshop.note("one", title="Renamed", published="2026-01-05")
    said = program.post("/api/v1/index", {"dry_run": True}).json
    assert (said["is_done"], said["counts"]["changed"]) == (False, 1)
    done = program.post("/api/v1/index").json
    assert (done["is_done"], done["counts"]["changed"], errors(done)) == (True, 1, [])
    assert program.told(f"{SHOW}/episodes/one")["episode"]["title"] == "Renamed"


def test_what_an_index_refuses_is_named_in_plan_findings_and_episode(program, workshop):
    workshop.write("one/episode.md", "---\ntitle: [\n---\n")
    assert errors(program.post("/api/v1/index").json) == ["one/episode.md"]
    for path in ("plan", "findings", "episodes/one", "episodes/one/findings"):
        assert errors(program.told(f"{SHOW}/{path}")) == ["one/episode.md"], path


def test_findings_of_an_episode_name_the_key_that_they_are_about(reader):
    found = reader.told(f"{SHOW}/episodes/idea/findings")["findings"]
    assert found
    assert {"rule", "level", "message", "mend", "source", "guid", "key", "file", "line"} == set(found[0])
    whole = reader.told(f"{SHOW}/findings")
    assert any(one["file"] for one in whole["findings"])


def test_the_search_finds_what_is_public_and_nothing_else(reader):
    found = reader.told("/api/v1/search?q=about")
    assert [(one["kind"], one["slug"]) for one in found["hits"]] == [("episode", "one")]
    sentence = found["hits"][0]["sentences"][0]
    start, end = sentence["marks"][0]
    assert sentence["text"][start:end].lower() == "about"
    assert reader.told("/api/v1/search?q=idea")["count"] == 0
    assert reader.get("/api/v1/search?q=x&page=0").json["errors"][0]["parameter"] == "page"
