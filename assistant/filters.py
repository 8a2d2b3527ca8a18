"""Filters as people and programs write them, turned into the filters a search takes.

Knows the words for them (one spelling for options, one for lists) and what each may hold.
Refuses to know where they came from: the command line, a batch file or a request.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from corpus.errors import UsageError
from index import Filters

KINDS = ("practice", "event", "network", "article")

_FIELDS = {
    "city": "cities",
    "country": "countries",
    "language": "languages",
    "source": "sources",
    "kind": "kinds",
    "theme": "themes",
    "from": "since",
    "to": "until",
}
WORDS = tuple(_FIELDS)
_LANGUAGE = re.compile(r"[a-z]{2}|und")


def parse_filters(given: Mapping[str, object]) -> Filters:
    """Filters from ``{"city": "Gent", "from": "2026-01-01"}`` or ``{"cities": ["Gent"], …}``.

    A value is one text or a list of them; null restricts nothing. Raises UsageError naming the
    first word or value that cannot be used.
    """
    texts: dict[str, tuple[str, ...]] = {}
    words: dict[str, str] = {}  # as they were given
    for word, value in given.items():
        name = _FIELDS.get(word, word)
        words[name] = word
        if name not in _FIELDS.values():
            raise UsageError(f"got filter {word!r}", f"one of {', '.join(_FIELDS)}", "rename it")
        texts[name] = (*texts.get(name, ()), *_texts(word, value))
    return Filters(
        countries=tuple(_country(text) for text in texts.get("countries", ())),
        cities=texts.get("cities", ()),
        languages=tuple(_language(text) for text in texts.get("languages", ())),
        sources=texts.get("sources", ()),
        kinds=tuple(_kind(text) for text in texts.get("kinds", ())),
        themes=texts.get("themes", ()),
        since=_day(words.get("since", ""), texts.get("since", ())),
        until=_day(words.get("until", ""), texts.get("until", ())),
    )


def to_words(filters: Filters) -> tuple[tuple[str, str], ...]:
    """Each value of ``filters`` with its word, ("country", "PT"); ``parse_filters`` reads them."""
    told: list[tuple[str, str]] = []
    for word, name in _FIELDS.items():
        value = getattr(filters, name)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        told += [(word, one.isoformat() if isinstance(one, date) else one) for one in values]
    return tuple(told)


def _texts(word: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    texts: list[str] = []
    for text in value if isinstance(value, list | tuple) else (value,):
        if not isinstance(text, str) or not text.strip():
            raise UsageError(f"got filter {word}={text!r}", "a text or a list of texts", "mend it")
        texts.append(text.strip())
    return tuple(texts)


def _country(text: str) -> str:
    # Imported only when a country is asked for: names in all languages take time to load.
    from corpus.countries import country_code

    # In running text "it" is a word; as a filter two letters can only be a code.
    code = country_code(text.upper() if len(text) == 2 else text)
    if code is None:
        raise UsageError(
            f"got country {text!r}", "a country's name or its two letters (BE)", "check it"
        )
    return code


def _language(text: str) -> str:
    folded = text.casefold()
    if not _LANGUAGE.fullmatch(folded):
        raise UsageError(f"got language {text!r}", "two letters of ISO 639-1 (en)", "check it")
    return folded


def _kind(text: str) -> str:
    if text not in KINDS:
        raise UsageError(f"got kind {text!r}", f"one of {', '.join(KINDS)}", "choose one")
    return text


def _day(word: str, texts: tuple[str, ...]) -> date | None:
    if not texts:
        return None
    if len(texts) > 1:
        raise UsageError(f"got {len(texts)} days for {word!r}", "one day", "keep one")
    try:
        return date.fromisoformat(texts[0])
    except ValueError:
        raise UsageError(f"got {word}={texts[0]!r}", "a date as YYYY-MM-DD", "correct it") from None
