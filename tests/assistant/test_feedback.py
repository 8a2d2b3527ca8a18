"""Feedback: nothing is kept unless it is given, and what is removed is gone to the last byte."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Citation, Item
from assistant.evaluation.questions import read_questions
from assistant.feedback import MOST_COMMENT, REASONS, Feedback
from assistant.feedback_questions import questions
from assistant.jsonlines import Line
from assistant.service import Townbook
from assistant.settings import Settings
from corpus.errors import HomeError, UsageError
from index.home import Home

ROOT = Path(__file__).parents[2]
NOW = "2026-03-04T08:00:00+00:00"
QUOTE = "The tram reaches the harbour in 2027."


def answered(**change: Any) -> Answer:
    citation = Citation(
        1, "notes/trams.md", "d" * 16, "Trams", None, None, None, 3, 40, QUOTE, "a" * 64
    )
    answer = Answer(
        id=None,
        question="When does it come?",
        standalone="When does the tram come?",
        language="en",
        kind="fact",
        answered=True,
        text=f"{QUOTE} [1]",
        items=(),
        coverage=None,
        citations=(citation,),
        nearest=(),
        method="extractive",
        snapshot="000007",
        answer_id="ab12",
    )
    return replace(answer, **change)


@pytest.fixture
def feedback(tmp_path: Path) -> Feedback:
    return Feedback(Home(tmp_path / "home"))


def give(feedback: Feedback, *, useful: bool = True, **more: Any) -> str:
    answer = more.pop("answer", answered())
    values: dict[str, Any] = {"stands": True, "now": NOW}
    return feedback.give(answer, useful, **values | more)


def test_what_is_said_is_listed_with_its_answer_oldest_first(feedback: Feedback) -> None:
    later = give(feedback, useful=False, reason="wrong", comment=" It is 2028. ")
    first = give(feedback, now="2026-03-01T08:00:00+00:00")
    [one, other] = feedback.listed()
    assert (one["id"], other["id"]) == (first, later)
    assert other | {"answer": None} == {
        "id": later,
        "given": NOW,
        "useful": False,
        "reason": "wrong",
        "comment": "It is 2028.",
        "question": "When does it come?",
        "snapshot": "000007",
        "withheld": False,
        "answer": None,
    }
    assert other["answer"]["citations"][0]["quote"] == QUOTE


def test_looking_at_feedback_that_was_never_given_makes_no_file(feedback: Feedback) -> None:
    assert feedback.listed() == []
    assert feedback.remove() == feedback.forget(["a.md"]) == 0
    assert not (feedback._home.path).exists()


def test_the_file_is_private(feedback: Feedback) -> None:
    give(feedback)
    mode = stat.S_IMODE((feedback._home.path / "feedback.sqlite").stat().st_mode)
    assert mode == 0o600


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_can_be_given(feedback: Feedback, reason: str) -> None:
    give(feedback, reason=reason)
    assert feedback.listed()[0]["reason"] == reason


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"reason": "because"}, "one of wrong, incomplete"),
        ({"comment": "x" * (MOST_COMMENT + 1)}, "at most 2,000"),
        ({"answer": answered(text="x" * 1_000_001)}, "at most 1,000,000"),
    ],
    ids=["reason", "comment", "answer"],
)
def test_what_is_too_much_or_unknown_is_refused(feedback: Feedback, more: Any, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        give(feedback, **more)
    assert feedback.listed() == []


@pytest.mark.parametrize("comment", ["nul\0 lone\ud800 \U0001f68b", "'); DROP TABLE feedback;--"])
def test_a_naughty_comment_is_kept_as_words(feedback: Feedback, comment: str) -> None:
    give(feedback, comment=comment)
    assert feedback.listed()[0]["comment"] == comment.replace("\0", "").replace("\ud800", "?")


def test_an_answer_that_does_not_stand_is_kept_without_its_words(feedback: Feedback) -> None:
    give(feedback, stands=False)
    [row] = feedback.listed()
    assert row["withheld"]
    assert (row["answer"]["text"], row["answer"]["citations"]) == ("", [])
    assert row["question"] == "When does it come?"
    assert QUOTE.encode() not in (feedback._home.path / "feedback.sqlite").read_bytes()


def test_what_is_removed_leaves_no_byte_in_the_home(feedback: Feedback) -> None:
    ids = [
        give(feedback, comment=f"canary-{n} " * 150, answer=answered(text=f"canary-{n} " * 5_000))
        for n in range(6)
    ]
    assert feedback.remove([ids[1], ids[4], "unknown"]) == 2
    assert [row["id"] for row in feedback.listed()] == [ids[n] for n in (0, 2, 3, 5)]
    held = b"".join(path.read_bytes() for path in feedback._home.path.iterdir())
    assert [n for n in range(6) if b"canary-%d" % n in held] == [0, 2, 3, 5]
    assert feedback.remove() == 4
    held = b"".join(path.read_bytes() for path in feedback._home.path.iterdir())
    assert b"canary" not in held


def test_what_quotes_a_purged_article_is_forgotten(feedback: Feedback) -> None:
    give(feedback)
    kept = give(feedback, answer=answered(citations=(), answered=False, text="No."))
    assert feedback.forget(["other.md"]) == 0
    assert feedback.forget(["notes/trams.md", "other.md"]) == 1
    assert [row["id"] for row in feedback.listed()] == [kept]
    assert QUOTE.encode() not in (feedback._home.path / "feedback.sqlite").read_bytes()


def test_feedback_from_many_processes_at_once_is_all_kept(feedback: Feedback) -> None:
    code = (
        "import sys, importlib.util as u\n"
        "s = u.spec_from_file_location('t', sys.argv[1]); t = u.module_from_spec(s)\n"
        "s.loader.exec_module(t)\n"
        "f = t.Feedback(t.Home(sys.argv[2]))\n"
        "for _ in range(10): t.give(f, comment=sys.argv[3])\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, __file__, str(feedback._home.path), str(n)], cwd=ROOT
        )
        for n in range(3)
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    rows = feedback.listed()
    assert len({row["id"] for row in rows}) == 30
    assert {row["comment"] for row in rows} == {"0", "1", "2"}


def test_a_process_killed_while_it_writes_leaves_what_was_there(feedback: Feedback) -> None:
    kept = give(feedback)
    path = feedback._home.path / "feedback.sqlite"
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN IMMEDIATE')\n"
        "c.execute('DELETE FROM feedback')\n"
        "c.execute(\"INSERT INTO feedback VALUES (9,'x','','1','','','0',?)\", ('y' * 500_000,))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == -9
    assert [row["id"] for row in feedback.listed()] == [kept]
    assert len(feedback.listed() if give(feedback) else []) == 2


def test_a_file_of_a_later_version_or_a_damaged_one_is_refused(feedback: Feedback) -> None:
    give(feedback)
    path = feedback._home.path / "feedback.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9")
    for call in (feedback.listed, lambda: give(feedback)):
        with pytest.raises(HomeError, match="format 9"):
            call()
    path.write_bytes(b"no database at all, however long " * 100)
    with pytest.raises(HomeError, match=r"could not use .*feedback\.sqlite"):
        feedback.listed()


def test_a_full_file_takes_no_more_and_loses_nothing(
    feedback: Feedback, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = give(feedback)
    monkeypatch.setattr("assistant.feedback._MOST_FILE", 64 * 1024)
    with pytest.raises(HomeError, match="full"):
        give(feedback, answer=answered(text="x" * 200_000))
    assert [row["id"] for row in feedback.listed()] == [kept]


# ---------------------------------------------------------------- questions


def asked(feedback: Feedback) -> list[dict[str, Any]]:
    return list(questions(feedback.listed()))


def test_a_thumb_up_is_a_question_with_what_was_cited(feedback: Feedback) -> None:
    id = give(feedback, comment="Right.")
    [question] = asked(feedback)
    assert question == {
        "id": f"feedback-{id}",
        "type": "fact",
        "question": "When does the tram come?",
        "lang": "en",
        "expected": [QUOTE],
        "docs": ["trams.md"],
        "evidence": [{"doc": "trams.md", "text": QUOTE}],
        "feedback": {"useful": True, "reason": "", "comment": "Right.", "snapshot": "000007"},
    }
    [read] = read_questions([Line("q", 1, question)])
    assert read.answerable


def test_a_list_that_was_useful_expects_its_things(feedback: Feedback) -> None:
    give(feedback, answer=answered(kind="list", items=(Item("Gent", "BE", (1,)),)))
    assert asked(feedback)[0]["expected"] == ["Gent"]


def test_a_refusal_that_was_useful_expects_one(feedback: Feedback) -> None:
    give(feedback, answer=answered(kind="refusal", answered=False, text="No.", citations=()))
    [question] = asked(feedback)
    assert (question["expected"], question["docs"], "to_do" in question) == ([], [], False)


@pytest.mark.parametrize(
    "more",
    [{"useful": False}, {"stands": False}, {"answer": answered(text="In two years. [1]")}],
    ids=["thumb down", "withheld", "in other words"],
)
def test_a_question_of_which_nobody_knows_the_answer_waits_for_a_person(
    feedback: Feedback, more: Any
) -> None:
    give(feedback, **more)
    [question] = asked(feedback)
    assert question["expected"] == []
    with pytest.raises(UsageError, match="1 that wait"):
        read_questions([Line("q", 1, question)])
    filled = {key: value for key, value in question.items() if key != "to_do"}
    filled["expected"] = ["2028"]
    assert read_questions([Line("q", 1, question), Line("q", 2, filled)])[0].expected == ("2028",)


# ---------------------------------------------------------------- the service, for real


TRAMS = "# Trams\n\nThe tram of Brno reaches the harbour in 2027.\n"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, hashing: Any) -> Path:
    """A folder with two articles and a home that holds them."""
    folder = tmp_path_factory.mktemp("two-articles")
    (folder / "articles").mkdir()
    (folder / "articles" / "trams.md").write_text(TRAMS)
    (folder / "articles" / "tools.md").write_text(
        "# Tools\n\nNeighbours in Braga borrow 40 drills a week.\n"
    )
    opened = Townbook(Settings(home=folder / "home"), encoder=hashing(dimension=256))
    opened.refresh([str(folder / "articles")])
    opened.close()
    return folder


@pytest.fixture
def townbook(indexed: Path, tmp_path: Path, hashing: Any) -> Iterator[Townbook]:
    """Townbook over a home of a test's own."""
    shutil.copytree(indexed / "home", tmp_path / "home")
    opened = Townbook(Settings(home=tmp_path / "home"), encoder=hashing(dimension=256))
    yield opened
    opened.close()


