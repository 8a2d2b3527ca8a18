"""The gate itself: every sentence through every check, in one order, the first fault told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant import Answer
from assistant.gate.backing import Backing, backing
from assistant.gate.claims import Claim, claims
from assistant.gate.clean import clean
from assistant.gate.content import Closeness, unsupported
from assistant.gate.days import wrong_date
from assistant.gate.exchanges import exchanged
from assistant.gate.hedges import turned_round, wrong_certainty, wrong_measure
from assistant.gate.links import forbidden_link
from assistant.gate.names import names_in, wrong_name
from assistant.gate.negation import wrong_negation
from assistant.gate.numbers import Fault, wrong_number
from assistant.gate.places import wrong_place
from assistant.gate.rates import wrong_rate
from assistant.gate.rows import as_row, missing_rows, recounted
from assistant.gate.subjects import wrong_subject
from assistant.gate.substitutions import substituted
from assistant.gate.tongue import language_of
from assistant.gate.verdict import Judged, Verdict


def judge(text: str, answer: Answer, closeness: Closeness | None = None) -> Judged:
    """A verdict on every sentence of ``text``, which a model wrote from ``answer``'s citations.

    Without ``closeness`` meaning is judged by words alone. Pure: the same arguments give the same
    verdicts. Linear in the lengths of text and quotes, apart from ``closeness``.
    """
    language = language_of(text, answer.language)
    found = claims(text, language)
    verdicts = tuple(_verdict(claim, answer, language, closeness) for claim in found)
    return Judged(verdicts, missing_rows(found, verdicts, answer))


def _verdict(claim: Claim, answer: Answer, language: str, closeness: Closeness | None) -> Verdict:
    fault = next(_faults(claim, answer, language, closeness), None)
    reason, detail = fault or (None, "")
    return Verdict(claim.written, claim.markers, fault is None, reason, detail)


def _faults(
    claim: Claim, answer: Answer, language: str, closeness: Closeness | None
) -> Iterator[Fault]:
    issued = {citation.n for citation in answer.citations}
    cited = claim.markers or claim.borrowed
    held = backing(answer, cited, language_of(claim.plain, language))
    if link := forbidden_link(clean(claim.written), held.quoted):
        yield "link", f"found {link!r}, expected no link, image, tag or address"
    if not cited:
        yield "no-marker", "found no citation, expected one such as [1]"
    if unknown := [n for n in cited if n not in issued]:
        yield "unknown-marker", f"found {_listed(unknown)}, expected {_listed(sorted(issued))}"
        return
    yield from (fault for fault in _contents(claim, answer, held, closeness) if fault)


def _contents(
    claim: Claim, answer: Answer, held: Backing, closeness: Closeness | None
) -> Iterator[Fault | None]:
    said = claim.plain
    yield recounted(claim, answer, held)
    yield wrong_number(said, held, max(len(held.items), len(held.quotes)))
    yield wrong_rate(said, held)
    yield wrong_date(said, held)
    yield as_row(wrong_place(said, held), claim, answer)
    yield as_row(wrong_name(said, held, _other_names(answer, held)), claim, answer)
    yield wrong_negation(said, held)
    yield wrong_subject(said, held)
    yield exchanged(said, held)
    yield wrong_measure(said, held)
    yield wrong_certainty(said, held)
    yield turned_round(said, held)
    yield unsupported(said, held, closeness)
    yield substituted(said, held, closeness)


def _other_names(answer: Answer, held: Backing) -> frozenset[str]:
    """What the question and the quotes that are not cited write as names."""
    cited = {quote.n for quote in held.quotes}
    texts = [c.quote for c in answer.citations if c.n not in cited]
    return frozenset().union(names_in(answer.question), *map(names_in, texts))


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(f"[{n}]" for n in numbers) or "no marker, for none was issued"
