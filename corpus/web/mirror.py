"""The fetched state of one web source, as a folder of files that readers take as they are.

::

    <folder>/mirror.json                what is remembered, see corpus.web.state
    <folder>/repair-cafe-3f2a9c01.html  one page's bytes as they were sent

Knows how to bring the folder up to date and which files stand for the source now. It refuses
to parse them, and to remove anything for a reason other than its server's word.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from pathlib import Path

from corpus.errors import TownbookError
from corpus.sources import Item, Skipped, Survey
from corpus.web.names import source_of
from corpus.web.state import State, drop, load, save, sweep
from corpus.web.updating import MOST_PAGES, Fetches, Links, MirrorReport, Tell, Update

__all__ = ["Mirror", "MirrorReport"]


class Mirror:
    """One web source kept below ``folder``, which need not exist yet."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        """``now`` gives seconds since the epoch."""
        self._folder = folder
        self._now = now

    def update(
        self,
        address: str,
        door: Fetches,
        links: Links,
        *,
        most_pages: int = MOST_PAGES,
        tell: Tell = lambda done, total: None,
        barred: Collection[str] = (),
    ) -> MirrorReport:
        """Fetch what is new or changed of ``address``: a page, a feed or a sitemap.

        Pages whose source is ``barred`` are neither fetched nor kept.
        Whatever the web does is told in the report. HomeError when files cannot be written.
        """
        state = load(self._folder, address)
        now = self._now()
        return Update(self._folder, state, door, links, now, most_pages, tell, barred).run()

    def drop(self, address: str, sources: Collection[str]) -> None:
        """Remove the files of the pages called so; HomeError when that is not possible.

        The next update fetches them again unless they are barred from it.
        """
        state = load(self._folder, address)
        if drop(state, sources):
            save(self._folder, state)
            sweep(self._folder, state)

    def survey(self, address: str) -> Survey:
        """What is kept of ``address``, without asking anybody.

        TownbookError when nothing is, unless every page was removed by its server: that is a
        Survey without items which ``is_certain``.
        """
        state = load(self._folder, address)
        folder = self._folder.resolve()
        items: list[Item] = []
        skipped: list[Skipped] = []
        for url, page in state.pages.items():
            if page.file is None:
                if page.trouble:
                    skipped.append(Skipped(source_of(url), page.trouble))
                continue
            path = folder / page.file
            try:
                facts = path.stat()
            except FileNotFoundError:
                skipped.append(Skipped(page.source, "its file was removed; it is fetched again"))
                continue
            items.append(
                Item(page.source, address, path, facts.st_size, facts.st_mtime_ns, page.url)
            )
        if not items and not state.is_all_gone:
            raise _nothing(state, skipped)
        return Survey(
            origin=address,
            items=tuple(sorted(items, key=lambda item: item.source)),
            skipped=tuple(sorted(skipped, key=lambda skip: (skip.source, skip.reason))),
            is_certain=state.is_all_gone,
        )


def _nothing(state: State, skipped: list[Skipped]) -> TownbookError:
    reason = state.trouble or (skipped[0].reason if skipped else "not asked for yet")
    return TownbookError(
        f"nothing was fetched from {state.address} ({reason})",
        "a page, a feed or a sitemap that answers",
        "check the address and run `townbook refresh` again",
    )
