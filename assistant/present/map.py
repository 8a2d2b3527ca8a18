"""Where practices are, on a map of Europe: outlines that ship with the page, and points to choose.

One drawing without a request. Its points stand in two layers, of which the style sheet shows one:
on a narrow screen points need to be further apart to be hit.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from assistant.exploring.choice import OFF_MAP, Grain
from assistant.exploring.points import Point, points
from assistant.exploring.projection import EUROPE
from assistant.exploring.view import Facet, View
from assistant.present.escape import text
from assistant.present.outlines import outlines
from assistant.present.speech import number, say
from corpus.countries import country_name

# Radius of a point of one practice, what more of them add, its largest, and the size of its number.
_SIZES: dict[Grain, tuple[float, float, float, float]] = {
    "fine": (12.0, 1.6, 20.0, 19.0),
    "coarse": (21.0, 2.4, 33.0, 32.0),
}


def where(view: View, by_country: Sequence[Facet], language: str) -> str:
    """The map with the choice's points, and the countries beside it."""
    towns = view.towns
    layers = "".join(_layer(points(towns, grain), grain, view, language) for grain in _SIZES)
    lands = "".join(
        f'<path{_chosen(code == view.choice.country)} d="{path}"/>'
        for code, path in outlines().items()
    )
    name = text(say(language, "explore.map"))
    return (
        f'<div class="where"><section class="map" aria-label="{name}"><h2>{name}</h2>'
        f'<p class="hint">{text(say(language, "explore.map_hint"))}</p>'
        f'<svg viewBox="0 0 {EUROPE.width} {EUROPE.height}" role="group" aria-label="{name}">'
        f'<g class="lands" aria-hidden="true">{lands}</g>{layers}</svg>'
        f"{_off_map(view, language)}"
        f'<p class="credit">{text(say(language, "explore.outlines"))}</p></section>'
        f"{_countries(view, by_country, language)}</div>"
    )


def place_name(point: Point, language: str) -> str:
    """What a point is called, in plain words: ``Ghent, Belgium``, ``Ghent and 3 places nearby``."""
    lead, more = point.lead, len(point.places) - 1
    if more:
        return say(language, "explore.place_many", place=lead.name, count=more)
    return f"{lead.name}, {country_name(lead.country, language)}"


def _layer(marks: Sequence[Point], grain: Grain, view: View, language: str) -> str:
    # The small ones last, so that none lies under a large one.
    drawn = sorted(marks, key=lambda point: (-point.count, point.lead.key))
    return (
        f'<g class="points {grain}">'
        f"{''.join(_point(point, grain, view, language) for point in drawn)}</g>"
    )


def _point(point: Point, grain: Grain, view: View, language: str) -> str:
    least, growth, most, letters = _SIZES[grain]
    radius = min(most, least + growth * sqrt(point.count))
    x, y = round(point.lead.x), round(point.lead.y)
    counted = number(point.count, language)
    size = letters * min(1.0, 3.2 / (len(counted) + 1))
    key = text(point.lead.key)
    is_chosen = view.chosen is not None and view.chosen.lead.key == point.lead.key
    name = text(
        say(language, "explore.point", place=place_name(point, language), count=point.count)
    )
    return (
        f'<a href="#explore-table" role="button" data-do="point" data-grain="{grain}"'
        f' data-value="{key}" data-key="{grain}:{key}" aria-label="{name}"'
        f' aria-pressed="{"true" if is_chosen else "false"}"><title>{name}</title>'
        f'<circle cx="{x}" cy="{y}" r="{radius:.1f}"/>'
        f'<text x="{x}" y="{y}" dy=".35em" font-size="{size:.1f}" aria-hidden="true">{counted}'
        "</text></a>"
    )


def _chosen(is_chosen: bool) -> str:
    return ' class="chosen"' if is_chosen else ""


def _off_map(view: View, language: str) -> str:
    missing = len(view.everywhere) - sum(place.count for place in view.towns)
    if not missing:
        return ""
    told = text(say(language, "explore.off_map", count=missing))
    pressed = "true" if view.choice.point == OFF_MAP else "false"
    return (
        f'<p class="off-map">{told} <button type="button" class="quiet" data-do="point"'
        f' data-grain="fine" data-value="{OFF_MAP}" data-key="off-map" aria-pressed="{pressed}">'
        f"{text(say(language, 'explore.off_map_show'))}</button></p>"
    )


def _countries(view: View, by_country: Sequence[Facet], language: str) -> str:
    most = max((facet.count for facet in by_country), default=1)
    items = "".join(
        f'<li><button type="button" data-do="country" data-value="{text(facet.value)}"'
        f' data-key="country:{text(facet.value)}"'
        f' aria-pressed="{"true" if facet.value == view.choice.country else "false"}">'
        '<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{100 * facet.count / most:.0f}" height="1"/></svg>'
        f"<span>{text(facet.name)}</span>"
        f" <b>{text(number(facet.count, language))}</b></button></li>"
        for facet in sorted(by_country, key=lambda facet: -facet.count)
    )
    return (
        f'<section class="countries"><h2>{text(say(language, "explore.by_country"))}</h2>'
        f"<ol>{items}</ol></section>"
    )
