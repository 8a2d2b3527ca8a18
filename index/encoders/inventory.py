"""Which encoders are at hand, and in what state, without loading or fetching any.

Useful for telling a person what to choose and what is missing. It reads notes and file sizes;
it refuses to restore, convert or download.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import EncoderError
from index.encoders.conversion import NotConverted, Wish, find_conversion
from index.encoders.folders import DEFAULT_MODEL, PACKAGES, SMALL_MODEL, present_model
from index.encoders.loaded import LoadedEncoder
from index.encoders.profiles import profile_of
from index.home import Home


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """One model as it is found here."""

    name: str
    languages: str
    licence: str
    limit: int | None  # tokens of one text; None while its files are not here
    dimension: int | None
    size_bytes: int | None  # of its weights
    state: str  # "ready" | "not prepared" | "missing" | "reference only"
    said: str  # what the state means, for a person
    precision: str | None = None  # what it runs in once it is ready
    tokens_a_second: int | None = None  # a CPU second's, measured when it was converted
    ratio: float | None = None  # of that to the reference's

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        return {name: getattr(self, name) for name in self.__slots__}


def models_at_hand(home: Home, chosen: str, precision: Wish) -> tuple[ModelFacts, ...]:
    """The packaged models, default first, and the chosen one where it is another."""
    names = dict.fromkeys((DEFAULT_MODEL, SMALL_MODEL, chosen))
    return tuple(model_facts(name, home, precision) for name in names)


def model_facts(model: str, home: Home, precision: Wish) -> ModelFacts:
    """What is known of one model; raises nothing for a model that is missing or unsafe."""
    packaged = PACKAGES.get(model)
    languages = packaged.languages if packaged else "see its card"
    licence = packaged.licence if packaged else "see its card"
    try:
        folder = present_model(model, home)
    except EncoderError as error:
        said = f"{error.found}; {error.remedy}"
        return ModelFacts(model, languages, licence, None, None, None, "missing", said)
    limit = profile_of(model).limit
    if folder is None:
        said = "is restored at its first use" if packaged else "is fetched at its first use"
        return ModelFacts(model, languages, licence, limit, None, None, "not prepared", said)
    encoder = LoadedEncoder(folder, profile_of(folder.name), home, precision)
    card = _card(folder.path)
    facts = ModelFacts(
        name=model,
        languages=packaged.languages if packaged else card.get("language", languages),
        licence=packaged.licence if packaged else card.get("license", licence),
        limit=encoder.limit,
        dimension=None,
        size_bytes=sum(file.stat().st_size for file in folder.path.rglob("*.safetensors")),
        state="ready",
        said="",
    )
    return _with_conversion(facts, encoder, home, precision)


def _with_conversion(
    facts: ModelFacts, encoder: LoadedEncoder, home: Home, precision: Wish
) -> ModelFacts:
    if precision == "reference":
        return replace(facts, said="runs on sentence-transformers, as asked", precision="f32")
    try:
        found = find_conversion(encoder.folder, home, precision)
        if found is None:
            return replace(facts, state="not prepared", said="is converted at its first use")
        runs_in = found.precision(precision)
    except NotConverted as error:
        said = f"runs on sentence-transformers: {error.found}"
        return replace(facts, state="reference only", said=said)
    speed, reference = found.speeds[runs_in], found.speeds["reference"]
    check = found.checks[runs_in]
    return replace(
        facts,
        dimension=found.dimension,
        said=f"{found.engine}, {runs_in}: lowest cosine to the reference {check.cosine:.5f},"
        f" {check.neighbours:.1%} of neighbours the same",
        precision=runs_in,
        tokens_a_second=speed,
        ratio=round(speed / reference, 2),
    )


def _card(folder: Path) -> dict[str, str]:
    """``license`` and ``language`` of a model card's front matter, where there is one."""
    try:
        text = (folder / "README.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    if not text.startswith("---\n"):
        return {}
    try:
        matter = yaml.safe_load(text[4:].partition("\n---")[0])
    except yaml.YAMLError:
        return {}
    if not isinstance(matter, dict):
        return {}
    found = {}
    for key in ("license", "language"):
        value = matter.get(key)
        if isinstance(value, list):
            value = ", ".join(map(str, value[:8])) + (", …" if len(value) > 8 else "")
        if value:
            found[key] = str(value)
    return found
