"""What the last change brought: articles that came, changed and went, and their new records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.present.days import country, day, moment
from assistant.present.escape import text
from assistant.present.speech import number
from assistant.present.words import words

SHOWN = 30  # rows of one list; the command line lists all
OPEN_UP_TO = 8  # a longer list is folded, so that the room stays an overview

Row = Mapping[str, Any]


def digest(value: Row, publish: Row, language: str = "en") -> str:
    """From the published form; ``publish`` is the last one, with its snapshot and moment."""
    when = words(
        language,
        "library.news_when",
        html={"when": moment(str(publish.get("at") or ""), language)},
        snapshot=str(publish.get("snapshot") or ""),
    )
    lists = (
        (words(language, "library.came"), value.get("added"), _article),
        (words(language, "library.altered"), value.get("changed"), _article),
        (words(language, "library.went"), value.get("removed"), _removed),
        (words(language, "library.new_practices"), value.get("practices"), _practice),
        (words(language, "library.new_events"), value.get("events"), _event),
    )
    since = str(value.get("since") or "")
    shown = "".join(
        _list(title, [row(entry, language) for entry in entries], since, language)
        for title, entries, row in lists
        if entries
    )
    return f'<p class="quiet">{when}</p>{shown}'


def nothing(language: str = "en") -> str:
    """That no change is known."""
    return f'<p class="quiet">{words(language, "library.news_none")}</p>'


def heading(language: str = "en") -> str:
    """The title of this part."""
    return f'<h2 id="news-title">{words(language, "library.news")}</h2>'


def _list(title: str, rows: Sequence[str], since: str, language: str) -> str:
    items = "".join(f"<li>{row}</li>" for row in rows[:SHOWN])
    if (more := len(rows) - SHOWN) > 0:
        command = f"<code>townbook digest --since {text(since)}</code>"
        items += f"<li>{words(language, 'library.more_news', more=more)} {command}</li>"
    is_open = " open" if len(rows) <= OPEN_UP_TO else ""
    count = text(number(len(rows), language))
    return (
        f'<details class="fold"{is_open}><summary>{title} <b>{count}</b></summary>'
        f"<ul>{items}</ul></details>"
    )


def _opens(source: str, name: str) -> str:
    return (
        f'<button type="button" class="opens" data-do="read" data-name="{text(source)}">'
        f"<bdi>{text(name or source)}</bdi></button>"
    )


def _article(row: Row, language: str) -> str:
    source = str(row.get("source") or "")
    published = row.get("published")
    when = f' <span class="when">{day(str(published), language)}</span>' if published else ""
    return _opens(source, str(row.get("title") or "")) + when


def _removed(row: Row, language: str) -> str:
    return f"<bdi>{text(str(row.get('title') or row.get('source') or ''))}</bdi>"


def _practice(row: Row, language: str) -> str:
    place = [text(str(row["city"]))] if row.get("city") else []
    place += [country(str(row["country"]), language)] if row.get("country") else []
    where = f' <span class="when">{", ".join(place)}</span>' if place else ""
    return _opens(str(row.get("source") or ""), str(row.get("name") or "")) + where


def _event(row: Row, language: str) -> str:
    days = [day(str(row[end]), language) for end in ("start", "end") if row.get(end)]
    place = [text(str(row["place"]))] if row.get("place") else []
    about = ", ".join([" – ".join(dict.fromkeys(days)), *place])
    return (
        _opens(str(row.get("source") or ""), str(row.get("name") or ""))
        + f' <span class="when">{about}</span>'
    )
