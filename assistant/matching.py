"""How well one sentence covers a question's words, whatever language either is in.

Knows stems, names in several spellings, cognates and compounds; refuses to know what kind of
answer is wanted. Scores follow soft coverage: the idf-weighted share of the question's words
found in the sentence, less for a word found only near it (the weights below).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np
from numpy.typing import NDArray

from assistant.question import Question, Term
from assistant.sides import capitalised_runs
from corpus import Document, Passage, Span
from corpus.lines import looks_like_title
from corpus.places import city_keys, country_code
from corpus.words import fold, forms, stem, stop_words, words, written

Floats = NDArray[np.float64]

# Where a word of the question stands relative to a sentence, and what that is worth. Measured
# on a development set of 46 questions (evidence in the top 10 rose from .93 to .96).
IN_SENTENCE = 1.0
IN_HEADING = 0.6
ONE_AWAY = 0.6
TWO_AWAY = 0.35
IN_TITLE = 0.5
IN_DOCUMENT = 0.2
# A word that only shares its beginning with one of the sentence (a cognate) counts this much.
COGNATE = 0.7
_COGNATE_LENGTH = 6
_PREFIX = 5
# Longest text, in characters, between a name and the place it is said to lie in: ", em ".
_LOCATING = 6
_DESCRIBING = 16  # and between a place and the name it describes: " hackerspace "
_COMPOUNDING = frozenset({"de", "nl"})


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence ready to be matched."""

    passage: Passage
    span: Span
    place: int  # of the sentence among all of the document's passages
    keys: frozenset[str]  # folded words and their stems
    prefixes: frozenset[str]
    heading: bool

    def holds(self, key: TermKeys) -> float:
        """1 for the word itself, COGNATE for a relative of it, 0 for nothing."""
        if not self.keys.isdisjoint(key.exact):
            return 1.0
        if key.prefix and key.prefix in self.prefixes:
            return COGNATE
        if key.compound and any(key.compound in word for word in self.keys):
            return COGNATE
        return 0.0


@dataclass(frozen=True, slots=True)
class TermKeys:
    """One term as it may be spelled in documents of one language."""

    term: Term
    exact: frozenset[str]
    prefix: str | None
    compound: str | None


@dataclass(frozen=True)
class Reading:
    """A document cut into matchable lines, with what surrounds them."""

    document: Document
    lines: tuple[Line, ...]
    sections: Mapping[str, frozenset[str]]  # passage id -> keys of its headings

    @cached_property
    def title_keys(self) -> frozenset[str]:
        """Folded words and stems of the title and the source's own name."""
        named = self.document.source.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ")
        return _keys(f"{self.document.title} {named}", self.document.language)

    @cached_property
    def passages(self) -> tuple[str, ...]:
        """The ids of the passages that the lines stand in."""
        return tuple(dict.fromkeys(line.passage.id for line in self.lines))

    @cached_property
    def passage_of(self) -> NDArray[np.intp]:
        """For every line its passage's number among ``passages``, shape (lines,)."""
        numbers = {passage: number for number, passage in enumerate(self.passages)}
        return np.array([numbers[line.passage.id] for line in self.lines], np.intp)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """``Line.place`` of every line, shape (lines,)."""
        return np.array([line.place for line in self.lines], np.intp)

    @cached_property
    def headings(self) -> Floats:
        """1 for every line that is a heading, 0 for the others, shape (lines,)."""
        return np.array([line.heading for line in self.lines], np.float64)

    @cached_property
    def _lines_of(self) -> Mapping[str, tuple[int, ...]]:
        """Key -> the lines that have it."""
        return _placed(line.keys for line in self.lines)

    @cached_property
    def _lines_beginning(self) -> Mapping[str, tuple[int, ...]]:
        """Word beginning -> the lines that have a word with it."""
        return _placed(line.prefixes for line in self.lines)

    @cached_property
    def _lines_under(self) -> Mapping[str, tuple[int, ...]]:
        """Key -> the lines whose headings have it."""
        return _placed(self.sections[line.passage.id] for line in self.lines)

    def holding(self, key: TermKeys) -> Floats:
        """For every line what ``Line.holds`` says, shape (lines,)."""
        found = np.zeros(len(self.lines))
        if key.compound:
            for word, lines in self._lines_of.items():
                if key.compound in word:
                    found[list(lines)] = COGNATE
        if key.prefix and (beginning := self._lines_beginning.get(key.prefix)):
            found[list(beginning)] = COGNATE
        for spelled in key.exact:
            if held := self._lines_of.get(spelled):
                found[list(held)] = 1.0
        return found

    def under_heading(self, key: TermKeys) -> Floats:
        """1 for every line whose headings have the term, 0 for the others."""
        found = np.zeros(len(self.lines))
        for spelled in key.exact:
            if lines := self._lines_under.get(spelled):
                found[list(lines)] = 1.0
        return found

    @cached_property
    def all_keys(self) -> frozenset[str]:
        """Folded words and stems that stand anywhere in the document."""
        return frozenset().union(*(line.keys for line in self.lines), self.title_keys)

    @cached_property
    def all_prefixes(self) -> frozenset[str]:
        """Word beginnings that stand anywhere in the document."""
        prefixes = {k[:_PREFIX] for k in self.title_keys if len(k) >= _PREFIX}
        return frozenset(prefixes).union(*(line.prefixes for line in self.lines))


