"""The HTTP routes: honest about readiness, bounded, and never a trace or an error page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.admission import Admission
from assistant.api import application
from assistant.counters import Counters
from assistant.doors import MAX_BODY_BYTES, Doors
from index import Filters

BASE = "http://127.0.0.1"


@pytest.fixture
def client(service: Any) -> Iterator[TestClient]:
    served = Doors(application(service, Counters()), hosts=None, admission=Admission())
    with TestClient(
        served, base_url=BASE, raise_server_exceptions=False, client=("127.0.0.1", 50_000)
    ) as client:
        yield client


def test_a_question_gets_the_published_answer(client: TestClient, service: Any) -> None:
    answer = client.post("/api/v1/ask", json={"question": "When did it begin?", "id": "q1"}).json()
    assert answer["id"] == "q1"
    for citation in answer["citations"]:
        stored = client.get(f"/api/v1/documents/{citation['source']}").json()["text"]
        assert stored[citation["start"] : citation["end"]] == citation["quote"]


def test_a_question_in_the_address_gets_the_same_answer(client: TestClient) -> None:
    asked = "When did it begin?"
    by_address = client.get("/api/v1/ask", params={"question": asked})
    assert by_address.json() == client.post("/api/v1/ask", json={"question": asked}).json()
    assert by_address.headers["cache-control"] == "no-store"


def test_history_reaches_the_service_as_turns(client: TestClient, service: Any) -> None:
    history = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    client.post("/api/v1/ask", json={"question": "and then?", "history": history})
    assert [(turn.role, turn.content) for turn in service.asked[-1][1]] == [
        ("user", "a"),
        ("assistant", "b"),
    ]


def test_documents_records_and_sources_are_listed(client: TestClient, explored: Any) -> None:
    for name, expected in (
        ("documents", {"source": "lindholm.txt", "title": "Mending evenings in Lindholm"}),
        ("practices", {"kind": "practice", "source": "tool-library.md"}),
        ("events", {"kind": "event", "source": "event-2025-11-03-Ghent.md"}),
    ):
        first = client.get(f"/api/v1/{name}").json()[name][0]
        assert {key: first[key] for key in expected} == expected
    assert client.get("/api/v1/sources").json()["sources"] == ["<articles>"]


def test_filters_are_named_as_on_the_command_line(client: TestClient, service: Any) -> None:
    filters: dict[str, Any] = {"city": "Gent", "languages": ["en", "nl"], "from": "2026-01-01"}
    asked = {"question": "What is new?", "filters": filters}
    assert client.post("/api/v1/ask", json=asked).status_code == 200
    assert service.filtered[-1] == Filters(
        cities=("Gent",), languages=("en", "nl"), since=date(2026, 1, 1)
    )
    refused = client.post("/api/v1/ask", json={**asked, "filters": {"colour": "red"}})
    assert refused.status_code == 400
    assert "filter 'colour'" in refused.json()["error"]


def test_search_gives_ranked_passages(client: TestClient) -> None:
    hits = client.get("/api/v1/search", params={"q": "costs", "k": 5}).json()["hits"]
    assert hits[0]["rank"] == 1
    assert hits[0]["text"].startswith("The city pays")


def test_health_is_truthful_before_and_after_the_library_is_filled(
    client: TestClient, service: Any
) -> None:
    service.empty = True
    assert client.get("/live").status_code == 200
    assert client.get("/ready").status_code == 503
    assert "run townbook refresh" in client.get("/ready").json()["reason"]
    refused = client.post("/api/v1/ask", json={"question": "Anything?"})
    assert refused.status_code == 503
    assert "townbook refresh" in refused.json()["error"]
    assert "townbook_ready 0" in client.get("/metrics").text
    service.empty = False
    assert client.get("/ready").json() == {"ready": True, "snapshot": "000003"}
    assert "townbook_ready 1" in client.get("/metrics").text


def test_metrics_count_answers_by_kind_and_hold_no_question(client: TestClient) -> None:
    client.post("/api/v1/ask", json={"question": "canary-4711 on the moon"})
    metrics = client.get("/metrics").text
    assert 'townbook_answers_total{kind="refusal",answered="false"} 1' in metrics
    assert "canary" not in metrics


@pytest.mark.parametrize(
    "question",
    ["", "   ", "\0", "\t\n", "x" * 2001, "x" * 100_000],
    ids=["empty", "blank", "nul", "white", "too long", "100 kB"],
)
def test_an_unusable_question_is_refused_in_one_line(client: TestClient, question: str) -> None:
    for reply in (
        client.post("/api/v1/ask", json={"question": question}),
        client.get("/api/v1/ask", params={"question": question[:5000]}),
    ):
        assert reply.status_code in (400, 422)
        assert "\n" not in reply.json()["error"]


@pytest.mark.parametrize(
    "question",
    ["\\ud800 alone", "${7*7}", "' OR 1=1 --", "<script>", "\\u202e", "🏙️" * 50, "%00%0a", "../.."],
)
def test_a_naughty_question_is_answered_or_refused_but_never_a_fault(
    client: TestClient, question: str
) -> None:
    body = f'{{"question": "{question}"}}'
    headers = {"content-type": "application/json"}
    assert client.post("/api/v1/ask", content=body.encode(), headers=headers).status_code in (
        200,
        422,
    )


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"question": 5}', '{"question": "x", "k": 1}', '{"question": "\\ud800'],
)
def test_a_body_that_is_no_question_is_refused_in_one_line(client: TestClient, body: str) -> None:
    headers = {"content-type": "application/json"}
    reply = client.post("/api/v1/ask", content=body.encode(), headers=headers)
    assert reply.status_code == 422
    assert reply.json()["error"]


def test_a_fault_says_nothing_of_its_cause_and_is_logged_without_the_question(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        reply = client.post("/api/v1/ask", json={"question": "canary-4712 fault"})
    assert reply.status_code == 500
    assert reply.json() == {"error": "something went wrong here; it was recorded"}
    assert "RuntimeError" in caplog.text
    assert "canary" not in caplog.text


def test_the_interface_is_described_but_its_pages_that_load_from_elsewhere_are_off(
    client: TestClient,
) -> None:
    assert "/api/v1/ask" in client.get("/api/v1/openapi.json").json()["paths"]
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(path).status_code == 404


def test_a_document_that_is_not_stored_is_said_not_to_be(client: TestClient) -> None:
    assert client.get("/api/v1/documents/../../etc/passwd").status_code == 404
    assert client.get("/api/v1/documents/none.txt").status_code == 400


def test_a_body_beyond_the_limit_is_refused(client: TestClient) -> None:
    body = b"x" * (MAX_BODY_BYTES + 1)
    assert client.post("/api/v1/ask", content=body).status_code == 413


REFRESH = "/api/v1/refresh"


def test_a_refresh_is_started_followed_and_told(client: TestClient, service: Any) -> None:
    assert client.get(REFRESH).json()["state"] == "idle"
    started = client.post(REFRESH)
    assert (started.status_code, started.json()["state"]) == (202, "running")
    service.jobs.advance("read", 2, 5)
    told = client.get(REFRESH).json()
    assert (told["stage"], told["done"], told["total"]) == ("read", 2, 5)
    service.jobs.end("done")
    assert client.get(REFRESH).json()["report"]["added"] == 2
    assert client.get(REFRESH).headers["cache-control"] == "no-store"


def test_a_second_refresh_is_refused_while_one_runs(client: TestClient, service: Any) -> None:
    client.post(REFRESH)
    refused = client.post(REFRESH)
    assert refused.status_code == 409
    assert refused.headers["retry-after"] == "5"
    assert refused.json()["refresh"]["state"] == "running"
    assert service.jobs.started == 1


def test_a_refresh_is_cancelled_and_cancelling_nothing_does_no_harm(client: TestClient) -> None:
    assert client.delete(REFRESH).json()["state"] == "idle"
    client.post(REFRESH)
    assert client.delete(REFRESH).json()["state"] == "cancelled"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"x-forwarded-for": "203.0.113.9"},
        {"forwarded": "for=203.0.113.9"},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_another_page_and_people_behind_a_proxy_start_and_cancel_nothing(
    client: TestClient, service: Any, method: str, headers: dict[str, str]
) -> None:
    if method == "DELETE":
        service.jobs.start()
    before = service.jobs.state
    assert client.request(method, REFRESH, headers=headers).status_code == 403
    assert service.jobs.state == before


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "same-origin", "origin": BASE}, {"sec-fetch-site": "none"}],
    ids=["own page", "address bar"],
)
def test_the_servers_own_page_may_refresh(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post(REFRESH, headers=headers).status_code == 202


def test_another_machine_may_ask_and_look_but_not_refresh(service: Any) -> None:
    served = Doors(application(service, Counters()), hosts=None, admission=Admission())
    with TestClient(served, base_url=BASE, client=("192.0.2.7", 50_000)) as far:
        assert far.get(REFRESH).status_code == 200
        assert far.get("/api/v1/ask", params={"question": "When?"}).status_code == 200
        assert far.post(REFRESH).status_code == 403
        assert far.delete(REFRESH).status_code == 403
    assert service.jobs.started == 0


def test_an_address_that_is_none_is_named_with_where_the_real_ones_stand(
    client: TestClient,
) -> None:
    for method in ("get", "post", "delete"):
        answer = getattr(client, method)("/api/v1/documnts")
        assert answer.status_code == 404
        assert "/api/v1/documnts" in answer.json()["error"]
        assert "/api/v1/openapi.json" in answer.json()["error"]


def test_a_method_that_an_address_lacks_is_named_with_those_it_has(client: TestClient) -> None:
    answer = client.delete("/api/v1/ask")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST"
    assert "DELETE" in answer.json()["error"]
    assert "GET, POST" in answer.json()["error"]
