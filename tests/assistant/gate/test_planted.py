"""The planted-error set over the starter articles, and claims written by hand over them.

The figures over many real articles are in docs/gate.md; here a small version keeps them from
falling unnoticed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.gate.closeness import by_vectors
from benchmarks.planted import Case, Outcome, judged
from benchmarks.planting.handmade import FILES, handmade
from benchmarks.planting.sets import Pair, pairs
from index.encoders import load_encoder

ARTICLES = Path(__file__).parents[3] / "corpus" / "articles"


@pytest.fixture(scope="module")
def planted() -> list[Pair]:
    """A few pairs of every kind and language that the starter articles give."""
    return pairs(ARTICLES, a_kind=4)


def by_hand(name: str) -> list[Case]:
    """The claims of one of the files."""
    return [
        Case(kind, answer.language, text, answer, kind == "true")
        for kind, text, answer in handmade(FILES[name])
    ]


def shares(outcomes: list[Outcome]) -> tuple[float, float]:
    """The share of errors found, and of true claims refused."""
    errors = [o for o in outcomes if not o.case.true]
    true = [o for o in outcomes if o.case.true]
    return (
        sum(o.reason is not None for o in errors) / len(errors),
        sum(o.reason is not None for o in true) / len(true),
    )


def test_the_same_seed_plants_the_same_errors(planted: list[Pair]) -> None:
    assert pairs(ARTICLES, a_kind=4) == planted
    assert pairs(ARTICLES, seed=8, a_kind=4) != planted


def test_a_planted_claim_differs_from_its_twin_and_cites_what_the_twin_is_made_of(
    planted: list[Pair],
) -> None:
    assert len(planted) >= 60
    for pair in planted:
        assert pair.planted != pair.twin
        assert all(c.quote in quoted_text(c.source) for c in pair.answer.citations)


def quoted_text(source: str) -> str:
    """The raw article."""
    return (ARTICLES / source).read_text(encoding="utf-8")


def test_planted_errors_are_found_and_their_twins_pass(planted: list[Pair]) -> None:
    cases = [
        case
        for pair in planted
        for case in (
            Case(pair.kind, pair.language, pair.twin, pair.answer, True),
            Case(pair.kind, pair.language, pair.planted, pair.answer, False),
        )
    ]
    found, refused = shares(judged(cases, None))
    assert found >= 0.95
    assert refused <= 0.05


@pytest.mark.parametrize(("name", "least", "most"), [("tuned", 0.9, 0.06), ("fresh", 0.8, 0.06)])
def test_subtle_errors_are_found_and_paraphrases_pass(name: str, least: float, most: float) -> None:
    found, refused = shares(judged(by_hand(name), None))
    assert found >= least
    assert refused <= most


def test_the_real_encoder_finds_no_fewer_errors(models: Path) -> None:
    encoder = load_encoder("multilingual-e5-small", models.parent)
    found, refused = shares(judged(by_hand("fresh"), by_vectors(encoder.encode_passages)))
    assert found >= 0.8
    assert refused <= 0.06
