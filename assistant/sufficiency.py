"""Whether chosen sentences answer a question, and what is missing when they do not.

First come checks that decide alone: the names, the year and the type of value asked for. Then
a small logistic model weighs how much of the question is covered, in words and in meaning; no
single threshold can (AUC .57 to .74 measured). Its weights are data, fitted by
``benchmarks/fit_sufficiency.py`` on questions whose answers were hidden. They were fitted before
every sentence had a vector; fitted anew they refused more of both kinds and were not taken.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant import lexicon
from assistant.evidence import Evidence, Gathered
from assistant.matching import names_missing
from assistant.question import Question
from assistant.roles import ROLES
from assistant.typed import missing_type
from corpus.dates import find_dates
from corpus.numbers import find_numbers
from corpus.words import fold, stem

# Feature order is the order of ``features``.
WEIGHTS: tuple[float, ...] = (
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
BIAS = -3.866
# Answer when the model gives at least this probability: less where other things vouch for the
# answer already, a day of the right year or the turn that a follow-up continues.
_ANSWERS_AT = 0.38
_DATED_ANSWERS_AT = 0.28
_FOLLOWING_ANSWERS_AT = 0.2
# A reason is only believed of something the text says: at most one in so many words may lack.
_MOST_OF = 3
# A sentence this close in meaning may call what is counted by another word.
_SAYS_SO = 0.9


@dataclass(frozen=True, slots=True)
class Check:
    """One check of chosen sentences: its name, and what it found missing (None: it passed)."""

    name: str
    missing: str | None


def shortfall(question: Question, chosen: Sequence[Evidence], gathered: Gathered) -> str | None:
    """What keeps ``chosen`` from answering ``question``, or None when nothing does."""
    if not chosen:
        return question.text
    missing = (check.missing for check in checks(question, chosen, gathered))
    return next(filter(None, missing), None)


def checks(question: Question, chosen: Sequence[Evidence], gathered: Gathered) -> Iterator[Check]:
    """Every check in the order it is made; those after a failure are made only when asked for."""
    for name, check in _HARD_CHECKS.items():
        yield Check(name, check(question, chosen, gathered))
    enough = probability(features(question, chosen, gathered)) >= _required(question)
    absent = ", ".join(_unmatched(question, chosen)[:4]) or question.text
    yield Check("coverage", None if enough else absent)


def _required(question: Question) -> float:
    if any(term.weight < 1.0 for term in question.terms):
        return _FOLLOWING_ANSWERS_AT
    return _DATED_ANSWERS_AT if "date" in question.asked else _ANSWERS_AT


def lies_elsewhere(question: Question, chosen: Sequence[Evidence], gathered: Gathered) -> bool:
    """Whether the sentences are of the wrong place or year, whatever else they hold."""
    return bool(
        _missing_names(question, chosen, gathered) or _missing_year(question, chosen, gathered)
    )


def hard_shortfall(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered
) -> str | None:
    """What a check that decides alone finds missing; None when all pass."""
    found = (check(question, chosen, gathered) for check in _HARD_CHECKS.values())
    return next(filter(None, found), None)


def _missing_names(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered
) -> str | None:
    best = chosen[0]
    missing = names_missing(question, best.reading, gathered.keys[best.document.language])
    return ", ".join(missing) or None


def _missing_reason(question: Question, chosen: Sequence[Evidence], _: Gathered) -> str | None:
    """The words of a why-question that are not there: a reason is only believed of what is said."""
    if "reason" not in question.asked:
        return None
    absent = _unmatched(question, chosen)
    plain = _plain(question)
    return ", ".join(absent) if len(absent) * _MOST_OF >= len(plain) > 0 else None


def _missing_value(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered
) -> str | None:
    best = chosen[0]
    beside = {e.index for e in gathered.evidence if e.beside and e.document == best.document}
    window = " ".join(_window(e, 1, beside) for e in chosen)
    return missing_type(question, window, best.document.language)


def features(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered
) -> tuple[float, ...]:
    """How well ``chosen`` covers ``question``: numbers near [0, 1], in the order of WEIGHTS."""
    best = max(chosen, key=lambda e: e.score)
    foreign = float(best.document.language != question.language)
    matched = frozenset().union(*(e.coverage.matched for e in chosen))
    plain = _plain(question)
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


def probability(values: Sequence[float]) -> float:
    """The logistic model's probability that the sentences answer."""
    total = BIAS + sum(w * v for w, v in zip(WEIGHTS, values, strict=True))
    return 1.0 / (1.0 + math.exp(-total))


