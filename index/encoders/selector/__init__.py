"""Which of some sentences answers a question, or none: a small trained reader.

It reads the question together with up to a dozen sentences, as :mod:`index.encoders` cannot: an
encoder sees one text at a time. It is the default encoder's lower layers with a trained
adaptation of some 2 MB (weights.safetensors, fitted by ``benchmarks/fit_selector.py``), so it is
there only where that encoder is, and is converted together with it. It refuses to find sentences
and to decide what an answer needs besides them.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Candidate", "Selection"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that may answer; those of a document are read in the order of their places."""

    document: str
    title: str
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Log-odds as the network gives them; comparable within one selection.

    ``scores`` has one number a candidate in the order given, None where there was no room to
    read it; ``none`` is the score that none of them answers.
    """

    scores: tuple[float | None, ...]
    none: float
