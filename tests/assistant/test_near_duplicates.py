"""Copies and footers as whoever asks meets them: shown, counted, and never in the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.evidence import gather
from assistant.question import understand
from assistant.service import Townbook
from assistant.settings import Settings
from index import EVERYTHING

FOOTER = "The network pays for fair energy meetings between European municipalities."


@pytest.fixture
def townbook(tmp_path: Path, hashing: Any) -> Townbook:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, tree in enumerate(["oak", "elm", "lime", "ash", "pear", "plum", "fir"]):
        text = f"Trees {number}\n\nAvenue {number} was planted with {tree} trees.\n\n{FOOTER}\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    own = "Aarau\n\nThe canton pays for fair meetings of municipalities on energy.\n"
    (folder / "aarau.txt").write_text(own, encoding="utf-8")
    (folder / "copy-of-aarau.txt").write_text(own, encoding="utf-8")
    townbook = Townbook(Settings(home=tmp_path / "home"), encoder=hashing(dimension=256))
    townbook.refresh([str(folder)])
    return townbook


def test_status_counts_aliases_apart_and_show_says_who_repeats_whom(townbook: Townbook) -> None:
    status = townbook.status()
    assert (status["documents"], status["aliases"]) == (8, 1)
    canonical, alias = townbook.show("aarau.txt"), townbook.show("copy-of-aarau.txt")
    assert canonical["aliases"] == ["copy-of-aarau.txt"]
    assert alias["canonical"] == "aarau.txt"
    assert "canonical" not in canonical
    assert "aliases" not in alias
    assert alias["text"] == canonical["text"]
    assert alias["passages"] == []
    assert townbook.show("1.txt")["aliases"] == []


def test_search_and_lists_hold_the_canonical_one_alone(townbook: Townbook) -> None:
    found = [hit.document.source for hit in townbook.search("fair meetings in Aarau")]
    assert "aarau.txt" in found
    assert "copy-of-aarau.txt" not in found
    assert "copy-of-aarau.txt" not in {row["source"] for row in townbook.documents()}


def test_evidence_is_an_articles_own_sentence_before_the_footer_of_many(
    townbook: Townbook,
) -> None:
    question = understand("Who pays for the fair meetings of European municipalities?")
    gathered = gather(question, townbook.shelf(), EVERYTHING)
    assert gathered.best is not None
    assert gathered.best.document.source == "aarau.txt"
    assert any(evidence.text == FOOTER for evidence in gathered.evidence)  # found all the same