def _plain(question: Question) -> set[str]:
    """The question's own words that are no names."""
    return {t.text for t in question.terms if not t.is_name and t.weight == 1.0}


def _unmatched(question: Question, chosen: Sequence[Evidence]) -> list[str]:
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


def _absent_role(question: Question, chosen: Sequence[Evidence], _: Gathered) -> str | None:
    """The office, deed or price asked for, where neither sentences nor title have a word for it.

    Only where a person or an amount is asked for: elsewhere such words are told in passing.
    """
    if not question.asked & {"person", "money"}:
        return None
    document = chosen[0].document
    near = fold(" ".join([document.title, *(_window(e, 2) for e in chosen)]))
    asked = fold(question.text)
    for cues in ROLES.values():
        role = cues.search(asked, question.language)
        if role is not None and not cues.search(near, document.language):
            return role.group()
    return None


def _uncounted(question: Question, chosen: Sequence[Evidence], _: Gathered) -> str | None:
    """The counted noun, where the document uses that word and no chosen number stands near it.

    A document that never uses the word may have another for it, so then nothing is proven.
    """
    best = chosen[0]
    same = best.document.language == question.language
    if not same or "count" not in question.asked or question.parts:
        return None
    # "How many people" is told of residents, volunteers and participants.
    anyone = lexicon.PEOPLE
    wanted = frozenset(f for f in question.focus if not anyone.opens(fold(f), question.language))
    if wanted.isdisjoint(best.reading.all_keys):
        return None
    lines = best.reading.lines
    if max(evidence.meaning for evidence in chosen) >= _SAYS_SO:
        return None
    for evidence in chosen:
        near = range(max(0, evidence.index - 1), evidence.index + 1)
        if find_numbers(evidence.text, best.document.language) and not wanted.isdisjoint(
            frozenset().union(*(lines[i].keys for i in near))
        ):
            return None
    return ", ".join(_spelled(question, wanted))


def _spelled(question: Question, stems: frozenset[str]) -> list[str]:
    """The question's own words of these stems."""
    return [t.text for t in question.terms if stem(t.text, question.language) in stems]


def _window(evidence: Evidence, reach: int, without: Container[int] = ()) -> str:
    """A sentence with those around it; ``without`` the lines of these indexes."""
    lines = evidence.reading.lines
    first = max(0, evidence.index - reach)
    last = min(len(lines) - 1, evidence.index + reach)
    text = evidence.document.text
    return " ".join(lines[i].span.of(text) for i in range(first, last + 1) if i not in without)


def _missing_year(question: Question, chosen: Sequence[Evidence], _: Gathered) -> str | None:
    for year in question.years:
        if not any(_holds_year(e, year) for e in chosen):
            return str(year)
    return None


def _holds_year(evidence: Evidence, year: int) -> bool:
    document = evidence.document
    if document.published and document.published.year == year:
        return True
    section = " ".join(evidence.reading.lines[evidence.index].passage.headings)
    near = f"{document.title} {section} {_window(evidence, 4)}"
    header = document.text[:400]
    if str(year) in near or str(year) in header or str(year) in document.source:
        return True
    return any(d.start.year <= year <= d.end.year for d in find_dates(near, document.language))


# Each decides alone; in the order they are made.
_HARD_CHECKS: Mapping[str, Callable[[Question, Sequence[Evidence], Gathered], str | None]] = {
    "names": _missing_names,
    "year": _missing_year,
    "role": _absent_role,
    "counted": _uncounted,
    "reason": _missing_reason,
    "value": _missing_value,
}