def ask(townbook: Townbook, question: str, quoting: str) -> Answer:
    answer = townbook.ask(question)
    assert any(quoting in citation.source for citation in answer.citations), answer.text
    return answer


def test_asking_keeps_nothing_and_feedback_keeps_what_was_given(townbook: Townbook) -> None:
    answer = ask(townbook, "When does the tram of Brno reach the harbour?", "trams")
    home = townbook.settings.home
    assert not (home / "feedback.sqlite").exists()
    id = townbook.give_feedback(answer, True, "", "Thanks.")
    [row] = townbook.feedback()
    assert (row["id"], row["withheld"], row["comment"]) == (id, False, "Thanks.")
    assert townbook.remove_feedback([id]) == 1
    assert townbook.feedback() == []


def test_an_answer_whose_article_changed_since_is_kept_as_it_was_given(
    townbook: Townbook, indexed: Path
) -> None:
    answer = ask(townbook, "When does the tram of Brno reach the harbour?", "trams")
    article = indexed / "articles" / "trams.md"
    article.write_text("# Trams\n\nThe tram of Brno is late.\n")
    townbook.refresh()
    article.write_text(TRAMS)
    townbook.give_feedback(answer, False, "outdated")
    assert townbook.feedback()[0]["answer"]["text"] == answer.text


