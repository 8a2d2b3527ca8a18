"""Web addresses: which may be asked for at all, and the IP address that is then asked.

Knows how an address is written, how people write one to get somewhere they should not, and
that a name may resolve to anything, and to something else the next time. So a name is resolved
once, every address it has is checked, and the connection goes to a checked one. It refuses to
connect.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from corpus.errors import TownbookError, UsageError
from corpus.web.reach import NOTHING_ELSE, Allowed, is_public, parse_ip

Resolver = Callable[[str, int], Sequence[str]]  # host, port → IP addresses

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2048  # characters, as browsers take them
_LONGEST_NAME = 253  # characters, RFC 1035
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# WHATWG: a host whose last label looks like a number is an IPv4 address or an error. "0x7f.1",
# "017700000001" and "2130706433" are all read as 127.0.0.1 by some library.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Names that never stand for a public host (RFC 6761, 6762, 8375 and ICANN's "internal").
_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa", "onion")
_KEPT_IN_PATHS = "/!$&'()*+,;=:@~%"


class AddressRefused(UsageError):
    """An address that is malformed, or leads somewhere that must not be asked."""


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in one spelling: no credentials, no fragment, ASCII throughout."""

    scheme: str  # "http" | "https"
    host: str  # lower case; an IPv6 address without its brackets
    port: int
    path: str  # with its query, begins with "/"

    @property
    def authority(self) -> str:
        """Host and port as a Host header says them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Everything before the path: what robots.txt and politeness count by."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return self.origin + self.path


@dataclass(frozen=True, slots=True)
class Pinned:
    """An address with the IP addresses it may be asked at, all of them checked."""

    address: Address
    ips: tuple[str, ...]  # in the resolver's order; empty where only a proxy can resolve it

    def ip(self, attempt: int) -> str:
        """The one to connect to: another at each attempt, as the first may be unreachable."""
        return self.ips[attempt % len(self.ips)]


def is_address(source: str) -> bool:
    """Whether a source is meant as an address of some kind, not as a path."""
    return "://" in source


def spelled(text: str) -> str:
    """The one spelling of a web address; AddressRefused as ``parse_address``."""
    return parse_address(text).url


def parse_address(text: str) -> Address:
    """``text`` as an Address; AddressRefused when it is malformed, or written to mislead.

    Nothing is resolved, and nothing said about where it leads: see ``refuse_local`` and ``pin``.
    """
    if len(text) > _LONGEST:
        raise _refused(f"{text[:60]}…", f"it has {len(text):,} characters, more than {_LONGEST:,}")
    if not text.isprintable() or " " in text or "\\" in text:
        raise _refused(text, "it holds white space, a control character or a backslash")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _refused(text, str(error)) from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise _refused(text, "it does not begin with http:// or https://")
    if "@" in parts.netloc:
        # Not repeated: what stands before the @ may be a password.
        raise _refused(f"{scheme}://…@{parts.netloc.rpartition('@')[2]}", "it holds a user name")
    host = _host(text, parts.hostname or "", in_brackets="[" in parts.netloc)
    port = _PORTS[scheme] if port is None else port
    if not port:
        raise _refused(text, "port 0 is none")
    path = quote(parts.path or "/", safe=_KEPT_IN_PATHS)
    query = quote(parts.query, safe=_KEPT_IN_PATHS + "?")
    # Joined by hand: urlunsplit would take a path that begins with "//" for a host.
    return Address(scheme, host, port, f"{path}?{query}" if query else path)


def refuse_local(address: Address, allowed: Allowed = NOTHING_ELSE) -> None:
    """AddressRefused for what leads into a local network by its spelling, unless allowed."""
    host = address.host
    ip = parse_ip(host)
    if allowed.host(host) or (ip is not None and allowed.ip(ip)):
        return
    if ip is not None and not is_public(ip):
        raise _refused(address.url, f"{host} is not public")
    is_local = "." not in host or any(host == n or host.endswith(f".{n}") for n in _LOCAL_NAMES)
    if ip is None and is_local and not allowed.networks:
        raise _refused(address.url, f"{host} is a name of a local network")
    # Below 1024 answer mail, file and name servers: they would be sent a page request.
    if address.port < 1024 and address.port not in _PORTS.values():
        raise _refused(address.url, f"port {address.port} belongs to another service than the web")


def pin(
    address: Address,
    resolver: Resolver,
    allowed: Allowed = NOTHING_ELSE,
    *,
    is_proxied: bool = False,
) -> Pinned:
    """``address`` with the IP addresses it resolves to now, each of them public or allowed.

    One that is not is enough for AddressRefused, as is what ``refuse_local`` refuses: a name
    with a public and a private address is made to be used for one of the two. TownbookError
    when the name resolves to nothing; a name that a proxy is going to resolve may do so, and
    then has no ``ips``.
    """
    refuse_local(address, allowed)
    literal = parse_ip(address.host)
    try:
        found = [address.host] if literal else list(resolver(address.host, address.port))
    except OSError as error:
        if is_proxied:
            return Pinned(address, ())
        raise _unresolved(address, error.strerror or type(error).__name__) from error
    if not found and not is_proxied:
        raise _unresolved(address, "it has no IP address")
    if not allowed.host(address.host):
        for text in found:
            ip = parse_ip(text)
            if ip is None or not (is_public(ip) or allowed.ip(ip)):
                raise _refused(address.url, f"{address.host} is {text}, which is not public")
    return Pinned(address, tuple(dict.fromkeys(found)))


def resolve(host: str, port: int) -> list[str]:
    """What the system says ``host`` is; OSError when it does not know."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def within(resolver: Resolver, seconds: float) -> Resolver:
    """``resolver``, given up after ``seconds``; the system's own has no limit to set."""

    def resolve_in_time(host: str, port: int) -> Sequence[str]:
        found: list[Sequence[str] | OSError] = []

        def work() -> None:
            try:
                found.append(resolver(host, port))
            except OSError as error:
                found.append(error)
            except UnicodeError:  # the system's IDNA codec, of a label it finds too long
                found.append(OSError("not a host name"))

        # A daemon: nothing can end a lookup, and the process may end without it.
        thread = threading.Thread(target=work, name="resolver", daemon=True)
        thread.start()
        thread.join(seconds)
        if not found:
            raise TimeoutError(None, f"no answer from the name server in {seconds:.0f} seconds")
        if isinstance(found[0], OSError):
            raise found[0]
        return found[0]

    return resolve_in_time


