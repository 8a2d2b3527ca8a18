"""What there is to choose in the room: which kind of thing, words to find, and filters.

The browser's own fields, so that keyboards, phones and screen readers know them. What
is chosen goes to the server by ``explore.js``, which this markup speaks to in data attributes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.exploring.choice import LONGEST_SEARCH, OFF_MAP, Choice, Kind, When
from assistant.exploring.view import Facet, View
from assistant.present.escape import text
from assistant.present.map import place_name
from assistant.present.speech import number, say

_KINDS: dict[Kind, str] = {"practices": "explore.practices", "events": "explore.events"}
_WHEN: dict[When, str] = {
    "all": "explore.when_all",
    "upcoming": "explore.when_upcoming",
    "past": "explore.when_past",
}


def form(
    choice: Choice,
    countries: Sequence[Facet],
    themes: Sequence[Facet],
    language: str,
    *,
    anew: bool = True,
) -> str:
    """The fields for the choice's kind, with ``choice`` filled in.

    ``anew``: the browser shall take this choice for its own. Otherwise it keeps the one it has,
    which may be newer than the one it sent.
    """
    told = f' data-choice="{text(json.dumps(choice.to_json()))}"' if anew else ""
    kinds = "".join(
        f'<button type="button" data-do="kind" data-value="{kind}" data-key="kind:{kind}"'
        f' aria-pressed="{"true" if kind == choice.kind else "false"}">'
        f"{text(say(language, key))}</button>"
        for kind, key in _KINDS.items()
    )
    own = (
        _select("theme", "explore.theme", "explore.themes_all", themes, choice.theme, language)
        if choice.kind == "practices"
        else _when(choice, language) + _today(choice, language)
    )
    country = _select(
        "country", "explore.country", "explore.countries_all", countries, choice.country, language
    )
    return (
        f'<div class="choosing" role="search" data-kind="{choice.kind}"{told}>'
        f'<div class="kinds" role="group" aria-label="{text(say(language, "explore.what"))}">'
        f"{kinds}</div>"
        f'<label class="words">{text(say(language, "explore.search"))}<input type="search"'
        f' name="search" data-key="search" maxlength="{LONGEST_SEARCH}" autocomplete="off"'
        f' value="{text(choice.search)}"></label>{country}{own}'
        '<button type="button" class="quiet" data-do="clear" data-key="clear">'
        f"{text(say(language, 'explore.clear'))}</button></div>"
    )


def chosen_point(view: View, language: str) -> str:
    """That only one point's rows are shown, with the ways on: all places again, or a question."""
    if view.choice.point == OFF_MAP:
        words, ask = say(language, "explore.off_map_only"), ""
    elif view.chosen is not None:
        words, ask = place_name(view.chosen, language), ""
        if len(view.chosen.places) == 1:
            lead = view.chosen.lead
            ask = (
                '<button type="button" class="quiet" data-do="ask" data-kind="place"'
                f' data-value="{text(lead.key)}" data-key="ask-place">'
                f"{text(say(language, 'explore.ask_place', place=lead.name))}</button>"
            )
    else:
        return ""
    return (
        f'<p class="chosen-point"><b>{text(words)}</b> {ask}<button type="button" class="quiet"'
        ' data-do="point" data-grain="fine" data-value="" data-key="everywhere">'
        f"{text(say(language, 'explore.everywhere'))}</button></p>"
    )


def _select(
    name: str, label: str, everything: str, facets: Sequence[Facet], chosen: str, language: str
) -> str:
    options = "".join(
        f'<option value="{text(facet.value)}"{_selected(facet.value == chosen)}>'
        f"{text(facet.name)} ({text(number(facet.count, language))})</option>"
        for facet in facets
    )
    return (
        f'<label>{text(say(language, label))}<select name="{name}" data-key="{name}">'
        f'<option value="">{text(say(language, everything))}</option>{options}</select></label>'
    )


def _when(choice: Choice, language: str) -> str:
    options = "".join(
        f'<option value="{when}"{_selected(when == choice.when)}>'
        f"{text(say(language, key))}</option>"
        for when, key in _WHEN.items()
    )
    return (
        f'<label>{text(say(language, "explore.when"))}<select name="when" data-key="when">'
        f"{options}</select></label>"
    )


def _today(choice: Choice, language: str) -> str:
    return (
        f'<label>{text(say(language, "explore.today"))}<input type="date" name="today"'
        f' data-key="today" required value="{choice.today.isoformat()}"></label>'
    )


def _selected(is_chosen: bool) -> str:
    return " selected" if is_chosen else ""