def _placed(found_in: Iterable[frozenset[str]]) -> dict[str, tuple[int, ...]]:
    """Each string -> the places of the sets that have it, in order.

    Tuples of numbers, which the garbage collector leaves out of its rounds: in lists they were two
    thirds of all that it looked through.
    """
    places: dict[str, list[int]] = {}
    for place, found in enumerate(found_in):
        for one in found:
            places.setdefault(one, []).append(place)
    return {one: tuple(held) for one, held in places.items()}


def read(document: Document, passages: Sequence[Passage]) -> Reading:
    """Cut ``document`` into lines. Linear in its length."""
    headings = {h.span for h in document.headings}
    lines: list[Line] = []
    sections: dict[str, frozenset[str]] = {}
    places = count()
    for passage in passages:
        sections[passage.id] = _keys(" ".join(passage.headings), document.language)
        for span, place in zip(passage.sentences, places, strict=False):
            text = span.of(document.text)
            if not any(c.isalnum() for c in text):
                continue  # a rule or the border of a table
            keys = _keys(text, document.language)
            prefixes = frozenset(k[:_PREFIX] for k in keys if len(k) >= _PREFIX)
            is_heading = (
                any(span.holds(h) and len(h) > 0.6 * len(span) for h in headings)
                or text.strip() == document.title
                or (text != "" and looks_like_title(text))
            )
            lines.append(Line(passage, span, place, keys, prefixes, is_heading))
    return Reading(document, tuple(lines), sections)


def _keys(text: str, language: str) -> frozenset[str]:
    stops = stop_words(language)
    found: set[str] = set()
    for word in written(text):
        folded, stemmed = forms(word, language)
        if folded not in stops:
            found.add(folded)
            found.add(stemmed)
    return frozenset(found)


def keys_for(question: Question, language: str) -> tuple[TermKeys, ...]:
    """The question's terms as documents in ``language`` may spell them."""
    foreign = language != question.language
    places = [(p.span, p.name) for p in question.places]
    result: list[TermKeys] = []
    for term in question.terms:
        folded = fold(term.text)
        exact = {folded, stem(term.text, language), stem(term.text, question.language)}
        for span, name in places:
            if span.overlaps(term.span) and term.weight == 1.0:
                # One-word exonyms stand for the word; longer ones are matched word by word.
                exact |= {key for key in city_keys(name) if " " not in key}
        long_enough = len(folded) >= _COGNATE_LENGTH and folded.isalpha()
        prefix = folded[:_PREFIX] if long_enough and (foreign or term.is_name) else None
        compound = folded if long_enough and language in _COMPOUNDING and not foreign else None
        result.append(TermKeys(term, frozenset(exact), prefix, compound))
    return tuple(result)


