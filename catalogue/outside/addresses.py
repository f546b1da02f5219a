"""Which addresses are public: everybody's, not this machine's, its network's or its host's.

`is_global` of the standard library is not enough: it calls 64:ff9b::127.0.0.1 (NAT64), 2002:7f00:1:: (6to4),
::127.0.0.1, fec0::1, 192.0.0.192 and multicast global. So the whole is turned round: of IPv6 only what is handed out
as global unicast is public, and an IPv4 address carried inside one is judged itself.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IANA, "IPv6 Global Unicast Address Assignments": nothing outside of it is assigned.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# RFC 6052, section 2.1.
_NAT64 = IPv6Network("64:ff9b::/96")
_NEVER_PUBLIC: tuple[Network, ...] = (
    IPv4Network("192.0.0.0/24"),  # RFC 6890; 192.0.0.192 tells machines in Oracle's cloud their secrets
    IPv4Network("192.88.99.0/24"),  # RFC 7526: relays of 6to4
    IPv4Network("168.63.129.16/32"),  # Microsoft, "What is IP address 168.63.129.16?": the host of an Azure machine
    IPv6Network("2001::/23"),  # RFC 2928; among them Teredo, which carries an IPv4 address
    IPv6Network("3fff::/20"),  # RFC 9637: documentation
)


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the public internet, whatever form it has.

    >>> from ipaddress import ip_address
    >>> is_public(ip_address("93.184.216.34")), is_public(ip_address("2606:4700::1111"))
    (True, True)
    >>> [text for text in ("::ffff:10.0.0.1", "64:ff9b::7f00:1", "100.64.0.1") if is_public(ip_address(text))]
    []
    """
    address = plain(address)
    if isinstance(address, IPv6Address):
        carried = IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else address.sixtofour
        if carried is not None:
            return is_public(carried)
        if address not in _GLOBAL_UNICAST:
            return False
    return address.is_global and not address.is_multicast and not is_in(address, _NEVER_PUBLIC)


def is_in(address: Address, networks: tuple[Network, ...]) -> bool:
    """Tell whether one of the networks holds the address; an IPv4 address in IPv6 dress (::ffff:…) is that address."""
    return any(plain(address) in network for network in networks)


def plain(address: Address) -> Address:
    """Undress an IPv4 address that is written as IPv6 (RFC 4291, section 2.5.5.2).

    >>> plain(IPv6Address("::ffff:127.0.0.1"))
    IPv4Address('127.0.0.1')
    """
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return address if mapped is None else mapped
