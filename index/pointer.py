"""CURRENT: which snapshot is published. Replacing it is the only commit point.

It holds the snapshot's number and the hash of its manifest, so that a damaged pointer cannot
lead to another snapshot unnoticed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.errors import DamagedSnapshot, HomeError, NotReady
from index import durable
from index.home import Home

_LINE = re.compile(rb"([0-9]{6,}) ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Pointer:
    """The published snapshot's number and its manifest's digest."""

    snapshot: str
    digest: str


def read_pointer(home: Home) -> Pointer:
    """What CURRENT says; cheap enough to ask before every question.

    Raises NotReady when nothing was ever published, DamagedSnapshot when it says nonsense.
    """
    try:
        content = home.current.read_bytes()
    except FileNotFoundError:
        raise NotReady(
            f"nothing is indexed in {home.path} yet",
            "a published snapshot",
            "run `townbook refresh` with a folder of articles",
        ) from None
    except OSError as error:
        raise HomeError(
            f"could not read {home.current} ({error.strerror})", "a readable file", "mend it"
        ) from error
    match = _LINE.fullmatch(content)
    if match is None:
        raise DamagedSnapshot(
            f"got {home.current} that names no snapshot",
            "the number and hash of one",
            "run `townbook refresh`, which publishes a new one",
        )
    return Pointer(match[1].decode(), match[2].decode())


def write_pointer(home: Home, pointer: Pointer) -> None:
    """Publish: after this returns every new reader opens ``pointer``'s snapshot."""
    durable.replace_file(home.current, f"{pointer.snapshot} {pointer.digest}\n".encode())
