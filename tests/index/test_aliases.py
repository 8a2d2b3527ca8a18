"""Copies stay in the library and answer nothing; what they repeat answers for them."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace

import pytest

from index.home import Home
from index.library import Library
from index.sketches import sketches
from tests.index.test_equals_rebuild import all_of
from tests.index.workshop import ARTICLES, Workshop

HARBOUR = ARTICLES["harbour.txt"]


def found_by(workshop: Workshop, query: str, k: int = 9) -> list[str]:
    vector = workshop.encoder.encode_queries([query])[0]
    return [hit.document.source for hit in workshop.open().hybrid(query, "en", vector, k)]


def test_a_copy_is_listed_nowhere_and_shown_when_asked_for(indexed: Workshop) -> None:
    before = indexed.open()
    indexed.write("mirror/harbour.txt", HARBOUR)
    report = indexed.refresh()
    after = indexed.open()
    assert (report.added, report.embedded) == (1, 0)
    assert after.documents() == before.documents()
    assert after.passages() == before.passages()
    assert after.records() == before.records()
    assert found_by(indexed, "swimming in the harbour").count("harbour.txt") == 1
    assert "mirror/harbour.txt" not in found_by(indexed, "swimming in the harbour")
    counts, were = after.status(), before.status()
    assert (counts.pop("aliases"), were.pop("aliases")) == (1, 0)
    for name in ("documents", "passages", "practices", "events", "languages"):
        assert counts[name] == were[name]
    copy = after.find_document("mirror/harbour.txt")
    assert copy is not None
    assert copy.text == HARBOUR.rstrip()
    assert after.document(copy.id) == copy
    assert after.passages_of(copy.id) == ()
    assert after.canonical_of("mirror/harbour.txt") == "harbour.txt"
    assert after.canonical_of("harbour.txt") is None
    assert after.aliases_of("harbour.txt") == ("mirror/harbour.txt",)


def test_a_copy_answers_as_soon_as_what_it_repeats_is_gone(indexed: Workshop) -> None:
    indexed.write("mirror/harbour.txt", HARBOUR)
    indexed.refresh()
    (indexed.folder / "harbour.txt").unlink()
    report = indexed.refresh()
    assert (report.removed, report.embedded) == (1, 0)  # of one text, so of one vector
    assert "mirror/harbour.txt" in found_by(indexed, "swimming in the harbour")
    assert indexed.open().status()["aliases"] == 0


def test_a_copy_that_comes_to_say_something_else_answers_for_itself(indexed: Workshop) -> None:
    indexed.write("mirror/harbour.txt", HARBOUR)
    indexed.refresh()
    indexed.write("mirror/harbour.txt", HARBOUR.replace("3 May 2024", "4 May 2025"))
    indexed.refresh()
    assert {"harbour.txt", "mirror/harbour.txt"} <= set(indexed.sources())
    indexed.write("mirror/harbour.txt", HARBOUR)
    indexed.refresh()
    assert "mirror/harbour.txt" not in indexed.sources()
    assert indexed.open().status()["aliases"] == 1


def test_a_better_one_takes_over_and_the_old_one_becomes_its_alias(indexed: Workshop) -> None:
    """The name that sorts first is kept of two equal texts."""
    indexed.write("a-copy.txt", HARBOUR)
    indexed.refresh()
    assert indexed.open().canonical_of("harbour.txt") == "a-copy.txt"
    assert "harbour.txt" not in indexed.sources()


def test_aliases_come_and_go_and_the_snapshot_equals_one_clean_build(indexed: Workshop) -> None:
    steps: list[tuple[str, str | None]] = [
        ("mirror/harbour.txt", HARBOUR),
        ("z.txt", HARBOUR),
        ("a.txt", HARBOUR),
        ("mirror/mending.txt", ARTICLES["mending.txt"]),
        ("a.txt", None),
        ("harbour.txt", HARBOUR.replace("Rotterdam", "Antwerp")),
        ("garten/hof.txt", None),
        ("mirror/harbour.txt", None),
    ]
    for step, (name, text) in enumerate(steps):
        if text is None:
            (indexed.folder / name).unlink()
        else:
            indexed.write(name, text)
        indexed.refresh()
        clean = Home(indexed.home.path.with_name(f"built-{step}"))
        built = replace(indexed, home=clean)
        built.refresh()
        assert all_of(indexed.open(), indexed.encoder) == all_of(built.open(), indexed.encoder)
        assert indexed.open().status()["aliases"] == built.open().status()["aliases"]


def test_a_corpus_of_copies_alone_in_the_newest_segment_opens_and_answers(
    indexed: Workshop,
) -> None:
    """Segments without a passage, and several of them."""
    for number in range(4):
        indexed.write(f"mirror/{number}.txt", HARBOUR)
        indexed.refresh()
    assert found_by(indexed, "harbour").count("harbour.txt") == 1
    assert indexed.open().status()["aliases"] == 4
    indexed.refresh(compact=True)
    assert len(indexed.open().manifest.segments) == 1
    assert indexed.open().status()["aliases"] == 4


@pytest.mark.parametrize(
    "earlier",
    [
        "DROP TABLE sketches; UPDATE meta SET value = '3' WHERE key = 'format';",
        "UPDATE sketches SET bands = 'a1 b2'; UPDATE meta SET value = '4' WHERE key = 'format';",
    ],
    ids=["none", "with bands as words"],
)
def test_a_library_from_before_sketches_of_this_form_gets_them(
    indexed: Workshop, earlier: str
) -> None:
    with Library(indexed.home, read_only=True) as library:
        before = sorted(sketches(library), key=str)
    connection = sqlite3.connect(indexed.home.library)
    connection.executescript(earlier)
    connection.close()
    with Library(indexed.home) as library:
        assert sorted(sketches(library), key=str) == before
    indexed.write("mirror/harbour.txt", HARBOUR)
    indexed.refresh()
    assert indexed.open().status()["aliases"] == 1


def test_a_thousand_copies_leave_room_for_other_sources_and_cost_little(
    workshop: Workshop,
) -> None:
    """C9 of the reliability tests; edits are small words, so that they are copies still."""
    page = (
        "Night trams\n\nThe town runs its trams all night since people asked for it in meetings."
        " Drivers get a day more to rest. Tickets cost as much as by day, and whoever has a"
        " yearly card rides without paying more. The council says that the streets have become"
        " quieter, because fewer people drive home from work or from a party. A survey among"
        " passengers found that most would like a stop at the hospital as well.\n"
    )
    rows = ["title,text"]
    small = ["also", "then", "again", "still", "often", "indeed", "perhaps", "quite"]
    for number in range(1000):
        words = page.replace("\n", " ").split()
        words.insert(10 + number % 50, small[number % len(small)])
        rows.append(f'Night trams,"{" ".join(words)}"')
    workshop.write("copies.csv", "\n".join(rows) + "\n")
    for name in ("one", "two", "three"):
        workshop.write(f"{name}.txt", f"Trams of {name}\n\nIn town {name} a night tram runs.\n")
    started = time.process_time()
    workshop.refresh()
    spent = time.process_time() - started
    found = found_by(workshop, "night trams", 10)
    assert len({source.partition("#")[0] for source in found}) >= 4
    assert sum(source.startswith("copies.csv") for source in found) < 5
    assert workshop.open().status()["aliases"] > 990
    assert spent < 20  # two were measured, of which half is finding the copies
