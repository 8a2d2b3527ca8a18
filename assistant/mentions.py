"""The numbers, dates and places in one sentence, found once and remembered.

The same sentences come near many questions, and finding their numbers alone took a sixteenth of the
time of 249 answers. For sentences of articles: what a person asked is not kept here. Knows no
question.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from corpus.dates import DateMention, find_dates
from corpus.numbers import Number, find_numbers
from corpus.places import Place, find_places

_KEPT = 20_000  # sentences of each; some 10 MB when full


@lru_cache(_KEPT)
def numbers_in(sentence: str, language: str) -> tuple[Number, ...]:
    """As ``corpus.numbers.find_numbers`` finds them."""
    return find_numbers(sentence, language)


@lru_cache(_KEPT)
def dates_in(
    sentence: str, language: str, reference: date | None = None
) -> tuple[DateMention, ...]:
    """As ``corpus.dates.find_dates`` finds them."""
    return find_dates(sentence, language, reference=reference)


@lru_cache(_KEPT)
def places_in(sentence: str, language: str) -> tuple[Place, ...]:
    """As ``corpus.places.find_places`` finds them."""
    return find_places(sentence, language)
