"""Practices, events and networks: one test text a format, every field a span."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, Event, Field, Money, Network, Practice, Record, Span
from corpus.readers import parse
from corpus.records import extract, record_from_json, record_to_json


def document(text: str, source: str = "article.md") -> Document:
    """The text as the readers would hand it over."""
    (parsed,) = parse(source, source, text.encode())
    assert isinstance(parsed, Document)
    return parsed


def only(text: str) -> Record:
    (record,) = extract(document(text))
    return record


def fields(record: Record) -> list[Field[object]]:
    found: list[Field[object]] = []
    for name in record.__slots__:
        value = getattr(record, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Field):
                found.append(part)
    return found


PRACTICE = """Gardens on every roof

Oldport, Portugal
Size of city: 48200 inhabitants
Start: 2014  End: Ongoing  Budget: 1250000 EUR
Published: 03/05/2019
Keywords: Food; Climate adaptation; volunteers

Neighbours grow beans above the market.
"""


def test_a_header_makes_a_practice() -> None:
    practice = only(PRACTICE)
    assert isinstance(practice, Practice)
    assert practice.name.value == "Gardens on every roof"
    assert practice.city
    assert practice.city.value == "Oldport"
    assert practice.country
    assert practice.country.value == "PT"
    assert practice.started
    assert practice.started.value == "2014"
    assert practice.ended
    assert practice.ended.value == "ongoing"
    assert practice.budget
    assert practice.budget.value == Money(1_250_000, "EUR")
    assert practice.population
    assert practice.population.value == 48_200
    assert [keyword.value for keyword in practice.keywords] == [
        "Food", "Climate adaptation", "volunteers",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "started", "ended", "budget"),
    [
        ("Start: 2007  End: 2014  Budget: 60000000 EUR", "2007", "2014", 60_000_000),
        ("Start: 2016  End: July 2018  Budget: NA EUR", "2016", "2018-07", None),
        ("Start: NA  End: not available  Budget: 5000 EUR", None, None, 5_000),
        ("Start: 2011  End: Annual  Budget: NA EUR", "2011", "ongoing", None),
        ("Start: 2011  End: ended in 2013  Budget: 12 EUR", "2011", "2013", 12),
        ("Start: 2011  End:   Budget: 12 EUR", "2011", None, 12),
        ("Start: 01/05/2016", "2016-05-01", None, None),
    ],
)
def test_missing_and_worded_header_values_are_understood(
    line: str, started: str | None, ended: str | None, budget: float | None
) -> None:
    practice = only(f"Gardens\n\nOldport, Portugal\n{line}\n\nBeans grow.\n")
    assert isinstance(practice, Practice)
    assert (practice.started and practice.started.value) == started
    assert (practice.ended and practice.ended.value) == ended
    assert (practice.budget and practice.budget.value.amount) == budget


@pytest.mark.parametrize(
    ("place", "city", "country"),
    [
        ("Torino, Italien", "Torino", "IT"),
        ("Stare Miasto, Polska", "Stare Miasto", "PL"),
        ("Newtown, UK", "Newtown", "GB"),
        ("Vila Longa (PT)", "Vila Longa", "PT"),
        ("Saint-Jean-le-Vieux, Frankrijk", "Saint-Jean-le-Vieux", "FR"),
    ],
)
def test_the_line_under_the_title_names_the_town(place: str, city: str, country: str) -> None:
    practice = only(f"# Gardens\n\n{place}\n\nBeans grow above the market and nobody minds.\n")
    assert isinstance(practice, Practice)
    assert (practice.city and practice.city.value) == city
    assert (practice.country and practice.country.value) == country


def test_numbered_sections_are_practices_named_by_their_captions() -> None:
    text = """Three towns that share

What towns share is growing.

#1 – Oldport (PT)

Tools are lent on Fridays.

#2 – Miskolc (HU)

Bikes are lent on Mondays.

