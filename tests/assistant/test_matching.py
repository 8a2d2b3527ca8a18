"""How well a sentence covers a question's words, in any of their spellings."""

from __future__ import annotations

from assistant.matching import Coverage, Reading, cover, keys_for, names_missing, weights
from assistant.question import understand
from tests.assistant.readings import reading_of


def _reading(sentences: list[str], *, language: str = "en", title: str = "Note") -> Reading:
    return reading_of(sentences, language=language, title=title, joined_by=" ")


def _covered(question: str, reading: Reading) -> list[Coverage]:
    understood = understand(question)
    weight = weights(understood, {}, 100)
    return cover(reading, keys_for(understood, reading.document.language), weight)


def test_the_sentence_with_the_words_is_covered_best() -> None:
    reading = _reading(
        ["The library lends books.", "Volunteers repair bicycles on Fridays.", "Tea is free."]
    )
    soft = [coverage.soft for coverage in _covered("Who repairs bicycles?", reading)]
    assert max(soft) == soft[1]


def test_a_word_next_door_counts_but_less() -> None:
    reading = _reading(["Bicycles are welcome.", "Volunteers repair them.", "Tea is free.", "Bye."])
    here, near, far, farther = (c.soft for c in _covered("Are bicycles welcome?", reading))
    assert here > near > far > farther


def test_an_exonym_is_the_same_place() -> None:
    reading = _reading(["The depot stands in Turin."])
    (coverage,) = _covered("Wat staat er in Torino?", reading)
    assert "Torino" in coverage.matched


def test_a_cognate_in_another_language_counts_in_part() -> None:
    reading = _reading(["A participatory budget was launched."])
    (coverage,) = _covered("Qui a lancé le budget participatif ?", reading)
    assert {"budget", "participatif"} <= coverage.matched
    assert coverage.strict < 1


def test_a_german_compound_holds_its_part() -> None:
    reading = _reading(["Der Mitgliedsbeitrag ist gering."], language="de")
    (coverage,) = _covered("Wie hoch ist der Beitrag?", reading)
    assert "Beitrag" in coverage.matched


def test_a_name_the_document_never_mentions_is_missing() -> None:
    question = understand("How many startups did the hub in Brindisi create?")
    reading = _reading(["The hub in Braga created fifty jobs."])
    assert names_missing(question, reading, keys_for(question, "en")) == ["Brindisi"]
    reading = _reading(["The hub in Brindisi opened."])
    assert names_missing(question, reading, keys_for(question, "en")) == []


def test_a_place_that_only_locates_a_name_need_not_be_mentioned() -> None:
    question = understand("How many people live in Sencelles, in Majorca?")
    reading = _reading(["Sencelles asked its people."])
    assert names_missing(question, reading, keys_for(question, "en")) == []
    reading = _reading(["Majorca asked its people."])
    assert names_missing(question, reading, keys_for(question, "en")) == ["Sencelles"]


def test_an_acronym_is_not_looked_for_in_another_language() -> None:
    question = understand("¿Cuándo abrió en Riga la casa de las ONG?")
    english = _reading(["Riga opened the NGO House in 2013."])
    assert names_missing(question, english, keys_for(question, "en")) == []
    spanish = _reading(["Riga abrió la casa en 2013."], language="es")
    assert names_missing(question, spanish, keys_for(question, "es")) == ["ONG"]
