"""Lists that filters decide: practices and networks by country, year, money, size, keyword."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import Coverage, lexicon
from assistant.answering.draft import Draft, inline
from assistant.answering.places import line_at
from assistant.answering.refusal import none_found
from assistant.answering.table import Rows
from assistant.citations import CitationBook
from assistant.matching import Reading, keys_for
from assistant.question import Question
from assistant.shelf import Shelf
from corpus import Field, Network, Practice
from corpus.places import same_city
from corpus.words import content_terms, fold, stem, words
from index import Filters

_QUOTED_WORDS = 36


@dataclass(frozen=True, slots=True)
class Fitting:
    """One record that fits, and the fields that show why."""

    record: Practice | Network
    reading: Reading
    shown: tuple[int, ...]  # positions in the text that its citations must cover


def answer_from_records(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """Every record that the question's filters leave; None when they do not decide alone.

    A question that its filters explain in full and that nothing meets is refused.
    """
    if question.collection not in {"practice", "network"} or not _decides(question, shelf):
        return None
    rows = list(fitting_records(question, shelf, filters))
    if question.repeated:
        rows = _repeated(rows)
    about = _about(question, rows, shelf)
    if not about and rows and _bounded(question, shelf):
        about = rows  # the words left over do not tell records apart, so they only phrase it
    if about:
        return _write_rows(question, about, shelf)
    if question.concept or question.kind not in _SEVERAL:
        return None
    kind = Network if question.collection == "network" else Practice
    return none_found(question, kind, shelf, filters)


_SEVERAL = frozenset({"list", "number"})


def _decides(question: Question, shelf: Shelf) -> bool:
    """Whether record filters use up the question, leaving no concept to look for."""
    if _bounded(question, shelf):
        return True
    restricted = question.countries or question.places or question.counted
    # A single place with a number asked for is a question about what is done there.
    if question.kind not in {"list", "fact"} and not question.counted:
        return False
    return bool(restricted) and not question.concept


def _bounded(question: Question, shelf: Shelf) -> bool:
    """Whether the question sets a bound that only records can be held against."""
    if question.repeated or _wanted_keywords(question, shelf):
        return True
    return bool(question.bounds) and (
        question.kind == "list" or question.counted or question.collection is not None
    )


def _wanted_keywords(question: Question, shelf: Shelf) -> tuple[frozenset[str], ...]:
    """The corpus's own keywords that a question for keywords names, longest first.

    Where it names none of them, the words it leaves over.
    """
    if question.attribute != "keyword":
        return ()
    # Keywords are mostly English, whatever language asks for them.
    asked = {stem(w.text, lang) for w in words(question.text) for lang in (question.language, "en")}
    known = {
        terms
        for terms in shelf.keyword_terms
        if terms <= asked and any(t not in _NO_KEYWORDS for t in terms)
    }
    found = [k for k in known if not any(k < other for other in known)]
    if found:
        return tuple(sorted(found, key=sorted))
    left = frozenset(stem(t.text, question.language) for t in question.concept)
    return (left,) if left else ()


# Keywords that nearly every question for keywords holds by the way.
_NO_KEYWORDS = frozenset({"citi", "practic", "good", "urban", "keyword"})


def _repeated(rows: list[Fitting]) -> list[Fitting]:
    """The practices of cities that have more than one."""
    cities = [
        row.record.city.value
        for row in rows
        if isinstance(row.record, Practice) and row.record.city
    ]
    return [
        row
        for row in rows
        if isinstance(row.record, Practice)
        and row.record.city
        and sum(same_city(row.record.city.value, city) for city in cities) > 1
    ]


def _about(question: Question, rows: list[Fitting], shelf: Shelf) -> list[Fitting]:
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


def fitting_records(question: Question, shelf: Shelf, filters: Filters) -> list[Fitting]:
    """The practices or networks that meet every filter of the question, by source."""
    wanted = Network if question.collection == "network" else Practice
    keywords = _wanted_keywords(question, shelf)
    rows: list[Fitting] = []
    for record in shelf.records(filters):
        if not isinstance(record, wanted):
            continue
        assert isinstance(record, Practice | Network)  # noqa: S101 - for the type checker
        document = shelf.snapshot.document(record.document)
        if not is_called_so(question, document.text) or not _of_year(question, record, shelf):
            continue
        shown = _fitting_fields(record, question, keywords)
        if shown is not None:
            positions = tuple(f.span.start for f in (record.name, *shown))
            rows.append(Fitting(record, shelf.reading(document), positions))
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
    bound = {value for b in question.bounds for value in (b.low, b.high)}
    years = [y for y in question.years if y not in bound]
    if not years or isinstance(record, Network):
        return True
    document = shelf.snapshot.document(record.document)
    if document.published and document.published.year in years:
        return True
    return any(str(year) in document.text for year in years)


def _fitting_fields(
    record: Practice | Network, question: Question, keywords: Sequence[frozenset[str]]
) -> tuple[Field[str], ...] | None:
    """The fields by which ``record`` meets the question's filters; None when it does not."""
    shown: list[Field[str]] = []
    country = record.secretariat if isinstance(record, Network) else record.country
    if question.countries:
        if country is None or (country.value in question.countries) == question.excluding:
            return None
        shown.append(country)
    if isinstance(record, Practice) and record.city:
        shown.append(record.city)
        if question.places and not any(
            same_city(p.name, record.city.value) for p in question.places
        ):
            return None
    for bound in question.bounds:
        field = _value(record, bound.attribute)
        if field is None or not bound.holds(field[0]):
            return None
        shown.append(field[1])
    for wanted in keywords:
        if isinstance(record, Network):
            return None
        keyword = _keyword(record.keywords, wanted)
        if keyword is None:
            return None
        shown.append(keyword)
    return tuple(shown)


