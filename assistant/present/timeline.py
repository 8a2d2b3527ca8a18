"""The events of a year on a line of months, today among them; on a phone, a list by month.

A pure drawing: what takes room stands in lanes that never touch. Years are chosen above it.
"""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from assistant.exploring.lanes import lanes
from assistant.exploring.rows import EventRow
from assistant.exploring.view import View
from assistant.present.days import written_days
from assistant.present.escape import text
from assistant.present.speech import locale, number, say

WIDTH = 1200.0  # units; the months take all of it
MOST_DRAWN = 60
LONGEST_LABEL = 44  # characters
_LETTER = 7.4  # units a character of a label takes, wide ones included
_TOP = 42.0  # below the names of the months and of today
_LANE = 30.0
_BAR = 20.0
_LEAST_BAR = 9.0  # a day would be a hairline
_GAP = 8.0


@dataclass(frozen=True, slots=True)
class _Mark:
    """An event as drawn: its bar, its label on the side that has room, and all it covers."""

    row: EventRow
    start: float
    end: float
    label: str
    is_left: bool  # the label stands before the bar

    @property
    def extent(self) -> tuple[float, float]:
        room = len(self.label) * _LETTER + 6
        return (self.start - room, self.end) if self.is_left else (self.start, self.end + room)


def chosen_year(rows: Sequence[EventRow], wanted: int, today: date) -> int:
    """The year to draw: the wanted one, else the one with an event that comes nearest to today.

    Of two that are equally near, the one to come. Today's year when there are no events.
    """
    years = {row.start.year for row in rows} | {row.end.year for row in rows}
    if wanted in years or not years:
        return wanted if wanted in years else today.year
    return min(years, key=lambda year: (abs(year - today.year), -year))


def timeline(view: View, language: str) -> str:
    """The events the choice leaves, as years to choose from and the chosen one drawn."""
    rows = [row for row in view.rows if isinstance(row, EventRow)]
    if not rows:
        return ""
    today = view.choice.today
    year = chosen_year(rows, view.choice.year, today)
    inside = sorted(
        (row for row in rows if row.start.year <= year <= row.end.year),
        key=lambda row: (row.start, row.end, row.id),
    )
    drawn, left = inside[:MOST_DRAWN], len(inside) - MOST_DRAWN
    name = text(say(language, "explore.timeline", year=str(year)))
    more = ""
    if left > 0:
        more = f'<p class="hint">{text(say(language, "explore.not_drawn", count=left))}</p>'
    return (
        f'<section class="timeline" aria-label="{name}">{_years(rows, year, language)}'
        f"<h2>{name}</h2>{_drawing(drawn, year, today, name, language)}"
        f"{_by_month(drawn, year, today, language)}{more}</section>"
    )


def _years(rows: Sequence[EventRow], chosen: int, language: str) -> str:
    counted = Counter(year for row in rows for year in range(row.start.year, row.end.year + 1))
    buttons = "".join(
        f'<li><button type="button" data-do="year" data-value="{year}" data-key="year:{year}"'
        f' aria-pressed="{"true" if year == chosen else "false"}" aria-label="'
        f'{text(say(language, "explore.year", year=str(year), count=count))}">{year}'
        f" <small>{text(number(count, language))}</small></button></li>"
        for year, count in sorted(counted.items())
    )
    name = text(say(language, "explore.years"))
    return f'<nav class="years" aria-label="{name}"><ol>{buttons}</ol></nav>'


def marks(rows: Sequence[EventRow], year: int) -> list[_Mark]:
    """``rows`` with their bars and labels on the year's line, in units."""
    found = []
    for row in rows:
        start = _at(max(row.start, date(year, 1, 1)), year)
        last = min(row.end, date(year, 12, 31))
        end = max(_at(last, year) + WIDTH / _days_of(year), start + _LEAST_BAR)
        if end > WIDTH:
            start, end = start - (end - WIDTH), WIDTH
        label = row.name if len(row.name) <= LONGEST_LABEL else row.name[: LONGEST_LABEL - 1] + "…"
        found.append(_Mark(row, start, end, label, end + len(label) * _LETTER + 6 > WIDTH))
    return found


