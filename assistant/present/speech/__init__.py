"""What the page itself says, in the eight languages it speaks.

Knows how to look a sentence up and how to choose its plural. The sentences stand in one TOML file
a room, below a key such as ``ask.send``; a file of this package is never data from elsewhere, so
what comes out is plain text and still has to be escaped where it meets HTML.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.numbers import format_decimal

# As the language switch names them, in this order.
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "fr": "Français",
    "de": "Deutsch",
    "es": "Español",
    "it": "Italiano",
    "nl": "Nederlands",
    "pt": "Português",
    "pl": "Polski",
}
DEFAULT = "en"
ROOMS = ("common", "ask", "explore", "library")

Sentence = str | Mapping[str, str]  # or one wording for each plural form of the language


def say(language: str, key: str, **values: str | int) -> str:
    """The sentence of ``key`` in ``language`` (English for one not spoken), as plain text.

    Numbers among ``values`` are grouped as the language does. One called ``count`` chooses the
    plural. Raises KeyError for an unknown key or a value that is missing.
    """
    spoken = language if language in LANGUAGES else DEFAULT
    sentence = sentences()[key][spoken]
    if not isinstance(sentence, str):
        form = locale(spoken).plural_form(int(values["count"]))
        sentence = sentence.get(form) or sentence["other"]
    shown = {
        name: number(value, spoken) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return sentence.format_map(shown)


def number(value: int, language: str) -> str:
    """``12345`` as ``12,345``, ``12.345`` or ``12 345``."""
    return format_decimal(value, locale=locale(language))


@cache
def locale(language: str) -> Locale:
    """The conventions of a language the page speaks; British ones for English."""
    regions = {"en": "GB", "pt": "PT"}
    spoken = language if language in LANGUAGES else DEFAULT
    return Locale(spoken, regions.get(spoken))


@cache
def sentences() -> Mapping[str, Mapping[str, Sentence]]:
    """Every sentence by key and language."""
    found: dict[str, Mapping[str, Sentence]] = {}
    for room in ROOMS:
        written = files(__name__).joinpath(f"{room}.toml").read_text(encoding="utf-8")
        for name, by_language in tomllib.loads(written).items():
            found[f"{room}.{name}"] = by_language
    return found
