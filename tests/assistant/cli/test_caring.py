"""``digest``, ``quarantine`` and ``purge`` as typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]

BAD = {"source": "broken.pdf", "sha256": "0" * 64, "stage": "parse", "reason": "no page tree"}


def test_a_digest_names_articles_practices_and_events(run: Run) -> None:
    ran = run("digest", "--since", "2026-05-01")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "since 2026-05-01: 1 new, 0 changed, 1 removed; 1 new practices, 1 new events;"
        " now snapshot 000002",
        "  - new: Trams (trams.txt)",
        "  - removed: trams.txt (trams.txt)",
        "  - practice: Free trams (Brno, CZ) - trams.txt",
        "  - event: 2026-05-01 to 2026-05-02: Tram day (Brno) - trams.txt",
    ]
    assert list(run("digest", "--since", "000001", "--json").json) == [
        *("since", "snapshot", "added", "changed", "removed", "practices", "events"),
    ]


@pytest.mark.parametrize("when", ["yesterday", "01/05/2026", "2026-13-01"])
def test_a_digest_since_no_moment_is_a_usage_error(run: Run, when: str) -> None:
    ran = run("digest", "--since", when)
    assert ran.code == 2
    assert f"got --since '{when}'" in ran.err


def test_quarantine_lists_where_what_and_since_when(run: Run, library: Any) -> None:
    empty = run("quarantine")
    assert (empty.code, empty.out) == (0, "")
    assert "nothing is in quarantine" in empty.err
    library.quarantined.append(BAD)
    for words in (("quarantine", "--json"), ("quarantine", "list", "--json")):
        [row] = run(*words).json
        assert set(row) == {*BAD, "path", "first_seen", "last_seen"}
    shown = run("quarantine", "list").out
    assert "broken.pdf: parse: no page tree (since 2026-01-01, last seen 2026-02-01" in shown


def test_a_retry_exits_1_while_something_stays_unreadable(run: Run, library: Any) -> None:
    assert run("quarantine", "retry").code == 0
    library.quarantined.append(BAD)
    assert run("quarantine", "retry", "broken.pdf").code == 1
    assert library.retried == ["all", "broken.pdf"]


def test_a_purge_says_what_it_took_and_a_readmission_what_to_run(run: Run, library: Any) -> None:
    library.remembered.append("/articles")
    ran = run("purge", "/articles")
    assert ran.code == 0
    assert "2 articles, every version of them; snapshot 000003 holds none of it" in ran.out
    assert library.remembered == []
    again = run("purge", "a.txt", "--readmit")
    assert "a.txt is read again by: townbook refresh" in again.err
    assert library.readmitted == ["a.txt"]


def test_a_purge_is_followed_by_a_program_and_its_name_is_never_an_option(
    run: Run, library: Any
) -> None:
    library.remembered.append("--readmit")
    ran = run("purge", "--json", "--progress", "json", "--", "--readmit")
    assert ran.code == 0
    assert ran.json["source"] == "--readmit"
    assert library.readmitted == []