def _host(text: str, host: str, *, in_brackets: bool) -> str:
    """The host in its one spelling."""
    if in_brackets:
        ip = parse_ip(host)
        if ip is None or ip.version != 6:
            raise _refused(text, "what stands in brackets is no IPv6 address")
        return str(ip)
    if not host.isascii():
        host = _to_ascii(text, host)
    host = host.lower()
    if host.endswith("."):
        raise _refused(text, "its host ends with a dot")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        # ipaddress takes four plain decimal numbers only, none with a leading zero.
        if parse_ip(host) is None:
            raise _refused(text, "its host is a number in an unusual spelling")
        return host
    if len(host) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, labels)):
        raise _refused(text, "its host is not a host name")
    return host


def _to_ascii(text: str, host: str) -> str:
    import idna  # only names with letters beyond ASCII need it

    try:
        # Mapped first, as browsers do: full-width digits and dots become plain ones, which
        # the checks that follow then see.
        return idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError as error:
        raise _refused(text, f"its host is not a host name ({error})") from error


def _refused(shown: str, reason: str) -> AddressRefused:
    return AddressRefused(
        f"got the address {shown}: {reason}",
        "http:// or https:// and a host on the public internet",
        "correct it, or name an intranet's host in TOWNBOOK_ALLOW_HOSTS",
    )


def _unresolved(address: Address, reason: str) -> TownbookError:
    return TownbookError(
        f"{address.host} was not found ({reason})",
        "a host name that resolves",
        "check the spelling and the network",
    )
