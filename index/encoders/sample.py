"""How a fast model is held against its reference: a fixed sample, and two figures.

The texts are openings of the starter articles, in seven languages and of unequal length, and
a few as long as two whole ones. The figures are the lowest cosine between a text's two vectors,
and the mean share of a text's ten nearest neighbours in the sample that stay the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from index import Vectors

_OPENING = 500  # characters
_LONG = 2_500
_LONG_TEXTS = 3
_NEIGHBOURS = 10


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike two models' vectors of one sample are; both figures are 1 for equal ones."""

    cosine: float  # the lowest of all texts
    neighbours: float  # mean share of the ten nearest neighbours that are the same


def sample_texts() -> list[str]:
    """The same texts for every model, in one fixed order."""
    folder = resources.files("corpus").joinpath("articles")
    articles = sorted(
        (file.name, file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith((".md", ".txt"))
    )
    bodies = [text.partition("\n---\n")[2].strip() for _name, text in articles]
    # Openings of 80 to 500 characters: batches then hold rows of unequal length.
    openings = [body[: max(80, _OPENING * (n % 5 + 1) // 5)] for n, body in enumerate(bodies)]
    longest = sorted(bodies, key=len, reverse=True)[: 2 * _LONG_TEXTS]
    long = [f"{one}\n\n{other}" for one, other in zip(longest[::2], longest[1::2], strict=True)]
    return [*openings, *(text[:_LONG] for text in long)]


def agreement(expected: Vectors, found: Vectors) -> Agreement:
    """The figures for two sets of unit vectors of the same texts, shape (texts, dimension)."""
    cosines = (expected * found).sum(axis=1)
    if not np.isfinite(cosines).all():
        return Agreement(0.0, 0.0)
    shared = [
        len(set(one) & set(other)) / len(one)
        for one, other in zip(_nearest(expected), _nearest(found), strict=True)
    ]
    return Agreement(round(float(cosines.min()), 7), round(float(np.mean(shared)), 4))


def _nearest(vectors: Vectors) -> list[list[int]]:
    """The rows of each row's nearest neighbours, itself left out."""
    scores: NDArray[np.float32] = vectors @ vectors.T
    np.fill_diagonal(scores, -np.inf)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :_NEIGHBOURS]
    rows: list[list[int]] = order.tolist()
    return rows
