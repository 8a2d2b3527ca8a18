"""Which IP addresses are on the public internet, and which others an operator allows.

Knows the special-purpose registries of IPv4 and IPv6 and the forms of IPv6 that carry an IPv4
address inside. It refuses to resolve names. The lists are written out because what
``ipaddress`` calls global has changed between patch releases of Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from corpus.errors import UsageError

IP = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# https://www.iana.org/assignments/iana-ipv4-special-registry
_SPECIAL_V4 = tuple(
    IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
# Global unicast is handed out of this block alone (RFC 4291); all special blocks outside it,
# loopback, link-local, unique local and multicast, need no line of their own.
_UNICAST_V6 = IPv6Network("2000::/3")
# https://www.iana.org/assignments/iana-ipv6-special-registry. Teredo (2001::/32, inside the
# first) and 6to4 (2002::/16) carry an IPv4 address and serve no page any more.
_SPECIAL_V6 = tuple(
    IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
# The well-known prefix of NAT64: what a name server gives in a network without IPv4.
_NAT64 = IPv6Network("64:ff9b::/96")

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


def is_public(address: IP) -> bool:
    """Whether ``address`` is one host on the public internet, whatever form it is written in."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None:
            return address in _UNICAST_V6 and not any(address in part for part in _SPECIAL_V6)
        address = inner
    return not any(address in part for part in _SPECIAL_V4)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts and networks that may be reached although they are not public: an intranet's."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[str]) -> Allowed:
        """From host names, addresses and networks like ``10.1.0.0/16``.

        UsageError for what is none of them, or is all there is.
        """
        hosts: set[str] = set()
        networks: list[Network] = []
        for entry in filter(None, (entry.strip().lower() for entry in entries)):
            try:
                network = ip_network(entry.strip("[]"))
            except ValueError:
                network = None
            if network is not None and network.prefixlen:
                networks.append(network)
            elif network is None and _HOST.fullmatch(entry) and not _is_numeric(entry):
                hosts.add(entry)
            else:
                raise UsageError(
                    f"got {entry!r} among the allowed hosts",
                    "host names, addresses or networks like 10.1.0.0/16, separated by commas",
                    "correct TOWNBOOK_ALLOW_HOSTS",
                )
        return cls(frozenset(hosts), tuple(networks))

    def host(self, host: str) -> bool:
        """Whether ``host``, as an address spells it, is allowed whatever it resolves to."""
        return host in self.hosts

    def ip(self, address: IP) -> bool:
        """Whether ``address`` lies in an allowed network."""
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(address in network for network in self.networks)


NOTHING_ELSE = Allowed()


def parse_ip(text: str) -> IP | None:
    """The address that ``text`` spells in the usual way, without a zone; None for a name."""
    try:
        return None if "%" in text else ip_address(text)
    except ValueError:
        return None


def _is_numeric(host: str) -> bool:
    return host.rpartition(".")[2].isdigit()
