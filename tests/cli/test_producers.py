"""`castalogue producer`: who may work in the studio, said on a terminal."""

import json

import pytest

from catalogue.cli.producers import ROLES
from catalogue.domain.rights import Role


def listed(terminal):
    return json.loads(terminal.type("producer", "list", "--json").stdout)


def test_the_roles_are_those_there_are():
    assert [role.value for role in Role] == list(ROLES)


def test_the_first_invitation_makes_the_owner_of_everything(owned):
    (ana,) = listed(owned)
    assert (ana["name"], ana["roles"], ana["closed"]) == ("Ana", [{"show": "*", "role": "owner"}], False)
    assert owned.type("producer", "list").stdout == "Ana   all shows: owner\n"


def test_links_are_data_and_all_else_is_said(owned):
    for words, kind in (
        (("invite", "--role", "reviewer", "--show", "conversations"), "invitation"),
        (("reset", "ana"), "reset"),
    ):
        done = owned.type("producer", *words)
        assert done.stdout.startswith(f"http://127.0.0.1:8000/studio/{kind}/")
        assert done.stdout.count("\n") == 1
        assert "Hand this link on" in done.stderr
        assert "It leads to http://127.0.0.1:8000." in done.stderr
    known = owned.type("producer", "reset", "ana", "--base-url", "https://pod.example")
    assert known.stdout.startswith("https://pod.example/studio/reset/")
    assert "It leads to" not in known.stderr


def test_a_role_is_given_and_taken(owned):
    assert (
        "Ana is editor of Conversations now."
        in owned.type("producer", "grant", "ANA", "--show", "conversations").stderr
    )
    assert len(listed(owned)[0]["roles"]) == 2
    assert owned.type("producer", "revoke", "Ana", "--show", "conversations").exit_code == 0
    assert len(listed(owned)[0]["roles"]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["revoke", "Ana"], "nobody would be left who may do everything"),
        (["disable", "Ana"], "nobody would be left who may do everything"),
        (["grant", "Ana", "--role", "editor"], "nobody would be left who may do everything"),
        (["reset", "Eva"], "Nobody is called Eva. See castalogue producer list."),
        (["revoke", "Ana", "--show", "conversations"], "Ana has no role there."),
        (["grant", "Ana", "--show", "other"], "other"),
    ],
)
def test_what_cannot_be_done_is_said_and_not_done(owned, words, said):
    done = owned.type("producer", *words)
    assert (done.exit_code, said in done.stderr) == (1, True), done.stderr
    assert listed(owned)[0]["roles"] == [{"show": "*", "role": "owner"}]


def test_a_name_that_is_missing_is_a_wrong_use(owned):
    done = owned.type("producer", "reset")
    assert (done.exit_code, "Name somebody" in done.stderr) == (2, True)


def test_nobody_there_is_said_with_the_way_in(terminal):
    assert "castalogue producer invite makes a link" in terminal.type("producer", "list").stderr


def test_a_key_that_is_weak_makes_no_link(terminal):
    done = terminal.type("producer", "invite", CASTALOGUE_SECRET_KEY="changeme")
    assert (done.exit_code, "holds no key that is hard to guess" in done.stderr) == (1, True)
