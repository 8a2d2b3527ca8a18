"""The facets of the library as a column of choices, with the number of articles of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.filters import to_words
from assistant.present.escape import text
from assistant.present.speech import number, say
from assistant.present.understood import filter_name
from corpus.places import cities_meant
from index import Filters

if TYPE_CHECKING:
    from assistant.facets import Count, Facets

SHOWN = 6  # values of a facet before "more"
MOST = 200  # values of a facet at all; a name beyond can still be asked for in a question
_WORDS = {
    "kinds": ("kind", "ask.facet_kinds"),
    "countries": ("country", "ask.facet_countries"),
    "cities": ("city", "ask.facet_cities"),
    "themes": ("theme", "ask.facet_themes"),
    "languages": ("language", "ask.facet_languages"),
    "sources": ("source", "ask.facet_sources"),
}


def panel(facets: Facets | None, filters: Filters, language: str, choice: int | None = None) -> str:
    """The column in ``language``; with no ``facets`` it says only what it is.

    ``choice`` is the number of the reader's choice that it is drawn for, where it is for one.
    """
    title = text(say(language, "ask.filters"))
    if facets is None:
        return f'<div class="facets"><h2>{title}</h2></div>'
    left = text(say(language, "common.articles", count=facets.documents))
    groups = "".join(
        _group(name, getattr(facets, name), filters, language)
        for name in _WORDS
        if getattr(facets, name)
    )
    clear = ""
    if filters:
        clear = f'<button type="button" class="clear">{text(say(language, "ask.clear"))}</button>'
    drawn_for = "" if choice is None else f' data-choice="{choice}"'
    return (
        f'<details class="facets"{drawn_for} open><summary><h2>{title}</h2>'
        f'<span class="left" role="status">{left}</span></summary>'
        f"{clear}{_period(facets, filters, language)}{groups}</details>"
    )


def _group(name: str, counts: Sequence[Count], filters: Filters, language: str) -> str:
    word, title = _WORDS[name]
    held = {count.value: count.documents for count in counts}
    chosen = _chosen(name, held, filters)
    # What is chosen is always shown, even where the other choices leave nothing of it.
    first = sorted(chosen, key=lambda value: (-held.get(value, 0), value))
    listed = [*first, *(value for value in held if value not in chosen)][:MOST]
    rows = [_row(word, value, held.get(value, 0), value in chosen, language) for value in listed]
    hidden = rows[SHOWN:]
    more = ""
    if hidden:
        words = text(say(language, "ask.more", count=len(hidden)))
        more = f"<details><summary>{words}</summary><ul>{''.join(hidden)}</ul></details>"
    return (
        f'<fieldset data-facet="{word}"><legend>{text(say(language, title))}</legend>'
        f"<ul>{''.join(rows[:SHOWN])}</ul>{more}</fieldset>"
    )


def _chosen(name: str, held: Iterable[str], filters: Filters) -> set[str]:
    """What is chosen, a city by the name that the articles have for it ("Gand" ticks Ghent)."""
    chosen: set[str] = set()
    near = frozenset(filters.countries)
    for value in getattr(filters, name):
        chosen.update((name == "cities" and cities_meant(value, held, near)) or (value,))
    return chosen


def _row(word: str, value: str, documents: int, is_chosen: bool, language: str) -> str:
    name = filter_name(word, value, language)
    if word == "language" and value == "und":
        name = text(say(language, "ask.unknown_language"))
    checked = " checked" if is_chosen else ""
    return (
        f'<li><label><input type="checkbox" name="{word}" value="{text(value)}"{checked}>'
        f'<span class="name">{name}</span>'
        f'<span class="count">{number(documents, language)}</span></label></li>'
    )


def _period(facets: Facets, filters: Filters, language: str) -> str:
    if facets.first is None and not (filters.since or filters.until):
        return ""
    told = dict(to_words(filters))
    fields = "".join(
        f'<label><span class="name">{text(say(language, name))}</span>'
        f'<input type="date" name="{word}" value="{text(told.get(word, ""))}"></label>'
        for word, name in (("from", "ask.from"), ("to", "ask.to"))
    )
    legend = text(say(language, "ask.facet_period"))
    return f'<fieldset class="period"><legend>{legend}</legend>{fields}</fieldset>'
