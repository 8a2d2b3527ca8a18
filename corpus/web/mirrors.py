"""Every web source of a home: what ``index.refresh`` asks when a source is an address.

Puts door, reader process and mirror together. It refuses to know what happens to the files.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from corpus.reading import ReaderPool
from corpus.sources import Survey
from corpus.web.links import Listing
from corpus.web.mirror import Mirror
from corpus.web.names import folder_of
from corpus.web.updating import Fetches, Tell


class _ReadsLinks(Protocol):
    def links(self, data: bytes, url: str) -> Listing:
        """As ReaderPool.links."""


def _one_reader() -> ReaderPool:
    return ReaderPool(workers=1)  # starts no process before the first listing


class Mirrors:
    """Surveys of addresses, each from its own folder below ``folder``.

    With a ``door`` a survey brings the mirror up to date first; without one nothing is asked
    for, and the survey is of what was fetched before.
    """

    def __init__(
        self,
        folder: Path,
        door: Fetches | None,
        reader: Callable[[], AbstractContextManager[_ReadsLinks]] = _one_reader,
    ) -> None:
        self._folder = folder
        self._door = door
        self._reader = reader

    def survey(
        self,
        address: str,
        tell: Tell = lambda done, total: None,
        barred: Collection[str] = (),
    ) -> Survey:
        """What there is of ``address``, with remarks on what could not be had.

        TownbookError when there is nothing. ``tell`` hears how many pages are done; pages whose
        source is ``barred`` are not fetched.
        """
        mirror = Mirror(self._folder / folder_of(address))
        if self._door is None:
            return mirror.survey(address)
        # Ended before anything else starts: a reader holds a few hundred megabytes.
        with self._reader() as reader:
            report = mirror.update(address, self._door, reader.links, tell=tell, barred=barred)
        return replace(mirror.survey(address), remarks=report.remarks)


def remove_others(folder: Path, addresses: Iterable[str]) -> None:
    """Remove from ``folder`` every mirror of an address that is not among ``addresses``."""
    kept = {folder_of(address) for address in addresses}
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name not in kept and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
