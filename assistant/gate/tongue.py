"""Which of the eight languages a short text is in, by its function words.

A quote carries no language, and a trained guesser is unsure of one sentence. Knows stop words only.
"""

from __future__ import annotations

from assistant.lexicon import LANGUAGES
from corpus.words import STOPWORDS, fold, written

_FEWEST = 2  # fewer function words decide nothing


def language_of(text: str, otherwise: str) -> str:
    """ISO 639-1 of ``text``; ``otherwise`` where its function words do not decide."""
    found = [fold(word) for word in written(text)]
    counts = {name: sum(w in STOPWORDS[name] for w in found) for name in LANGUAGES}
    best = max(counts.values())
    likely = [name for name in LANGUAGES if counts[name] == best]
    if best < _FEWEST or otherwise in likely or len(likely) > 1:
        return otherwise
    return likely[0]
