"""Comparisons: one restricted look-up a side, both values shown, then which is which.

Record fields decide where both sides have them; otherwise each side gets its own best sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import Item, lexicon
from assistant.answering.chosen import complete
from assistant.answering.draft import Draft, inline, marker
from assistant.answering.places import line_at
from assistant.answering.records import distinct_name, fitting_records
from assistant.answering.side_questions import common_part, side_question
from assistant.citations import CitationBook, section_of
from assistant.evidence import Evidence, Gathered
from assistant.matching import Reading
from assistant.phrases import say
from assistant.question import Question
from assistant.selecting import gather_read
from assistant.shelf import Shelf
from corpus import Network, Practice, Span
from corpus.numbers import find_numbers
from corpus.places import find_places, same_city
from corpus.words import STOPWORDS, fold, stem, words
from index import Filters

_SIDE_WORDS = 80
# In the order they are looked for: "which participatory budget began first" is about time.
_COMPARABLE = ("started", "population", "budget")
_ASKED_OF = {"budget": "money", "population": "count", "started": "date"}
# A document that speaks of both sides is preferred when it does nearly as well for each: at .75
# two answers in 37 came from two articles that stand in one, at .6 one more was lost elsewhere.
_ONE_DOCUMENT = 0.68
_LEADING = 40


@dataclass(frozen=True, slots=True)
class _Side:
    """One side's value for the compared attribute, with where it stands."""

    name: str
    record: Practice | Network
    reading: Reading
    value: float
    spoken: str
    positions: tuple[int, ...]


