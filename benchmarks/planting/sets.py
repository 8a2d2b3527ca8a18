"""The whole set: for each kind of error and language some planted claims, each beside its twin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

from assistant import Answer
from benchmarks.planting import errors
from benchmarks.planting.faithful import rewordings
from benchmarks.planting.lines import LANGUAGES, Line, answer, documents, lines
from corpus.words import content_terms, fold, written

SEED = 7
_A_KIND = 14  # pairs of a kind in a language
_NAMES_FROM = 300  # lines that names are taken from
_TRIES = 30
_TWO_SPANS = 5  # each so-many-th claim cites a second span


@dataclass(frozen=True, slots=True)
class Pair:
    """One claim twice: as the article has it, and with one error."""

    kind: str
    language: str
    half: str  # "tune" | "report", by article
    rule: str  # of the rewording
    twin: str
    planted: str
    answer: Answer


def half_of(source: str) -> str:
    """Which half an article is of: by its name, whatever else is in the folder."""
    return "tune" if sha256(source.encode()).digest()[0] % 2 else "report"


def pairs(folder: Path, seed: int = SEED, a_kind: int = _A_KIND) -> list[Pair]:
    """At most ``a_kind`` pairs of each kind, language and half, from the articles of ``folder``."""
    found = [lines(document) for document in documents(folder)]
    articles = [article for article in found if article]
    made: list[Pair] = []
    for language in LANGUAGES:
        own = [article for article in articles if article[0].language == language]
        pool = [line for article in own for line in article]
        some = Random(seed).sample(pool, min(_NAMES_FROM, len(pool)))  # noqa: S311
        names = sorted({n for line in some for n in errors.names_of(line.text, language)})
        for kind in errors.KINDS:
            for half in ("tune", "report"):
                made += _of_kind(kind, half, own, pool, names, seed, a_kind)
    return made


def _of_kind(
    kind: str,
    half: str,
    articles: Sequence[list[Line]],
    pool: Sequence[Line],
    names: list[str],
    seed: int,
    most: int,
) -> list[Pair]:
    made: list[Pair] = []
    candidates = [
        (article, line)
        for article in articles
        if half_of(article[0].document.source) == half
        for line in article
    ]
    chance = Random(f"{seed} {kind} {half} {candidates[0][1].language if candidates else ''}")  # noqa: S311 - a seed, no secret
    chance.shuffle(candidates)
    used: dict[str, int] = {}
    for article, line in candidates:
        if len(made) == most:
            break
        source = line.document.source
        if used.get(source, 0) >= max(1, most // 5):
            continue  # of many articles
        pair = _pair(kind, half, article, line, pool, names, chance, len(made))
        if pair is not None:
            used[source] = used.get(source, 0) + 1
            made.append(pair)
    return made


def _pair(
    kind: str,
    half: str,
    article: list[Line],
    line: Line,
    pool: Sequence[Line],
    names: list[str],
    chance: Random,
    count: int,
) -> Pair | None:
    language = line.language
    if kind in errors.SIMPLE and errors.SIMPLE[kind](line.text, language, chance) is None:
        return None  # before the rewordings, which cost more
    choices = list(rewordings(line.text, language, chance))
    rule, twin = choices[count % len(choices)]
    cited = [line]
    planted: str | None
    if kind in errors.SIMPLE:
        planted = errors.SIMPLE[kind](twin, language, chance)
    elif kind == "name":
        planted = errors.name(twin, language, chance, names)
    elif kind == "subject":
        rule, twin = "copied", line.text
        found = errors.subject(line, article, chance)
        planted, cited = found if found else (None, cited)
    else:
        same = kind == "clause of the same article"
        other = _apart(line, article if same else pool, chance, same=same)
        planted = errors.clause(twin, language, chance, other) if other else None
    if planted is None or planted == twin:
        return None
    second = next((o for o in article if o.start > line.start), None)
    if kind != "subject" and count % _TWO_SPANS == 0 and second is not None:
        new = _words_of(planted) - _words_of(twin)
        cited = cited if _words_of(second.text) & new else [line, second]
    marks = "".join(f"[{n}]" for n in range(1, len(cited) + 1))
    return Pair(
        kind, language, half, rule,
        f"{twin.rstrip('.')} {marks}.", f"{planted.rstrip('.')} {marks}.",
        answer(cited, language),
    )  # fmt: skip


def _apart(line: Line, pool: Sequence[Line], chance: Random, *, same: bool) -> Line | None:
    """Another sentence that says something else; None where a few tries find none."""
    mine = set(content_terms(line.text, line.language))
    for _try in range(_TRIES):
        other = chance.choice(pool)
        if not same and other.document.source == line.document.source:
            continue
        theirs = set(content_terms(other.text, line.language))
        if len(theirs) >= 4 and len(mine & theirs) <= len(theirs) / 3:
            return other
    return None


def _words_of(text: str) -> set[str]:
    return {fold(word) for word in written(text)}


def split(made: Iterable[Pair], half: str) -> list[Pair]:
    """The pairs of one half."""
    return [pair for pair in made if pair.half == half]
