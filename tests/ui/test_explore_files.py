"""What the Explore room shows can be taken along, exactly as it was chosen."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.records import record_from_json
from tests.ui.browsing import WAIT


@pytest.fixture
def client(explored: Any) -> Iterator[TestClient]:
    import ui

    with TestClient(ui.app(explored), base_url="http://localhost") as client:
        yield client


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def names_of(content: bytes) -> list[str]:
    return [row["name"] for row in rows_of(content)]


def test_the_link_under_the_table_saves_the_rows_that_are_shown(visit: Any, explored: Any) -> None:
    here = visit(explored)
    page = here.page
    page.get_by_role("tab", name="Explore").click()
    page.get_by_role("searchbox", name="Search").fill("portugal")
    page.locator(".found", has_text=re.compile("^2 practices of 7$")).wait_for(timeout=WAIT)
    page.get_by_role("columnheader", name="Since").get_by_role("button").click()
    page.locator("th[aria-sort=ascending]", has_text="Since").wait_for(timeout=WAIT)
    with page.expect_download(timeout=WAIT) as saved:
        page.get_by_role("link", name="as a table (.csv)").click()
    assert saved.value.suggested_filename == "practices.csv"
    assert names_of(Path(saved.value.path()).read_bytes()) == ["Night buses", "Open kitchens"]
    assert here.outside == []


def test_events_to_come_are_saved_as_a_calendar(visit: Any, explored: Any) -> None:
    page = visit(explored).page
    page.get_by_role("tab", name="Explore").click()
    page.get_by_role("button", name="Events", exact=True).click()
    page.get_by_label("Past or upcoming").select_option(label="Upcoming and under way")
    page.get_by_label("Counted from").fill("2026-09-16")
    page.locator(".found", has_text=re.compile("^1 event of 5$")).wait_for(timeout=WAIT)
    with page.expect_download(timeout=WAIT) as saved:
        page.get_by_role("link", name="as a calendar (.ics)").click()
    calendar = Path(saved.value.path()).read_text(encoding="utf-8")
    assert calendar.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Repair summit" in calendar


def test_the_choice_of_the_address_decides_the_rows_and_their_order(client: TestClient) -> None:
    asked = {"theme": "food", "sort": "started", "descending": "true"}
    answer = client.get("/api/v1/export/practices.csv", params=asked)
    assert names_of(answer.content) == ["Open kitchens", "School gardens"]
    assert answer.headers["content-disposition"] == 'attachment; filename="practices.csv"'
    lisbon = client.get("/api/v1/export/practices.csv", params={"point": "PT|lisbon"})
    assert names_of(lisbon.content) == ["Night buses", "Open kitchens"]
    past = {"when": "past", "today": "2026-05-04"}
    events = client.get("/api/v1/export/events.csv", params=past)
    assert names_of(events.content) == ["Sharing cities forum", "Night transport day"]


def test_every_line_has_the_quote_it_rests_on(client: TestClient, explored: Any) -> None:
    for row in rows_of(client.get("/api/v1/export/practices.csv").content):
        text = explored.articles[row["source"]].text
        assert row["quote"]
        assert text[int(row["quote_start"]) : int(row["quote_end"])] == row["quote"]


def test_an_event_told_twice_is_in_the_calendar_once(client: TestClient, explored: Any) -> None:
    summit = next(record for record in explored.held if record["source"].endswith("Berlin.md"))
    other = replace(explored.articles[summit["source"]], source="other.md", id="0" * 16)
    explored.tell(other, record_from_json({**summit, "document": other.id}))
    lines = rows_of(client.get("/api/v1/export/events.csv?search=summit").content)
    assert sorted(line["source"] for line in lines) == [summit["source"], "other.md"]
    for asked in ("", "?search=summit"):
        calendar = client.get(f"/api/v1/export/events.ics{asked}").text
        assert calendar.count("SUMMARY:Repair summit") == 1


def test_filters_of_rows_and_of_the_room_hold_together(client: TestClient) -> None:
    asked = {"theme": "FOOD", "country": "Portugal", "until": "2030-01-01", "sort": "name"}
    found = client.get("/api/v1/export/practices.json", params=asked).json()
    assert [row["name"] for row in found["practices"]] == ["Open kitchens"]
    nowhere = client.get("/api/v1/export/practices.json", params=asked | {"city": "Ghent"}).json()
    assert nowhere["practices"] == []


def test_the_day_that_is_set_decides_what_is_over(client: TestClient, explored: Any) -> None:
    explored.day = date(2026, 2, 11)
    over = names_of(client.get("/api/v1/export/events.csv?when=past").content)
    assert over == ["Sharing cities forum", "Night transport day"]


def test_an_address_that_makes_no_sense_is_refused_in_words(client: TestClient) -> None:
    for asked in (
        *({"when": "whenever"}, {"today": "tomorrow"}, {"search": "x" * 300}),
        *({"contry": "PT"}, {"theme": "food"}),  # no filter of events
    ):
        answer = client.get("/api/v1/export/events.csv", params=asked)
        assert answer.status_code == 422
        assert next(iter(asked)) in answer.json()["error"]
    column = client.get("/api/v1/export/events.csv", params={"sort": "budget"})
    assert column.status_code == 400
    assert "got sort='budget'; expected one of start, name" in column.json()["error"]
