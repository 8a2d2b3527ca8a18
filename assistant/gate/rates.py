"""Whether a count is told by the same period as in its quotes: "120 a day" is not "120 a month"."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.gate.backing import Backing
from assistant.gate.numbers import Fault
from assistant.lexicon.claims import PERIODS, RATE
from corpus.words import fold

_ADVERBS = (
    "ly",
    "lich",
    "lijks",
    "quotidien",
    "quotidian",
    "diari",
    "annuel",
    "mensuel",
    "codzien",
)


def wrong_rate(sentence: str, backing: Backing) -> Fault | None:
    """A rate by a period that the quotes do not name, or None."""
    told = {
        name
        for quote in backing.quotes
        for name, cues in PERIODS.items()
        if cues.search(fold(f"{quote.text}\n{quote.around}"), quote.language)
    }
    if not told:
        return None  # a rate told in other words is left to the check of content
    for name, words_ in _rates(sentence, backing.language):
        if name not in told:
            return "unit", f"found {words_!r}, which is not the period that {backing.shown} names"
    return None


def _rates(text: str, language: str) -> Iterator[tuple[str, str]]:
    folded = fold(text)
    for name, cues in PERIODS.items():
        for match in cues.finditer(folded, language):
            before = folded[: match.start()].rstrip()
            ends = any(rate.end() == len(before) for rate in RATE.finditer(before, language))
            if ends or match[0].endswith(_ADVERBS) or match[0].startswith(_ADVERBS):
                yield name, match[0]
