"""Lists that filters decide: practices and networks by country, year, money, size, keyword."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant import Coverage
from assistant.answering.draft import Draft, inline
from assistant.answering.places import line_at
from assistant.answering.table import Rows
from assistant.citations import CitationBook
from assistant.matching import Reading, keys_for
from assistant.question import Condition, Question
from assistant.shelf import Shelf
from corpus import Field, Network, Practice
from corpus.places import same_city
from corpus.words import content_terms, fold, stem
from index import Filters

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    "=": lambda value, bound: value == bound,
    ">=": lambda value, bound: value >= bound,
    ">": lambda value, bound: value > bound,
}

_QUOTED_WORDS = 36


@dataclass(frozen=True, slots=True)
class _Fitting:
    """One record that fits, and the fields that show why."""

    record: Practice | Network
    reading: Reading
    shown: tuple[int, ...]  # positions in the text that its citations must cover


def answer_from_records(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """Every record that the question's filters leave; None when they do not decide alone."""
    if question.collection not in {"practice", "network"} or not _decides(question):
        return None
    rows = _about(question, _select(question, shelf, filters), shelf)
    if not rows:
        return None
    return _write_rows(question, rows, shelf)


def _decides(question: Question) -> bool:
    """Whether record filters use up the question, leaving no concept to look for."""
    if question.attribute == "keyword":
        return bool(question.concept)
    restricted = question.countries or question.places
    return bool(question.conditions) or (bool(restricted) and not question.concept)


def _about(question: Question, rows: list[_Fitting], shelf: Shelf) -> list[_Fitting]:
    """The rows whose documents have the question's rarer words; all where it has none.

    "Practices with a stated budget under 100,000 euros" is not about what is stated, while
    "practices on bees that began after 2014" is about bees.
    """
    if question.attribute == "keyword":
        return rows
    frequency = shelf.frequency(question)
    rare = {
        term.text
        for term in question.concept
        if 0 < frequency[term.text] <= _RARE * shelf.snapshot.passage_count
    }
    return [
        row
        for row in rows
        if all(
            not row.reading.all_keys.isdisjoint(key.exact)
            for key in keys_for(question, row.reading.document.language)
            if key.term.text in rare
        )
    ]


def _select(question: Question, shelf: Shelf, filters: Filters) -> list[_Fitting]:
    """The practices or networks that meet every filter of the question, by source."""
    wanted = Network if question.collection == "network" else Practice
    rows: list[_Fitting] = []
    for record in shelf.records(filters):
        if not isinstance(record, wanted):
            continue
        assert isinstance(record, Practice | Network)  # noqa: S101 - for the type checker
        document = shelf.snapshot.document(record.document)
        if not is_called_so(question, document.text) or not _of_year(question, record, shelf):
            continue
        shown = _fitting_fields(record, question)
        if shown is not None:
            positions = tuple(f.span.start for f in (record.name, *shown))
            rows.append(_Fitting(record, shelf.reading(document), positions))
    return sorted(rows, key=lambda r: (r.reading.document.source, r.record.span.start))


# A word in at most this share of the passages restricts a list.
_RARE = 0.05

# Words for a collection that its documents use of themselves, by language family.
_COLLECTION_MARK = "good practice"


def is_called_so(question: Question, text: str) -> bool:
    """A question about "good practices" means documents that call what they tell one."""
    if question.collection != "practice" or " practice" not in f" {fold(question.text)}":
        return True
    if _COLLECTION_MARK not in fold(question.text).replace("-", " "):
        return True
    return _COLLECTION_MARK in fold(text).replace("-", " ")


def _of_year(question: Question, record: Practice | Network, shelf: Shelf) -> bool:
    """Years that bound nothing else are years of publication ("the 2017 good practices")."""
    bound = {int(c.value) for c in question.conditions}
    years = [y for y in question.years if y not in bound]
    if not years or isinstance(record, Network):
        return True
    document = shelf.snapshot.document(record.document)
    if document.published and document.published.year in years:
        return True
    return any(str(year) in document.text for year in years)


def _fitting_fields(
    record: Practice | Network, question: Question
) -> tuple[Field[str], ...] | None:
    """The fields by which ``record`` meets the question's filters; None when it does not."""
    shown: list[Field[str]] = []
    country = record.secretariat if isinstance(record, Network) else record.country
    if question.countries:
        if country is None or country.value not in question.countries:
            return None
        shown.append(country)
    if isinstance(record, Practice) and record.city:
        shown.append(record.city)
        if question.places and not any(
            same_city(p.name, record.city.value) for p in question.places
        ):
            return None
    for condition in question.conditions:
        field = _value(record, condition)
        if field is None:
            return None
        value, text_field = field
        if not _COMPARE[condition.comparison](value, condition.value):
            return None
        shown.append(text_field)
    if question.attribute == "keyword":
        if isinstance(record, Network):
            return None
        keyword = _keyword(record.keywords, question)
        if keyword is None:
            return None
        shown.append(keyword)
    return tuple(shown)


def _value(record: Practice | Network, condition: Condition) -> tuple[float, Field[str]] | None:
    """The record's value for the attribute a condition bounds, and where it stands."""
    if condition.attribute == "started":
        if isinstance(record, Network):
            founded = record.founded
            return (founded.value, Field(str(founded.value), founded.span)) if founded else None
        started = record.started
        return (float(started.value[:4]), started) if started else None
    if isinstance(record, Network):
        return None
    if condition.attribute == "budget" and record.budget:
        return record.budget.value.amount, Field("", record.budget.span)
    if condition.attribute == "population" and record.population:
        return record.population.value, Field("", record.population.span)
    return None


def _keyword(keywords: Iterable[Field[str]], question: Question) -> Field[str] | None:
    wanted = {stem(t.text, question.language) for t in question.concept}
    for keyword in keywords:
        if wanted and wanted <= set(content_terms(keyword.value, question.language)):
            return keyword
    return None


def _row_name(record: Practice | Network, question: Question) -> str:
    """What a person would write in the table: a city, a practice with its city, a network."""
    if isinstance(record, Network):
        name = inline(record.name.value)
        if record.acronym and record.acronym.value not in name:
            return f"{name} ({record.acronym.value})"
        return name
    if record.city is None:
        return inline(record.name.value)
    return record.city.value


def _write_rows(question: Question, rows: list[_Fitting], shelf: Shelf) -> Draft:
    """One line a row with the quote that shows it; rows of one name are merged."""
    book = CitationBook()
    table = Rows()
    for row in rows:
        document = row.reading.document
        spans = dict.fromkeys(line_at(row.reading, position) for position in row.shown)
        numbers = [book.cite(document, span) for span in spans if len(span)]
        quote = inline(" ".join(span.of(document.text) for span in spans), _QUOTED_WORDS)
        country = row.record.secretariat if isinstance(row.record, Network) else row.record.country
        table.add(
            _row_name(row.record, question), country.value if country else None, quote, numbers
        )
    matched = len({row.reading.document.id for row in rows})
    return table.draft(question, Coverage(shelf.snapshot.document_count, matched), book)
