"""The words a passage is found by: stems of its own language, and words as they are written.

Stems let "repairing" find "repair"; unstemmed words let a name find itself when question and
passage are in different languages. Queries and passages go through the same two functions.
"""

from __future__ import annotations

from corpus.words import content_terms, content_words, fold


def stems(text: str, language: str) -> list[str]:
    """Folded stems of the content words, in order, repeats kept."""
    return content_terms(text, language)


def names(text: str, language: str) -> list[str]:
    """The same words folded but not stemmed, in order, repeats kept."""
    return [fold(word.text) for word in content_words(text, language)]