def _drawing(rows: Sequence[EventRow], year: int, today: date, name: str, language: str) -> str:
    placed = marks(rows, year)
    chosen = lanes([mark.extent for mark in placed], _GAP)
    height = _TOP + _LANE * (max(chosen, default=0) + 1) + 6
    bars = "".join(
        _bar(mark, _TOP + lane * _LANE, today, language)
        for mark, lane in zip(placed, chosen, strict=True)
    )
    return (
        f'<svg viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="group" aria-label="{name}">'
        f"{_months(year, height, language)}{_today(year, today, height, language)}{bars}</svg>"
    )


def _bar(mark: _Mark, top: float, today: date, language: str) -> str:
    told = text(_told(mark.row, language))
    x, anchor = (mark.start - 5, "end") if mark.is_left else (mark.end + 5, "start")
    return (
        f'<a href="#question" role="button" class="{mark.row.status(today)}" data-do="ask"'
        f' data-kind="event" data-value="{text(mark.row.id)}" data-key="line:{text(mark.row.id)}"'
        f' aria-label="{told}"><title>{told}</title>'
        f'<rect class="hit" x="{mark.extent[0]:.1f}" y="{top - 3:.1f}"'
        f' width="{mark.extent[1] - mark.extent[0]:.1f}" height="{_LANE - 3:.0f}" rx="5"/>'
        f'<rect class="bar" x="{mark.start:.1f}" y="{top:.1f}"'
        f' width="{mark.end - mark.start:.1f}" height="{_BAR:.0f}" rx="4"/>'
        f'<text x="{x:.1f}" y="{top + 15:.1f}" text-anchor="{anchor}">{text(mark.label)}</text></a>'
    )


def _told(row: EventRow, language: str) -> str:
    parts = (row.name, written_days(row.start, row.end, language), row.place)
    return say(language, "explore.ask_named", name=", ".join(part for part in parts if part))


def _months(year: int, height: float, language: str) -> str:
    drawn = ""
    for month in range(1, 13):
        x = _at(date(year, month, 1), year)
        words = text(format_date(date(year, month, 1), "LLL", locale=locale(language)))
        drawn += (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="22" y2="{height:.0f}"/>'
            f'<text x="{x + 5:.1f}" y="15">{words}</text>'
        )
    return f'<g class="months" aria-hidden="true">{drawn}</g>'


def _today(year: int, today: date, height: float, language: str) -> str:
    if today.year != year:
        return ""
    x = _at(today, year)
    words = text(f"{say(language, 'explore.today_line')}: {written_days(today, today, language)}")
    side, at = ("end", x - 5) if x > WIDTH * 0.8 else ("start", x + 5)
    return (
        f'<g class="today"><line x1="{x:.1f}" x2="{x:.1f}" y1="20" y2="{height:.0f}"/>'
        f'<text x="{at:.1f}" y="34" text-anchor="{side}">{words}</text></g>'
    )


def _by_month(rows: Sequence[EventRow], year: int, today: date, language: str) -> str:
    """The same events as a list, today among them where it belongs."""
    months: dict[int, list[str]] = {}
    marked = today.year != year
    line = (
        f'<li class="today">{text(say(language, "explore.today_line"))}:'
        f" {text(written_days(today, today, language))}</li>"
    )
    for row in rows:
        month = max(row.start, date(year, 1, 1)).month
        if not marked and row.start > today:
            months.setdefault(today.month, []).append(line)
            marked = True
        months.setdefault(month, []).append(_item(row, today, language))
    if not marked:
        months.setdefault(today.month, []).append(line)
    lists = "".join(
        f"<h3>{text(format_date(date(year, month, 1), 'LLLL', locale=locale(language)))}</h3>"
        f"<ol>{''.join(items)}</ol>"
        for month, items in sorted(months.items())
    )
    return f'<div class="by-month">{lists}</div>'


def _item(row: EventRow, today: date, language: str) -> str:
    place = f", {text(row.place)}" if row.place else ""
    return (
        f'<li class="{row.status(today)}"><button type="button" data-do="ask" data-kind="event"'
        f' data-value="{text(row.id)}" data-key="list:{text(row.id)}"'
        f' aria-label="{text(_told(row, language))}">'
        f'<span class="when">{text(written_days(row.start, row.end, language))}{place}</span>'
        f'<span class="row-name">{text(row.name)}</span></button></li>'
    )


def _days_of(year: int) -> int:
    return 366 if isleap(year) else 365


def _at(day: date, year: int) -> float:
    """How far along the year's line a day begins."""
    return WIDTH * (day - date(year, 1, 1)).days / _days_of(year)
