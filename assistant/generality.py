"""Whether a question asks of anything of a kind: several articles may then answer, each a part.

"Where do residents share cars?" and "hackathons and barcamps" name no one thing, so whoever types
them wants every case; "Where did the historic towns meet in 2016?" has one answer. Knows the form
of such questions in eight languages; refuses to know how many articles do answer.
"""

from __future__ import annotations

import re

from assistant import lexicon

# Before a question word that opens the question, or follows its subject: "shared gardens - where".
# Where another question word comes first, it only opens a clause: "what is sold in halls, where".
_OPENS = re.compile(r"(?:^|[-–—:,;])\s*[¿¡]?\s*$")
_MOST_BARE_WORDS = 14


def is_general(folded: str, language: str, *, asked: frozenset[str], named: bool) -> bool:
    """Whether ``folded`` asks where something is done, or only says what it is to be about.

    ``asked``: the types of value it asks for. ``named``: whether it names a person, a place, an
    organisation or a year, which one article may be about; words for a search box may name any.
    """
    if asked - {"place"}:
        return False
    if _asks_nothing(folded, language):
        return len(folded.split()) <= _MOST_BARE_WORDS
    where, first = (cues.search(folded, language) for cues in (lexicon.WHERE, lexicon.ASKS))
    if named or where is None or first is None or first.start() < where.start():
        return False
    return bool(_OPENS.search(folded[: where.start()]))


def _asks_nothing(folded: str, language: str) -> bool:
    """Whether it is no question and no request by its form: words as for a search box."""
    if "?" in folded or lexicon.ASKS.search(folded, language):
        return False
    return not lexicon.LIST_ORDER.opens(folded, language)
