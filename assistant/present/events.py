"""Events as rows of a table: when, what, where, and whether they are over."""

from __future__ import annotations

from collections.abc import Callable

from assistant.exploring.rows import EventRow, Status
from assistant.exploring.view import View
from assistant.present.days import country, days
from assistant.present.escape import text
from assistant.present.practices import articles, named
from assistant.present.speech import say
from assistant.present.table import Cell, table
from corpus import Document

COLUMNS = {
    "start": "explore.column_start",
    "name": "explore.column_event",
    "place": "explore.column_place",
    "country": "explore.country",
    "status": "explore.column_status",
    "source": "explore.column_source",
}
STATUS: dict[Status, str] = {
    "upcoming": "explore.status_upcoming",
    "now": "explore.status_now",
    "past": "explore.status_past",
}


def events(view: View, document: Callable[[str], Document | None], language: str) -> str:
    """The page of ``view`` as a table; ``document`` gives the articles to quote from."""
    rows = [
        {
            "start": Cell(days(row.start, row.end, language)),
            "name": Cell(named(row, document, language), head=True),
            "place": Cell(text(row.place)),
            "country": Cell(country(row.country, language)),
            "status": Cell(_status(row.status(view.choice.today), language)),
            "source": Cell(articles(row, language)),
        }
        for row in view.shown
        if isinstance(row, EventRow)
    ]
    return table(view, {n: say(language, key) for n, key in COLUMNS.items()}, rows, language)


def _status(status: Status, language: str) -> str:
    return f'<span class="status {status}">{text(say(language, STATUS[status]))}</span>'
