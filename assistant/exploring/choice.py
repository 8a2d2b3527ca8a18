"""What a person has chosen to see in the room: a search, filters, an order and a page.

The browser keeps it and sends all of it with every change, so it is anybody's: what is not
understood falls back to what a fresh room shows. Knows nothing of the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["practices", "events"]
When = Literal["all", "upcoming", "past"]
Grain = Literal["fine", "coarse"]

COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    "practices": (
        "name",
        "city",
        "country",
        "themes",
        "started",
        "budget",
        "published",
        "source",
    ),
    "events": ("start", "name", "place", "country", "status", "source"),
}
LONGEST_SEARCH = 200  # characters
OFF_MAP = "off"  # in place of a point: the rows that have none


@dataclass(frozen=True, slots=True)
class Choice:
    """One view of the room."""

    today: date
    kind: Kind = "practices"
    search: str = ""
    country: str = ""  # ISO 3166-1 alpha-2; empty: all
    theme: str = ""  # folded; of practices
    when: When = "all"  # of events
    point: str = ""  # the key of a point's first place, or OFF_MAP; empty: everywhere
    grain: Grain = "fine"  # of the map the point was chosen on
    year: int = 0  # that the timeline shows; 0: the one nearest to today
    sort: str = ""  # a column of the kind; empty: its first
    descending: bool = False
    page: int = 0

    @classmethod
    def parse(cls, sent: object, today: date) -> Choice:
        """The choice that a browser ``sent``; ``today`` stands unless it names a day itself."""
        given: Mapping[str, Any] = sent if isinstance(sent, Mapping) else {}

        def words(name: str, longest: int = LONGEST_SEARCH) -> str:
            value = given.get(name)
            # A lone surrogate, which no address can carry, becomes "?".
            written = value[:longest] if isinstance(value, str) else ""
            return written.encode("utf-8", "replace").decode("utf-8")

        def number(name: str, most: int) -> int:
            value = given.get(name)
            return min(max(value, 0), most) if type(value) is int else 0

        kind: Kind = "events" if given.get("kind") == "events" else "practices"
        when: When = "upcoming" if given.get("when") == "upcoming" else "all"
        if given.get("when") == "past":
            when = "past"
        sort = words("sort")
        return cls(
            today=_day(words("today")) or today,
            kind=kind,
            search=words("search"),
            country=words("country", 2).upper(),
            theme=words("theme"),
            when=when,
            point=words("point"),
            grain="coarse" if given.get("grain") == "coarse" else "fine",
            year=number("year", 9999),
            sort=sort if sort in COLUMNS[kind] else COLUMNS[kind][0],
            descending=given.get("descending") is True,
            page=number("page", 1_000_000),
        )

    def to_json(self) -> dict[str, Any]:
        """As the browser keeps and sends it."""
        return {**asdict(self), "today": self.today.isoformat()}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
