"""Records are scored field by field against what a person read."""

from __future__ import annotations

import json
from datetime import date

import pytest

from assistant.evaluation.records import FieldScore, read_gold, score_records
from assistant.jsonlines import parse
from corpus import Event, Field, Money, Network, Practice, Record, Span
from corpus.errors import UsageError

HERE = Span(0, 10)


def field(value: object) -> Field:  # type: ignore[type-arg]  # of whatever is given
    return Field(value, HERE)


def gold(*records: dict[str, object]) -> dict[str, object]:
    lines = parse([json.dumps({"doc": "a.txt", "records": records}).encode()], "gold")
    return dict(read_gold(lines))


def scores(expected: dict[str, object], *found: Record) -> dict[tuple[str, str], FieldScore]:
    result = score_records(expected, lambda _doc: found)  # type: ignore[arg-type]  # read_gold's
    return dict(result.fields)


def practice(name: str, city: str, **fields: object) -> Practice:
    given = {key: field(value) for key, value in fields.items()}
    return Practice("a", HERE, field(name), city=field(city), **given)  # type: ignore[arg-type]


def test_values_agree_in_any_known_spelling_and_as_far_as_both_go() -> None:
    expected = gold(
        {
            "kind": "practice", "name": "The hub", "city": "Ghent", "started": "2016",
            "budget": {"amount": 40000, "currency": "EUR"}, "population": 1000,
        }
    )  # fmt: skip
    found = practice(
        "the hub", "Gent", started="2016-05-01", budget=Money(40000.0, "EUR"), population=1001
    )
    result = scores(expected, found)
    assert {name for (_kind, name), s in result.items() if s.f1 == 1.0} == {
        "name", "city", "started", "budget",
    }  # fmt: skip
    assert result["practice", "population"] == FieldScore(right=0, found=1, gold=1)


def test_records_are_paired_so_that_most_fields_agree() -> None:
    expected = gold(
        {"kind": "practice", "name": "One", "city": "Ghent"},
        {"kind": "practice", "name": "Two", "city": "Porto"},
    )
    result = scores(expected, practice("Two", "Porto"), practice("One", "Ghent"))
    assert result["practice", "city"].f1 == 1.0


def test_what_is_found_and_not_there_costs_precision() -> None:
    expected = gold({"kind": "event", "name": "Fair", "start": "2017-06-01", "place": None})
    fair = Event("a", HERE, field("Fair"), field(date(2017, 6, 1)), place=field("Brno"))
    result = scores(expected, fair, Network("a", HERE, field("A network")))
    assert result["event", "start"].f1 == 1.0
    assert result["event", "place"].precision == 0.0
    assert result["network", "name"] == FieldScore(right=0, found=1, gold=0)


def test_only_the_fields_named_are_judged() -> None:
    expected = gold({"kind": "practice", "name": "x", "city": "Ghent", "only": ["city"]})
    result = scores(expected, practice("another", "Ghent", started="2015"))
    assert set(result) == {("practice", "city")}


@pytest.mark.parametrize("line", ['{"doc": "a"}', '{"doc": "a", "records": [{"kind": "ship"}]}'])
def test_a_line_that_is_no_gold_record_is_named(line: str) -> None:
    with pytest.raises(UsageError):
        read_gold(parse([line.encode()], "gold"))
