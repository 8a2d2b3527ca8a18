"""How likely chosen sentences answer a question: what is known of them, weighed.

Logistic models over how much of the question is covered, in words and in meaning, and, where a
selector has read the sentences, over what it made of them and which typed checks they fail. No
single threshold tells answers from what only looks like one (AUC .57 to .74 measured). The
weights are data, fitted by ``benchmarks/fit_sufficiency.py``; what is missing is told elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.evidence import Evidence, Gathered
from assistant.question import Question

# Fitted before every sentence had a vector; fitted anew they
# refused more of both kinds and were not taken.
UNREAD_WEIGHTS: Mapping[str, float] = {
    "soft": -0.427,
    "strict": -0.829,
    "closeness": 1.406,
    "meaning": 1.179,
    "near": 0.835,
    "anywhere": 0.179,
    "lead": 1.74,
    "peak": -0.474,
    "identifying": 0.553,
    "named": -0.458,
    "foreign": 0.28,
    "foreign_near": 0.162,
    "foreign_meaning": 1.338,
    "named_near": 0.899,
    "named_anywhere": -0.038,
    "identifying_meaning": -0.659,
    "typed": 0.013,
    "focus": 0.557,
    "absent": 0.609,
    "named_absent": 0.28,
    "reason": -1.331,
    "person_absent": -0.69,
}
UNREAD_BIAS = -3.866
# Each has the sign that it must have, see benchmarks/fit_sufficiency.py.
READ_WEIGHTS: Mapping[str, float] = {
    "closeness": 4.007,
    "meaning": 1.275,
    "peak": 0.080,
    "identifying": 0.657,
    "named": -0.678,
    "foreign": -0.398,
    "foreign_near": 1.351,
    "foreign_meaning": 0.660,
    "identifying_meaning": 0.037,
    "typed": -0.167,
    "reason": -1.793,
    "none": -0.507,
    "likeliest": 0.003,
    "likely": 0.642,
    "fails_names": -2.652,
    "fails_year": -6.435,
    "fails_reason": -3.865,
    "fails_value": -2.462,
}
READ_BIAS = -2.131
_LEAST_CHANCE = 1e-4


def likelihood(
    question: Question,
    chosen: Sequence[Evidence],
    gathered: Gathered,
    failed: Mapping[str, bool],
) -> float:
    """The probability that ``chosen`` answer; ``failed`` tells of each typed check by its name."""
    if gathered.none is None:
        return _logistic(features(question, chosen, gathered), UNREAD_WEIGHTS, UNREAD_BIAS)
    return _logistic(read_features(question, chosen, gathered, failed), READ_WEIGHTS, READ_BIAS)


def read_features(
    question: Question,
    chosen: Sequence[Evidence],
    gathered: Gathered,
    failed: Mapping[str, bool],
) -> dict[str, float]:
    """``features`` with the selector's opinion and the checks that fail."""
    chances = [e.chance or 0.0 for e in chosen]
    return {
        **features(question, chosen, gathered),
        "none": gathered.none or 0.0,
        "likeliest": math.log(max(*chances, _LEAST_CHANCE)),
        "likely": math.log(max(sum(chances), _LEAST_CHANCE)),
        **{f"fails_{name}": float(fails) for name, fails in failed.items()},
    }


def features(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered
) -> dict[str, float]:
    """How well ``chosen`` covers ``question``: numbers near [0, 1] by name."""
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
    return {
        "soft": best.coverage.soft,
        "strict": best.coverage.strict,
        "closeness": best.closeness,
        "meaning": meaning,
        "near": near,
        "anywhere": anywhere,
        "lead": best.score - other,
        "peak": gathered.peak,
        "identifying": identifying,
        "named": named,
        "foreign": foreign,
        "foreign_near": foreign * near,
        "foreign_meaning": foreign * meaning,
        "named_near": named * near,
        "named_anywhere": named * anywhere,
        "identifying_meaning": identifying * meaning,
        "typed": float(bool(question.asked)),
        "focus": _focus_near(question, chosen),
        "absent": absent,
        "named_absent": named * (1.0 - foreign) * absent,
        "reason": float("reason" in question.asked),
        "person_absent": float("person" in question.asked) * absent,
    }


def _logistic(values: Mapping[str, float], weights: Mapping[str, float], bias: float) -> float:
    total = bias + sum(weight * values[name] for name, weight in weights.items())
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
