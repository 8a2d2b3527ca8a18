"""The library over HTTP: files handed in, sources, quarantine, and strangers kept from all that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.admission import Admission
from assistant.api import application
from assistant.counters import Counters
from assistant.doors import MAX_BODY_BYTES, MAX_FILE_BYTES, Doors
from assistant.incoming import MAX_ARTICLE_BYTES

BASE = "http://127.0.0.1"
ARTICLES = "/api/v1/articles"
CHANGES = [
    ("PUT", f"{ARTICLES}/a.txt", {"content": b"words"}),
    ("POST", "/api/v1/sources", {"json": {"source": "/srv/new"}}),
    ("DELETE", "/api/v1/sources", {"params": {"source": "<articles>"}}),
    ("POST", "/api/v1/quarantine/retry", {"json": {}}),
    ("POST", "/api/v1/check", {}),
    ("POST", "/api/v1/refresh", {}),
    ("DELETE", "/api/v1/refresh", {}),
]
CHANGE_NAMES = [f"{method} {path}" for method, path, _ in CHANGES]


def opened(service: Any, client: str = "127.0.0.1", allow_changes: bool = False) -> TestClient:
    routes = application(service, Counters(), allow_changes=allow_changes)
    served = Doors(routes, hosts=None, admission=Admission())
    return TestClient(served, base_url=BASE, raise_server_exceptions=False, client=(client, 50_000))


@pytest.fixture
def client(service: Any) -> Iterator[TestClient]:
    with opened(service) as client:
        yield client


def test_a_file_is_handed_in_once_and_replaced_only_when_asked(
    client: TestClient, service: Any
) -> None:
    path = f"{ARTICLES}/Caf%C3%A9%20in%20Bra%C5%9Fov.md"
    first = client.put(path, content=b"# Coffee")
    assert (first.status_code, first.json()) == (
        201,
        {"name": "Café in Braşov.md", "outcome": "added"},
    )
    assert client.put(path, content=b"# Coffee").json()["outcome"] == "same"
    taken = client.put(path, content=b"# Tea")
    assert (taken.status_code, taken.json()["code"]) == (409, "taken")
    replaced = client.put(path, params={"replace": "true"}, content=b"# Tea")
    assert (replaced.status_code, replaced.json()["outcome"]) == (201, "replaced")
    assert service.handed_in == {"Café in Braşov.md": b"# Tea"}


@pytest.mark.parametrize(
    ("path", "content", "status", "code"),
    [
        ("program.exe", b"MZ", 415, "kind"),
        ("%2e%2e%2fup.txt", b"words", 400, "name"),
        ("a/b.txt", b"words", 400, "name"),
        (".hidden.txt", b"words", 400, "name"),
        ("a%00.txt", b"words", 400, "name"),
        ("a%5Cb.txt", b"words", 400, "name"),
        ("a.txt", b"x" * (MAX_ARTICLE_BYTES + 1), 413, "large"),
    ],
    ids=["kind", "dots", "slash", "hidden", "nul", "backslash", "large"],
)
def test_a_file_that_is_not_taken_is_refused_with_a_word_to_go_by(
    client: TestClient, service: Any, path: str, content: bytes, status: int, code: str
) -> None:
    refused = client.put(f"{ARTICLES}/{path}", content=content)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert "; expected " in refused.json()["error"]
    assert service.handed_in == {}


def test_the_doors_hold_back_what_is_far_too_long_whether_or_not_it_says_so(
    client: TestClient, service: Any
) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(12):
            yield b"x" * 1_000_000

    assert client.put(f"{ARTICLES}/a.txt", content=b"x" * (MAX_FILE_BYTES + 1)).status_code == 413
    assert client.put(f"{ARTICLES}/a.txt", content=endless()).status_code in (408, 413)
    assert service.handed_in == {}


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/v1/sources"), ("POST", f"{ARTICLES}/a.txt"), ("PUT", "/api/v1/ask")],
)
def test_only_the_route_that_takes_files_takes_long_bodies(
    client: TestClient, method: str, path: str
) -> None:
    assert client.request(method, path, content=b"x" * (MAX_BODY_BYTES + 1)).status_code == 413


def test_a_source_is_added_listed_with_its_figures_and_removed(
    client: TestClient, service: Any
) -> None:
    added = client.post("/api/v1/sources", json={"source": " /srv/new "})
    assert (added.status_code, added.json()) == (201, {"source": "/srv/new", "added": True})
    assert client.post("/api/v1/sources", json={"source": "/srv/new"}).status_code == 200
    listed = client.get("/api/v1/sources").json()
    assert listed["sources"] == ["<articles>", "/srv/new"]
    assert [(row["source"], row["documents"]) for row in listed["states"]][1] == ("/srv/new", 2)
    removed = client.delete("/api/v1/sources", params={"source": "/srv/new"})
    assert (removed.status_code, service.remembered) == (200, ["<articles>"])
    assert client.delete("/api/v1/sources", params={"source": "/srv/new"}).status_code == 404


@pytest.mark.parametrize("source", ["folder", "www.lindholm.example", " ", "/srv/nowhere", "\0"])
def test_a_source_that_cannot_be_one_is_refused(
    client: TestClient, service: Any, source: str
) -> None:
    refused = client.post("/api/v1/sources", json={"source": source})
    assert refused.status_code == 400
    assert "; expected " in refused.json()["error"]
    assert service.remembered == ["<articles>"]


def test_quarantine_is_listed_and_one_file_read_again(client: TestClient, service: Any) -> None:
    assert client.get("/api/v1/quarantine").json()["quarantined"][0]["stage"] == "text"
    started = client.post("/api/v1/quarantine/retry", json={"sources": ["scan.pdf"]})
    assert (started.status_code, started.json()["state"]) == (202, "running")
    assert service.marked == [("scan.pdf",)]
    assert client.post("/api/v1/quarantine/retry", json={}).status_code == 409


def test_digest_publishes_and_soundness_are_told(client: TestClient, service: Any) -> None:
    assert client.get("/api/v1/digest", params={"since": "2"}).json()["since"] == "2"
    assert client.get("/api/v1/snapshots").json()["snapshots"][0]["snapshot"] == "000003"
    assert client.post("/api/v1/check").json()["sound"] is True
    service.damage = "got a damaged file"
    assert client.post("/api/v1/check").json()["found"] == "got a damaged file"


def test_removals_are_allowed_when_that_is_asked_for(client: TestClient, service: Any) -> None:
    client.post("/api/v1/refresh")
    service.jobs.end("done")
    assert service.jobs.removals_allowed == 0
    client.post("/api/v1/refresh", params={"allow_removals": "true"})
    assert service.jobs.removals_allowed == 1


@pytest.mark.parametrize(("method", "path", "body"), CHANGES, ids=CHANGE_NAMES)
@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"}],
    ids=str,
)
@pytest.mark.parametrize("allow_changes", [False, True], ids=["own", "opened"])
def test_another_sites_page_changes_nothing(
    service: Any,
    method: str,
    path: str,
    body: dict[str, Any],
    headers: dict[str, str],
    allow_changes: bool,
) -> None:
    with opened(service, allow_changes=allow_changes) as client:
        assert client.request(method, path, headers=headers, **body).status_code == 403
    assert_untouched(service)


@pytest.mark.parametrize(("method", "path", "body"), CHANGES, ids=CHANGE_NAMES)
def test_another_machine_reads_and_changes_nothing_until_the_server_is_opened(
    service: Any, method: str, path: str, body: dict[str, Any]
) -> None:
    with opened(service, "192.0.2.7") as far:
        refused = far.request(method, path, **body)
        assert refused.status_code == 403
        assert "--allow-changes" in refused.json()["error"]
        for reading in ("sources", "quarantine", "refresh", "snapshots", "digest?since=1"):
            assert far.get(f"/api/v1/{reading}").status_code == 200
    assert_untouched(service)
    if path != "/api/v1/sources" or method != "POST":
        with opened(service, "192.0.2.7", allow_changes=True) as far:
            assert far.request(method, path, **body).status_code in (200, 201, 202)


def test_another_machine_names_addresses_and_no_folder_even_when_opened(service: Any) -> None:
    with opened(service, "192.0.2.7", allow_changes=True) as far:
        path = far.post("/api/v1/sources", json={"source": "/etc"})
        assert (path.status_code, service.remembered) == (403, ["<articles>"])
        address = far.post("/api/v1/sources", json={"source": "https://lindholm.example/"})
        assert address.status_code == 201


def test_every_route_is_described(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for method, path, _ in CHANGES:
        described = paths[path.replace("a.txt", "{name}")][method.lower()]
        assert described["description"]
    body = paths[f"{ARTICLES}/{{name}}"]["put"]["requestBody"]["content"]
    assert list(body) == ["application/octet-stream"]


def assert_untouched(service: Any) -> None:
    assert service.handed_in == {}
    assert service.remembered == ["<articles>"]
    assert service.marked == []
    assert service.jobs.started == 0


def test_what_a_change_answers_with_is_described(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for path, method, statuses in (
        ("/api/v1/sources", "post", {"200", "201"}),
        ("/api/v1/articles/{name}", "put", {"200", "201"}),
        ("/api/v1/refresh", "post", {"202"}),
        ("/api/v1/quarantine/retry", "post", {"202"}),
    ):
        assert {s for s in paths[path][method]["responses"] if s.isdecimal()} == statuses
    facets = paths["/api/v1/facets"]["get"]["parameters"]
    assert {"city", "country", "from", "to"} <= {part["name"] for part in facets}