def _value(record: Practice | Network, attribute: str) -> tuple[float, Field[str]] | None:
    """The record's value for an attribute that a bound names, and where it stands."""
    if isinstance(record, Network):
        if attribute == "started" and record.founded:
            return record.founded.value, Field(str(record.founded.value), record.founded.span)
        return None
    if attribute in {"started", "ended"}:
        day = record.started if attribute == "started" else record.ended
        return (float(day.value[:4]), day) if day and day.value[:4].isdigit() else None
    if attribute == "budget" and record.budget:
        return record.budget.value.amount, Field("", record.budget.span)
    if attribute == "population" and record.population:
        return record.population.value, Field("", record.population.span)
    return None


def _keyword(keywords: Iterable[Field[str]], wanted: frozenset[str]) -> Field[str] | None:
    return next(
        (keyword for keyword in keywords if wanted == set(content_terms(keyword.value, "en"))),
        None,
    )


def row_name(record: Practice | Network) -> str:
    """What a person would write in the table: a city, a practice with its city, a network."""
    if isinstance(record, Network):
        name = inline(record.name.value)
        if record.acronym and record.acronym.value not in name:
            return f"{name} ({record.acronym.value})"
        return name
    if record.city is None:
        return inline(record.name.value)
    return record.city.value


def distinct_name(record: Practice | Network) -> str:
    """A name of its own for each record that is counted: a city may have two practices."""
    if isinstance(record, Network) or record.city is None:
        return row_name(record)
    return f"{record.city.value}: {inline(record.name.value)}"


def _write_rows(question: Question, rows: list[Fitting], shelf: Shelf) -> Draft:
    """One line a row with the quote that shows it; rows of one name are merged."""
    book = CitationBook()
    table = Rows()
    towns = lexicon.TOWNS.search(fold(question.text), question.language)
    named = distinct_name if question.counted and not towns else row_name
    for row in rows:
        document = row.reading.document
        spans = dict.fromkeys(line_at(row.reading, position) for position in row.shown)
        numbers = [book.cite(document, span) for span in spans if len(span)]
        quote = inline(" ".join(span.of(document.text) for span in spans), _QUOTED_WORDS)
        country = row.record.secretariat if isinstance(row.record, Network) else row.record.country
        table.add(named(row.record), country.value if country else None, quote, numbers)
    matched = len({row.reading.document.id for row in rows})
    return table.draft(question, Coverage(shelf.snapshot.document_count, matched), book)
