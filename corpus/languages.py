"""Which language a text is written in, among those European cities publish in.

Knows one small n-gram model (py3langid, shipped with its package) and ISO 639-1 codes. It
refuses to guess: a text with too few letters, or one the model is not sure of, is "und".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNDECIDED = "und"

# The model knows 140 languages; offering it Latin, Walloon or Esperanto only makes it err.
_CANDIDATES = (  # noqa: SIM905 - as a list it is a page of one code a line
    "bg bs ca cs cy da de el en es et eu fi fr ga gl hr hu is it lb lt lv mk mt nl no "
    "pl pt ro ru sk sl sq sr sv tr uk"
).split()

_FEWEST_LETTERS = 20  # below this the model is wrong about one time in three
_LEAST_CONFIDENCE = 0.5
_SAMPLE_CHARACTERS = 4_000  # more changes no verdict, and costs time linearly
_NOT_PROSE = re.compile(r"https?://\S+|\S+@\S+|[#*_`|<>{}\[\]()=\d]+")
_CODE = re.compile(r"([a-zA-Z]{2})(?:[-_][\w-]*)?")


def detect(text: str) -> str:
    """ISO 639-1 code of the language most of ``text`` is in, or "und"."""
    sample = _NOT_PROSE.sub(" ", text[:_SAMPLE_CHARACTERS])
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return UNDECIDED
    language, confidence = _identifier().classify(sample)
    return str(language) if confidence >= _LEAST_CONFIDENCE else UNDECIDED


def language_code(tag: str) -> str | None:
    """ISO 639-1 code of a declared tag such as ``en-GB`` or ``pt_PT``; None if it is none."""
    match = _CODE.fullmatch(tag.strip())
    return match[1].lower() if match else None


def load() -> None:
    """Load the model now, so that the first text to come is not kept waiting."""
    _identifier()


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    # Imported here: the model takes half a second to load, and most callers never ask.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_CANDIDATES)
    return identifier
