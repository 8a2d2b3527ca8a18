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
    """Where cosines of question and passage start to mean something, for one model.

    They tell what is worth a look. They cannot tell whether a question is answered: with e5,
    questions that the corpus does not answer come as near to some passage as the others.
    """

    unrelated: float  # 95 of 100 passages picked at random stay below it
    related: float  # three of four questions have their best passage above it
    close: float  # one of four questions has its best passage above it


@dataclass(frozen=True, slots=True)
class Profile:
    """How one model wants to be used. ``limit`` counts tokens, prompt and specials included."""

    query_prompt: str = ""
    passage_prompt: str = ""
    limit: int | None = None  # None: whatever the model's own files say
    # MiniLM's, measured on 35 English development questions and 150 passages picked at random;
    # an unknown model is more likely to have been trained as MiniLM was than as e5 was.
    thresholds: Thresholds = Thresholds(unrelated=0.32, related=0.38, close=0.70)


_E5 = Profile(
    query_prompt="query: ",
    passage_prompt="passage: ",
    limit=512,
    # Trained with a temperature of 0.01, so its scores crowd together.
    # Measured on 106 development questions and 4,975 passages.
    thresholds=Thresholds(unrelated=0.79, related=0.84, close=0.88),
)
_E5_FAMILY = ("multilingual-e5-base", "multilingual-e5-large")  # same training, not measured
_MINILM = Profile(limit=256)

PROFILES: Mapping[str, Profile] = {
    "multilingual-e5-small": _E5,
    "all-MiniLM-L6-v2": _MINILM,
    **dict.fromkeys(_E5_FAMILY, _E5),
}


def profile_of(model: str) -> Profile:
    """The profile of a model by the last part of its name; a plain one when it is unknown."""
    return PROFILES.get(model.rstrip("/").rpartition("/")[2], Profile())
