"""Events as a calendar: whole days, stable names, equal bytes, and nothing run or forged."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.takeaway.calendar import events, undated

STAMP = "2026-02-20T08:00:00+01:00"
GOLDEN = Path(__file__).parent / "golden"


def row(**values: Any) -> dict[str, Any]:
    return {
        "name": "Tram day",
        "start": "2026-05-01",
        "end": "2026-05-02",
        "place": "Brno",
        "country": "CZ",
        "quote": "The tram day is on 1 and 2 May 2026, in Brno; come, all.",
        "title": "Trams",
        "published": "2026-03-01",
        "url": "https://brno.example/trams",
        "source": "trams.md",
    } | values


def read(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_a_calendar_is_as_in_the_golden_file() -> None:
    later = row(name="Bus day", start="2026-06-01", end=None, place=None, country=None, url=None)
    content = events([later, row()], STAMP)
    assert content == (GOLDEN / "events.ics").read_bytes()


def test_the_last_day_of_a_calendar_is_the_day_after() -> None:
    [event] = read(events([row()], STAMP))
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 5, 1), date(2026, 5, 3))
    [event] = read(events([row(end=None)], STAMP))
    assert event["dtend"].dt == date(2026, 5, 2)


def test_an_event_without_a_first_day_is_left_out_and_counted() -> None:
    rows = [row(), row(start=None, name="Some day"), row(start="soon", name="Any day")]
    content = events(rows, STAMP)
    assert undated(rows) == 2
    assert len(read(content)) == 1
    assert b"2 events without a known first day are left out." in content
    assert b"left out" not in events([row()], STAMP)


def test_a_calendar_speaks_the_readers_language_and_keeps_the_articles_words() -> None:
    rows = [row(), row(start=None, name="Some day"), row(start=None, name="Any day")]
    calendar = icalendar.Calendar.from_ical(events(rows, STAMP, "pl"))
    told = str(calendar["x-wr-caldesc"])
    assert told == "Pominięto 2 wydarzenia bez znanego pierwszego dnia."
    [event] = calendar.walk("VEVENT")
    assert str(event["location"]) == "Brno, Czechy"
    assert str(event["summary"]) == "Tram day"
    assert read(events(rows, STAMP, "xx")) == read(events(rows, STAMP))


def test_one_event_that_is_left_out_is_one() -> None:
    content = events([row(start=None)], STAMP)
    assert b"1 event without a known first day is left out." in content


def test_an_entry_keeps_its_name_when_its_day_is_corrected_but_not_another_events() -> None:
    [before] = read(events([row()], STAMP))
    [after] = read(events([row(start="2026-05-08", end=None)], STAMP))
    assert before["uid"] == after["uid"]
    other = read(events([row(), row(name="Bus day"), row(source="b.md")], STAMP))
    assert len({event["uid"] for event in other}) == 3


def test_events_of_one_name_in_one_article_are_told_apart_by_their_days() -> None:
    twice = read(events([row(), row(start="2027-05-01", end=None)], STAMP))
    assert len({event["uid"] for event in twice}) == 2
    assert len(read(events([row(), row()], STAMP))) == 1


def test_equal_events_give_equal_bytes_in_any_order() -> None:
    rows = [row(), row(name="Bus day"), row(start="2024-02-29")]
    assert events(rows, STAMP) == events(rows[::-1], STAMP)
    assert b"DTSTAMP:20260220T070000Z" in events(rows, STAMP)


def test_records_as_the_service_lists_them_are_taken_as_they_are() -> None:
    def field(value: Any) -> Any:
        return value and {"value": value, "span": [0, 1], "inferred": False}

    flat = row(url=None, quote=None, title=None, published=None)
    nested = flat | {n: field(flat[n]) for n in ("name", "start", "end", "place", "country")}
    assert events([nested], STAMP) == events([flat], STAMP)


def test_hostile_words_add_no_entry_no_property_and_no_line(hostile: str) -> None:
    hostile_row = dict.fromkeys(row(), hostile) | {"start": "2026-05-01", "end": "2026-05-02"}
    content = events([hostile_row], STAMP)
    [event] = read(content)
    plain = read(events([row(url=None)], STAMP))[0]
    assert set(event) <= set(plain)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


@given(st.text(st.characters(codec="utf-8")))
def test_a_name_reads_back_from_the_calendar(name: str) -> None:
    from assistant.present.escape import visible

    [event] = read(events([row(name=name)], STAMP))
    assert str(event["summary"]) == visible(name)


@pytest.mark.parametrize("end", ["2026-04-01", "9999-12-31", "never"])
def test_an_end_that_no_event_has_does_no_harm(end: str) -> None:
    start = "9999-12-31" if end.startswith("9999") else "2026-05-01"
    [event] = read(events([row(start=start, end=end)], STAMP))
    assert event["dtstart"].dt == date.fromisoformat(start)
