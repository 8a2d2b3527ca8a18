"""Which of the eight languages a short text is in, by its function words.

A quote carries no language, and a trained guesser is unsure of one sentence. Knows stop words only.
"""

from __future__ import annotations

from assistant.lexicon import LANGUAGES
from corpus.words import STOPWORDS, fold, written

_FEWEST = 2  # fewer function words decide nothing


def language_of(text: str, otherwise: str, also: str = "") -> str:
    """ISO 639-1 of ``text``; ``otherwise`` where its function words do not decide.

    ``also`` is asked where two languages tie: a quote's title is mostly in its language.
    """
    likely = _likely(text)
    if not likely and also:
        likely = _likely(f"{text} {also}")
    if not likely or otherwise in likely:
        return otherwise
    if len(likely) > 1 and also:
        likely = [name for name in _likely(f"{text} {also}") if name in likely] or likely
    return likely[0]


def _likely(text: str) -> list[str]:
    """The languages with the most function words in ``text``; none where those are too few."""
    found = [fold(word) for word in written(text)]
    counts = {name: sum(w in STOPWORDS[name] for w in found) for name in LANGUAGES}
    best = max(counts.values())
    return [name for name in LANGUAGES if counts[name] == best] if best >= _FEWEST else []
