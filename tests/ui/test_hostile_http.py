"""Hostile strings and paths over HTTP: never a fault, never a file, never an echo that runs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

import ui
from assistant.api import MAX_QUESTION, sendable
from tests.payloads import PAYLOADS
from tests.ui.queueing import asking_event

BASE = "http://127.0.0.1"
NAUGHTY = (*PAYLOADS, "", " ", "\0", "?", "0", "x" * 100_000, "\U0001f4a9" * MAX_QUESTION)


@pytest.fixture(scope="module")
def client(behaving_service: type) -> Iterator[TestClient]:
    served = ui.app(behaving_service())
    with TestClient(served, base_url=BASE, raise_server_exceptions=False) as client:
        yield client


def test_no_question_makes_a_fault(client: TestClient) -> None:
    for asked in NAUGHTY:
        body = json.dumps({"question": asked, "id": asked[:200], "history": []})
        reply = client.post("/api/v1/ask", content=body)
        expected = 200 if 0 < len(asked.replace("\0", "").strip()) <= MAX_QUESTION else 400
        assert reply.status_code in (expected, 422), asked[:80]
        if reply.status_code == 200:
            assert reply.json()["question"] == sendable(asked).replace("\0", "").strip()


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/ask?question={}",
        "/api/v1/search?q={}",
        "/api/v1/search?q=a&k={}",
        "/api/v1/documents/{}",
        "/api/v1/{}",
        "/{}",
    ],
)
def test_no_address_makes_a_fault(client: TestClient, address: str) -> None:
    for naughty in NAUGHTY[: len(PAYLOADS) + 5]:
        reply = client.get(address.format(quote(sendable(naughty), safe="")))
        assert reply.status_code < 500, naughty[:80]
        assert "html" not in reply.headers.get("content-type", "") or reply.status_code == 200


@pytest.mark.parametrize("name", ["lang", "q", "question", "__theme", "view"])
def test_what_an_address_says_is_never_part_of_the_pages_markup(
    client: TestClient, name: str
) -> None:
    for naughty in PAYLOADS[::4]:
        reply = client.get(f"/?{name}={quote(sendable(naughty), safe='')}")
        assert reply.status_code == 200
        assert "window.pwned=1" not in reply.text
        assert "evil.example" not in reply.text


def test_no_body_makes_a_fault_in_the_pages_queue(client: TestClient) -> None:
    bodies = [
        *(b"", b"null", b"[]", b"{}", b"{", b"\xff\xfe", b"[" * 50_000, b'{"fn_index": 1e999}'),
        *(b'{"fn_index": "1", "data": []}', b'{"fn_index": -1, "data": [], "session_hash": "x"}'),
        b'{"fn_index": 99999, "data": [], "session_hash": "x"}',
        b'{"fn_index": true, "data": {}, "session_hash": ["x"]}',
    ]
    for body in bodies:
        for path in ("queue/join", "cancel", "startup-events"):
            reply = client.post(
                f"/gradio_api/{path}", content=body, headers={"content-type": "application/json"}
            )
            assert reply.status_code < 500, (path, body[:60])


def test_no_question_makes_a_fault_on_the_page(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Room is kept for an empty question that is never put; how long is admission's own test.
    monkeypatch.setattr("assistant.admission.EXPECTED_SECONDS", 0.2)
    config = client.get("/config").json()
    for n, asked in enumerate((*PAYLOADS[::9], *NAUGHTY[len(PAYLOADS) :])):
        event = {**asking_event(config, asked), "session_hash": f"naughty{n}"}
        body = json.dumps(event)
        while (joined := client.post("/gradio_api/queue/join", content=body)).status_code == 503:
            time.sleep(0.02)  # room is still kept for an empty question before it
        assert joined.status_code == 200
        said = client.get("/gradio_api/queue/data", params={"session_hash": f"naughty{n}"})
        last = json.loads(said.text.strip().rpartition("\n\n")[0].rpartition("data: ")[2])
        assert (last["msg"], last["success"]) == ("process_completed", True), asked[:80]


def test_no_spelling_of_a_path_leads_to_a_file(client: TestClient) -> None:
    ups = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "....//", "%252e%252e%252f")
    folders = (
        *("/assets/", "/static/", "/svelte/", "/gradio_api/queue/", "/gradio_api/heartbeat/"),
        *("/api/v1/", "/api/v1/documents/", "/gradio_api/file=", "/gradio_api/startup-events/"),
    )
    for folder in folders:
        for up in ups:
            for file in ("etc/passwd", "proc/self/environ"):
                if folder == "/gradio_api/heartbeat/" and "/" not in up * 2 + file:
                    continue  # an open stream, whatever the name
                reply = client.get(f"{folder}{up * 8}{file}")
                assert reply.status_code in (400, 403, 404, 405, 422)
                assert "root:" not in reply.text
