"""Practices as rows of a table: what each is, where, since when, and the article that tells it."""

from __future__ import annotations

from collections.abc import Callable

from babel.numbers import format_decimal

from assistant.exploring.rows import PracticeRow, Row
from assistant.exploring.view import View
from assistant.present.days import country, day
from assistant.present.escape import text, web_address
from assistant.present.evidence import evidence
from assistant.present.speech import locale, say
from assistant.present.table import Cell, table
from corpus import Document, Money

MOST_THEMES = 3  # in a cell

COLUMNS = {
    "name": "explore.column_practice",
    "city": "explore.column_city",
    "country": "explore.country",
    "themes": "explore.column_themes",
    "started": "explore.column_started",
    "budget": "explore.column_budget",
    "published": "explore.column_published",
    "source": "explore.column_source",
}


def practices(view: View, document: Callable[[str], Document | None], language: str) -> str:
    """The page of ``view`` as a table; ``document`` gives the articles to quote from."""
    rows = [
        {
            "name": Cell(named(row, document, language), head=True),
            "city": Cell(text(row.city)),
            "country": Cell(country(row.country, language)),
            "themes": Cell(_themes(row)),
            "started": Cell(text(row.started)),
            "budget": Cell(money(row.budget, language)),
            "published": Cell(day(row.published, language) if row.published else ""),
            "source": Cell(articles(row, language)),
        }
        for row in view.shown
        if isinstance(row, PracticeRow)
    ]
    return table(view, {n: say(language, key) for n, key in COLUMNS.items()}, rows, language)


def named(row: Row, document: Callable[[str], Document | None], language: str) -> str:
    """A row's name with what can be done about it: ask, and read the words it rests on."""
    kind = "practice" if isinstance(row, PracticeRow) else "event"
    name = text(say(language, "explore.ask_named", name=row.name))
    return (
        f'<span class="row-name" dir="auto">{text(row.name)}</span><span class="row-actions">'
        f'<button type="button" class="quiet" data-do="ask" data-kind="{kind}"'
        f' data-value="{text(row.id)}" data-key="ask:{text(row.id)}" aria-label="{name}">'
        f"{text(say(language, 'explore.ask'))}</button>{evidence(row, document, language)}</span>"
    )


def articles(row: Row, language: str) -> str:
    """The title of the first article, linked where it is on the web, and how many more tell it."""
    first, *others = row.sources
    address = web_address(first.url)
    shown = f'<bdi class="article-title">{text(first.title)}</bdi>'
    if address:
        shown = f'<a href="{text(address)}" target="_blank" rel="noopener noreferrer">{shown}</a>'
    if others:
        more = say(language, "explore.more_articles", count=len(others))
        shown += f' <span class="more">{text(more)}</span>'
    return shown


def money(amount: Money | None, language: str) -> str:
    """``18,500 EUR`` as the language groups it; nothing for None."""
    if amount is None:
        return ""
    number = format_decimal(amount.amount, locale=locale(language))
    return f'<span class="amount">{text(f"{number} {amount.currency}")}</span>'


def _themes(row: PracticeRow) -> str:
    more = len(row.themes) - MOST_THEMES
    shown = ", ".join(text(theme) for theme in row.themes[:MOST_THEMES])
    return shown + (f' <span class="more">+{more}</span>' if more > 0 else "")
