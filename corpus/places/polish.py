"""Polish names of towns behind their case endings: "w Warszawie" is in Warszawa."""

from __future__ import annotations


def polish_nominatives(key: str) -> list[str]:
    """What a Polish town's name may be in the nominative, likelier first."""
    for ending, bases in _POLISH_ENDINGS:
        if key.endswith(ending):
            return [key[: -len(ending)] + base for base in bases]
    return []


# Folded endings (no diacritics), longest first: locative, genitive and instrumental of names.
_POLISH_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("owie", ("ow", "owo")),
    ("awie", ("awa", "aw")),
    ("owiu", ("ow",)),
    ("niu", ("n",)),
    ("czu", ("cz",)),
    ("dzi", ("dz",)),
    ("ach", ("e", "y", "i")),
    ("zie", ("d", "da", "dz")),
    ("cie", ("t", "ta", "c")),
    ("nie", ("n", "na", "no")),
    ("wie", ("w", "wa")),
    ("lu", ("l",)),
    ("sku", ("sk",)),
    ("iu", ("", "i")),
    ("ie", ("a", "")),
    ("ii", ("ia",)),
    ("ji", ("ja",)),
    ("em", ("",)),
    ("u", ("", "o")),
    ("y", ("a",)),
    ("a", ("", "o")),
    ("i", ("a",)),
)
