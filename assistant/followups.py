"""Questions worth asking next, or first: each made from records, each one that records answer.

Knows eight languages' plainest wordings. A question is only suggested when reading it again gives
an answer: what a language's wording cannot say, or the corpus cannot answer, is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from assistant import Answer
from assistant.answering import Draft
from assistant.answering.compare import answer_comparison
from assistant.answering.records import answer_from_records
from assistant.question import understand
from assistant.shelf import Shelf
from assistant.wordings import worded
from corpus import Network, Practice, Record
from corpus.words import fold
from index import Filters

MOST = 3  # suggestions under an answer
FIRST = 6  # before the first question
_TRIED = 8  # candidates read again for one answer; one takes a few milliseconds
_CITED = 3  # documents whose records give the candidates
_FEWEST = 2  # members of a list that is worth asking for


def follow_ups(answer: Answer, asked: Iterable[str], shelf: Shelf, filters: Filters) -> list[str]:
    """At most three questions near ``answer``, in its language; none that was ``asked`` before."""
    known = {fold(question) for question in (*asked, answer.question, answer.standalone)}
    near = [cited.document for cited in answer.citations] or [n.document for n in answer.nearest]
    documents = list(dict.fromkeys(near))[:_CITED]
    records = [r for document in documents for r in shelf.records_of.get(document, ())]
    return _answerable(_near(records, answer.language, shelf, filters), known, shelf, filters, MOST)


def first_questions(language: str, shelf: Shelf) -> list[str]:
    """At most six questions that show what can be asked of this corpus."""
    return shelf.keep(
        ("first questions", language),
        lambda: _answerable(_leading(language, shelf), set(), shelf, Filters(), FIRST),
    )


def _answerable(
    candidates: Iterable[str], known: set[str], shelf: Shelf, filters: Filters, most: int
) -> list[str]:
    found: list[str] = []
    for tried, question in enumerate(dict.fromkeys(candidates)):
        if tried >= _TRIED * most or len(found) >= most:
            break
        if fold(question) not in known and _answers(question, shelf, filters):
            found.append(question)
    return found


def _answers(text: str, shelf: Shelf, filters: Filters) -> bool:
    """Whether records alone answer, with more than one row: no sentence has to be read."""
    question = understand(text)
    draft: Draft | None
    if question.kind == "compare":
        draft = answer_comparison(question, shelf, filters)
    else:
        draft = answer_from_records(question, shelf, filters)
    return draft is not None and draft.answered and len(draft.items) >= _FEWEST


def _near(records: list[Record], language: str, shelf: Shelf, filters: Filters) -> Iterator[str]:
    """The same theme, the same country, the same figure elsewhere; one of each before the next."""
    every = shelf.records(filters)
    themes = _themes(every)
    lists: list[list[str]] = [[], [], []]
    for record in records:
        if isinstance(record, Practice):
            lists[0] += _by_theme(record, themes, language)
            lists[2] += _by_size(record, every, language)
        if isinstance(record, Network):
            lists[0] += _by_age(record, every, language)
        seat = record.secretariat if isinstance(record, Network) else record.country
        if seat:
            of = "networks_in" if isinstance(record, Network) else "practices_in"
            lists[1].append(worded(of, language, seat.value))
    yield from _in_turns([list(dict.fromkeys(questions)) for questions in lists])
    yield from _leading(language, shelf)


def _leading(language: str, shelf: Shelf) -> Iterator[str]:
    """What this corpus has most of, kind by kind."""
    every = shelf.snapshot.records()
    practices = [r for r in every if isinstance(r, Practice)]
    networks = [r for r in every if isinstance(r, Network)]
    countries = Counter(r.country.value for r in practices if r.country)
    seats = Counter(r.secretariat.value for r in networks if r.secretariat)
    lists = [
        [worded("theme", language, theme=theme) for theme in _themes(every).values()],
        [worded("practices_in", language, c) for c in _most(countries)],
        [worded("networks_in", language, c) for c in _most(seats)],
        [question for network in networks[::2] for question in _by_age(network, every, language)],
        [question for practice in practices for question in _by_size(practice, every, language)],
    ]
    yield from _in_turns(lists)


def _in_turns(lists: list[list[str]]) -> Iterator[str]:
    """The first of each list, then the second of each."""
    for turn in range(max(map(len, lists), default=0)):
        yield from (questions[turn] for questions in lists if turn < len(questions))


def _most(counts: Counter[str]) -> list[str]:
    return [value for value, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def _themes(records: Iterable[Record]) -> dict[str, str]:
    """Keywords that several practices carry, folded → as spelled; the commonest first."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for record in records:
        for keyword in record.keywords if isinstance(record, Practice) else ():
            counts[fold(keyword.value)] += 1
            spelled.setdefault(fold(keyword.value), " ".join(keyword.value.split()))
    return {key: spelled[key] for key in _most(counts) if counts[key] >= _FEWEST}


def _by_theme(record: Practice, themes: dict[str, str], language: str) -> Iterator[str]:
    own = [fold(keyword.value) for keyword in record.keywords]
    # The rarer a theme, the nearer those who share it.
    for key in [key for key in reversed(themes) if key in own][:2]:
        yield worded("theme", language, theme=themes[key])


def _by_size(record: Practice, records: Iterable[Record], language: str) -> Iterator[str]:
    if record.city is None or record.population is None:
        return
    sized = [
        other
        for other in records
        if isinstance(other, Practice) and other.city and other.population
        if fold(other.city.value) != fold(record.city.value)
    ]
    size = record.population.value
    near = min(sized, key=lambda other: abs(_size(other) - size), default=None)
    if near is not None and near.city is not None:
        yield worded("larger", language, a=record.city.value, b=near.city.value)


def _size(record: Practice) -> int:
    return record.population.value if record.population else 0


def _by_age(record: Network, records: Iterable[Record], language: str) -> Iterator[str]:
    if record.acronym is None or record.founded is None:
        return
    dated = [r for r in records if isinstance(r, Network) and r.acronym and r.founded]
    at = dated.index(record)
    # The next one in the library: two networks are not each other's by chance alone.
    for other in (*dated[at + 1 :], *dated[:at]):
        if other.acronym and other.founded and other.founded.value != record.founded.value:
            yield worded("older", language, a=record.acronym.value, b=other.acronym.value)
            return
