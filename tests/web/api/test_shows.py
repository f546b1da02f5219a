"""Shows by the API: which there are, and their settings."""

import pytest
from programs import SHOW, program_of

from catalogue.domain.rights import Role
from catalogue.domain.tokens import Scope


def test_the_first_answer_says_whose_token_it_is_and_where_to_go_on(reader):
    told = reader.told("/api/v1/")
    assert (told["producer"], told["token"]) == (reader.producer.shown_name, "newsroom")
    assert told["scopes"] == [scope.value for scope in Scope]
    assert reader.get(told["shows"].removeprefix("http://localhost")).status_code == 200


def test_a_show_has_its_settings_and_its_episodes_counted(reader):
    (line,) = reader.told("/api/v1/shows")["shows"]
    told = reader.told(SHOW)
    assert line.items() <= told.items()
    assert told["settings"]["description"] == "Living with and after breast cancer."
    assert told["episodes"] == {"public": 1, "scheduled": 1, "draft": 1}


def test_a_setting_is_changed_and_every_other_line_stays(program, workshop):
    before = (workshop.root / "show.toml").read_text("utf-8")
    workshop.write("show.toml", f'{before}subtitle = "Of hope"\n')
    sent = {"description": "Other words.", "categories": ["Health & Fitness > Medicine"], "subtitle": None}
    changed = program.change(SHOW, sent)
    assert (changed.status_code, changed.json["settings"]["description"]) == (200, "Other words."), changed.text
    after = (workshop.root / "show.toml").read_text("utf-8").splitlines()
    kept = [line for line in before.splitlines() if not line.startswith("description")]
    assert [line for line in after if line in kept] == kept
    assert changed.json["categories"] == ["Health & Fitness > Medicine"]
    assert "subtitle" not in changed.json["settings"]
    assert changed.headers["ETag"] == program.get(SHOW).headers["ETag"]


def test_settings_that_were_not_seen_are_not_written_over(program, workshop):
    seen = program.get(SHOW).headers["ETag"]
    workshop.write("show.toml", (workshop.root / "show.toml").read_text("utf-8") + 'subtitle = "theirs"\n')
    assert program.change(SHOW, {"title": "Mine"}, seen=seen).status_code == 412
    assert program.ask("PATCH", SHOW, json={"title": "Mine"}).status_code == 428
    assert "Mine" not in (workshop.root / "show.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"timezone": "Mars/Base"}, "/timezone"),
        ({"language": "klingon?"}, "/language"),
        ({"guid": "x"}, "/guid"),
        ({"title": ""}, "/title"),
        ({"author": None}, "/author"),
        ({"title": 3}, "/title"),
        ({"categories": ["a", "b", "c", "d"]}, "/categories"),
    ],
)
def test_what_is_wrong_with_a_setting_is_told_at_its_key(reader, sent, pointer):
    refused = reader.change(SHOW, sent)
    assert (refused.status_code, refused.json["errors"][0].get("pointer")) == (422, pointer), refused.text


def test_only_an_owner_changes_settings(shared):
    editor = program_of(shared, Role.EDITOR)
    assert editor.change(SHOW, {"title": "Mine"}).status_code == 403