def weights(question: Question, frequency: Mapping[str, int], passages: int) -> dict[str, float]:
    """Each term's weight: its idf, log(1 + N / (1 + df)), times the weight it carries.

    A word of the question's language that no document holds tells nothing about documents in
    other languages, so it weighs little; a name or number nobody mentions weighs fully.
    """
    found: dict[str, float] = {}
    for term in question.terms:
        df = frequency.get(term.text, 0)
        idf = math.log(1 + passages / (1 + df))
        if df == 0 and not term.is_name and not any(c.isdigit() for c in term.text):
            idf *= 0.3
        found[term.text] = idf * term.weight
    return found


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a line covers the question: the soft share, the strict share, and what is missing."""

    soft: float  # idf-weighted, with credit for what stands nearby
    strict: float  # the share standing in the sentence itself
    matched: frozenset[str]  # term texts in the sentence, its neighbours or its headings


NONE = Coverage(0.0, 0.0, frozenset())


def cover(
    reading: Reading, keys: tuple[TermKeys, ...], weight: Mapping[str, float]
) -> list[Coverage]:
    """The coverage of every line of ``reading``, in order."""
    total = sum(weight.values()) or 1.0
    count = len(reading.lines)
    soft, strict = np.zeros(count), np.zeros(count)
    told: list[NDArray[np.bool_]] = []
    texts: list[str] = []
    for key in keys:
        share = weight[key.term.text] / total
        if share == 0.0:
            continue
        direct = reading.holding(key)
        in_title = not reading.title_keys.isdisjoint(key.exact)
        if not (in_title or direct.any()):
            continue
        strict += share * direct
        near = IN_HEADING * reading.under_heading(key)
        for reach, worth in ((1, ONE_AWAY), (2, TWO_AWAY)):
            passed_on = worth * direct
            np.maximum(near[reach:], passed_on[:-reach], out=near[reach:])
            np.maximum(near[:-reach], passed_on[reach:], out=near[:-reach])
        floor = IN_TITLE if in_title else IN_DOCUMENT
        soft += share * np.maximum(direct * IN_SENTENCE, np.maximum(near, floor))
        told.append((direct > 0.0) | (near >= ONE_AWAY * COGNATE) | in_title)
        texts.append(key.term.text)
    return [
        Coverage(s, t, m)
        for s, t, m in zip(
            soft.tolist(), strict.tolist(), _named_together(told, texts, count), strict=True
        )
    ]


def _named_together(
    told: Sequence[NDArray[np.bool_]], texts: Sequence[str], count: int
) -> list[frozenset[str]]:
    """For each of ``count`` lines the ``texts`` told of it; equal sets are one object."""
    if not told:
        return [frozenset()] * count
    packed = np.packbits(np.stack(told), axis=0)
    width, rows = len(packed), packed.T.tobytes()
    sets: dict[bytes, frozenset[str]] = {}
    found = []
    for line in range(count):
        key = rows[line * width : (line + 1) * width]
        if key not in sets:
            sets[key] = frozenset(t for t, mask in zip(texts, told, strict=True) if mask[line])
        found.append(sets[key])
    return found


def names_missing(question: Question, reading: Reading, keys: Iterable[TermKeys]) -> list[str]:
    """The names of the question that the document never mentions in any known spelling.

    A missing word is forgiven when it is no known place and no odd spelling, and the document
    holds another name of the question: capitals alone ("the Balkan country") prove little.
    So is a place that only says where a name lies that was found ("Sencelles, in Majorca"),
    and an acronym in another language than the document's, where it has other letters. An odd
    spelling alone is not insisted on where two other names of the question were found.
    """
    foreign = reading.document.language != question.language
    translated = _translated(question) if foreign else ()
    missing: list[Term] = []
    found: list[Term] = []
    for key in keys:
        if not key.term.is_name or key.term.weight < 1.0:
            continue
        if question.countries and fold(key.term.text) in question.set_nouns:
            continue  # "Nordic" stands for its countries
        folded = fold(key.term.text)
        known_beginning = len(folded) >= _PREFIX and folded[:_PREFIX] in reading.all_prefixes
        if not reading.all_keys.isdisjoint(key.exact) or known_beginning:
            found.append(key.term)
        elif not country_code(key.term.text) and not any(
            span.holds(key.term.span) for span in translated
        ):
            missing.append(key.term)
    if found:
        strict = {fold(w.text) for p in question.places for w in words(p.surface)}
        missing = [
            term
            for term in missing
            if not _only_locates(term, found)
            and (
                fold(term.text) in strict
                or (_is_odd(term.text) and not (foreign and term.text.isupper()) and len(found) < 2)
            )
        ]
    return [term.text for term in missing]


def _translated(question: Question) -> tuple[Span, ...]:
    """Names that another language spells with other words: regions, and titles of several words.

    "Toscana" is Tuscany and "Związek Miast Bałtyckich" the Union of the Baltic Cities.
    """
    cities = [place.span for place in question.places if place.kind == "city"]
    regions = [place.span for place in question.places if place.kind != "city"]
    titles = [
        run
        for run in capitalised_runs(question.text)
        if len(run.of(question.text).split()) > 1 and not any(run.overlaps(c) for c in cities)
    ]
    return (*regions, *titles)


def _only_locates(term: Term, found: Iterable[Term]) -> bool:
    """Whether the term stands beside a name that was found: "Sencelles, in Majorca".

    Before it only where the name's spelling is its own: "the Magdeburg hackerspace Netz39".
    """
    for other in found:
        if 0 < term.span.start - other.span.end <= _LOCATING:
            return True
        if _is_odd(other.text) and 0 < other.span.start - term.span.end <= _DESCRIBING:
            return True
    return False


def _is_odd(word: str) -> bool:
    """Whether a word's spelling marks a name by itself: an acronym, a digit, inner capitals."""
    return any(c.isupper() or c.isdigit() for c in word[1:])


def phrase_stands(line_text: str, language: str, keys: Sequence[TermKeys]) -> bool:
    """Whether all terms stand together in a sentence: neighbours, or parts of one compound."""
    pairs = [forms(word, language) for word in written(line_text)]
    joined = "".join(fold(key.term.text) for key in keys)
    if any(joined in folded for folded, _stemmed in pairs):
        return True
    # Most lines lack one of the terms altogether.
    if not all(any(_is(pair, key) for pair in pairs) for key in keys):
        return False
    stops = stop_words(language)
    content = [pair for pair in pairs if pair[0] not in stops]
    width = len(keys) + 1
    for start in range(len(content)):
        window = content[start : start + width]
        if all(any(_is(pair, key) for pair in window) for key in keys):
            return True
    return False


def _is(pair: tuple[str, str], key: TermKeys) -> bool:
    folded, stemmed = pair
    if folded in key.exact or stemmed in key.exact:
        return True
    return bool(key.prefix and folded.startswith(key.prefix))