Bike Library in Miskolc (HU)
"""
    first, second = extract(document(text))
    assert isinstance(first, Practice)
    assert isinstance(second, Practice)
    assert [p.city and p.city.value for p in (first, second)] == ["Oldport", "Miskolc"]
    assert [p.country and p.country.value for p in (first, second)] == ["PT", "HU"]
    assert (first.name.value, second.name.value) == ("Oldport", "Bike Library")
    assert "Tools" in first.span.of(text)
    assert "Bikes" not in first.span.of(text)


@pytest.mark.parametrize(
    ("title", "city", "country"),
    [
        ("Open Budget (Tower Hamlets, London, UK)", "Tower Hamlets", "GB"),
        ("Open Budget in Salford, UK", "Salford", "GB"),
        ("Piazza Nuova (Lucca, Italy)", "Lucca", "IT"),
        ("The Clay Community Fund, Cornwall", None, "GB"),
    ],
)
def test_a_title_that_ends_in_its_place_is_a_case_study(
    title: str, city: str | None, country: str
) -> None:
    practice = only(f"{title}\n\nProblems and Purpose\nNobody came.\n\nHistory\nNobody had.\n")
    assert isinstance(practice, Practice)
    assert (practice.city and practice.city.value) == city
    assert (practice.country and practice.country.value) == country


@pytest.mark.parametrize(
    "text",
    [
        "An evening in Lyon\ndate: 2021-03-01\n\nWe had a good time in Lyon, France.\n",
        "Notes\n\nBeans grow. See tools (Granicus (US), Loomio (NZ)).\n",
        "Thoughts on sharing\n\nStart: here. Nothing more to say about it.\n",
    ],
    ids=["news", "vendors", "prose with a colon"],
)
def test_prose_is_no_practice(text: str) -> None:
    assert extract(document(text)) == ()


EVENT = """Fair of Repair
date: 2021-06-07
end-date: 2021-06-08
location: {place}

Bring what is broken.
"""


@pytest.mark.parametrize(
    ("place", "name", "country"),
    [
        ("Bordeaux, France", "Bordeaux", "FR"),
        ("The Hague", "The Hague", "NL"),
        ("Kleinhausen, Germany", "Kleinhausen", "DE"),
        ("Online", "Online", None),
    ],
)
def test_a_header_makes_an_event(place: str, name: str, country: str | None) -> None:
    event = only(EVENT.format(place=place))
    assert isinstance(event, Event)
    assert event.name.value == "Fair of Repair"
    assert (event.start.value, event.end and event.end.value) == (
        date(2021, 6, 7), date(2021, 6, 8),
    )  # fmt: skip
    assert (event.place and event.place.value) == name
    assert (event.country and event.country.value) == country


@pytest.mark.parametrize(
    "header",
    [
        "Datum: 7.6.2021\nOrt: Berlin, Deutschland",
        "Fecha: 7 de junio de 2021\nLugar: Sevilla, España",
        "Date : 7 juin 2021\nLieu : Lyon, France",
        "Data: 7 giugno 2021\nLuogo: Torino, Italia",
        "Datum: 7 juni 2021\nPlaats: Gent, België",
        "Data: 7 de junho de 2021\nLocal: Braga, Portugal",
        "Data: 7 czerwca 2021\nMiejsce: Gdańsk, Polska",
    ],
    ids=["de", "es", "fr", "it", "nl", "pt", "pl"],
)
def test_event_headers_are_read_in_other_languages(header: str) -> None:
    event = only(f"Repair 2021\n{header}\n\nXyz.\n")
    assert isinstance(event, Event)
    assert event.start.value == date(2021, 6, 7)
    assert event.country is not None


def test_a_lone_date_is_a_day_of_publication_not_an_event() -> None:
    assert extract(document("Our summer\ndate: 2021-06-07\n\nIt was warm.\n")) == ()


LISTING = """Repair network

We mend things together.

Spring meeting in Brno

The menders meet in Brno from Tuesday 1st to Wednesday 2nd June.

start date: 01-06-2021
end date: 02-06-2021

Menders reaffirm their oath

On 3-4 of April 2021, the Menders Forum held a meeting in the city of Lisbon.

publication date: 10-04-2021

