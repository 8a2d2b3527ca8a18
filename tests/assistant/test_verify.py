"""Verifying saved answers: what stands is cleared, and every way of not standing is found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.verify import Verified, read_answers, verify
from corpus.errors import UsageError

TEXT = "Roads first.\n\nThe tram — line 4 — reaches the harbour in 2027. Buses wait.\n"
QUOTE = "The tram — line 4 — reaches the harbour in 2027."


@dataclass(frozen=True)
class Stored:
    """One document."""

    id: str = "d" * 16
    source: str = "trams.txt"
    text: str = TEXT


@dataclass(frozen=True)
class Gone:
    """A version that was replaced or removed."""

    text: str
    left: str = "2026-03-04T08:00:00+00:00"


@dataclass
class Shelf:
    """Documents by source or id, and versions that left by id."""

    documents: tuple[Stored, ...] = field(default_factory=lambda: (Stored(),))
    former: dict[str, Gone] = field(default_factory=dict)

    def find_former(self, id: str, /) -> Gone | None:
        return self.former.get(id)

    def find_document(self, source_or_id: str, /) -> Stored | None:
        return next((d for d in self.documents if source_or_id in (d.id, d.source)), None)


def citation(text: str = TEXT, quote: str = QUOTE, n: int = 1, **other: Any) -> dict[str, Any]:
    start = text.index(quote)
    return {
        "n": n,
        "source": "trams.txt",
        "document": "d" * 16,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "sha256": sha256(text.encode()).hexdigest(),
    } | other


def answer(**other: Any) -> dict[str, Any]:
    return {
        "id": "q1",
        "answered": True,
        "text": f"{QUOTE} [1]",
        "items": [],
        "citations": [citation()],
    } | other


def check(*answers: Mapping[str, Any], shelf: Shelf | None = None) -> Verified:
    lines = "\n".join(json.dumps(one) for one in answers).encode()
    return verify(read_answers(lines, "saved.jsonl"), shelf or Shelf())


def test_an_answer_whose_quotes_stand_has_no_fault() -> None:
    assert check(answer(), answer()) == Verified(2, 2, ())


def test_a_refusal_without_citations_stands() -> None:
    assert check(answer(answered=False, text="Not in the articles.", citations=[])).faults == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"start": 0, "end": 12}, r"\[0:12\] is 'Roads first.'"),
        ({"start": 15}, "reaches the harbour"),
        ({"end": 10_000}, "reaches the harbour"),
        ({"quote": QUOTE.replace("2027", "2026")}, "2026"),
        ({"quote": QUOTE.replace("—", "-")}, "line 4"),
        ({"quote": "", "start": 3, "end": 3}, "the words cited"),
        ({"start": -1}, "code points"),
        ({"start": "14"}, "code points"),
        ({"end": True}, "code points"),
        ({"sha256": "0" * 64}, "the text that was cited"),
        ({"sha256": None}, "the text that was cited"),
        ({"source": "absent.txt", "document": "0" * 16}, "no stored document"),
        ({"source": "other.txt"}, "source 'other.txt'; expected trams.txt"),
        ({"n": None}, "a whole number"),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else None,
)
def test_a_citation_changed_in_one_place_is_found(change: dict[str, Any], told: str) -> None:
    faults = check(answer(citations=[citation() | change])).faults
    assert faults
    assert faults[0].answer == "'q1'"
    with pytest.raises(AssertionError, match=told):
        raise AssertionError(str(faults[0]))


def test_an_end_beyond_the_text_is_found_though_the_words_are_the_same() -> None:
    last = citation(quote="Buses wait.\n")
    assert check(answer(citations=[last])).faults == ()
    [fault] = check(answer(citations=[last | {"end": last["end"] + 1}])).faults
    assert f"ends at {len(TEXT)}" in fault.found


def test_a_document_that_has_changed_since_is_found_by_its_source() -> None:
    now = Stored(id="e" * 16, text=TEXT + "More.\n")
    [fault] = check(answer(), shelf=Shelf((now,))).faults
    assert "as stored now" in fault.found


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": "It runs. [2]"}, "marker [2]"),
        ({"text": "It runs. [1, 3]"}, "marker [3]"),
        ({"items": [{"name": "Tram", "citations": [1, 4]}]}, "points at [4]"),
        ({"items": ["Tram"]}, "item 'Tram'"),
        ({"citations": [citation(), citation()]}, "several citations"),
        ({"citations": [], "text": "It runs."}, "without a citation"),
        ({"citations": ["[1]"], "text": "It runs."}, "a citation object"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_numbers_that_point_at_nothing_are_found(change: dict[str, Any], told: str) -> None:
    assert any(told in str(fault) for fault in check(answer(**change)).faults)


@pytest.mark.parametrize(
    "text", [r"The text says \[7\]. [1]", "A [7](x) link. [1]", "Year [see 7]. [1]"]
)
def test_words_in_brackets_that_are_no_markers_are_left_alone(text: str) -> None:
    assert check(answer(text=text)).faults == ()


@pytest.mark.parametrize("form", ["object", "list", "lines", "indented"])
def test_answers_are_read_as_an_object_a_list_or_lines(form: str) -> None:
    content = {
        "object": json.dumps(answer()),
        "list": json.dumps([answer()]),
        "lines": json.dumps(answer()) + "\n\n",
        "indented": json.dumps(answer(), indent=2),
    }[form]
    assert verify(read_answers(content.encode(), "f"), Shelf()) == Verified(1, 1, ())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (json.dumps(answer()).encode() + b"\n{\n", "line 2: no JSON"),
        (b"[1]", "line 1: a JSON int"),
        (b"\xff", "not UTF-8"),
        (b'{"id": "x"}', "an answer with text and citations"),
        (b'{"text": "x", "citations": {}}', "a list"),
    ],
    ids=["bad second line", "list of numbers", "not UTF-8", "other keys", "citations no list"],
)
def test_what_is_no_answer_is_bad_usage_naming_the_line(content: bytes, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        verify(read_answers(content, "f"), Shelf())


@settings(deadline=None)  # a busy machine is no error
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80), at=st.data()
)
def test_any_span_of_any_text_stands_and_its_neighbour_does_not(
    text: str, at: st.DataObject
) -> None:
    start = at.draw(st.integers(0, len(text) - 1))
    end = at.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    shelf = Shelf((Stored(text=text),))
    digest = sha256(text.encode()).hexdigest()
    fields = {"quote": quote, "start": start, "end": end, "sha256": digest}
    good = answer(text="x [1]", citations=[citation() | fields])
    if not quote.strip():
        assert check(good, shelf=shelf).faults, "white space proves nothing"
        return
    assert check(good, shelf=shelf).faults == ()
    longer = answer(text="x [1]", citations=[citation() | fields | {"quote": quote + "x"}])
    assert check(longer, shelf=shelf).faults


def test_an_answer_that_a_change_made_stale_is_told_from_one_that_was_never_right() -> None:
    former = {"d" * 16: Gone(TEXT)}
    kept = Shelf((Stored("e" * 16, text=f"{TEXT} More."),), former)
    lost = Shelf((Stored("e" * 16, text="Trams were sold."),), former)
    gone = Shelf((), former)
    for shelf, kind, told in (
        (kept, "changed", "trams.txt was changed on 2026-03-04; the quote still stands in it"),
        (lost, "changed", "trams.txt was changed on 2026-03-04; the quote no longer stands in it"),
        (gone, "removed", "trams.txt was removed on 2026-03-04; the quote stood in it"),
    ):
        [fault] = check(answer(), shelf=shelf).faults
        assert (fault.kind, fault.found) == (kind, told)
    invented = answer(citations=[citation(quote=QUOTE) | {"quote": QUOTE.upper()}])
    assert {fault.kind for fault in check(invented, shelf=lost).faults} == {"altered"}
