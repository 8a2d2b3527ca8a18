"""What every answer promises, whatever is asked: 1,000 questions made from the records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from assistant import Answer
from assistant.service import Townbook
from corpus import Event, Network, Practice

MARKER = re.compile(r"\[(\d+)\]")
QUESTIONS = 1_000

PRACTICES = (
    "What does {city} do?", "When did the practice of {city} start?",
    "How many inhabitants does {city} have, and what is the budget there?",
    "Which good practices come from {country}?", "Who runs {name}?", "What does {name} cost?",
    "Quelles villes de {country} ont une bonne pratique ?", "Combien d'habitants compte {city} ?",
    "Welche Städte haben ein Projekt wie {name}?", "Wie hoch ist das Budget von {name}?",
    "¿Qué ciudades tienen una práctica como {name}?", "¿Cuándo empezó {name} en {city}?",
    "Quanti abitanti ha {city} e quando è iniziato {name}?", "Chi dirige {name}?",
    "Hoeveel inwoners heeft {city}?", "Welke steden in {country} staan in de lijst?",
    "Quantos habitantes tem {city}?", "Ile osób mieszka w {city}?",
    "Which is older, the practice of {city} or the one of Ghent?",
    "Which practices have a budget of more than 100,000 euros?", "Name all cities with {name}.",
)  # fmt: skip
EVENTS = (
    "When and where is {name}?", "Which events take place in {place}?", "Où a lieu {name} ?",
    "Wann findet {name} statt?", "¿Dónde se celebra {name}?", "Quando si tiene {name}?",
    "Wanneer is {name}?", "Quando é {name}?", "Kiedy odbywa się {name}?",
    "How many people came to {name} and who opened it?",
)  # fmt: skip
NETWORKS = (
    "In which country is the secretariat of {name}?", "When was {name} founded?",
    "Which networks are run from France?", "Welche Netzwerke wurden vor 1995 gegründet?",
    "Combien de membres compte {name} ?", "Which of the networks is the oldest, {name} or UBC?",
)  # fmt: skip


def generated(townbook: Townbook) -> Iterator[str]:
    for record in townbook.shelf().snapshot.records():
        templates: tuple[str, ...]
        match record:
            case Practice():
                values = {
                    "name": record.name.value,
                    "city": record.city.value if record.city else record.name.value,
                    "country": record.country.value if record.country else "Europe",
                }
                templates = PRACTICES
            case Event():
                place = record.place.value if record.place else "Brno"
                values, templates = {"name": record.name.value, "place": place}, EVENTS
            case Network():
                values, templates = {"name": record.name.value}, NETWORKS
        for template in templates:
            yield template.format(**values)


def test_nothing_is_asserted_without_a_citation_and_counts_equal_rows(quick: Townbook) -> None:
    once = list(generated(quick))
    # The rest are the same questions with a part taken away: people leave words out, too.
    shorter = (" ".join(words[:-1]) + "?" for q in once if len(words := q.split()) > 3)
    asked = list(islice(dict.fromkeys([*once, *shorter]), QUESTIONS))
    assert len(asked) == QUESTIONS
    answered = 0
    for question in asked:
        answer = quick.ask(question)
        answered += answer.answered
        _keeps_its_promises(quick, answer)
    assert answered > QUESTIONS / 4


def _keeps_its_promises(townbook: Townbook, answer: Answer) -> None:
    numbers = {citation.n for citation in answer.citations}
    assert {int(n) for n in MARKER.findall(answer.text)} <= numbers, answer.question
    for citation in answer.citations:
        document = townbook.document(citation.document)
        assert document is not None
        assert document.text[citation.start : citation.end] == citation.quote
    if not answer.answered:
        assert not answer.items
        assert not answer.citations
        return
    assert answer.citations, answer.question
    for item in answer.items:
        assert item.citations, answer.question
        assert set(item.citations) <= numbers
    told = re.match(r"(\d+) ", answer.text)
    if answer.kind == "list" and answer.items and told:
        assert int(told[1]) == len(answer.items), answer.question
    # Every line that says something carries a marker; framing says counts and no facts.
    for line in answer.text.splitlines():
        if line.startswith("- "):
            assert MARKER.search(line), (answer.question, line)