start date: 03-04-2021
end date: 04-04-2021
"""


def test_items_of_a_listing_are_events_under_their_own_titles() -> None:
    brno, lisbon = extract(document(LISTING))
    assert isinstance(brno, Event)
    assert isinstance(lisbon, Event)
    assert brno.name.value == "Spring meeting in Brno"
    assert (brno.start.value, brno.end and brno.end.value) == (date(2021, 6, 1), date(2021, 6, 2))
    assert brno.place
    assert brno.place.value == "Brno"
    assert lisbon.name.value == "Menders Forum"
    assert lisbon.start.value == date(2021, 4, 3)
    assert lisbon.published
    assert lisbon.published.value == date(2021, 4, 10)


@pytest.mark.parametrize(
    ("title", "name", "start", "end", "place"),
    [
        ("Mending | Workshop | 12.11.2019, 17-21 Uhr, Haus Berlin Saal", "Mending",
         date(2019, 11, 12), None, "Haus Berlin Saal"),
        ("Open Symposium | 23.-24.03.2021, 13-18 Uhr", "Open Symposium",
         date(2021, 3, 23), date(2021, 3, 24), None),
        ("Repaircafé am Sonntag, 2018-03-25", "Repaircafé am Sonntag, 2018-03-25",
         date(2018, 3, 25), None, None),
    ],
)  # fmt: skip
def test_a_title_with_its_day_makes_an_event(
    title: str, name: str, start: date, end: date | None, place: str | None
) -> None:
    event = only(f"{title}\n\nAlle sind willkommen, auch ohne Werkzeug.\n")
    assert isinstance(event, Event)
    assert event.name.value == name
    assert (event.start.value, event.end and event.end.value) == (start, end)
    assert (event.place and event.place.value) == place


@pytest.mark.parametrize(
    ("sentence", "name", "start", "place"),
    [
        ("The conference '**Mending for all**' will take place on **2 and 3 October 2021 in "
         "Budapest, Hungary**.", "Mending for all", date(2021, 10, 2), "Budapest"),
        ("On 12 October, the Menders General Assembly was held in Brussels.",
         "Menders General Assembly", date(2021, 10, 12), "Brussels"),
        ("On 23-24 September, Milan hosted a study visit for menders.",
         "study visit for menders", date(2021, 9, 23), "Milan"),
    ],
    ids=["quoted", "capitals", "by its kind"],
)  # fmt: skip
def test_a_news_sentence_with_gathering_days_and_town_makes_an_event(
    sentence: str, name: str, start: date, place: str
) -> None:
    event = only(f"Menders are busy\ndate: 2021-09-30\n\n{sentence} Everyone may come.\n")
    assert isinstance(event, Event)
    assert event.name.value == name
    assert event.start.value == start
    assert event.place
    assert event.place.value == place
    assert event.published
    assert event.published.value == date(2021, 9, 30)


def test_a_day_in_the_file_name_tells_the_year_of_an_announcement() -> None:
    text = "A mending workshop\n\nMenders will get together on 23 January in Brno for a workshop.\n"
    (event,) = extract(document(text, "2019-01-16-mending.md"))
    assert isinstance(event, Event)
    assert event.start.value == date(2019, 1, 23)
    assert event.start.inferred
    assert event.place
    assert event.place.value == "Brno"
    assert extract(document(text, "2019-13-40-mending.md")) == ()


@pytest.mark.parametrize(
    ("title", "sentence", "place"),
    [
        ("Neues", "Die Flickertagung findet am 12. Oktober 2021 in Köln statt.", "Köln"),
        ("Nouvelles", "Le Congrès des Bricoleurs aura lieu à Lyon le 12 octobre 2021.", "Lyon"),
        ("Novedades", "El Congreso Remiendo se celebra el 12 de octubre en Sevilla.", "Sevilla"),
        ("Novità", "Il Congresso Rammendo si terrà il 12 ottobre 2021 a Torino.", "Torino"),
        ("Nieuws", "De Herstelconferentie vindt op 12 oktober 2021 plaats in Gent.", "Gent"),
        ("Novidades", "A Feira Remendo terá lugar a 12 de outubro de 2021 em Braga.", "Braga"),
        ("Aktualne wieści", "Kongres Naprawy odbędzie się 12 października 2021 w Gdańsku.",
         "Gdańsku"),
    ],
    ids=["de", "fr", "es", "it", "nl", "pt", "pl"],
)  # fmt: skip
def test_announcements_are_read_in_other_languages(title: str, sentence: str, place: str) -> None:
    more = {"K": " Wir freuen uns auf alle, die kommen.", "L": " Nous serons heureux de vous voir."}
    text = f"{title}\ndate: 2021-09-30\n\n{sentence}{more.get(place[0], '')}\n"
    event = only(text)
    assert isinstance(event, Event)
    assert event.start.value == date(2021, 10, 12)
    assert event.place
    assert event.place.value == place


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge was finished on 2 October 2021 in Budapest.",
        "The conference will take place in Budapest.",
        "The conference on 2 October 2005 in Budapest was held long ago.",
        "Conferences were held in Rome on 2 May 2021 and in Paris on 9 June 2021.",
    ],
    ids=["no gathering", "no day", "long past", "which of two"],
)
def test_a_doubtful_sentence_makes_no_event(sentence: str) -> None:
    text = f"Menders are busy\ndate: 2021-09-30\n\n{sentence}\n"
    assert extract(document(text)) == ()


NETWORK = """Union of Mending Towns (UMT)

