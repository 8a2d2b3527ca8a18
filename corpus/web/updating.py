"""One update of one mirror: what is asked for, in which order, and what follows from it.

The rules: an article that rolls off a feed is not deleted, it is asked for once a day; 410, or
404 in two updates in a row, deletes; every other trouble leaves what was fetched before. A
feed or sitemap that does not answer, or lists nothing, removes nothing and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from corpus.errors import Unreadable
from corpus.web.links import Link, Listing
from corpus.web.names import file_name_of, short_hash, source_of
from corpus.web.outcomes import LISTING, Fetched, Gone, Missing, Outcome, Trouble, Unmodified
from corpus.web.state import ListingState, Page, State, drop, save, sweep, write

MOST_PAGES = 500  # asked for by one update: at a page a second, eight minutes
MOST_SITEMAPS = 50  # of one index, an update
RECHECK_SECONDS = 86_400.0  # between two looks at a page that is listed no more
_MISSES_THAT_DELETE = 2
_GIVE_UP_AFTER = 5  # pages of one host, or sitemaps, in a row that did not answer
_PAGES_A_SAVE = 20  # a kill loses what is known of at most so many; their bytes stay

Links = Callable[[bytes, str], Listing]  # content and its address; raises Unreadable
Tell = Callable[[int, int], None]  # pages done, pages in all


class Fetches(Protocol):
    """What an update needs of a Door."""

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Outcome:
        """Never raises for what the web does."""


@dataclass(frozen=True, slots=True)
class MirrorReport:
    """What an update did, in pages, and one line for everything a person should know."""

    fetched: int = 0  # new or changed
    unchanged: int = 0
    gone: int = 0
    troubles: tuple[str, ...] = ()  # one a page or listing that could not be had
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Update:
    """One update under way; ``run`` it once."""

    folder: Path
    state: State
    door: Fetches
    links: Links
    now: float  # seconds since the epoch
    most_pages: int = MOST_PAGES
    tell: Tell = lambda done, total: None
    barred: Collection[str] = ()  # sources of pages that are neither fetched nor kept
    _fetched: int = 0
    _unchanged: int = 0
    _gone: int = 0
    _troubles: list[str] = field(default_factory=list)
    _remarks: list[str] = field(default_factory=list)

    def run(self) -> MirrorReport:
        """Ask, keep, save; HomeError when something could not be written."""
        drop(self.state, self.barred)
        if self._look_at_source():
            self._look_at_pages()
        save(self.folder, self.state)
        sweep(self.folder, self.state)
        return MirrorReport(
            self._fetched,
            self._unchanged,
            self._gone,
            tuple(self._troubles),
            tuple(self._remarks),
        )

    # -- the source itself ---------------------------------------------------------------

    def _look_at_source(self) -> bool:
        """Bring the list of pages up to date; False when the source is out of reach."""
        address, state = self.state.address, self.state
        if state.kind == "page":
            return True
        known = state.listings.get(address, ListingState())
        outcome = self.door.fetch(address, etag=known.etag, last_modified=known.last_modified)
        if isinstance(outcome, Fetched) and outcome.suffix != LISTING and state.kind is None:
            state.kind, state.fetched, state.trouble = "page", self.now, None
            state.pages[address] = Page(listed_by=address)
            self._take(address, outcome)
            return False  # the one page there is has just been asked for
        trouble = self._take_listing(address, outcome, is_source=True)
        state.trouble = trouble
        if trouble is None:
            state.fetched = self.now
            self._look_at_sitemaps()
        else:
            self._troubles.append(f"{address}: {trouble}")
            stays = "; what was fetched before stays" if state.pages else ""
            self._remarks.append(f"{address}: {trouble}{stays}")
        return not (isinstance(outcome, Trouble) and outcome.is_out_of_reach)

    def _look_at_sitemaps(self) -> None:
        """Ask for the sitemaps of an index, those that waited longest first."""
        waiting = sorted(
            (url for url in self.state.listings if url != self.state.address),
            key=lambda url: self.state.listings[url].checked or 0.0,
        )
        silent = 0
        for url in waiting[:MOST_SITEMAPS]:
            if silent >= _GIVE_UP_AFTER:
                break
            known = self.state.listings[url]
            outcome = self.door.fetch(url, etag=known.etag, last_modified=known.last_modified)
            is_silent = isinstance(outcome, Trouble) and outcome.is_out_of_reach
            silent = silent + 1 if is_silent else 0
            trouble = self._take_listing(url, outcome, is_source=False)
            self.state.listings[url] = replace(self.state.listings[url], checked=self.now)
            if trouble is not None:
                self._troubles.append(f"{url}: {trouble}")
                self._remarks.append(f"{url}: {trouble}; what it listed before stays")
        if len(waiting) > MOST_SITEMAPS:
            left = len(waiting) - MOST_SITEMAPS
            self._remarks.append(
                f"{self.state.address}: {left} more sitemaps are looked at next time"
            )

    def _take_listing(self, url: str, outcome: Outcome, *, is_source: bool) -> str | None:
        """Learn what a feed or sitemap lists; what was wrong, if anything was."""
        if isinstance(outcome, Unmodified):
            return None
        if not isinstance(outcome, Fetched):
            return _reason(outcome)
        if outcome.suffix != LISTING:
            return f"was a feed or a sitemap and is now {outcome.suffix.lstrip('.')}"
        try:
            listing = self.links(outcome.body, outcome.url)
        except Unreadable as error:
            return f"cannot be read as a feed or a sitemap ({error.reason})"
        if listing.kind == "index" and not is_source:
            return "is an index inside an index, which is not followed"
        if is_source:
            self.state.kind = "feed" if listing.kind == "feed" else "sitemap"
        if not listing.links:
            return "lists nothing"
        if listing.kind == "index":
            self._note_sitemaps(listing)
        else:
            self._note_links(url, listing.links)
        self.state.listings[url] = ListingState(outcome.etag, outcome.last_modified)
        return None

    def _note_sitemaps(self, index: Listing) -> None:
        known = self.state.listings
        named = {link.url: known.get(link.url, ListingState()) for link in index.links}
        for url in known.keys() - named.keys() - {self.state.address}:
            self._unlist(url)
        self.state.listings = named

    def _note_links(self, listing: str, links: tuple[Link, ...]) -> None:
        self._unlist(listing)
        for place, link in enumerate(links):
            page = self.state.pages.setdefault(link.url, Page())
            self.state.note(
                link.url,
                listed_by=listing,
                place=place,
                changed=link.changed,
                has_news=page.has_news
                or (page.checked is not None and page.changed != link.changed),
            )
        self._forget_never_fetched()

    def _unlist(self, listing: str) -> None:
        for url, page in self.state.pages.items():
            if page.listed_by == listing:
                self.state.note(url, listed_by=None)

    def _forget_never_fetched(self) -> None:
        """What rolled off before it was ever fetched was never ours."""
        for url, page in list(self.state.pages.items()):
            if page.listed_by is None and not page.is_kept and not page.is_gone:
                del self.state.pages[url]

    # -- its pages -----------------------------------------------------------------------

    def _look_at_pages(self) -> None:
        due = self._due()
        todo = due[: self.most_pages]
        if len(due) > len(todo):
            left = len(due) - len(todo)
            self._remarks.append(
                f"{self.state.address}: {left} more pages are fetched by the next refresh"
            )
        if not todo:
            return
        before = len(self._troubles)
        silent: Counter[str] = Counter()  # host → pages in a row that did not answer
        passed_over = 0
        for done, url in enumerate(todo):
            self.tell(done, len(todo))
            host = urlsplit(url).netloc
            if silent[host] >= _GIVE_UP_AFTER:
                passed_over += 1
                continue
            page = self.state.pages[url]
            is_whole = page.file is not None and (self.folder / page.file).is_file()
            outcome = self.door.fetch(
                url,
                etag=page.etag if is_whole else None,
                last_modified=page.last_modified if is_whole else None,
            )
            is_silent = isinstance(outcome, Trouble) and outcome.is_out_of_reach
            silent[host] = silent[host] + 1 if is_silent else 0
            self._take(url, outcome)
            if done % _PAGES_A_SAVE == _PAGES_A_SAVE - 1:
                save(self.folder, self.state)
        self.tell(len(todo), len(todo))
        self._remark_on_pages(self._troubles[before:], passed_over)

    def _due(self) -> list[str]:
        """Pages to ask for: new and changed ones, newest first, then those asked longest ago."""
        news, others = [], []
        for url, page in self.state.pages.items():
            if (page.source or source_of(url)) in self.barred:
                continue
            if page.listed_by and (page.checked is None or page.has_news):
                news.append(url)
            elif page.listed_by and not page.is_gone:
                others.append(url)
            elif page.is_kept or page.listed_by:  # rolled off, or gone and listed all the same
                age = self.now - (page.checked or 0.0)
                # A clock that was set back must not silence a page for years.
                if (page.misses and page.is_kept) or not 0 <= age < RECHECK_SECONDS:
                    others.append(url)
        pages = self.state.pages
        news.sort(key=lambda url: pages[url].place)
        news.sort(key=lambda url: pages[url].changed or "", reverse=True)
        others.sort(key=lambda url: (pages[url].checked or 0.0, pages[url].place))
        return news + others

    def _take(self, url: str, outcome: Outcome) -> None:
        """Draw the consequence of one page's outcome."""
        page = self.state.pages[url]
        if isinstance(outcome, Fetched) and outcome.suffix == LISTING:
            outcome = Trouble(url, "is a feed or another XML file, to be given as a source itself")
        elif isinstance(outcome, Fetched) and not outcome.body.strip():
            outcome = Trouble(url, "answered with nothing")
        elif isinstance(outcome, Unmodified) and not page.is_kept:
            outcome = Trouble(url, "answered that nothing changed, to the first request")
        facts: dict[str, object]
        match outcome:
            case Fetched():
                self._keep(url, page, outcome)
                return
            case Unmodified():
                self._unchanged += 1
                facts = {"misses": 0, "trouble": None, "has_news": False}
            case Gone():
                facts = self._deleted(page)
            case Missing() if page.misses + 1 >= _MISSES_THAT_DELETE:
                facts = self._deleted(page)
            case Missing() | Trouble():
                reason = _reason(outcome)
                self._troubles.append(f"{url}: {reason}")
                missed = page.misses + isinstance(outcome, Missing)
                facts = {"misses": missed, "trouble": reason}
        self.state.note(url, checked=self.now, **facts)
        if url == self.state.address:
            self.state.trouble = self.state.pages[url].trouble

    def _deleted(self, page: Page) -> dict[str, object]:
        self._gone += page.is_kept
        return {
            "file": None,
            "etag": None,
            "last_modified": None,
            "misses": 0,
            "is_gone": True,
            "trouble": None,
            "has_news": False,
        }

    def _keep(self, url: str, page: Page, found: Fetched) -> None:
        """Put a page's bytes where readers find them, unless they are there already."""
        body = _as_stored(found)
        name = file_name_of(url, found.suffix)
        path = self.folder / name
        if page.file == name and path.is_file() and path.read_bytes() == body:
            self._unchanged += 1
            reached = page.url  # a session's number in it would look like a change
        else:
            write(path, body)
            self._fetched += 1
            reached = found.url
        if url == self.state.address:
            self.state.fetched, self.state.trouble = self.now, None
        self.state.note(
            url,
            source=page.source or self._free_name(url),
            file=name,
            url=reached,
            etag=found.etag,
            last_modified=found.last_modified,
            has_news=False,
            misses=0,
            is_gone=False,
            checked=self.now,
            trouble=None,
        )

    def _free_name(self, url: str) -> str:
        """A source name no other page of this mirror has; once given it stays."""
        name = source_of(url)
        taken = {page.source for page in self.state.pages.values()}
        return f"{name} {short_hash(url)}" if name in taken else name

    def _remark_on_pages(self, troubles: list[str], passed_over: int) -> None:
        if troubles:
            first = troubles[0].removeprefix(f"{self.state.address}: ")
            others = f", and {len(troubles) - 1} more" if len(troubles) > 1 else ""
            self._remarks.append(
                f"{self.state.address}: could not be fetched this time: {first}{others};"
                " what was fetched of them before stays"
            )
        if passed_over:
            self._remarks.append(
                f"{self.state.address}: {passed_over} pages were not asked for, as their host"
                " stopped answering"
            )


def _reason(outcome: Gone | Missing | Trouble | Unmodified) -> str:
    match outcome:
        case Gone():
            return "was removed by its server (410)"
        case Missing():
            return "was not found (404)"
        case Trouble():
            return outcome.reason
        case Unmodified():
            return "unchanged"


def _as_stored(found: Fetched) -> bytes:
    """The body; in UTF-8 where only the reply's header says which other encoding it is in."""
    if found.suffix not in (".html", ".txt", ".md", ".csv", ".jsonl") or not found.charset:
        return found.body
    try:
        found.body.decode("utf-8")
        return found.body
    except UnicodeDecodeError:
        pass
    try:
        # With a mark, which readers believe before what the page says of itself.
        return found.body.decode(found.charset).encode("utf-8-sig")
    except (LookupError, UnicodeError):
        return found.body
