"""What is public, and what only looks so."""

from ipaddress import ip_address

import pytest

from catalogue.outside.addresses import is_public

NOT_PUBLIC = """
0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 192.0.0.9 192.0.0.192 192.0.2.1
192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
168.63.129.16
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::7f00:1
100::1 2001::1 2001:0:7f00:1:: 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:c0a8:1:: 2002:a9fe:a9fe:: 3fff::1 5f00::1
fc00::1 fd12:3456::1 fe80::1 fe80::1%2 fec0::1 ff02::1 ff0e::1
"""
PUBLIC = """
8.8.8.8 93.184.216.34 172.32.0.1 192.0.1.1 168.63.129.15 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1
2001:200::1 2606:4700::1111 2a00:1450:4001::1
"""


@pytest.mark.parametrize("text", NOT_PUBLIC.split())
def test_an_address_of_a_machine_a_network_or_nobody_is_not_public(text):
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC.split())
def test_an_address_of_the_internet_is_public_in_every_dress(text):
    assert is_public(ip_address(text))
