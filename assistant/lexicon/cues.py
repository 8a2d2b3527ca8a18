"""One meaning's words in eight languages, searched in the language of a text.

Each row of a table is one language; its cues stand between slashes and are regular expressions
on text folded by :func:`corpus.words.fold` (lower case, no accents). Keeping languages apart
matters: "of" is "or" in Dutch.
"""

from __future__ import annotations

import re

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl")


class Cues:
    """One meaning's cues in every language, searched in the language of the question."""

    def __init__(self, table: str) -> None:
        self._cues: dict[str, str] = {}
        for row in table.strip().splitlines():
            language, _, cues = row.strip().partition(" ")
            self._cues[language] = "|".join(c.strip() for c in cues.split("/") if c.strip())
        self._patterns: dict[str, re.Pattern[str]] = {}

    def search(self, folded: str, language: str) -> re.Match[str] | None:
        """The first cue of ``language`` in ``folded``; English stands in for other languages."""
        return self._pattern(language).search(folded)

    def finditer(self, folded: str, language: str) -> list[re.Match[str]]:
        """Every cue of ``language`` in ``folded``, in order."""
        return list(self._pattern(language).finditer(folded))

    def opens(self, folded: str, language: str) -> re.Match[str] | None:
        """The cue that ``folded`` begins with, if it begins with one."""
        return self._pattern(language).match(folded)

    def _pattern(self, language: str) -> re.Pattern[str]:
        """Compiled when first asked for: a question is in one language of eight."""
        spoken = language if language in self._cues else "en"
        pattern = self._patterns.get(spoken)
        if pattern is None:
            pattern = re.compile(rf"(?<!\w)(?:{self._cues[spoken]})(?!\w)")
            self._patterns[spoken] = pattern
        return pattern
