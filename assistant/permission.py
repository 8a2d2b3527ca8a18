"""Who may change the library over HTTP; reading and asking is for everybody who gets in.

Knows an address, headers and whether the server was opened for changes. Without a sign-in the
only person known is one at the machine that serves, so nobody else changes anything unless the
server was started with ``--allow-changes``; and no other site's page does, ever.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.serving import is_loopback
from corpus.errors import TownbookError


class NotAllowed(TownbookError):
    """The caller may read and ask questions, but not this."""


class Elsewhere(NotAllowed):
    """It comes from another machine, and the server was not opened for that."""


def require_own(client: str, headers: Mapping[str, str], *, is_open: bool) -> None:
    """Raises NotAllowed unless whoever sends ``headers`` from ``client`` may change the library.

    ``is_open``: other machines may, too. Header names are in lower case.
    """
    if not is_open and not _is_here(client, headers):
        raise Elsewhere(
            "a change to the library was asked for from another machine",
            "somebody at the machine that serves",
            "use the page or `townbook` there, or start `townbook serve` with --allow-changes",
        )
    origin = headers.get("origin")
    is_own_page = origin is None or origin.partition("://")[2] == headers.get("host")
    if not is_own_page or headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise NotAllowed(
            "another site's page asked for a change to the library",
            "this server's own page",
            "open its own page",
        )


def require_path_allowed(client: str, headers: Mapping[str, str]) -> None:
    """Raises NotAllowed unless the caller may name files of this machine as a source.

    Other machines never may: every file this program can read would be in the answers.
    """
    if not _is_here(client, headers):
        raise NotAllowed(
            "a folder or file of this machine was named from another one",
            "an address that begins with https://",
            "add it at the machine that serves, with: townbook sources add",
        )


def _is_here(client: str, headers: Mapping[str, str]) -> bool:
    """A proxy on this machine speaks for people elsewhere, and says so in a header.

    A name that is not this machine's own, called from this machine, is a page elsewhere whose
    name was pointed here: its browser takes it for our own page.
    """
    is_forwarded = "x-forwarded-for" in headers or "forwarded" in headers
    host = headers.get("host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return is_loopback(client) and is_loopback(name) and not is_forwarded
