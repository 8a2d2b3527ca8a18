"""The Library's parts as HTML: figures, a refresh, sources, what changed, and what is damaged."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.jobs import JobState
from assistant.present import (
    confirm,
    digest,
    handing_in,
    library,
    origins,
    quarantine,
    reading,
    refreshing,
    soundness,
)
from assistant.present.speech import LANGUAGES
from assistant.present.top import top_bar
from assistant.present.trouble import trouble
from assistant.present.words import words
from corpus import Document
from corpus.errors import UsageError

STATUS: dict[str, Any] = {
    "snapshot": "000007",
    "created": "2026-02-03T14:05:00+00:00",
    "documents": 1664,
    "passages": 9000,
    "languages": ["nl", "en"],
    "quarantined": [{"source": "a"}, {"source": "b"}],
    "encoder": "test-encoder",
    "sound": True,
    "checked": {"at": "2026-02-04T08:30:00+00:00", "snapshot": "000007", "found": None},
}
ENDED = "2026-02-03T14:06:00+00:00"
SOURCE: dict[str, Any] = {
    "source": "/srv/articles",
    "kind": "folder",
    "there": True,
    "documents": 1664,
    "quarantined": 2,
    "read": "2026-02-03T14:05:00+00:00",
}


def rows(count: int) -> list[dict[str, str]]:
    return [
        {
            "source": f"{number}.pdf",
            "sha256": f"{number:064x}",
            "stage": "text",
            "reason": "no text",
            "first_seen": ENDED,
        }
        for number in range(count)
    ]


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
    german = browse(library.overview(library.Status.parse(STATUS), "de")).words
    assert "Niederländisch, Englisch" in german
    assert "Artikel1.664" in german


def test_a_report_counts_changes_and_names_what_was_set_aside(browse: Any) -> None:
    outcome = {"added": 3, "changed": 2, "removed": 1, "unchanged": 1000, "quarantined": rows(60)}
    seen = browse(refreshing.report(outcome)).words
    assert "Added3" in seen
    assert "Unchanged1,000" in seen
    assert "0.pdf: no text" in seen
    assert "and 55 more" in seen


def test_progress_is_a_bar_once_the_end_is_known(browse: Any) -> None:
    known = JobState("running", stage="read", done=3, total=9, started=ENDED)
    later = datetime(2026, 2, 3, 14, 8, 5, tzinfo=UTC)
    seen = browse(refreshing.progress(known, now=later))
    assert seen.of("progress") == [{"id": "refresh-bar", "value": "3", "max": "9"}]
    assert "running for 2:05" in seen.words
    much_later = datetime(2026, 2, 3, 17, 8, 5, tzinfo=UTC)
    assert "running for 3:02:05" in browse(refreshing.progress(known, now=much_later)).words
    assert [mark.get("aria-current") for mark in seen.of("li")] == [None, None, "step", None, None]
    unknown = JobState("running", stage="look")
    assert "max" not in browse(refreshing.progress(unknown)).of("progress")[0]


def test_a_job_is_shown_as_it_stands(browse: Any) -> None:
    assert refreshing.job(JobState()) == ""
    running = refreshing.job(JobState("running", stage="read"))
    assert "reading articles" in browse(running).words
    done = JobState("done", report={"added": 3}, remarks=("/mnt: absent",), finished=ENDED)
    for said in ("Added3", "/mnt: absent", "ended 3 February 2026, 14:06"):
        assert said in browse(refreshing.job(done)).words
    cancelled = refreshing.job(JobState("cancelled", finished=ENDED))
    assert "cancelled" in browse(cancelled).words
    failed = browse(refreshing.job(JobState("failed", error="no room", finished=ENDED)))
    assert "no room" in failed.words
    for html in (refreshing.job(done), cancelled):
        assert browse(html).elements[0][1]["role"] == "status"
    said = refreshing.spoken(JobState("running", stage="read", done=3))
    assert browse(said).words == "Refreshing: reading articles"
    assert [refreshing.spoken(state) for state in (JobState(), done)] == ["", ""]


def test_files_that_are_gone_can_be_let_go_after_a_question(browse: Any) -> None:
    kept = browse(refreshing.report({"withheld": 5}))
    [button] = kept.of("button")
    assert button["data-do"] == "allow"
    assert button["data-ask"].startswith("Remove the articles")
    assert "Files: 5" in kept.words
    assert browse(refreshing.report({"withheld": 0})).of("button") == []


def test_a_source_is_shown_with_its_figures_and_one_that_is_away_is_said_to_be(
    browse: Any,
) -> None:
    seen = browse(origins.table([SOURCE, {**SOURCE, "there": False, "read": None}]))
    assert "/srv/articlesfolder · unreadable: 21,6643 February 2026, 14:05" in seen.words
    assert "not to be seen now; its articles stay" in seen.words
    assert "not read yet" in seen.words
    assert [button["aria-label"] for button in seen.of("button")] == ["Remove /srv/articles"] * 2


def test_a_remark_stands_with_the_source_it_is_about(browse: Any) -> None:
    remarks = ["/srv/articles: 5 of its 9 files are gone", "/srv/articles-2: cannot be reached"]
    seen = browse(origins.table([SOURCE], remarks)).words
    assert "5 of its 9 files are gone" in seen
    assert "cannot be reached" not in seen


def test_the_folder_of_articles_handed_in_cannot_be_removed_and_nobody_may_who_may_not(
    browse: Any,
) -> None:
    assert browse(origins.table([{**SOURCE, "kind": "articles"}])).of("button") == []
    assert browse(origins.table([SOURCE], may=False)).of("button") == []
    assert browse(quarantine.table(rows(3), may=False)).of("button") == []
    status = library.Status.parse(STATUS)
    assert browse(soundness.soundness(status, may=False)).of("button") == []


def test_quarantine_has_pages_and_a_page_beyond_the_last_is_the_last(browse: Any) -> None:
    first, last = (browse(quarantine.table(rows(25), page)) for page in (1, 99))
    assert "Page 1 of 3" in first.words
    assert "Page 3 of 3" in last.words
    assert "24.pdf" in last.words
    assert [b.get("disabled") for b in first.of("button") if b["data-do"] == "page"] == ["", None]
    assert [b.get("disabled") for b in last.of("button") if b["data-do"] == "page"] == [None, ""]
    again = [b.get("data-name") for b in last.of("button") if b["data-do"] == "retry"]
    assert again == ["20.pdf", "21.pdf", "22.pdf", "23.pdf", "24.pdf", None]
    assert "hash 000000000000" in first.words
    assert "Every file could be read" in browse(quarantine.table([])).words


def test_a_digest_opens_what_there_is_and_not_what_went(browse: Any) -> None:
    value = {
        "since": "6",
        "snapshot": "000007",
        "added": [{"source": "a.txt", "title": "Baths", "published": "2026-02-01"}],
        "removed": [{"source": "b.txt", "title": None}],
        "events": [
            {
                "source": "a.txt",
                "name": "Bath day",
                "start": "2026-05-01",
                "end": "2026-05-02",
                "place": "Norr",
            }
        ],
    }
    seen = browse(digest.digest(value, {"snapshot": "000007", "at": ENDED}))
    assert "Snapshot 000007, published 3 February 2026, 14:06" in seen.words
    assert [button["data-name"] for button in seen.of("button")] == ["a.txt", "a.txt"]
    assert "Baths 1 February 2026" in seen.words
    assert "Bath day 1 May 2026 – 2 May 2026, Norr" in seen.words
    assert "Removed articles 1b.txt" in seen.words
    assert "Changed articles" not in seen.words


def test_a_long_digest_is_folded_and_names_the_command_that_lists_all(browse: Any) -> None:
    articles = [{"source": f"{n}.txt", "title": f"Article {n}"} for n in range(100)]
    seen = browse(digest.digest({"since": "6", "added": articles}, {}))
    assert "open" not in seen.of("details")[0]
    assert len(seen.of("button")) == digest.SHOWN
    assert f"and {100 - digest.SHOWN} more" in seen.words
    assert "townbook digest --since 6" in seen.words


def test_damage_is_named_with_what_to_do(browse: Any) -> None:
    sound = browse(soundness.soundness(library.Status.parse(STATUS))).words
    assert "Sound: what answers" in sound
    assert "Last checked4 February 2026, 08:30" in sound
    broken = library.Status.parse({**STATUS, "sound": False, "degraded": "a flipped byte"})
    for seen in (
        browse(soundness.soundness(broken)).words,
        browse(soundness.soundness(None, "a flipped byte")).words,
        browse(soundness.checked({"sound": False, "found": "a flipped byte"})).words,
    ):
        assert "a flipped byte" in seen
        assert "Refresh the library" in seen
    checked = soundness.checked({"sound": True, "files": 5, "bytes": 2_400_000, "seconds": 0.01})
    assert "5 files, 2.4 MB" in browse(checked).words


def test_an_article_is_read_whole_with_its_facts(browse: Any) -> None:
    text = "Baths\n\nNorr opened baths.\n"
    document = Document(
        id="0" * 16,
        source="a.txt",
        text=text,
        sha256="0" * 64,
        title="Baths",
        language="en",
        kind="text",
        published=date(2026, 2, 1),
        url="https://norr.example/baths",
    )
    seen = browse(reading.reading(document))
    assert text in seen.words
    assert "1 February 2026" in seen.words
    assert [link["href"] for link in seen.of("a")] == ["https://norr.example/baths"]
    assert reading.reading(document, opening=1) != reading.reading(document, opening=2)
    assert "not in the library any more" in browse(reading.reading(None)).words


def test_the_place_for_files_is_a_named_input_with_its_limits(browse: Any) -> None:
    seen = browse(handing_in.place())
    [field] = seen.of("input")
    assert [label["for"] for label in seen.of("label")] == [field["id"]]
    assert ".docx" in field["accept"]
    assert "at most 10 MB a file" in seen.words
    [place] = [div for div in seen.of("div") if div.get("class") == "drop"]
    assert "{name}" in place["data-ask"]
    assert "{taken}" in place["data-done"]


def test_an_error_keeps_its_three_parts_apart(browse: Any) -> None:
    seen = browse(trouble(UsageError("got a", "b", "do c"), "fr")).words
    assert seen == "Constatégot aAttendubQue fairedo c"


def test_a_time_stands_in_a_sentence_as_markup_and_all_else_as_words(browse: Any) -> None:
    html = words("en", "library.remove_done", source="<b>a</b>")
    assert browse(html).words.startswith("<b>a</b> is no source")
    timed = words("en", "library.ended", html={"when": "<time>now</time>"})
    assert timed == "ended <time>now</time>"


def every_view(hostile: str, language: str) -> list[str]:
    status = library.Status.parse(
        {**STATUS, "languages": [hostile], "encoder": hostile, "created": hostile}
    )
    broken = library.Status.parse({**STATUS, "sound": False, "degraded": hostile})
    outcome = {
        "snapshot": hostile,
        "withheld": 1,
        "quarantined": [{"source": hostile, "reason": hostile}],
    }
    named = {"source": hostile, "title": hostile, "name": hostile, "published": hostile}
    placed = {"city": hostile, "country": hostile, "place": hostile, "start": hostile}
    changes = {key: [named] for key in ("added", "changed", "removed")}
    records = {key: [named | placed] for key in ("practices", "events")}
    error = UsageError(hostile, hostile, hostile)
    state = {"source": hostile, "kind": hostile, "read": hostile, "there": False}
    held = {"source": hostile, "sha256": hostile, "stage": hostile, "reason": hostile}
    publish = {"snapshot": hostile, "at": hostile}
    document = Document("0", hostile, hostile, "0", hostile, "en", "text", url=hostile)
    jobs = [
        JobState("running", stage=hostile, started=hostile),
        JobState("done", report=outcome, remarks=(hostile,), finished=hostile),
        JobState("failed", error=hostile, finished=hostile),
    ]
    return [
        library.overview(status, language),
        *(refreshing.job(job, language) for job in jobs),
        *(refreshing.spoken(job, language) for job in jobs),
        origins.table([state], [f"{hostile}: {hostile}"], language),
        origins.added(hostile, True, language),
        quarantine.table([held | {"first_seen": hostile}] * 2, 1, language),
        digest.digest({"since": hostile} | changes | records, publish, language),
        soundness.soundness(broken, language=language),
        soundness.checked({"sound": False, "found": hostile}, language),
        soundness.publishes([publish], language),
        reading.reading(document, language),
        trouble(error, language),
        words(language, "library.remove_done", source=hostile),
    ]


@pytest.mark.parametrize("language", ["en", "pl"])
def test_hostile_names_are_inert_in_every_library_view(
    hostile: str, browse: Any, language: str
) -> None:
    for html in every_view(hostile, language):
        assert browse(html).inert
        assert not {"$", "{", "`"} & set(html)
    for html in (top_bar(None, hostile), top_bar(library.Status.parse(STATUS))):
        assert not {"$", "{", "`"} & set(html)


STILL = (
    confirm.dialog,
    digest.heading,
    origins.heading,
    origins.adding,
    quarantine.heading,
    soundness.heading,
    handing_in.place,
    handing_in.look_only,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_there_in_every_language(browse: Any, language: str) -> None:
    for make in STILL:
        assert browse(make(language)).words.strip()
        assert not {"$", "{", "`"} & set(make(language))
