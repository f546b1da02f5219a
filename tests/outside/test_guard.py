"""Who may be asked, and what is said of who may not."""

from dataclasses import replace

import pytest

from catalogue.config import Settings
from catalogue.errors import AddressRefused, ConfigError, NoAnswer
from catalogue.outside.guard import Guard, open_guard, read_guard

PUBLIC = "93.184.216.34"
# All of them are 127.0.0.1, ::1, 0.0.0.0 or the address where clouds keep their machines' secrets.
SPELLINGS = """
127.0.0.1 127.1 2130706433 0x7f.1 0x7f000001 0177.0.0.1 0 localhost ::1 :: ::ffff:127.0.0.1 ::ffff:7f00:1
169.254.169.254 0xa9fea9fe 2852039166 ::ffff:169.254.169.254
"""


def leading_to(*addresses, **stated):
    return Guard(resolve=lambda host, port: addresses, **stated)


def asked(guard, host="podcast.test", port=80):
    return guard.addresses(host, port, url=f"http://{host}/")


def refusal(guard, *args, **stated):
    with pytest.raises(AddressRefused) as caught:
        asked(guard, *args, **stated)
    return str(caught.value)


@pytest.mark.parametrize("spelling", SPELLINGS.split())
def test_no_spelling_of_a_private_address_gets_past_the_systems_own_look_up(spelling):
    assert "not a public address" in refusal(Guard(), spelling)


def test_a_public_machine_is_asked_at_the_ports_of_the_web():
    assert asked(leading_to(PUBLIC)) == (PUBLIC,)
    assert asked(leading_to(PUBLIC), port=443) == (PUBLIC,)


def test_one_private_address_among_public_ones_refuses_them_all():
    assert refusal(leading_to(PUBLIC, "10.0.0.1", "2606:4700::1111")) == (
        "http://podcast.test/: This leads to 10.0.0.1, which is not a public address. "
        "If you mean it, name it in `allow_outside`."
    )


def test_another_port_is_refused_with_the_mend():
    assert refusal(leading_to(PUBLIC), port=25) == (
        "http://podcast.test/: Port 25 is not one of the web's (80, 443). "
        "If you mean it, name the host in `allow_outside`."
    )


def test_a_named_host_may_be_asked_wherever_it_is_and_at_any_port():
    guard = replace(read_guard("NAS.local."), resolve=lambda *_: ("192.168.1.5",))
    assert asked(guard, "nas.local", port=8080) == ("192.168.1.5",)
    assert asked(guard, "nas.local.", port=8080) == ("192.168.1.5",)
    assert "192.168.1.5" in refusal(guard, "evil.nas.local")


def test_a_named_network_may_be_asked_under_every_name():
    guard = replace(read_guard("192.168.1.0/24 fd00::/8"), resolve=lambda *_: ("::ffff:192.168.1.5", "fd00::1"))
    assert asked(guard, "anything.test", port=8080) == ("::ffff:192.168.1.5", "fd00::1")


def test_a_neighbour_of_a_named_network_is_refused():
    assert "192.168.2.5" in refusal(replace(read_guard("192.168.1.0/24"), resolve=lambda *_: ("192.168.2.5",)))


def test_a_name_that_is_nobodys_is_said_so():
    def nobody(host, port):
        raise OSError

    for guard in (Guard(resolve=nobody), leading_to()):
        with pytest.raises(NoAnswer, match=r"^http://podcast.test/: There is no machine called podcast.test\."):
            asked(guard)


def test_the_guard_is_as_the_operator_set_it():
    guard = open_guard(Settings(allow_outside="[::1], 10.0.0.7/8,bücher.example"))
    assert [str(network) for network in guard.networks] == ["::1/128", "10.0.0.0/8"]
    assert guard.hosts == {"xn--bcher-kva.example"}
    assert open_guard(Settings()).hosts == frozenset()


@pytest.mark.parametrize("entry", ["http://nas.local", "nas.local:80", "a/b", "10.0.0.0/33", "*.local", "a%20b"])
def test_what_is_no_host_and_no_network_is_refused_with_the_mend(entry):
    with pytest.raises(ConfigError, match="is no host and no network"):
        read_guard(f"nas.local {entry}")
