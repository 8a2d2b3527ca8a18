"""What a passage is filtered by: its records first, then titles, then the town it dwells on."""

from __future__ import annotations

from datetime import date

from corpus import Document, Passage, Span
from corpus.facets import Facets, facets
from corpus.headers import pairs
from corpus.readers import parse
from corpus.records import extract


def document(text: str) -> Document:
    (parsed,) = parse("article.md", "article.md", text.encode())
    assert isinstance(parsed, Document)
    return parsed


def passage_at(parsed: Document, words: str, headings: tuple[str, ...] = ()) -> Passage:
    at = parsed.text.index(words)
    span = Span(at, at + len(words))
    return Passage(parsed.id, 0, span, (span,), headings)


def of(text: str, words: str, headings: tuple[str, ...] = ()) -> Facets:
    parsed = document(text)
    return facets(parsed, passage_at(parsed, words, headings), extract(parsed))


def test_a_practice_gives_its_town_country_and_kind_to_every_passage() -> None:
    text = (
        "Gardens\n\nTorino, Italy\nPublished: 03/05/2019\nStart: 2014  End: 2016\n\nBeans grow.\n"
    )
    found = of(text, "Beans grow.")
    assert (found.countries, found.cities, found.kinds) == (("IT",), ("Turin",), ("practice",))
    assert (found.since, found.until) == (date(2019, 5, 3), date(2019, 5, 3))


def test_an_event_gives_its_days() -> None:
    text = "Fair\ndate: 2021-06-07\nend-date: 2021-06-08\nlocation: Lyon, France\n\nCome along.\n"
    assert of(text, "Come along.") == Facets(
        ("FR",), ("Lyon",), ("event",), date(2021, 6, 7), date(2021, 6, 8)
    )


def test_news_of_an_event_is_an_event_and_an_article() -> None:
    text = (
        "Menders meet\ndate: 2021-09-30\n\n"
        "On 12 October 2021 the Menders Forum will be held in Lyon, France. Come along.\n"
    )
    found = of(text, "Come along.")
    assert found.kinds == ("event", "article")
    assert (found.cities, found.since) == (("Lyon",), date(2021, 10, 12))


def test_a_network_gives_the_country_of_its_seat_and_no_town() -> None:
    text = "Union of Towns (UT)\n\nSecretariat country: SE  Founded: 1991\n\nThey met in Lyon.\n"
    found = of(text, "They met in Lyon.")
    assert (found.countries, found.cities, found.kinds) == (("SE",), (), ("network",))


def test_a_section_gives_only_its_own_town() -> None:
    text = (
        "Two towns\n\n#1 – Gent (BE)\n\nTools are lent.\n\n#2 – Miskolc (HU)\n\nBikes are lent.\n"
    )
    assert of(text, "Tools are lent.").cities == ("Ghent",)
    assert of(text, "Bikes are lent.").countries == ("HU",)
    assert of(text, "Two towns").kinds == ("article",)


def test_without_records_heading_and_title_name_the_place() -> None:
    text = "A walk in Vienna\n\nPeople walk.\n\nThey also sit.\n"
    assert of(text, "People walk.").cities == ("Vienna",)
    assert of(text, "They also sit.", ("Sitting in Lyon",)).cities == ("Lyon",)


def test_the_town_a_text_keeps_naming_is_its_town() -> None:
    text = "Notes\n\nLyon is warm. Lyon is large. We saw Lyon and Turin.\n"
    assert of(text, "Lyon is warm.").cities == ("Lyon",)
    assert of("Notes\n\nLyon, Turin, Vienna and Madrid met.\n", "met").cities == ()


def test_a_text_about_no_place_is_an_article_of_its_day() -> None:
    text = "Notes\ndate: 2021-06-07\n\nBeans are green.\n"
    day = date(2021, 6, 7)
    assert of(text, "Beans are green.") == Facets((), (), ("article",), day, day)


def test_records_of_another_document_do_not_count() -> None:
    gardens = document("Gardens\n\nTorino, Italy\nStart: 2014  End: 2016\n\nBeans grow.\n")
    notes = document("Notes\n\nBeans are green.\n")
    found = facets(notes, passage_at(notes, "Beans"), extract(gardens))
    assert found == Facets()


def test_a_header_line_may_hold_several_pairs() -> None:
    text = "Start: 2014  End:   Budget: 3 EUR\nend-date : x\nIn a very long run of words: no"
    found = [(pair.key, pair.value.of(text)) for pair in pairs(text, Span(0, len(text)))]
    assert found == [("start", "2014"), ("end", ""), ("budget", "3 EUR"), ("end date", "x")]
