"""Who may change the library: somebody at this machine, and other pages never."""

from __future__ import annotations

import pytest

from assistant.permission import Elsewhere, NotAllowed, require_own, require_path_allowed

HERE = {"host": "127.0.0.1:7860"}
ELSEWHERE = [
    ("192.0.2.7", HERE),
    ("127.0.0.1", HERE | {"x-forwarded-for": "203.0.113.9"}),
    ("127.0.0.1", HERE | {"forwarded": "for=203.0.113.9"}),
    ("127.0.0.1", {"host": "rebound.example"}),
    ("127.0.0.1", {"host": "rebound.example:7860"}),
    ("127.0.0.1", {}),
    ("", HERE),
    ("testclient", HERE),
]
ANOTHER_PAGE = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "null"},
]


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "[::1]:7860", "127.8.9.1:1"])
@pytest.mark.parametrize("client", ["127.0.0.1", "::1"])
def test_somebody_at_this_machine_may(client: str, host: str) -> None:
    for more in ({}, {"origin": f"http://{host}", "sec-fetch-site": "same-origin"}):
        require_own(client, {"host": host} | more, is_open=False)
        require_path_allowed(client, {"host": host} | more)


@pytest.mark.parametrize(("client", "headers"), ELSEWHERE)
def test_others_may_only_when_the_server_was_opened_and_name_no_path_even_then(
    client: str, headers: dict[str, str]
) -> None:
    with pytest.raises(Elsewhere, match="--allow-changes"):
        require_own(client, headers, is_open=False)
    require_own(client, headers, is_open=True)
    with pytest.raises(NotAllowed, match="https://"):
        require_path_allowed(client, headers)


@pytest.mark.parametrize("headers", ANOTHER_PAGE, ids=str)
@pytest.mark.parametrize("is_open", [False, True])
def test_another_sites_page_never_may(headers: dict[str, str], is_open: bool) -> None:
    with pytest.raises(NotAllowed, match="another site"):
        require_own("127.0.0.1", HERE | headers, is_open=is_open)
