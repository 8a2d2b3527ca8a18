"""Rows as a table a person can sort and turn the pages of; on a phone each row is a card.

Knows headings that sort, the pages, and that roles are spelled out: a table laid out as cards is
none to a screen reader otherwise. Refuses to know what the cells hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.exploring.view import View
from assistant.present.escape import text
from assistant.present.speech import say

_ARROWS = {"ascending": "▲", "descending": "▼", "none": "↕"}
_NEIGHBOURS = 2  # pages to go to directly on either side of the shown one


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as HTML; ``head`` for the one that names its row."""

    html: str
    head: bool = False


def table(
    view: View, columns: Mapping[str, str], rows: Sequence[Mapping[str, Cell]], language: str
) -> str:
    """The page of ``view``: ``columns`` by name with their headings in words, in this order."""
    found = text(_found(view, language))
    if not rows:
        return f'<p class="nothing">{text(say(language, "explore.nothing"))}</p>'
    heads = "".join(_heading(view, name, words, language) for name, words in columns.items())
    body = "".join(
        f'<tr role="row">{"".join(_cell(row[name], columns[name]) for name in columns)}</tr>'
        for row in rows
    )
    return (
        f'<table class="rows" role="table"><caption class="sr-only">{found}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>{_pages(view, language)}'
    )


def found(view: View, language: str) -> str:
    """How many rows the choice leaves; ``explore.js`` makes what it stands in a live region."""
    return f'<p class="found">{text(_found(view, language))}</p>'


def _found(view: View, language: str) -> str:
    count = len(view.rows)
    if view.choice.kind == "practices":
        return say(language, "explore.found_practices", count=count, total=view.total)
    return say(language, "explore.found_events", count=count, total=view.total)


def _heading(view: View, name: str, words: str, language: str) -> str:
    order = "none"
    if view.choice.sort == name:
        order = "descending" if view.choice.descending else "ascending"
    sorting = text(say(language, "explore.sort", column=words))
    return (
        f'<th role="columnheader" scope="col" aria-sort="{order}"><button type="button"'
        f' data-do="sort" data-value="{name}" data-key="sort:{name}" title="{sorting}">'
        f'{text(words)} <span aria-hidden="true">{_ARROWS[order]}</span></button></th>'
    )


def _cell(cell: Cell, label: str) -> str:
    if cell.head:
        return f'<th role="rowheader" scope="row">{cell.html}</th>'
    empty = "" if cell.html else ' class="unknown"'
    return (
        f'<td role="cell"{empty}><span class="label" aria-hidden="true">{text(label)}</span>'
        f"{cell.html or '<span>–</span>'}</td>"
    )


def _pages(view: View, language: str) -> str:
    if view.pages == 1:
        return ""
    last = view.pages - 1
    near = {0, last, *range(view.page - _NEIGHBOURS, view.page + _NEIGHBOURS + 1)}
    items, before = "", -1
    for page in sorted(near & set(range(view.pages))):
        items += "" if page == before + 1 else '<li aria-hidden="true">…</li>'
        items += f"<li>{_page(view, page, language)}</li>"
        before = page
    turn = _turn(view.page - 1, "explore.previous", "‹", view.page == 0, language)
    turn_on = _turn(view.page + 1, "explore.next", "›", view.page == last, language)
    name = text(say(language, "explore.pages"))
    return f'<nav class="pages" aria-label="{name}">{turn}<ol>{items}</ol>{turn_on}</nav>'


def _page(view: View, page: int, language: str) -> str:
    name = text(say(language, "explore.page", page=page + 1, pages=view.pages))
    current = ' aria-current="page"' if page == view.page else ""
    return (
        f'<button type="button" data-do="page" data-value="{page}" data-key="page:{page}"'
        f' aria-label="{name}"{current}>{page + 1}</button>'
    )


def _turn(page: int, key: str, arrow: str, is_end: bool, language: str) -> str:
    name = text(say(language, key))
    off = " disabled" if is_end else ""
    return (
        f'<button type="button" data-do="page" data-value="{page}" data-key="{key}"'
        f' aria-label="{name}" title="{name}"{off}>{arrow}</button>'
    )