def answer_comparison(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """Both sides' values or sentences; None when a side has nothing."""
    if len(question.sides) < 2:
        return None
    attribute = _attribute(question)
    if attribute:
        sides = [_best_side(span, attribute, question, shelf, filters) for span in question.sides]
        if all(sides):
            lowest = _lowest(question, attribute)
            return _write_values([s for s in sides if s], attribute, question, lowest)
    return _from_sentences(question, shelf, filters)


def answer_superlative(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """The record that stands out among all that the question's filters leave, and the next one.

    "Which network is the oldest", "which of Antwerp's practices is older", or, of some towns
    named, the one with the largest budget.
    """
    folded = fold(question.text)
    cities = [p for p in question.places if p.kind == "city"]
    of_towns = len(cities) > 1 and not question.sides
    if question.collection not in {"practice", "network"} and not of_towns:
        return None
    attribute = (question.superlative or (None, ""))[0] or _attribute(question)
    if attribute is None and lexicon.TOWN.search(folded, question.language):
        attribute = "population"  # "the smallest town"
    if attribute is None:
        return None
    lowest = _lowest(question, attribute)
    if question.superlative:
        lowest = question.superlative[1] == "least"
    elif len(cities) != 1 or not _directed(question):
        return None  # "more than 2 million" bounds a list; two things of one town are compared
    sides = [
        side
        for fitting in fitting_records(question, shelf, filters)
        if (side := _side(distinct_name(fitting.record), fitting.record, attribute, shelf))
    ]
    if lexicon.ZERO.search(folded, question.language):
        sides = [side for side in sides if side.value]
    sides.sort(key=lambda s: s.value if lowest else -s.value)
    return _write_values(sides[:2], attribute, question, lowest) if len(sides) > 1 else None


def _directed(question: Question) -> bool:
    """Whether a comparing word says which end is asked for."""
    folded = fold(question.text)
    return any(cues.search(folded, question.language) for cues in (lexicon.LOWEST, lexicon.HIGHEST))


def _lowest(question: Question, attribute: str) -> bool:
    """Whether the smaller value wins, by the question's comparing words.

    Of two beginnings it is the earlier one unless the later is asked for: "before or after".
    """
    folded = fold(question.text)
    if attribute == "started" and not _directed(question):
        return True
    higher = lexicon.HIGHEST.search(folded, question.language)
    return bool(lexicon.LOWEST.search(folded, question.language)) and not (
        attribute != "started" and higher
    )


def _attribute(question: Question) -> str | None:
    """What is compared, from the words that are of neither side first."""
    for text in dict.fromkeys((common_part(question), question.text)):
        folded = fold(text)
        for name in _COMPARABLE:
            if lexicon.ATTRIBUTES[name].search(folded, question.language):
                return name
        if lexicon.SPENT.search(folded, question.language):
            return "budget"
    return None


def _best_side(
    span: Span, attribute: str, question: Question, shelf: Shelf, filters: Filters
) -> _Side | None:
    """The record of that name that has the value; of several, the one that is described."""
    name = span.of(question.text)
    found = [
        side
        for record in shelf.records(filters)
        if isinstance(record, Practice | Network) and _is_about(record, name, question.language)
        if (side := _side(name, record, attribute, shelf)) is not None
    ]
    if len(found) == 1:
        return found[0]
    if not found and not _is_described(name, question.language):
        return None
    gathered = gather_read(_of_side(question, span), shelf, filters)
    order = list(dict.fromkeys(e.document.id for e in gathered.evidence))
    if not found:
        return _described_side(name, attribute, order[:1], shelf)
    return min(
        found,
        key=lambda side: (
            order.index(side.record.document) if side.record.document in order else len(order)
        ),
    )


def _is_described(name: str, language: str) -> bool:
    """Whether a side has no name, only words for what it is: "the network of port cities"."""
    stops = STOPWORDS.get(language, frozenset())
    told = [w.text for w in words(name) if fold(w.text) not in stops]
    return len(told) > 1 and sum(text[0].islower() for text in told) > 1


def _described_side(
    name: str, attribute: str, documents: Sequence[str], shelf: Shelf
) -> _Side | None:
    """The record with the value in the documents that answer best for the side's words."""
    for document in documents:
        for record in shelf.records_of.get(document, ()):
            if not isinstance(record, Practice | Network):
                continue
            if (side := _side(name, record, attribute, shelf)) is not None:
                return side
    return None


def _is_about(record: Practice | Network, name: str, language: str) -> bool:
    if isinstance(record, Network):
        if record.acronym and _spelled_alike(record.acronym.value, name):
            return True
        own = {fold(w.text) for w in words(record.name.value)}
        plain = {fold(w.text) for w in words(name)}
        plain = plain - STOPWORDS.get(language, frozenset()) or plain
        return bool(own) and plain <= own
    if record.city is None:
        return False
    return same_city(record.city.value, name)


def _spelled_alike(acronym: str, name: str) -> bool:
    """Whether both are one acronym: "ACR+" is "ACRplus"."""
    return fold(acronym).replace("+", "plus") == fold(name).replace("+", "plus")


def _side(name: str, record: Practice | Network, attribute: str, shelf: Shelf) -> _Side | None:
    reading = shelf.reading(shelf.snapshot.document(record.document))
    found: tuple[float, str, Span] | None = None
    if isinstance(record, Network):
        if attribute == "started" and record.founded:
            found = (record.founded.value, str(record.founded.value), record.founded.span)
    elif attribute == "started" and record.started:
        year = float(record.started.value[:4])
        found = (year, record.started.value, record.started.span)
    elif attribute == "budget" and record.budget:
        money = record.budget.value
        spoken = record.budget.span.of(reading.document.text)
        if not any(c.isalpha() or c in "€£$" for c in spoken):
            spoken = f"{spoken} {money.currency}"
        found = (money.amount, spoken, record.budget.span)
    elif attribute == "population" and record.population:
        spoken = record.population.span.of(reading.document.text)
        found = (record.population.value, spoken, record.population.span)
    if found is None:
        return None
    value, spoken, span = found
    if isinstance(record, Network) and name[:1].islower():
        name = distinct_name(record)  # a side that was only described
    if isinstance(record, Network) and record.acronym and record.acronym.value not in name:
        name = f"{name} ({record.acronym.value})"
    return _Side(name, record, reading, value, spoken, (record.name.span.start, span.start))


def _write_values(
    sides: Sequence[_Side], attribute: str, question: Question, lowest: bool
) -> Draft:
    book = CitationBook()
    directed = question.superlative or lexicon.HIGHEST.search(
        fold(question.text), question.language
    )
    if attribute == "started" and directed and not lowest:
        key = "later"
    else:
        key = "lower" if lowest else "higher"
    ordered = sorted(sides, key=lambda s: s.value if lowest else -s.value)
    numbers: dict[int, tuple[int, ...]] = {}
    lines, items = [], []
    for side in sides:
        spans = dict.fromkeys(line_at(side.reading, p) for p in side.positions)
        cited = tuple(book.cite(side.reading.document, s) for s in spans if len(s))
        numbers[id(side)] = cited
        country = _country(side.record)
        seat = f" ({country})" if country and isinstance(side.record, Network) else ""
        lines.append(f"- **{inline(side.name)}**{seat}: {side.spoken} {marker(*cited)}")
        items.append(Item(inline(side.name), country, cited))
    first, second = ordered[0], ordered[1]
    both = marker(*numbers[id(first)], *numbers[id(second)])
    verdict = say(
        "equal" if first.value == second.value else key,
        question.language,
        winner=f"**{inline(first.name)}**",
        winner_value=first.spoken,
        loser_value=second.spoken,
    )
    difference = abs(first.value - second.value)
    gap = say("difference", question.language, value=f"{difference:,.10g}".replace(",", " "))
    head = f"{verdict.rstrip('.')} {both}. {gap.rstrip('.')} {both}."
    return Draft("compare", True, "\n".join([head, *lines]), book.citations, tuple(items))


def _country(record: Practice | Network) -> str | None:
    field = record.secretariat if isinstance(record, Network) else record.country
    return field.value if field else None


def _from_sentences(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """Each side's own best sentences, from one document where one speaks of both."""
    found = [
        (name, gathered, own)
        for span in question.sides
        for name, gathered, own in [_look_up(question, span, shelf, filters)]
    ]
    sides = [
        _speaking(gathered, own, _countries(name, question.language), shelf)
        for name, gathered, own in found
    ]
    if not all(sides):
        return None
    titled = all(
        not _own_words(evidence[0].document.title, question.language).isdisjoint(own)
        for evidence, (_, _, own) in zip(sides, found, strict=True)
    )
    # Articles that are each titled after a side speak of it best.
    common = None if titled else _common_document(sides)
    book = CitationBook()
    lines: list[str] = []
    items: list[Item] = []
    for (name, gathered, _), evidence in zip(found, sides, strict=True):
        best = next(e for e in evidence if common in (None, e.document.id))
        quotes: list[str] = []
        cited: list[int] = []
        count = 0
        for chosen in complete(question, best, gathered):
            length = len(chosen.text.split())
            if quotes and count + length > _SIDE_WORDS:
                continue
            count += length
            passage = chosen.reading.lines[chosen.index].passage
            n = book.cite(chosen.document, chosen.span, section_of(passage))
            cited.append(n)
            quotes.append(f"{inline(chosen.text, _SIDE_WORDS)} {marker(n)}")
        lines.append(f"- **{inline(name)}**: {' '.join(quotes)}")
        items.append(Item(inline(name), None, tuple(cited)))
    return Draft("compare", True, "\n".join(lines), book.citations, tuple(items))


def _look_up(
    question: Question, span: Span, shelf: Shelf, filters: Filters
) -> tuple[str, Gathered, set[str]]:
    """One side's name, the sentences found for it alone, and the words that name it."""
    name = span.of(question.text)
    own = _own_words(name, question.language)
    others = [s.of(question.text) for s in question.sides if s != span]
    # What both sides are called tells neither from the other.
    apart = own.difference(*(_own_words(other, question.language) for other in others))
    own = apart or own
    return name, gather_read(_of_side(question, span), shelf, filters), own


def _own_words(name: str, language: str) -> set[str]:
    """The words that a side is told in, as they stand and as stems."""
    stops = STOPWORDS.get(language, frozenset())
    plain = [w.text for w in words(name) if fold(w.text) not in stops] or [name]
    return {form for text in plain for form in (stem(text, language), fold(text))}


def _of_side(question: Question, span: Span) -> Question:
    attribute = _attribute(question)
    if attribute:
        return side_question(question, span, frozenset({_ASKED_OF[attribute]}))
    # "Where do more people live" asks for a number without a word for one.
    more = _directed(question) and not question.asked
    return side_question(question, span, frozenset({"count"}) if more else frozenset())


def _countries(name: str, language: str) -> frozenset[str]:
    """The countries that a side is told by: "the one in Austria"."""
    places = find_places(name, language)
    return frozenset(p.country for p in places if p.kind == "country" and p.country)


def _speaking(
    gathered: Gathered, own: set[str], countries: frozenset[str], shelf: Shelf
) -> list[Evidence]:
    """The sentences that speak of a side, or stand in a document of its country; best first."""
    return [
        e
        for e in gathered.evidence[:_LEADING]
        if _says_something(e)
        and (
            _speaks_of(e.reading, e.index, own)
            or not countries.isdisjoint(shelf.countries_of(e.document))
        )
    ]


def _says_something(evidence: Evidence) -> bool:
    """Whether a line is more than a heading: "Mildam: 720 inhabitants" is."""
    if not evidence.reading.lines[evidence.index].heading:
        return True
    return bool(find_numbers(evidence.text, evidence.document.language))


def _common_document(sides: Sequence[Sequence[Evidence]]) -> str | None:
    """The document that serves every side nearly as well as the best one for it."""
    best: tuple[float, str] | None = None
    for document in dict.fromkeys(e.document.id for e in sides[0]):
        total = 0.0
        for evidence in sides:
            here = next((e.score for e in evidence if e.document.id == document), 0.0)
            if here < _ONE_DOCUMENT * evidence[0].score:
                break
            total += here
        else:
            if best is None or total > best[0]:
                best = (total, document)
    return best[1] if best else None


def _speaks_of(reading: Reading, index: int, own: set[str]) -> bool:
    """Whether a line, its section or its document's title names the side."""
    line = reading.lines[index]
    section = reading.sections[line.passage.id]
    return not (line.keys | section | reading.title_keys).isdisjoint(own)
