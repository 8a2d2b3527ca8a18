"""How likely a listing is the one a question asks for: what is known of it, weighed.

A logistic model over what the selector and the vectors make of its line, what kind of list it
is, what its members are and which of the question's words lead to it. The weights are data,
fitted by ``benchmarks/fit_listings.py``; refuses to find listings.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from assistant import lexicon
from assistant.answering.listings import Listing
from assistant.answering.places import is_town
from assistant.evidence import Evidence, Gathered
from assistant.matching import TermKeys
from assistant.question import Question
from corpus.words import fold, forms, stem, written

_LEAD_WORDS = 9
_COMMA = re.compile(r"[,;]\s+(?=\S)")
_MOST = 10
_PERSON_WORDS = (2, 3)

WEIGHTS: Mapping[str, float] = {
    "relative": 2.992,
    "first": 0.700,
    "soft": 3.532,
    "closeness": 0.530,
    "foreign": -0.326,
    "foreign_meaning": 0.887,
    "none": -0.267,
    "set_out": 1.819,
    "from_item": -1.063,
    "announced": 1.326,
    "headings": 2.140,
    "bracketed": -0.024,
    "glosses": -2.845,
    "as_many": 1.405,
    "not_as_many": -1.630,
    "count": 1.237,
    "led": 3.335,
    "focus_leads": 0.158,
    "whole": 1.266,
    "words": -0.600,
    "capital": 1.356,
    "towns": 2.213,
    "no_towns": -3.053,
    "unknown_towns": -3.173,
    "persons": 3.644,
}
BIAS = -4.501


def likelihood(values: Mapping[str, float]) -> float:
    """The probability that the listing with these ``features`` is the one asked for."""
    total = BIAS + sum(weight * values[name] for name, weight in WEIGHTS.items())
    return 1.0 / (1.0 + math.exp(-total))


def features(
    question: Question, gathered: Gathered, evidence: Evidence, listing: Listing
) -> dict[str, float]:
    """What is known of ``listing`` in the line of ``evidence``: numbers near [-1, 1] by name."""
    best = gathered.evidence[0]
    text, language = evidence.document.text, evidence.document.language
    names = [member.name.of(text) for member in listing.members]
    asked = fold(question.text)
    count, wanted = len(names), question.members
    foreign = float(language != question.language)
    keys = gathered.keys[language]
    # What stands before a comma belongs to an earlier series more often than to this one.
    lead = _COMMA.split(listing.lead.of(text))[-1].split()[-_LEAD_WORDS:]
    first, last = listing.members[0].name, listing.members[-1].name
    inside = text[first.start : last.end]
    whole = len(inside.split()) / max(1, len(evidence.text.split()))
    towns = asks_for_towns(asked, question.language)
    known = sum(is_town(name, language) for name in names) / count if towns else 0.0
    capital = sum(name[:1].isupper() or name[:1].isdigit() for name in names) / count
    persons = sum(_is_person(name) for name in names) / count
    return {
        "relative": evidence.score - best.score,
        "first": float(evidence is best),
        "soft": evidence.coverage.soft,
        "meaning": evidence.meaning,
        "closeness": evidence.closeness,
        "foreign": foreign,
        "foreign_meaning": foreign * evidence.meaning,
        "none": gathered.none or 0.0,
        "set_out": float(listing.set_out),
        "from_item": float(listing.from_item),
        "announced": float(listing.set_out and listing.lead.of(text).rstrip("*_` ").endswith(":")),
        "headings": float(listing.headings),
        "bracketed": float(listing.bracketed),
        "glosses": float(listing.glosses),
        "as_many": float(count == wanted),
        "not_as_many": float(wanted is not None and count != wanted),
        "count": min(count, _MOST) / _MOST,
        "in_question": sum(fold(name) in asked for name in names) / count,
        "led": _held(keys, gathered.weight, lead, language),
        "focus_leads": _focus_leads(question, lead, language),
        "whole": 0.0 if listing.set_out or listing.headings else min(1.0, whole),
        "words": min(1.0, sum(len(name.split()) for name in names) / count / 8),
        "capital": capital,
        "towns": float(towns) * known,
        "no_towns": float(towns) * (1.0 - known) * (1.0 - capital),
        "unknown_towns": float(towns) * (1.0 - known) * capital,
        "persons": float("person" in question.asked) * persons,
    }


def asks_for_towns(folded: str, language: str) -> bool:
    """Whether the first set a question names is one of towns: not "countries of the cities"."""
    named = lexicon.PLURAL_SETS.search(folded, language)
    if named is None:
        return bool(lexicon.TOWNS.search(folded, language))
    return bool(lexicon.TOWNS.opens(folded[named.start() :], language))


def _held(
    keys: Sequence[TermKeys], weight: Mapping[str, float], lead: Sequence[str], language: str
) -> float:
    """The weighted share of the question's words that stand in ``lead``."""
    pairs = [forms(word, language) for word in written(" ".join(lead))]
    total = sum(weight[key.term.text] for key in keys) or 1.0
    found = sum(
        weight[key.term.text]
        for key in keys
        if any(
            folded in key.exact
            or stemmed in key.exact
            or bool(key.prefix and folded.startswith(key.prefix))
            for folded, stemmed in pairs
        )
    )
    return found / total


def _focus_leads(question: Question, lead: Sequence[str], language: str) -> float:
    """Whether the noun asked about stands before the first member."""
    stems = {stem(word, language) for word in written(" ".join(lead))}
    return float(any(noun in stems for noun in question.focus))


def _is_person(name: str) -> bool:
    words = name.split()
    return len(words) in _PERSON_WORDS and all(word[:1].isupper() for word in words)
