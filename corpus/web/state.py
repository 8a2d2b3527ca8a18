"""mirror.json: what is remembered of one web source from one update to the next.

Knows the pages and listings of a source with what their servers said last, as values and as
JSON. It refuses to fetch and to decide. A file is written aside, synced and swapped in, so a
kill leaves the state before or after, never half of one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from corpus.errors import HomeError

STATE = "mirror.json"
_FORMAT = 1

Kind = Literal["page", "feed", "sitemap"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as last asked for."""

    source: str = ""  # the name its document goes by, given when it is first kept
    file: str | None = None  # where its bytes are kept; None before the first and after the last
    url: str | None = None  # where the bytes were found in the end
    etag: str | None = None
    last_modified: str | None = None
    listed_by: str | None = None  # the feed or sitemap that lists it now
    place: int = 0  # in that list
    changed: str | None = None  # the day the listing gives; ISO 8601 in UTC
    has_news: bool = False  # the listing's day is another than when it was last fetched
    misses: int = 0  # 404s in a row
    is_gone: bool = False
    checked: float | None = None  # when it was last asked for; seconds since the epoch
    trouble: str | None = None  # why that failed

    @property
    def is_kept(self) -> bool:
        return self.file is not None


@dataclass(frozen=True, slots=True)
class ListingState:
    """One feed or sitemap as last asked for."""

    etag: str | None = None
    last_modified: str | None = None
    checked: float | None = None  # when it was last asked for; seconds since the epoch


@dataclass(slots=True)
class State:
    """One source; changed in place by an update and saved by it."""

    address: str
    kind: Kind | None = None  # None until it was fetched once
    listings: dict[str, ListingState] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    fetched: float | None = None  # when the source itself last answered
    trouble: str | None = None  # why it did not the last time

    def note(self, page: str, /, **changes: Any) -> None:
        """Change what is known of one page, named by its address."""
        self.pages[page] = replace(self.pages[page], **changes)

    @property
    def is_all_gone(self) -> bool:
        """Whether the source held pages, and every one was removed by its server."""
        return (
            self.kind is not None
            and any(page.is_gone for page in self.pages.values())
            and not any(page.is_kept for page in self.pages.values())
        )


def load(folder: Path, address: str) -> State:
    """What is remembered; a new state when there is nothing. HomeError for a damaged file."""
    path = folder / STATE
    try:
        value = json.loads(path.read_bytes())
        if (value["format"], value["address"]) != (_FORMAT, address):
            raise ValueError(f"format {value['format']} of {value['address']}")
        return State(
            address=address,
            kind=value["kind"],
            listings={url: ListingState(**row) for url, row in value["listings"].items()},
            pages={url: Page(**row) for url, row in value["pages"].items()},
            fetched=value["fetched"],
            trouble=value["trouble"],
        )
    except FileNotFoundError:
        return State(address)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise HomeError(
            f"{path} cannot be read ({error})",
            f"what was written for {address}",
            "mend it, or remove its folder to fetch everything anew",
        ) from error


def save(folder: Path, state: State) -> None:
    """Remember ``state``; HomeError when it cannot be written."""
    value = {
        "format": _FORMAT,
        "address": state.address,
        "kind": state.kind,
        "fetched": state.fetched,
        "trouble": state.trouble,
        "listings": {url: asdict(row) for url, row in state.listings.items()},
        "pages": {url: asdict(page) for url, page in state.pages.items()},
    }
    write(folder / STATE, json.dumps(value, ensure_ascii=False, indent=1).encode())


def drop(state: State, sources: Collection[str]) -> bool:
    """Keep no bytes of the pages called so; whether there were any."""
    held = [url for url, page in state.pages.items() if page.is_kept and page.source in sources]
    for url in held:
        state.note(url, file=None, etag=None, last_modified=None)
    return bool(held)


def sweep(folder: Path, state: State) -> None:
    """Remove the files no page is kept in: those of deleted pages, and leftovers of a kill."""
    kept = {page.file for page in state.pages.values()} | {STATE}
    for path in folder.iterdir():
        if path.name not in kept and path.is_file():
            path.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Swap ``path`` for a file with ``content``, which nobody ever sees half of."""
    fresh = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(fresh, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
        if os.name != "nt":  # Windows cannot open folders; NTFS journals names by itself
            descriptor = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
    except OSError as error:
        raise HomeError(
            f"could not write {path} ({error.strerror})",
            "a folder this user can write to, with room",
            "make room or mend its permissions",
        ) from error
