"""Whether chosen sentences answer a question, and what is missing when they do not.

Typed checks first: the names, the year, the office, the type of value asked for. What they find
is what a refusal says is missing. Then everything is weighed (assistant/weighing.py). Where a
selector has read the sentences, most failed checks only weigh; where none has, each decides alone.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant import lexicon
from assistant.evidence import Evidence, Gathered
from assistant.lexicon.opposites import BEGINS, ENDS
from assistant.matching import names_missing
from assistant.question import Question
from assistant.roles import ROLES
from assistant.typed import AMOUNTS, missing_type, type_bonus
from assistant.weighing import likelihood, plain_terms, unmatched
from corpus.dates import find_dates
from corpus.numbers import find_numbers
from corpus.words import fold, stem

# Answer when the model gives at least this probability: less where other things vouch for the
# answer already, a day of the right year or the turn that a follow-up continues.
_ANSWERS_AT = 0.38
_DATED_ANSWERS_AT = 0.28
_FOLLOWING_ANSWERS_AT = 0.2
_READ_ANSWERS_AT = 0.53
# A reason is only believed of something the text says: at most one in so many words may lack.
_MOST_OF = 3
# What is said outright says this many words of a question beside its names, and all of its words.
_WORDS_OUTRIGHT = 2
_TOLD_IN_FIGURES = AMOUNTS | {"date"}
_ALL = 0.999
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
    if gathered.none is None:
        missing = (check.missing for check in checks(question, chosen, gathered))
        return next(filter(None, missing), None)
    *typed, last = checks(question, chosen, gathered)
    if last.missing is None and not any(
        c.missing and _decides(c, question, gathered) for c in typed
    ):
        return None
    return next((check.missing for check in typed if check.missing), last.missing)


def checks(question: Question, chosen: Sequence[Evidence], gathered: Gathered) -> Iterator[Check]:
    """Every check in the order it is made; the last one weighs them all.

    Where a selector has read the sentences, the others are evidence for the last one; elsewhere
    each decides alone, and those after a failure are made only when asked for.
    """
    failed: dict[str, bool] = {}
    for name, check in HARD_CHECKS.items():
        missing = check(question, chosen, gathered)
        failed[name] = missing is not None
        yield Check(name, missing)
    sure = likelihood(question, chosen, gathered, failed)
    absent = ", ".join(unmatched(question, chosen)[:4]) or question.text
    enough = sure >= _required(question, gathered) or (
        not any(failed.values()) and _said_outright(question, chosen)
    )
    yield Check("coverage", None if enough else absent)


def _said_outright(question: Question, chosen: Sequence[Evidence]) -> bool:
    """Whether one chosen sentence holds every word of a question and an amount or day it asks for.

    With every check passed, no opinion of it is needed. Where several sources say the same, a
    selector that shares its chances out gives each a small one.
    """
    return (
        bool(question.asked & _TOLD_IN_FIGURES)
        and len(plain_terms(question)) >= _WORDS_OUTRIGHT
        and any(
            e.coverage.strict >= _ALL
            and e.document.language == question.language
            and type_bonus(e.text, question, question.language) > 0.0
            for e in chosen
        )
    )


def _decides(check: Check, question: Question, gathered: Gathered) -> bool:
    """Whether a failure leaves no doubt even where a selector likes the sentences.

    Of 993 questions, 19 without an answer failed for the year, and 38 for the one type of value
    asked for beside 4 whose answer was quoted. The other checks failed for 47 and 23; but a town
    that no passage names is none that the articles tell of, and an opening is no end (of 2,086
    questions 2 failed for that; neither has an answer).
    """
    if check.name == "names":
        towns = [place.span for place in question.places if place.kind == "city"]
        return any(
            term.text in gathered.unheard and any(town.overlaps(term.span) for town in towns)
            for term in question.terms
            if term.text in (check.missing or "").split(", ")
        )
    return check.name in ("year", "end") or (check.name == "value" and len(question.asked) == 1)


def _required(question: Question, gathered: Gathered) -> float:
    if gathered.none is not None:
        return _READ_ANSWERS_AT
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
    found = (check(question, chosen, gathered) for check in HARD_CHECKS.values())
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
    absent = unmatched(question, chosen)
    plain = plain_terms(question)
    return ", ".join(absent) if len(absent) * _MOST_OF >= len(plain) > 0 else None


def _missing_value(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered
) -> str | None:
    best = chosen[0]
    beside = {e.index for e in gathered.evidence if e.beside and e.document == best.document}
    window = " ".join(_window(e, 1, beside) for e in chosen)
    return missing_type(question, window, best.document.language)


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


def _opening_for_end(question: Question, chosen: Sequence[Evidence], _: Gathered) -> str | None:
    """The word for an end whose day is asked for, where only an opening is told of.

    Not the other way round: a day that says no more is taken for the first one.
    """
    document = chosen[0].document
    asked = fold(question.text)
    end = ENDS.search(asked, question.language) if "date" in question.asked else None
    if end is None or BEGINS.search(asked, question.language):
        return None
    near = fold(" ".join([document.title, *(_window(e, 1) for e in chosen)]))
    told = fold(" ".join(e.text for e in chosen))
    tells_of_end = ENDS.search(near, document.language)
    return end.group() if not tells_of_end and BEGINS.search(told, document.language) else None


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
HARD_CHECKS: Mapping[str, Callable[[Question, Sequence[Evidence], Gathered], str | None]] = {
    "names": _missing_names,
    "year": _missing_year,
    "role": _absent_role,
    "counted": _uncounted,
    "end": _opening_for_end,
    "reason": _missing_reason,
    "value": _missing_value,
}
