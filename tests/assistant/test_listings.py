"""Every form of a list is found as spans; which one is asked for is weighed from what is known."""

from __future__ import annotations

import pytest

from assistant.answering import asked_listing, belonging
from assistant.answering.bulleted import headed_items, items_around
from assistant.answering.enumerated import may_be_towns
from assistant.answering.listings import Listing, listings
from assistant.evidence import Evidence, Gathered
from assistant.matching import NONE, Reading, keys_for
from assistant.question import Question, understand
from tests.assistant.readings import reading_of


def _names(reading: Reading, listing: Listing) -> list[str]:
    return [member.name.of(reading.document.text) for member in listing.members]


def _all(reading: Reading, index: int, wanted: int | None = None) -> list[list[str]]:
    return [_names(reading, listing) for listing in listings(reading, index, wanted)]


def test_every_series_of_a_sentence_is_a_listing_of_its_own() -> None:
    reading = reading_of(
        ["The hosts Ash, Birch and Cedar met the guests Dale, Elm and Fir in May."]
    )
    found = _all(reading, 0)
    assert ["Ash", "Birch", "Cedar"] in found
    assert ["Dale", "Elm", "Fir"] in found


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("It speaks for us at regional level (e.g. sand, gravel, clay).", "en"),
        ("Es vertritt uns in der Region (z. B. sand, gravel und clay).", "de"),
        ("Elle nous représente (par ex. sand, gravel et clay, etc.).", "fr"),
        ("Nos representa en la región (por ejemplo sand, gravel y clay...).", "es"),
    ],
)
def test_a_series_may_fill_a_bracket_behind_the_words_for_examples(
    sentence: str, language: str
) -> None:
    reading = reading_of([sentence], language=language)
    assert ["sand", "gravel", "clay"] in _all(reading, 0)


def test_what_stands_in_brackets_after_each_name_is_a_listing_too() -> None:
    reading = reading_of(["Ash (Ada Roe), Birch (Ben Doe) and Cedar (Cy Poe) were for it."])
    assert ["Ada Roe", "Ben Doe", "Cy Poe"] in _all(reading, 0)


def test_an_item_may_go_on_below_its_mark_and_a_heading_ends_the_list() -> None:
    reading = reading_of(
        [
            "These things are under way.",
            "- Rowing: on the river.",
            "It began last year.",
            "- Baking: in the mill.",
            "- Singing",
            "## Later",
            "- Sailing",
        ]
    )
    text = reading.document.text
    lead, items = items_around(reading, 3)
    assert lead.of(text) == "These things are under way."
    assert [name.of(text) for name, _ in items] == ["Rowing", "Baking", "Singing"]
    assert ["Rowing", "Baking", "Singing"] in _all(reading, 1)


def test_headings_of_one_kind_are_items() -> None:
    reading = reading_of(
        ["**Ash in May**", "We met there.", "**Birch in June**", "It rained.", "**Cedar in July**"]
    )
    text = reading.document.text
    names = [name.of(text) for name, _ in headed_items(reading, 2)]
    assert names in ([], ["Ash in May", "Birch in June", "Cedar in July"])
    assert bool(names) == reading.lines[2].heading
    assert headed_items(reading, 1) == []


def _weighed(question: Question, sentence: str) -> dict[tuple[str, ...], float]:
    """The probability of each listing of a sentence that covers nothing but what leads to it."""
    reading = reading_of([sentence])
    evidence = Evidence(reading, 0, 2.0, NONE, 0.9, 0.9)
    keys = {"en": keys_for(question, "en")}
    gathered = Gathered((evidence,), keys, dict.fromkeys((t.text for t in question.terms), 1.0))
    return {
        tuple(_names(reading, listing)): asked_listing.likelihood(
            asked_listing.features(question, gathered, evidence, listing)
        )
        for listing in listings(reading, 0, question.members)
    }


def test_of_two_series_the_one_that_the_questions_words_lead_to_is_likelier() -> None:
    sentence = "The hosts Alba, Brock and Cern met the guests Dorn, Elma and Fisk in May."
    guests = _weighed(understand("Which guests were met in May?"), sentence)
    hosts = _weighed(understand("Which hosts met others in May?"), sentence)
    first, second = ("Alba", "Brock", "Cern"), ("Dorn", "Elma", "Fisk")
    assert guests[second] > guests[first]
    assert hosts[first] > hosts[second]


def test_a_series_of_as_many_as_asked_for_is_likelier() -> None:
    sentence = "The clubs Alba, Brock and Cern came."
    three = _weighed(understand("Which three clubs came?"), sentence)
    four = _weighed(understand("Which four clubs came?"), sentence)
    series = ("Alba", "Brock", "Cern")
    assert three[series] > four.get(series, 0.0)


@pytest.mark.parametrize(
    ("sentence", "towns"),
    [
        ("They met in Ghent, Gdynia and Porto.", True),
        ("They met in Little Ashby, Alderwick and Elmsbury.", True),
        ("It brought fresh confidence, steady jobs and trust.", False),
    ],
)
def test_a_question_for_towns_takes_known_ones_or_short_names(sentence: str, towns: bool) -> None:
    reading = reading_of([sentence])
    evidence = Evidence(reading, 0, 2.0, NONE, 0.9, 0.9)
    (listing, *_) = listings(reading, 0)
    assert may_be_towns(understand("Which cities did they meet in?"), evidence, listing) is towns
    assert may_be_towns(understand("What did it bring?"), evidence, listing)


def test_weights_are_of_features_that_exist() -> None:
    question = understand("Which clubs came?")
    reading = reading_of(["The clubs Alba, Brock and Cern came."])
    evidence = Evidence(reading, 0, 2.0, NONE, 0.9, 0.9)
    gathered = Gathered((evidence,), {"en": keys_for(question, "en")}, {"clubs": 1.0, "came": 1.0})
    listing = listings(reading, 0)[0]
    assert (
        asked_listing.WEIGHTS.keys()
        <= asked_listing.features(question, gathered, evidence, listing).keys()
    )
    assert set(belonging.WEIGHTS) <= belonging.FEATURES


@pytest.mark.parametrize(
    ("text", "language", "several"),
    [
        ("Which objects do people bring to the repair café?", "en", True),
        ("What kinds of project has it become?", "en", True),
        ("Which company looks after the park?", "en", False),
        ("What does the ticket cost?", "en", False),
        ("On which days is it open?", "en", False),
        ("Quels logiciels sont cités ?", "fr", True),
        ("Quel logiciel est cité ?", "fr", False),
        ("Welche Gegenstände bringen die Leute?", "de", True),
        ("Welche Stadt hat den Preis gewonnen?", "de", False),
        ("¿Qué temas trata la guía?", "es", True),
        ("¿Qué tema trata la guía?", "es", False),
        ("Quali carte sono accettate?", "it", True),
        ("Quale carta è accettata?", "it", False),
        ("Op welke bronnen is het onderzoek gebaseerd?", "nl", True),
        ("Que ferramentas são enumeradas?", "pt", True),
        ("Jakie tematy poruszano?", "pl", True),
    ],
)
def test_grammar_tells_whether_several_things_are_asked_for(
    text: str, language: str, several: bool
) -> None:
    assert understand(text, language=language).several is several
