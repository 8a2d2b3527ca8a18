"""Filters as people and programs write them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.filters import parse_filters
from corpus.errors import UsageError
from index import Filters

EVERYTHING = Filters(
    countries=("BE",),
    cities=("Gent", "Braga"),
    languages=("en",),
    sources=("starter/",),
    kinds=("event",),
    themes=("Food",),
    since=date(2026, 1, 1),
    until=date(2026, 12, 31),
)


@pytest.mark.parametrize(
    "given",
    [
        {
            "country": "Belgium",
            "city": ["Gent", "Braga"],
            "language": "EN",
            "source": "starter/",
            "kind": "event",
            "theme": "Food",
            "from": "2026-01-01",
            "to": "2026-12-31",
        },
        {
            "countries": ["BE"],
            "cities": ["Gent", "Braga"],
            "languages": ["en"],
            "sources": ["starter/"],
            "kinds": ["event"],
            "themes": ["Food"],
            "since": "2026-01-01",
            "until": "2026-12-31",
        },
    ],
    ids=["as options", "as fields"],
)
def test_both_spellings_give_the_same_filters(given: dict[str, object]) -> None:
    assert parse_filters(given) == EVERYTHING


def test_null_and_nothing_restrict_nothing() -> None:
    assert not parse_filters({})
    assert not parse_filters({"city": None, "from": None, "kinds": []})


@pytest.mark.parametrize("name", ["be", "BE", "Belgium", "België", "Belgien", "Belgique"])
def test_a_country_is_known_by_its_letters_and_its_names(name: str) -> None:
    assert parse_filters({"country": name}).countries == ("BE",)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"town": "Gent"}, "filter 'town'"),
        ({"city": 7}, "city=7"),
        ({"city": ["Gent", ""]}, "city=''"),
        ({"country": "Atlantis"}, "country 'Atlantis'"),
        ({"language": "English"}, "language 'English'"),
        ({"kind": "events"}, "kind 'events'"),
        ({"from": "1 May"}, "from='1 May'"),
        ({"to": ["2026-01-01", "2026-01-02"]}, "2 days"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_used_is_named(given: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_filters(given)
    assert told in caught.value.found
