"""Exports and feedback over HTTP: files that say what they are, and nothing forged in them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import docx
import icalendar
import pytest
from markdown_it import MarkdownIt
from starlette.testclient import TestClient

from assistant.admission import Admission
from assistant.api import application
from assistant.counters import Counters
from assistant.doors import Doors
from assistant.takeaway_routes import MOST_ANSWERS

EXPORT = "/api/v1/export"


@pytest.fixture
def client(service: Any) -> Iterator[TestClient]:
    served = Doors(application(service, Counters()), hosts=None, admission=Admission())
    with TestClient(served, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def answer(service: Any) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(json.dumps(service.ask("Which town began?").to_json()))
    return value


@pytest.mark.parametrize(
    ("query", "accepted", "location"),
    [
        ("", "de-AT,de;q=0.9", "Lindholm\\, Schweden"),
        ("?page_language=nl", "de", "Lindholm\\, Zweden"),
        ("", "sv", "Lindholm\\, Sweden"),
    ],
)
def test_a_calendar_names_countries_as_its_reader_does(
    client: TestClient, query: str, accepted: str, location: str
) -> None:
    reply = client.get(f"{EXPORT}/events.ics{query}", headers={"Accept-Language": accepted})
    assert f"LOCATION:{location}\r\n" in reply.text


@pytest.mark.parametrize(
    ("name", "media_type", "begins"),
    [
        ("events.ics", "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR"),
        ("events.csv", "text/csv; charset=utf-8; header=present", b"\xef\xbb\xbfname,start"),
        ("events.json", "application/json", b'{\n "snapshot": "000003"'),
        ("practices.csv", "text/csv; charset=utf-8; header=present", b"\xef\xbb\xbfname,city"),
        ("practices.json", "application/json", b'{\n "snapshot": "000003"'),
    ],
)
def test_records_are_files_with_a_name_and_a_type(
    client: TestClient, name: str, media_type: str, begins: bytes
) -> None:
    reply = client.get(f"{EXPORT}/{name}")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == media_type
    assert reply.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.content.startswith(begins)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("country=SE&country=BE", 1),
        ("country=BE", 0),
        ("city=Lindholm", 1),
        ("since=2021-03-12", 0),
        ("until=2021-03-11&since=2021-03-11", 1),
        ("when=past&today=2021-03-12", 1),
        ("when=upcoming&today=2021-03-12", 0),
        ("when=upcoming&today=2021-03-11", 1),
        ("language=nl", 0),
        ("source=lindholm.txt", 1),
    ],
)
def test_filters_leave_some_events(client: TestClient, query: str, count: int) -> None:
    content = client.get(f"{EXPORT}/events.ics?{query}").content
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == count


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("country=Atlantis", 400),
        ("since=soon", 422),
        ("when=never", 422),
        ("city=", 400),
        ("city=" + "x" * 301, 422),
        ("&".join(["city=x"] * 21), 422),
    ],
)
def test_a_filter_that_cannot_be_used_is_refused_in_one_line(
    client: TestClient, query: str, status: int
) -> None:
    reply = client.get(f"{EXPORT}/events.csv?{query}")
    assert reply.status_code == status
    assert reply.json()["error"]


def test_an_empty_library_exports_nothing_and_says_why(client: TestClient, service: Any) -> None:
    service.empty = True
    reply = client.get(f"{EXPORT}/events.ics")
    assert reply.status_code == 503
    assert "townbook refresh" in reply.json()["error"]


def test_answers_become_a_word_file_and_markdown_in_a_language(
    client: TestClient, answer: Any
) -> None:
    body = {"answers": [answer, answer], "language": "nl"}
    reply = client.post(f"{EXPORT}/answer.docx", json=body)
    assert reply.status_code == 200
    document = docx.Document(io.BytesIO(reply.content))
    assert document.paragraphs[0].text == "Antwoorden met hun bronnen"
    text = client.post(f"{EXPORT}/answer.md", json=body).text
    assert text.count("\n**[") == len(answer["citations"])
    assert client.post(f"{EXPORT}/answer.csv", json=body).content.startswith(
        b"\xef\xbb\xbfquestion"
    )
    lines = client.post(f"{EXPORT}/answer.json", json=body).text.splitlines()
    assert [json.loads(line) for line in lines] == [answer] * 2


@pytest.mark.parametrize("format", ["md", "docx", "csv", "json"])
@pytest.mark.parametrize(
    "change",
    [
        {"quote": "In March 2021 the city of Lindholm closed a workshop in its old tram depot."},
        {"start": 0},
        {"source": "ministry.txt", "document": "0" * 16},
        {"sha256": "0" * 64},
    ],
    ids=str,
)
def test_a_forged_answer_is_exported_in_no_format(
    client: TestClient, answer: Any, format: str, change: Any
) -> None:
    answer["citations"][0] |= change
    reply = client.post(f"{EXPORT}/answer.{format}", json={"answers": [answer]})
    assert reply.status_code == 422
    assert "do not stand" in reply.json()["error"]


def test_a_forged_title_and_address_are_replaced_by_the_articles_own(
    client: TestClient, answer: Any
) -> None:
    answer["citations"][0] |= {"title": "The Ministry", "url": "https://evil.example/"}
    text = client.post(f"{EXPORT}/answer.md", json={"answers": [answer]}).text
    assert "Mending evenings in Lindholm" in text
    assert "Ministry" not in text
    assert "evil" not in text


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"answers": []},
        {"answers": [{}]},
        {"answers": ["x"]},
        {"answers": "x"},
        {"answers": [{"text": "x", "citations": []}]},
        [],
    ],
    ids=str,
)
def test_a_body_that_holds_no_answers_is_refused(client: TestClient, body: Any) -> None:
    reply = client.post(f"{EXPORT}/answer.md", json=body)
    assert reply.status_code == 422
    assert reply.json()["error"]


def test_too_many_answers_and_unknown_languages_and_formats_are_refused(
    client: TestClient, answer: Any
) -> None:
    many = {"answers": [answer] * (MOST_ANSWERS + 1)}
    assert client.post(f"{EXPORT}/answer.md", json=many).status_code == 422
    other = {"answers": [answer], "language": "xx"}
    assert client.post(f"{EXPORT}/answer.md", json=other).status_code == 422
    assert client.post(f"{EXPORT}/answer.pdf", json={"answers": [answer]}).status_code == 404
    assert client.get(f"{EXPORT}/practices.ics").status_code == 404


def test_another_sites_page_can_neither_export_nor_judge(client: TestClient, answer: Any) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    for path, body in (
        (f"{EXPORT}/answer.md", {"answers": [answer]}),
        ("/api/v1/feedback", {"answer": answer, "useful": True}),
    ):
        assert client.post(path, json=body, headers=headers).status_code == 403


def test_a_hostile_article_is_exported_as_words(client: TestClient, service: Any) -> None:
    hostile = json.loads(json.dumps(service.ask("brakel").to_json()))
    text = client.post(f"{EXPORT}/answer.md", json={"answers": [hostile]}).text
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text)
    assert not re.search(r"<(?!/?(h[1-3]|p|strong|em|blockquote|code|br /)>)", html)
    document = client.post(f"{EXPORT}/answer.docx", json={"answers": [hostile]}).content
    assert "evil.example" not in str(list(docx.Document(io.BytesIO(document)).part.rels.values()))


def test_feedback_reaches_the_service_and_gets_an_id(
    client: TestClient, service: Any, answer: Any
) -> None:
    body = {"answer": answer, "useful": False, "reason": "incomplete", "comment": "One is missing"}
    reply = client.post("/api/v1/feedback", json=body)
    assert (reply.status_code, reply.json()) == (201, {"id": "0000000000000001"})
    [(judged, useful, reason, comment)] = service.said
    assert judged.to_json() == service.ask("Which town began?").to_json()
    assert (useful, reason, comment) == (False, "incomplete", "One is missing")


@pytest.mark.parametrize(
    "change",
    [{"useful": "maybe"}, {"reason": "because"}, {"comment": "x" * 2001}, {"answer": {}}, {"x": 1}],
    ids=lambda value: str(value)[:30],
)
def test_feedback_that_cannot_be_used_is_refused(
    client: TestClient, service: Any, answer: Any, change: Any
) -> None:
    body = {"answer": answer, "useful": True} | change
    assert client.post("/api/v1/feedback", json=body).status_code == 422
    assert service.said == []


def test_what_people_said_cannot_be_read_over_http(client: TestClient) -> None:
    assert client.get("/api/v1/feedback").status_code == 405


def test_the_routes_are_described(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {path for path in paths if path.startswith(EXPORT)} == {
        *(f"{EXPORT}/events.{format}" for format in ("ics", "csv", "json")),
        *(f"{EXPORT}/practices.{format}" for format in ("csv", "json")),
        *(f"{EXPORT}/answer.{format}" for format in ("md", "docx", "csv", "json")),
    }
    calendar = paths[f"{EXPORT}/events.ics"]["get"]
    assert list(calendar["responses"]["200"]["content"]) == ["text/calendar"]
    assert {p["name"] for p in calendar["parameters"]} >= {"country", "since", "when", "today"}
    assert "/api/v1/feedback" in paths


def test_refusals_are_described_as_they_are_given(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            shown = operation["responses"]["4XX"]["content"]["application/json"]["schema"]
            assert shown["$ref"].endswith("/Refused"), (method, path)
    assert "HTTPValidationError" not in described["components"]["schemas"]
    refusal = client.get(f"{EXPORT}/events.csv?since=soon").json()
    assert set(refusal) == set(described["components"]["schemas"]["Refused"]["properties"])
