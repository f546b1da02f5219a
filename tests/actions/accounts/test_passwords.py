"""Which passwords may be chosen, and what is kept of them."""

import pytest

from catalogue.actions.accounts import passwords
from catalogue.actions.accounts.limits import PASSWORD_MOST
from catalogue.actions.accounts.passwords import find_weakness, hash_password, is_password


@pytest.mark.parametrize(
    "common",
    ["passwordpassword", "Password2024!", "123456789012", "qwertyuiop12", "aaaaaaaaaaaa", "abcabcabcabc",
     "iloveyou2024", "contraseña123", "abcdefghijkl", "0987654321098", "letmein!!!!!", "PODCAST-12345",
      "tequiero-1234"],
)  # fmt: skip
def test_what_is_guessed_first_is_refused(common):
    assert find_weakness(common, name="ana") == "common"


@pytest.mark.parametrize(
    "good",
    [
        "quiet rooms by the sea",
        "cuatro palabras sin relación",
        "ñandú 鳥 éé xx !!",
        "k7#mQ2!vT9zz",
        "ana likes passwords a lot",
    ],
)
def test_what_is_not_is_taken(good):
    assert find_weakness(good, name="ana") is None


def test_lengths_are_of_letters_not_of_bytes():
    assert (find_weakness("ñ鳥é" * 3, name=""), find_weakness("x" * 11, name="")) == ("short", "short")
    assert find_weakness("mxyz ñ鳥é" * 33, name="ana") == "long"


def test_a_letter_typed_in_parts_is_the_same_letter():
    assert is_password("cafe\u0301 con leche", hash_password("café con leche"))


@pytest.mark.parametrize("kept", [None, "", "no hash", "$argon2id$v=19$m=8,t=1,p=1$x$y"])
def test_what_is_no_hash_is_nobodys_password(kept):
    assert not is_password("", kept)
    assert not is_password("quiet rooms by the sea", kept)


def test_what_is_kept_is_slow_to_guess(monkeypatch):
    monkeypatch.undo()
    assert hash_password("quiet rooms by the sea").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert (passwords.MEMORY_KIB, passwords.PASSES) == (19 * 1024, 2)


def test_what_is_much_too_long_is_said_to_be_before_it_is_put_in_order(monkeypatch):
    monkeypatch.setattr(passwords, "_plain", lambda _: pytest.fail("it was looked at"))
    assert find_weakness("x" * (4 * PASSWORD_MOST + 1), name="ana") == "long"
