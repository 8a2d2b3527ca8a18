"""An address that brings somebody else to a question: ``/?q=…&country=BE``.

A link fills the question in and nothing more: the person it was sent to reads it and asks. One
that asked by itself would let any page or message that is merely opened, or looked at by a
program for a preview, spend this server's time and put words into a person's conversation. An
address is made of a path of our own and checked values, so it can lead nowhere else; what comes
in is anybody's, and is taken whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote, urlencode

from assistant.filters import parse_filters
from corpus.countries import LANGUAGES
from corpus.errors import UsageError
from index import EVERYTHING, Filters

MOST_QUESTION = 2_000  # code points, as a question over HTTP
MOST_VALUES = 20  # of one filter
MOST_ADDRESS = 8_000  # characters; browsers and servers take no longer ones for granted

_QUESTION, _LANGUAGE = "q", "lang"
# As options are named; "lang" is that of the page, "language" restricts the articles.
_FILTERS = ("country", "city", "language", "source", "kind", "theme", "from", "to")
# C0 and C1 controls, and what turns text around: no question needs them, and they hide words.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)


def share_path(question: str, filters: Filters = EVERYTHING, language: str | None = None) -> str:
    """The path, from ``/?``, that fills in the same question; equal questions give equal paths.

    Raises UsageError for a question that no link can hold.
    """
    asked = _plain(question)
    values: dict[str, Iterable[str]] = {
        "country": filters.countries,
        "city": filters.cities,
        "language": filters.languages,
        "source": filters.sources,
        "kind": filters.kinds,
        "theme": filters.themes,
        "from": [filters.since.isoformat()] if filters.since else [],
        "to": [filters.until.isoformat()] if filters.until else [],
    }
    # Alternatives stand in one value, because a page's framework may keep only one of a name.
    joined = {name: ";".join(quote(v, safe="/ ") for v in of) for name, of in values.items()}
    pairs = [(_QUESTION, asked), *((name, text) for name, text in joined.items() if text)]
    if language in LANGUAGES:
        pairs.append((_LANGUAGE, language))
    path = f"/?{urlencode(pairs, safe=';/')}"
    if not asked or len(asked) > MOST_QUESTION or len(path) > MOST_ADDRESS:
        raise UsageError(
            f"got a question of {len(asked):,} characters and an address of {len(path):,}",
            f"from 1 to {MOST_QUESTION:,}, and {MOST_ADDRESS:,}",
            "shorten it, or drop some filters",
        )
    return path


def parse_share(
    query_params: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[str, Filters, str | None] | None:
    """Question, filters and the page's language of such an address; None when it holds none.

    None too when any part of it cannot be used: a question without the restriction it came with
    would be another question. Names that mean nothing here are passed over.
    """
    pairs = query_params.items() if isinstance(query_params, Mapping) else query_params
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in (_QUESTION, _LANGUAGE, *_FILTERS):
            if name in given or not isinstance(value, str) or len(value) > MOST_ADDRESS:
                return None
            given[name] = value
    asked = _plain(given.get(_QUESTION, ""))
    if not asked or len(asked) > MOST_QUESTION:
        return None
    language = given.get(_LANGUAGE)
    if language is not None and language not in LANGUAGES:
        return None
    wanted: dict[str, list[str]] = {}
    for name in _FILTERS:
        if given.get(name):
            values = [_plain(unquote(value)) for value in given[name].split(";")]
            if len(values) > MOST_VALUES:
                return None
            wanted[name] = values
    try:
        return asked, parse_filters(wanted), language
    except UsageError:
        return None


def _plain(words: str) -> str:
    return " ".join(_HIDDEN.sub(" ", words).split())
