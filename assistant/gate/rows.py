"""A list answer's rows: a model may word them, never add, drop or recount them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import Answer, Item
from assistant.gate.backing import Backing
from assistant.gate.claims import Claim
from assistant.gate.numbers import Fault, figures
from assistant.gate.verdict import Verdict
from assistant.gate.wording import vocabulary
from corpus.gazetteer import place_key
from corpus.places import city_keys
from corpus.words import fold, written

_TELLS_ROWS = 2  # a text that names this many rows lists them


def as_row(fault: Fault | None, claim: Claim, answer: Answer) -> Fault | None:
    """A wrong name in a row of a list is a row too many."""
    if fault is None or not (claim.row and answer.items):
        return fault
    return "rows", f"{fault[1]}; the answer has no such row"


def recounted(claim: Claim, answer: Answer, held: Backing) -> Fault | None:
    """A count before a list that is not the count of its rows, or None."""
    if not (claim.opens and answer.items and not claim.row):
        return None
    told = {n.value for q in held.quotes for n in figures(q.text, q.language).numbers}
    for number in figures(claim.plain, held.language).numbers:
        if number.unit is None and number.value not in {*told, float(len(answer.items))}:
            words_ = number.span.of(claim.plain)
            return "rows", f"found {words_!r}, expected {len(answer.items)}, the count of rows"
    return None


def missing_rows(
    found: Sequence[Claim], verdicts: Sequence[Verdict], answer: Answer
) -> tuple[str, ...]:
    """Names of the rows that no supported sentence names or cites, where the text lists rows."""
    said = [c for c, v in zip(found, verdicts, strict=True) if v.supported and not c.opens]
    named = [item for item in answer.items if any(_tells(claim, item) for claim in said)]
    if len(answer.items) < _TELLS_ROWS or not said:
        return ()
    return tuple(item.name for item in answer.items if item not in named)


def _tells(claim: Claim, item: Item) -> bool:
    if not set(claim.markers).intersection(item.citations):
        return False
    held = vocabulary(claim.plain, ("en",))
    spelled = {key for key in city_keys(item.name) if f" {key} " in f" {place_key(claim.plain)} "}
    return bool(spelled) or all(fold(part) in held.keys for part in written(item.name))