def test_a_forged_answer_is_kept_without_its_words(townbook: Townbook) -> None:
    answer = ask(townbook, "When does the tram of Brno reach the harbour?", "trams")
    forged = replace(answer.citations[0], quote=answer.citations[0].quote.replace("2027", "1927"))
    townbook.give_feedback(replace(answer, citations=(forged,)), True)
    assert townbook.feedback()[0]["withheld"]


def test_a_purge_takes_the_feedback_that_quotes_what_is_purged_and_what_comes_later(
    townbook: Townbook,
) -> None:
    trams = ask(townbook, "When does the tram of Brno reach the harbour?", "trams")
    drills = ask(townbook, "How many drills do neighbours in Braga borrow?", "tools")
    townbook.give_feedback(trams, True)
    kept = townbook.give_feedback(drills, True)
    townbook.purge("trams.md")
    assert [row["id"] for row in townbook.feedback()] == [kept]
    townbook.give_feedback(trams, True)  # from a page that still shows the answer
    assert townbook.feedback()[-1]["withheld"]
    held = (townbook.settings.home / "feedback.sqlite").read_bytes()
    assert b"harbour in 2027" not in held
    assert b"40 drills" in held


def test_a_purge_that_is_refused_takes_no_feedback(townbook: Townbook) -> None:
    townbook.give_feedback(
        ask(townbook, "When does the tram of Brno reach the harbour?", "trams"), True
    )
    with pytest.raises(UsageError):
        townbook.purge("absent.md")
    assert len(townbook.feedback()) == 1


def test_feedback_is_in_a_backup(townbook: Townbook, tmp_path: Path) -> None:
    from index.backup import backup
    from index.restoring import restore

    id = townbook.give_feedback(
        ask(townbook, "When does the tram of Brno reach the harbour?", "trams"), True
    )
    backup(townbook.settings.home, tmp_path / "all.zip")
    restore(tmp_path / "all.zip", tmp_path / "again")
    assert [row["id"] for row in Feedback(Home(tmp_path / "again")).listed()] == [id]


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_home_that_cannot_be_written_to_lists_but_takes_no_feedback(
    feedback: Feedback, tmp_path: Path
) -> None:
    give(feedback)
    (tmp_path / "home").chmod(0o500)
    try:
        assert len(feedback.listed()) == 1
        with pytest.raises(HomeError, match="read-only"):
            give(feedback)
    finally:
        (tmp_path / "home").chmod(0o700)
        shutil.rmtree(tmp_path / "home")
