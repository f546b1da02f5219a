"""Episodes by the API: listed, read, begun, changed; nothing is written over what was not seen."""

import pytest
from programs import SHOW, program_of

from catalogue.domain.rights import Role
from catalogue.domain.tokens import Scope

ONE = f"{SHOW}/episodes/one"


def test_episodes_are_listed_in_pages_that_do_not_shift(program, workshop):
    first = program.told(f"{SHOW}/episodes?limit=2")
    assert [one["slug"] for one in first["episodes"]] == ["idea", "soon"]
    assert (first["total"], [one["status"] for one in first["episodes"]]) == (3, ["draft", "scheduled"])
    workshop.note("newer", title="Newer", published="2026-02-01")
    workshop.note("newest", title="Newest", published="2026-05-01")
    workshop.update()
    second = program.told(f"{SHOW}/episodes?limit=2&after={first['next']}")
    assert [one["slug"] for one in second["episodes"]] == ["newer", "one"]
    assert second["next"] is None


def test_a_list_is_narrowed_by_how_episodes_stand(reader):
    assert [one["slug"] for one in reader.told(f"{SHOW}/episodes?status=public")["episodes"]] == ["one"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "limit=1.0", "status=lost", "after=%40", "more=1", "limit=1&limit=2"]
)
def test_a_query_that_is_not_understood_is_refused_with_its_name(reader, query):
    refused = reader.get(f"{SHOW}/episodes?{query}")
    assert refused.status_code == 422, refused.text
    assert refused.json["errors"][0]["parameter"] == query.partition("=")[0]


def test_an_episode_has_its_note_and_the_version_of_that(reader):
    response = reader.get(ONE)
    told = response.json
    assert (told["episode"]["title"], told["keys"]["published"]) == ("One", "2026-01-05")
    assert told["text"].strip() == "About it."
    assert told["file"] == "one/episode.md"
    assert response.headers["ETag"] == reader.get(f"{ONE}/note").headers["ETag"]
    assert reader.get(f"{ONE}/note").text.startswith("---\ntitle: One\n")


def test_a_change_writes_the_lines_of_its_keys_alone(program, workshop):
    before = workshop.read("one")
    changed = program.change(ONE, {"keys": {"title": "Two", "number": 7, "tags": ["a", "b: c"]}})
    assert (changed.status_code, changed.json["episode"]["title"]) == (200, "Two"), changed.text
    assert (changed.json["episode"]["number"], changed.json["keys"]["tags"]) == (7, ["a", "b: c"])
    assert workshop.read("one").startswith(before.partition("\n---\n")[0].replace("title: One", "title: Two"))
    assert changed.headers["ETag"] == program.get(ONE).headers["ETag"]
    assert program.change(ONE, {"keys": {"number": None}, "text": "Other."}).json["text"].strip() == "Other."
    assert "number" not in workshop.read("one")


def test_a_whole_note_is_written_as_it_is(program, workshop):
    text = workshop.read("one").replace("title: One", "# a remark\ntitle: Whole")
    sent = {"data": text, "content_type": "text/markdown"}
    seen = {"If-Match": program.get(ONE).headers["ETag"]}
    assert program.ask("PUT", f"{ONE}/note", headers=seen, **sent).json["episode"]["title"] == "Whole"
    assert workshop.read("one") == text
    assert program.ask("PUT", f"{ONE}/note", headers=seen, **sent).status_code == 412


def test_what_was_not_seen_is_not_written_over(program, workshop):
    seen = program.get(ONE).headers["ETag"]
    workshop.note("one", title="Theirs", published="2026-01-05")
    stale = program.change(ONE, {"keys": {"title": "Mine"}}, seen=seen)
    assert (stale.status_code, stale.json["code"]) == (412, "stale-edit")
    assert "Theirs" in workshop.read("one")
    assert program.change(ONE, {"keys": {"title": "Mine"}}, seen=stale.headers["ETag"]).status_code == 200


