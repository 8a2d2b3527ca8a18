"""The library's figures, a refresh under way, and its report."""

from __future__ import annotations

from typing import Any

from assistant.jobs import JobState
from assistant.present import library
from assistant.present.top import top_bar

STATUS: dict[str, Any] = {
    "snapshot": "000007",
    "created": "2026-02-03T14:05:00+00:00",
    "documents": 1664,
    "passages": 9000,
    "languages": ["nl", "en"],
    "quarantined": [{"source": "a"}, {"source": "b"}],
    "sources": ["/srv/articles"],
}


def test_the_top_bar_tells_how_much_there_is_and_how_fresh(browse: Any) -> None:
    words = browse(top_bar(library.Status.parse(STATUS))).words
    assert "1,664 articles" in words
    assert "2 languages" in words
    assert "refreshed 3 February 2026, 14:05" in words


def test_an_empty_library_is_said_to_be_empty(browse: Any) -> None:
    assert "nothing yet" in browse(top_bar(None, "nothing yet")).words
    assert "empty" in browse(library.overview(None)).words


def test_languages_are_named_and_quarantined_rows_counted(browse: Any) -> None:
    words = browse(library.overview(library.Status.parse(STATUS))).words
    assert "Dutch, English" in words
    assert "unreadable2" in words


def test_a_report_counts_changes_and_names_what_was_set_aside(browse: Any) -> None:
    rows = [{"source": f"{i}.pdf", "reason": "no text"} for i in range(60)]
    outcome = {"added": 3, "changed": 2, "removed": 1, "unchanged": 1000, "quarantined": rows}
    words = browse(library.report(outcome)).words
    assert "Added3" in words
    assert "Unchanged1,000" in words
    assert "0.pdf: no text" in words
    assert "and 10 more" in words


def test_progress_is_a_bar_once_the_end_is_known(browse: Any) -> None:
    assert browse(library.progress("reading", 3, 9)).of("progress") == [
        {"id": "refresh-bar", "value": "3", "max": "9"}
    ]
    assert "max" not in browse(library.progress("looking", 0, 0)).of("progress")[0]


def test_a_job_is_shown_as_it_stands(browse: Any) -> None:
    ended = "2026-02-03T14:06:00+00:00"
    assert library.job(JobState()) == ""
    assert "reading articles" in browse(library.job(JobState("running", stage="read"))).words
    done = library.job(
        JobState("done", report={"added": 3}, remarks=("/mnt: absent",), finished=ended)
    )
    for words in ("Added3", "/mnt: absent", "ended 3 February 2026, 14:06"):
        assert words in browse(done).words
    assert "cancelled" in browse(library.job(JobState("cancelled", finished=ended))).words
    failed = browse(library.job(JobState("failed", error="no room", finished=ended)))
    assert "no room" in failed.words


def test_hostile_names_are_inert_in_every_library_view(hostile: str, browse: Any) -> None:
    status = library.Status.parse(
        {**STATUS, "languages": [hostile], "sources": [hostile], "created": hostile}
    )
    outcome = {"snapshot": hostile, "quarantined": [{"source": hostile, "reason": hostile}]}
    for html in (
        top_bar(status),
        top_bar(None, hostile),
        library.overview(status),
        library.progress(hostile, 1, 2, hostile),
        library.report(outcome),
        library.failure(hostile),
        library.job(JobState("running", stage=hostile)),
        library.job(JobState("done", report=outcome, remarks=(hostile,), finished=hostile)),
        library.job(JobState("failed", error=hostile, finished=hostile)),
    ):
        assert browse(html).inert or "<svg" in html
        assert not {"$", "{", "`"} & set(html)
