"""`castalogue token`: what programs hold, given and taken back on a terminal."""

import json
from datetime import datetime

import pytest

from catalogue.cli.tokens import DAYS, MOST_DAYS, SCOPES
from catalogue.domain.tokens import LASTS, LONGEST, Scope


def listed(terminal):
    return json.loads(terminal.type("token", "list", "--json").stdout)


def test_scopes_and_days_are_those_there_are():
    assert [scope.value for scope in Scope] == list(SCOPES)
    assert (LASTS.days, LONGEST.days) == (DAYS, MOST_DAYS)


def test_a_token_is_shown_once_listed_without_it_and_revoked(owned):
    made = owned.type("token", "new", "newsroom", "--scope", "publish", "--scope", "read")
    secret = made.stdout.strip()
    assert (made.exit_code, secret[:4], made.stdout.count("\n")) == (0, "cst_", 1), made.stderr
    (one,) = listed(owned)
    assert (one["name"], one["producer"], one["scopes"]) == ("newsroom", "Ana", ["read", "publish"])
    assert secret not in owned.type("token", "list").stdout
    assert "The token newsroom opens nothing any more." in owned.type("token", "revoke", "1").stderr
    assert listed(owned)[0]["revoked_at"] is not None
    assert owned.type("token", "revoke", "1").exit_code == 1


def test_nobody_in_particular_gets_a_token_for_reading_ninety_days(owned):
    made = json.loads(owned.type("token", "new", "laptop", "--json").stdout)
    lasts = datetime.fromisoformat(made["expires_at"]) - datetime.fromisoformat(made["created_at"])
    assert (made["scopes"], made["shows"], lasts) == (["read"], [], LASTS)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["new"], 2, "Say which"),
        (["new", " "], 2, "needs a name"),
        (["new", "x", "--days", "366"], 2, "1<=x<=365"),
        (["new", "x", "--producer", "Eva"], 1, "Nobody who may sign in is called Eva"),
        (["new", "x", "--show", "other"], 1, "No show has the slug"),
        (["revoke", "x"], 1, "no token with this number"),
    ],
)
def test_what_cannot_be_is_said(owned, words, code, said):
    done = owned.type("token", *words)
    assert (done.exit_code, said in done.stderr) == (code, True), done.stderr
    assert listed(owned) == []


def test_without_producers_there_are_no_tokens(terminal):
    assert "Nobody may sign in yet. Invite somebody first" in terminal.type("token", "new", "x").stderr
    assert "None yet" in terminal.type("token", "list").stderr
