"""Ridge logistic regression whose weights have the sign that each must have.

Fitted freely, weights cancel out where features usually go together; a feature that can only speak
for an answer must never speak against one. Refuses to know what the features mean.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Signs:
    """The names of features that can only speak for, or only against."""

    speaks_for: Collection[str]
    against: Collection[str]

    def bounds(self, name: str) -> tuple[float | None, float | None]:
        """The weights allowed for one feature."""
        if name in self.speaks_for:
            return 0.0, None
        return (None, 0.0) if name in self.against else (None, None)


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows of features, which are right, what each counts, and the question each belongs to."""

    x: Floats
    y: Floats
    weight: Floats
    question: NDArray[np.int64]


def fit(
    examples: Examples, names: Sequence[str], signs: Signs, *, first: float = 0.0, ridge: float = 1
) -> tuple[Floats, float]:
    """Weights in the features' own units, and the bias.

    ``first`` is what a softmax over each question's rows counts beside the logistic loss: it asks
    that a right row comes first, where the loss asks that its probability is true.
    """
    shift, scale = examples.x.mean(axis=0), examples.x.std(axis=0) + 1e-6
    design = np.hstack([(examples.x - shift) / scale, np.ones((len(examples.x), 1))])
    y, weight = examples.y, examples.weight
    groups = [np.flatnonzero(examples.question == q) for q in np.unique(examples.question)]
    right = [rows for rows in groups if y[rows].any()]

    def loss(weights: Floats) -> tuple[float, Floats]:
        score = design @ weights
        value = float(weight @ (np.logaddexp(0.0, score) - y * score))
        slope = design.T @ (weight * (1 / (1 + np.exp(-score)) - y))
        for rows in right if first else []:
            share = np.exp(score[rows] - score[rows].max())
            share /= share.sum()
            held = float(share[y[rows] == 1].sum())
            value -= first * np.log(held)
            slope += first * design[rows].T @ (share - np.where(y[rows] == 1, share / held, 0.0))
        slope[:-1] += ridge * weights[:-1]
        return value + ridge / 2 * float(weights[:-1] @ weights[:-1]), slope

    allowed = [*map(signs.bounds, names), (None, None)]
    start = np.zeros(len(allowed))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=allowed).x
    plain: Floats = found[:-1] / scale
    return plain, float(found[-1] - plain @ shift)


def printed(names: Sequence[str], weights: Floats, bias: float) -> str:
    """The weights as the module that uses them states them."""
    rows = [f'    "{n}": {w:.3f},' for n, w in zip(names, weights, strict=True) if abs(w) >= 5e-4]
    return "\n".join(["WEIGHTS: Mapping[str, float] = {", *rows, "}", f"BIAS = {bias:.3f}"])
