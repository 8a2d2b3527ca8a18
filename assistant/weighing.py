"""How likely chosen sentences answer a question: what is known of them, weighed.

Logistic models over how much of the question is covered, in words and in meaning, and, where a
selector has read the sentences, over what it made of them and which typed checks they fail. No
single threshold tells answers from what only looks like one (AUC .57 to .74 measured). The
weights are data, fitted by ``benchmarks/fit_sufficiency.py``; what is missing is told elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.evidence import Evidence, Gathered
from assistant.question import Question

# In the order of ``features``. Fitted before every sentence had a vector; fitted anew they
# refused more of both kinds and were not taken.
UNREAD_WEIGHTS: tuple[float, ...] = (
    -0.427,
    -0.829,
    1.406,
    1.179,
    0.835,
    0.179,
    1.74,
    -0.474,
    0.553,
    -0.458,
    0.28,
    0.162,
    1.338,
    0.899,
    -0.038,
    -0.659,
    0.013,
    0.557,
    0.609,
    0.28,
    -1.331,
    -0.69,
)
UNREAD_BIAS = -3.866
# In the order of ``read_features``; see there what each is.
READ_WEIGHTS: tuple[float, ...] = (
    -3.1665,
    1.516,
    2.4838,
    7.6242,
    -0.8109,
    2.0515,
    -0.2137,
    -0.4182,
    0.852,
    -1.8003,
    1.9671,
    1.0487,
    0.5688,
    0.3808,
    -1.151,
    -0.5376,
    0.9788,
    0.5987,
    -0.5529,
    2.4983,
    -1.2637,
    -1.3678,
    -0.2206,
    0.1811,
    0.2507,
    -3.4389,
    -6.5979,
    -0.3434,
    4.0891,
    -4.5924,
    -2.9087,
)
READ_BIAS = -6.8717
_LEAST_CHANCE = 1e-4


def likelihood(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered, failed: Sequence[bool]
) -> float:
    """The probability that ``chosen`` answer; ``failed`` tells of each typed check, in order."""
    values = features(question, chosen, gathered)
    if gathered.none is None:
        return _logistic(values, UNREAD_WEIGHTS, UNREAD_BIAS)
    read = read_features(values, chosen, gathered, failed)
    return _logistic(read, READ_WEIGHTS, READ_BIAS)


def read_features(
    values: Sequence[float],
    chosen: Sequence[Evidence],
    gathered: Gathered,
    failed: Sequence[bool],
) -> tuple[float, ...]:
    """``values`` with the selector's opinion and the checks that fail."""
    chances = [e.chance or 0.0 for e in chosen]
    return (
        *values,
        gathered.none or 0.0,
        math.log(max(*chances, _LEAST_CHANCE)),
        math.log(max(sum(chances), _LEAST_CHANCE)),
        *map(float, failed),
    )


def features(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered
) -> tuple[float, ...]:
    """How well ``chosen`` covers ``question``: numbers near [0, 1], as UNREAD_WEIGHTS has them."""
    best = max(chosen, key=lambda e: e.score)
    foreign = float(best.document.language != question.language)
    matched = frozenset().union(*(e.coverage.matched for e in chosen))
    plain = plain_terms(question)
    keys = gathered.keys[best.document.language]
    in_document = {
        k.term.text
        for k in keys
        if not best.reading.all_keys.isdisjoint(k.exact)
        or (k.prefix and k.prefix in best.reading.all_prefixes)
    }
    near = _share(gathered.weight, plain, matched)
    anywhere = _share(gathered.weight, plain, in_document)
    absent = max((gathered.weight[t] for t in plain if t not in in_document), default=0.0) / max(
        gathered.weight.values(), default=1.0
    )
    named = float(any(t.is_name for t in question.terms))
    identifying = float(bool(question.asked & {"place", "person"}) and not question.places)
    meaning = max(e.meaning for e in chosen)
    other = next((e.score for e in gathered.evidence if e.document.id != best.document.id), 0.0)
    return (
        best.coverage.soft,
        best.coverage.strict,
        best.closeness,
        meaning,
        near,
        anywhere,
        best.score - other,
        gathered.peak,
        identifying,
        named,
        foreign,
        foreign * near,
        foreign * meaning,
        named * near,
        named * anywhere,
        identifying * meaning,
        float(bool(question.asked)),
        _focus_near(question, chosen),
        absent,
        named * (1.0 - foreign) * absent,
        float("reason" in question.asked),
        float("person" in question.asked) * absent,
    )


def _logistic(values: Sequence[float], weights: Sequence[float], bias: float) -> float:
    total = bias + sum(w * v for w, v in zip(weights, values, strict=True))
    return 1.0 / (1.0 + math.exp(-total))


def plain_terms(question: Question) -> set[str]:
    """The question's own words that are no names."""
    return {t.text for t in question.terms if not t.is_name and t.weight == 1.0}


def unmatched(question: Question, chosen: Sequence[Evidence]) -> list[str]:
    """The question's own words that neither the sentences nor what surrounds them hold."""
    matched = frozenset().union(*(e.coverage.matched for e in chosen))
    return [t.text for t in question.terms if t.text not in matched and t.weight == 1.0]


def _share(weight: dict[str, float], wanted: set[str], found: frozenset[str] | set[str]) -> float:
    """The weighted share of ``wanted`` that is in ``found``; 1 when nothing is wanted."""
    total = sum(weight[t] for t in wanted)
    return sum(weight[t] for t in wanted if t in found) / total if total else 1.0


def _focus_near(question: Question, chosen: Sequence[Evidence]) -> float:
    """Whether the noun asked about stands in a chosen sentence."""
    if not question.focus:
        return 1.0
    keys = frozenset().union(*(e.reading.lines[e.index].keys for e in chosen))
    return float(any(f in keys for f in question.focus))