Secretariat country: {seat}  Founded: 1991

Aims: Mend roads ; lend tools ; meet every year

Towns that mend have met since then.
"""


def test_a_header_makes_a_network() -> None:
    network = only(NETWORK.format(seat="SE"))
    assert isinstance(network, Network)
    assert network.name.value == "Union of Mending Towns"
    assert network.acronym
    assert network.acronym.value == "UMT"
    assert network.secretariat
    assert network.secretariat.value == "SE"
    assert network.founded
    assert network.founded.value == 1991
    assert [aim.value for aim in network.aims] == ["Mend roads", "lend tools", "meet every year"]


@pytest.mark.parametrize(
    ("seat", "code"),
    [("UK", "GB"), ("USA", "US"), ("GB/US", "GB"), ("", None), ("Sweden", "SE")],
)
def test_the_seat_of_a_network_is_an_iso_code(seat: str, code: str | None) -> None:
    network = only(NETWORK.format(seat=seat))
    assert isinstance(network, Network)
    assert (network.secretariat and network.secretariat.value) == code


def test_front_matter_says_what_a_bare_header_means() -> None:
    front = "---\ntitle: Night of Repair\nkind: event\n---\n"
    event = only(front + "# Night of Repair\n\ndate: 2021-06-07\n\nXyz.\n")
    assert isinstance(event, Event)


@pytest.mark.parametrize(
    "text",
    [PRACTICE, EVENT.format(place="Bordeaux, France"), LISTING, NETWORK.format(seat="SE")],
    ids=["practice", "event", "listing", "network"],
)
def test_records_survive_json_and_point_into_their_text(text: str) -> None:
    parsed = document(text)
    records = extract(parsed)
    assert records
    for record in records:
        assert record_from_json(json.loads(json.dumps(record_to_json(record)))) == record
        assert record.span.of(parsed.text)
        for field in fields(record):
            assert field.span.of(parsed.text).strip()
            assert Span(0, len(parsed.text)).holds(field.span)


@pytest.mark.parametrize("plain", [{}, {"kind": "party"}, {"kind": "event"}, {"kind": None}])
def test_json_that_is_no_record_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="expected a record"):
        record_from_json(plain)


LINES = st.sampled_from(
    [
        "Oldport, Portugal", "Start: 2014  End: 2016  Budget: 3 EUR", "date: 2021-06-07",
        "start date: 01-06-2021", "end date: 02-06-2021", "#1 – Oldport (PT)", "#2 – Gent (BE)",
        "Founded: 1991", "Secretariat country: SE", "Aims: a ; ; b", "Keywords: ;; x", "",
        "On 2 May 2021 the Menders Forum was held in Lyon.", "Fair in Lyon", "History", "• tag",
        "location: ", "publication date: 10-04-2021", "Summary", "| a | b |",
        "Budget (Lyon, France)",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=14))
def test_whatever_the_lines_every_field_has_words(lines: list[str]) -> None:
    parsed = document("Some words\n" + "\n".join(lines))
    for record in extract(parsed):
        for field in fields(record):
            assert field.span.of(parsed.text).strip()
        assert record_from_json(record_to_json(record)) == record


@pytest.mark.parametrize(
    "piece", ["Key: a  ", "(", "#1 – A (BE)\n", "A, B\n", "In A ", "1 May ", "x:\n"]
)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    parsed = document("Title\n" + piece * (60_000 // len(piece)))
    extract(document("warm"))
    started = time.process_time()
    extract(parsed)
    assert time.process_time() - started < 5


def test_the_shared_articles_hold_the_records_they_should(shared: Path) -> None:
    folder = shared / "data" / "articles"
    counts = {Practice: 0, Event: 0, Network: 0}
    for path in sorted(folder.glob("urbact-gp-*.txt"))[:30] + sorted(folder.glob("network-*.txt")):
        for record in extract(document(path.read_text("utf-8"), path.name)):
            counts[type(record)] += 1
    assert counts == {Practice: 30, Event: 0, Network: 59}
