"""What is new since a moment, and saved answers that it made stale, over a real home."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.service import Townbook
from assistant.settings import Settings
from assistant.verify import Verified, read_answers, verify
from corpus.errors import UsageError
from index.texts import open_texts
from tests.index.fakes import HashingEncoder

MEETING = (
    "Working group meeting in Brno\n\nThe working group on trams meets in Brno, Czechia, on"
    " 1-2 June 2027. Registration is open to all member cities.\n"
)
BATHS = "Harbour baths\n\nRotterdam opened a swimming place. Swimmers pay nothing.\n"


@pytest.fixture
def townbook(tmp_path: Path) -> Iterator[Townbook]:
    """Two articles, indexed."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "baths.txt").write_text(BATHS)
    (folder / "trees.txt").write_text("Trees\n\nPorto planted a thousand trees.\n")
    with closing(Townbook(Settings(tmp_path / "home"), HashingEncoder())) as service:
        service.refresh([str(folder)])
        yield service


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["source"] for row in rows]


def test_a_digest_compares_both_ends(townbook: Townbook, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "meeting.txt").write_text(MEETING)
    (folder / "passing.txt").write_text("Passing\n\nIt came and went.\n")
    townbook.refresh()
    (folder / "passing.txt").unlink()
    (folder / "trees.txt").unlink()
    (folder / "baths.txt").write_text(BATHS.replace("nothing", "two euros"))
    townbook.refresh(allow_removals=True)

    value = townbook.digest("1")
    assert names(value["added"]) == ["meeting.txt"]
    assert names(value["changed"]) == ["baths.txt"]
    assert names(value["removed"]) == ["trees.txt"]
    assert value["removed"][0]["title"] == "Trees"
    assert [(row["start"], row["end"]) for row in value["events"]] == [("2027-06-01", "2027-06-02")]
    assert value["snapshot"] == "000003"

    whole = townbook.digest("2000-01-01")
    assert names(whole["added"]) == ["baths.txt", "meeting.txt"]
    assert whole["changed"] == whole["removed"] == []
    nothing = townbook.digest("3")
    assert nothing["added"] == nothing["changed"] == nothing["removed"] == nothing["events"] == []
    assert townbook.digest("2999-01-01T00:00") == nothing | {"since": "2999-01-01T00:00"}


def test_saved_answers_whose_article_changed_or_went_are_named(
    townbook: Townbook, tmp_path: Path
) -> None:
    def saved(source: str, quote: str) -> dict[str, Any]:
        shown = townbook.show(source)
        start = shown["text"].index(quote)
        citation = {
            "n": 1,
            "quote": quote,
            "start": start,
            "end": start + len(quote),
            **{key: shown[key] for key in ("source", "document", "sha256")},
        }
        return {"id": source, "answered": True, "text": f"{quote} [1]", "citations": [citation]}

    answers = [
        saved("baths.txt", "Swimmers pay nothing."),
        saved("baths.txt", "Rotterdam opened a swimming place."),
        saved("trees.txt", "Porto planted a thousand trees."),
    ]

    def checked() -> Verified:
        with closing(open_texts(tmp_path / "home")) as texts:
            return verify(read_answers(json.dumps(answers).encode(), "saved.json"), texts)

    assert checked().faults == ()
    (tmp_path / "articles" / "baths.txt").write_text(BATHS.replace("nothing", "two euros"))
    (tmp_path / "articles" / "trees.txt").unlink()
    townbook.refresh()
    faults = checked().faults
    assert [(fault.answer, fault.kind) for fault in faults] == [
        ("'baths.txt'", "changed"),
        ("'baths.txt'", "changed"),
        ("'trees.txt'", "removed"),
    ]
    assert "no longer stands in it" in faults[0].found
    assert "still stands in it" in faults[1].found


def test_quarantined_files_are_listed_and_retried(townbook: Townbook, tmp_path: Path) -> None:
    (tmp_path / "articles" / "broken.docx").write_text("not a zip file")
    townbook.refresh()
    [row] = townbook.quarantine()
    assert row["path"] == str(tmp_path / "articles" / "broken.docx")
    assert row["first_seen"] <= row["last_seen"]
    with pytest.raises(UsageError, match="not in quarantine"):
        townbook.retry(["baths.txt"])
    assert len(townbook.retry(["broken.docx"]).quarantined) == 1


def test_a_purged_article_leaves_and_is_let_in_again(townbook: Townbook) -> None:
    value = townbook.purge("trees.txt")
    assert (value["article"], value["removed"]) == ("trees.txt", 1)
    assert townbook.digest("1")["removed"] == []  # not even its name is kept
    with pytest.raises(UsageError, match="not purged by itself"):
        townbook.readmit("baths.txt")
    townbook.readmit("trees.txt")
    assert townbook.refresh().added == 1
