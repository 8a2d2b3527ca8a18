"""What stands before the page: hosts, headers, shut routes, places, and the file hole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

import ui
from assistant.doors import HEADERS

BASE = "http://127.0.0.1"


@pytest.fixture(scope="module")
def client(behaving_service: type) -> Iterator[TestClient]:
    """One page for all tests here: building it takes a second, and none of them changes it."""
    with TestClient(ui.app(behaving_service()), base_url=BASE) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/live", "/nothing", "/api/v1/status", "/theme.css"])
def test_every_reply_carries_the_security_headers(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS


def test_the_page_may_reach_nothing_but_its_own_server(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "connect-src 'self'" in policy
    assert "http" not in policy


def test_a_name_that_was_pointed_here_from_elsewhere_is_refused(client: TestClient) -> None:
    for host in ("rebound.example", "rebound.example:7860", "127.0.0.1.rebound.example", ""):
        assert client.get("/live", headers={"host": host}).status_code == 421
    for host in ("127.0.0.1", "localhost:7860", "[::1]:7860", "LOCALHOST"):
        assert client.get("/live", headers={"host": host}).status_code == 200


def test_another_sites_page_cannot_post_here(client: TestClient) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    for path in ("/api/v1/ask", "/gradio_api/queue/join"):
        assert client.post(path, json={}, headers=headers).status_code == 403


def test_a_forwarded_host_does_not_rename_the_page(client: TestClient) -> None:
    headers = {"x-forwarded-host": "attacker.example"}
    for path in ("/", "/config"):
        assert "attacker.example" not in client.get(path, headers=headers).text


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=https://example.org",
        "/gradio_api/stream/a/b/c/playlist.m3u8",
        "/gradio_api/runs",
        "/gradio_api/run/predict",
        "/gradio_api/call/ask",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/docs",
        "/gradio_api/component_server",
        "/gradio_api/deep_link",
        "/monitoring",
        "/login",
        "/assets/../../../../etc/passwd",
        "/static/..%2f..%2f..%2f..%2fetc/passwd",
    ],
)
def test_routes_the_page_does_not_use_are_shut(client: TestClient, path: str) -> None:
    for method in ("GET", "POST"):
        reply = client.request(method, path)
        assert reply.status_code in (400, 403, 404, 405)
        assert "root:" not in reply.text


def test_a_posted_server_path_is_never_read(client: TestClient, tmp_path: Path) -> None:
    """On whichever event of the page, in whichever place."""
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-4713")
    file = {"path": str(secret), "meta": {"_type": "gradio.FileData"}, "url": None}
    functions = range(len(client.get("/config").json()["dependencies"]))
    for index in functions:
        joined = client.post(
            "/gradio_api/queue/join",
            json={"data": [file] * 2, "fn_index": index, "session_hash": f"s{index}"},
        )
        if joined.status_code == 200:
            said = client.get("/gradio_api/queue/data", params={"session_hash": f"s{index}"})
            assert "canary-4713" not in said.text
    assert client.get(f"/gradio_api/file={secret}").status_code == 404


def test_the_page_is_marked_launched_so_that_file_paths_are_checked_at_all(service: Any) -> None:
    mounted: list[Any] = [getattr(route, "app", None) for route in ui.app(service).routes]
    pages = [app.get_blocks() for app in mounted if hasattr(app, "get_blocks")]
    assert [page.has_launched for page in pages] == [True]


@pytest.mark.parametrize("launched", [True, False])
def test_the_framework_still_needs_that_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, launched: bool
) -> None:
    """The control: without the mark a mounted page hands out any file. Once this fails for
    ``launched=False`` the framework has closed its hole and ui.app may drop the mark."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    secret = Path(__file__).resolve()  # outside the temporary folder, which is always allowed
    with gr.Blocks(analytics_enabled=False) as page:
        file, said = gr.File(), gr.Textbox()
        file.change(lambda given: Path(given).read_text(), file, said, api_name="read")
    routes = gr.mount_gradio_app(FastAPI(), page, path="/")
    page.has_launched = launched
    with TestClient(routes, base_url=BASE) as client:
        given = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
        event = client.post("/gradio_api/call/read", json={"data": [given]}).json()["event_id"]
        said_back = client.get(f"/gradio_api/call/read/{event}").text
    assert ("The control: without the mark" in said_back) is not launched


def test_the_tab_has_an_icon(client: TestClient) -> None:
    icon = client.get("/favicon.ico")
    assert icon.headers["content-type"].startswith("image/svg+xml")
