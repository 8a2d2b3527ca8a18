"""The gate itself: every sentence through every check, in one order, the first fault told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant import Answer
from assistant.gate.backing import Backing, backing
from assistant.gate.claims import Claim, claims
from assistant.gate.clean import clean
from assistant.gate.links import forbidden_link
from assistant.gate.numbers import Fault, wrong_number
from assistant.gate.tongue import language_of
from assistant.gate.verdict import Judged, Verdict

Closeness = Callable[[str, Sequence[str]], float]
"""How near the first text is in meaning to the nearest of the others: a cosine, 1 for the same."""


def judge(text: str, answer: Answer, closeness: Closeness | None = None) -> Judged:
    """A verdict on every sentence of ``text``, which a model wrote from ``answer``'s citations.

    Without ``closeness`` meaning is judged by words alone, and more is refused. Pure: the same
    arguments give the same verdicts. Linear in the text's length, apart from ``closeness``.
    """
    language = language_of(text, answer.language)
    return Judged(tuple(_verdict(c, answer, language, closeness) for c in claims(text, language)))


def _verdict(claim: Claim, answer: Answer, language: str, closeness: Closeness | None) -> Verdict:
    fault = _fault(claim, answer, language, closeness)
    reason, detail = fault or (None, "")
    return Verdict(claim.written, claim.markers, fault is None, reason, detail)


def _fault(
    claim: Claim, answer: Answer, language: str, closeness: Closeness | None
) -> Fault | None:
    issued = {citation.n for citation in answer.citations}
    cited = claim.markers or claim.borrowed
    held = backing(answer, cited, language_of(claim.plain, language))
    if link := forbidden_link(clean(claim.written), held.quoted):
        return "link", f"found {link!r}, expected no link, image, tag or address"
    if not cited:
        return "no-marker", "found no citation, expected one such as [1]"
    unknown = [n for n in cited if n not in issued]
    if unknown:
        told = ", ".join(f"[{n}]" for n in unknown)
        return "unknown-marker", f"found {told}, expected {_range(sorted(issued))}"
    return _content(claim, held, closeness)


def _content(claim: Claim, held: Backing, closeness: Closeness | None) -> Fault | None:
    return wrong_number(claim.plain, held, max(len(held.items), len(held.quotes)))


def _range(issued: Sequence[int]) -> str:
    return ", ".join(f"[{n}]" for n in issued) if issued else "no marker, for none was issued"