def test_without_a_version_nothing_is_written(reader, shared):
    refused = reader.ask("PATCH", ONE, json={"keys": {"title": "Mine"}})
    assert (refused.status_code, refused.json["code"]) == (428, "no-version")
    assert refused.headers["ETag"] == reader.get(ONE).headers["ETag"]
    assert "One" in shared.read("one")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"keys": {"titel": "x"}}, "/keys/titel"),
        ({"keys": {"titel": None}}, "/keys/titel"),
        ({"keys": {"number": "many"}}, "/keys/number"),
        ({"keys": {"published": "5/10/21"}}, "/keys/published"),
        ({"key": {}}, "/key"),
        ({"text": 3}, "/text"),
        ([], ""),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_written(reader, shared, change, pointer):
    before = shared.read("one")
    refused = reader.change(ONE, change)
    assert refused.status_code == 422, refused.text
    assert refused.json["errors"][0].get("pointer") == pointer, refused.text
    assert shared.read("one") == before


def test_all_faults_of_a_note_come_at_once_with_their_lines(reader):
    refused = reader.change(ONE, {"keys": {"number": "many", "explicit": "perhaps"}})
    assert {one["pointer"] for one in refused.json["errors"]} == {"/keys/number", "/keys/explicit"}
    assert all(one["line"] for one in refused.json["errors"])


def test_an_episode_is_begun_as_a_draft_whoever_asks(program, workshop):
    sent = {"title": "New one", "keys": {"season": 2, "draft": False}, "text": "Hello."}
    made = program.post(f"{SHOW}/episodes", sent)
    assert (made.status_code, made.json["episode"]["status"]) == (201, "draft"), made.text
    assert made.headers["Location"] == f"{SHOW}/episodes/new-one"
    assert workshop.read("new-one").endswith("\nHello.\n")
    assert made.json["episode"]["season"] == 2
    assert program.get(made.headers["Location"]).headers["ETag"] == made.headers["ETag"]


def test_who_may_not_publish_lets_nothing_out_by_a_key(workshop):
    helper = program_of(workshop, Role.CONTRIBUTOR)
    draft = helper.post(f"{SHOW}/episodes", {"title": "Mine"}).headers["Location"]
    assert helper.change(draft, {"keys": {"summary": "Short."}}).status_code == 200
    for keys in ({"draft": None}, {"published": "2026-01-01"}, {"audience": "members"}, {"guid": "x"}, {"slug": "y"}):
        assert helper.change(draft, {"keys": keys}).status_code == 403, keys
    assert helper.post(f"{SHOW}/episodes", {"title": "x", "keys": {"guid": "x"}}).status_code == 403
    assert helper.ask("PATCH", f"{SHOW}/episodes/idea", json={}, headers={"If-Match": "*"}).status_code == 403


def test_a_token_for_writing_alone_lets_nothing_out_either(workshop):
    writer = program_of(workshop, scopes=(Scope.READ, Scope.WRITE))
    assert writer.change(f"{SHOW}/episodes/idea", {"keys": {"draft": "no"}}).status_code == 403
    assert writer.change(f"{SHOW}/episodes/idea", {"keys": {"title": "Better"}}).status_code == 200


def test_an_episode_that_was_withdrawn_is_told_of_and_not_changed(program):
    assert program.post(f"{ONE}/withdraw", {"confirm": "one"}).status_code == 200
    response = program.get(ONE)
    assert (response.json["episode"]["status"], response.json["keys"], "ETag" in response.headers) == (
        "withdrawn",
        {},
        False,
    )
    assert program.change(ONE, {"keys": {}}, seen="*").status_code == 409


def test_a_change_is_in_the_log_with_the_program_s_name(program, workshop):
    program.change(ONE, {"keys": {"title": "Two"}})
    (entry,) = workshop.index.log_entries(show_guids=None, offset=0, limit=1)
    assert (entry.who, entry.what, entry.which) == (program.producer.shown_name, "edited", "one (newsroom)")
