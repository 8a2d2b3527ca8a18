"""What is known about each model that cannot be read from its files.

Prompts, limits and score ranges belong to a model as much as its weights do: e5 expects
"query: " before a question, and its cosines fill a quarter of the range MiniLM's do, so a
threshold that fits one says nothing about another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where cosines of question and passage start to mean something, for one model."""

    unrelated: float  # below: as far apart as any two texts of the language
    related: float  # above: usually about the same thing
    close: float  # above: usually says the same thing


@dataclass(frozen=True, slots=True)
class Profile:
    """How one model wants to be used. ``limit`` counts tokens, prompt and specials included."""

    query_prompt: str = ""
    passage_prompt: str = ""
    limit: int | None = None  # None: whatever the model's own files say
    thresholds: Thresholds = Thresholds(unrelated=0.2, related=0.4, close=0.6)


_E5 = Profile(
    query_prompt="query: ",
    passage_prompt="passage: ",
    limit=512,
    # e5 was trained with a temperature of 0.01: its scores lie between 0.68 and 0.87.
    thresholds=Thresholds(unrelated=0.76, related=0.82, close=0.86),
)
_E5_LARGE_FAMILY = ("multilingual-e5-base", "multilingual-e5-large")
_MINILM = Profile(limit=256)

PROFILES: Mapping[str, Profile] = {
    "multilingual-e5-small": _E5,
    "all-MiniLM-L6-v2": _MINILM,
    **dict.fromkeys(_E5_LARGE_FAMILY, _E5),
}


def profile_of(model: str) -> Profile:
    """The profile of a model by the last part of its name; a plain one when it is unknown."""
    return PROFILES.get(model.rstrip("/").rpartition("/")[2], Profile())
