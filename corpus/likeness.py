"""Which documents say the same, so that one of them is enough: copies, mirrors, small edits.

Knows words, the numbers, days, names and negations among them, and where sentences end. It
refuses to know why two texts are alike: a page under two addresses and a leaflet copied by a
colleague are one to it. What it must never do is call a document a copy whose reader would
learn something else: next year's edition, the same workshop in another town, a price that rose.

How it was set. Among 664 real articles the resemblance (Jaccard, of runs of five words) of two
of them is .57 at most for members of a series that share headings and method: 31 reports on
villages, whose figures differ. Copies have .97 and more. In the gap between, at .79 to .87,
lie four pairs that differ in a day, a name or an announcement: texts for which no threshold is
right, so differences are looked at word by word. Three pairs of those articles are found to be
copies, and two revisions of one page at .97 are not, for one of them names a country and other
sources. Among the starter articles the largest is .003.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import PurePosixPath

import numpy as np

from corpus import Document, Span
from corpus.dates import names_a_day
from corpus.numbers import is_number_word
from corpus.words import fold, stop_words, words

_RUN = 5  # words: long enough that two texts share one by saying the same, not by chance
_RESEMBLANCE = 0.7  # in the middle of the gap above
# Of a copy's words that its original lacks. Two slips a page; none in a text of twenty words.
_MOST_OWN_WORDS = 0.05

# A sketch is the smallest hash in each of 128 bins, in 32 bands of four. Two texts that
# resemble each other by .7 share a band but for one time in five thousand.
_BINS = 128
_BAND = 4
_BYTES = 8  # of a hash
_BINS_BITS = _BINS.bit_length() - 1
# Pages made from one template share bands by the thousand and differ in their figures. Each is
# compared with those likest to it alone, or a thousand of them would cost half a million looks.
_MOST_COMPARED = 8
_MOST_IN_A_BAND = 64

_NEGATIONS_IN_WORDS = (
    "no not never without cannot neither nor non ne pas jamais sans ni aucun aucune nicht kein "
    "keine keinen keiner nie ohne weder sin nunca jamas ningun ninguna mai senza niente nessun "
    "nessuno nessuna niet geen nooit zonder nao sem nenhum nenhuma nigdy bez"
)
_NEGATIONS = frozenset(_NEGATIONS_IN_WORDS.split())
# Between two words: the end of a sentence or of a line.
_STOP = re.compile(r"[.!?:;…。]|\n")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a document to find those like it without reading any of them."""

    source: str
    length: int  # words
    published: str  # ISO 8601, or empty
    whole: str  # equal for texts of the same words under the same title
    bands: bytes  # 32 of eight bytes; two documents with a common band may be alike

    @property
    def each_band(self) -> list[bytes]:
        """The bands one by one."""
        return [self.bands[at : at + _BYTES] for at in range(0, len(self.bands), _BYTES)]

    @property
    def order(self) -> tuple[int, str, str]:
        """Ascending, the document to keep of several that are alike comes first.

        The longest says what the others say; of equally long ones, the first to be published.
        """
        return (-self.length, self.published or "9999", self.source)


def sketch(document: Document) -> Sketch | None:
    """The sketch of ``document``; None when it has no words. Equal texts, equal sketches."""
    text = _Text(document)
    if not text.folded:
        return None
    bins: list[int | None] = [None] * _BINS
    for run in text.runs:
        place, rest = run % _BINS, run >> _BINS_BITS
        least = bins[place]
        if least is None or rest < least:
            bins[place] = rest
    full = _filled(bins)
    return Sketch(
        document.source,
        len(text.folded),
        document.published.isoformat() if document.published else "",
        _hash(" ".join((*text.title, "\0", *text.folded))),
        b"".join(
            _digest(f"{start} {full[start : start + _BAND]}") for start in range(0, _BINS, _BAND)
        ),
    )


def aliases(sketches: Iterable[Sketch], read: Callable[[str], Document | None]) -> dict[str, str]:
    """Source of each copy → source of the document it repeats, which is no copy itself.

    ``read`` gives a document by its source, or None to leave it alone. In the order of
    ``Sketch.order`` each document becomes a copy of the likest one kept before it that it
    repeats, or is kept. So the result depends on what the documents are and on nothing else:
    not on their order, nor on what was found before.
    """
    found: dict[str, str] = {}
    whole: dict[str, Sketch] = {}
    kept_in: dict[tuple[int, bytes], list[Sketch]] = defaultdict(list)
    text_of = lru_cache(maxsize=4096)(lambda source: _text_of(source, read))
    for one in sorted(_with_company(sketches), key=lambda each: each.order):
        likest = _likest(one, whole, kept_in)
        original = next(
            (other for other in likest if _repeats(text_of(one.source), text_of(other.source))),
            None,
        )
        if original is not None:
            found[one.source] = original.source
            continue
        whole.setdefault(one.whole, one)
        for place, band in enumerate(one.each_band):
            if len(kept_in[place, band]) < _MOST_IN_A_BAND:
                kept_in[place, band].append(one)
    return found


def _with_company(sketches: Iterable[Sketch]) -> list[Sketch]:
    """Those that share a band, or all of their words, with another: few of a usual corpus.

    The others can be no copies and have none, and most of the work would be done for them.
    """
    every = list(sketches)
    if not every:
        return []
    # By numpy: a large corpus has a million bands, and each publish looks at all of them.
    bands = np.frombuffer(b"".join(one.bands for one in every), "<u8").reshape(len(every), -1)
    _bands, which, counts = np.unique(bands, return_inverse=True, return_counts=True)
    shares = np.any(counts[which.reshape(bands.shape)] > 1, axis=1)
    wholes = Counter(one.whole for one in every)
    return [
        one
        for one, shares_band in zip(every, shares, strict=True)
        if shares_band or wholes[one.whole] > 1
    ]


def repeats(copy: Document, original: Document) -> bool:
    """Whether ``copy`` says nothing that ``original`` does not say, in the same words.

    They resemble each other, their titles do not tell them apart, hardly a word of the copy
    is its own, and no number, day, name or negation is. What the original adds are whole
    sentences, or words that are none of these.
    """
    return _repeats(_Text(copy), _Text(original))


def _likest(
    one: Sketch, whole: dict[str, Sketch], kept_in: dict[tuple[int, bytes], list[Sketch]]
) -> list[Sketch]:
    """The kept documents to compare with: those of equal words, then by bands in common."""
    shared: dict[str, int] = defaultdict(int)
    by_source: dict[str, Sketch] = {}
    for place, band in enumerate(one.each_band):
        for other in kept_in.get((place, band), ()):
            shared[other.source] += 1
            by_source[other.source] = other
    order = sorted(by_source.values(), key=lambda s: (-shared[s.source], s.order))
    same = whole.get(one.whole)
    first = [same] if same is not None else []
    return [*first, *(other for other in order if other is not same)][:_MOST_COMPARED]


class _Text:
    """A document as it is compared: its words, and the runs of five of them."""

    def __init__(self, document: Document) -> None:
        found = words(document.text)
        self.document = document
        self.words = [(word.text, word.span) for word in found]
        self.folded = [fold(word.text) for word in found]
        self.title = _title_words(document)

    @cached_property
    def run_at(self) -> list[int]:
        """The hash of the run that begins at each word; one for a text that is shorter."""
        folded = self.folded
        count = max(1, len(folded) - _RUN + 1)
        return [_number(" ".join(folded[at : at + _RUN])) for at in range(count)]

    @cached_property
    def runs(self) -> frozenset[int]:
        return frozenset(self.run_at)

    @cached_property
    def lower(self) -> frozenset[str]:
        """The folded words that are somewhere written without a capital."""
        return frozenset(
            folded
            for (written, _span), folded in zip(self.words, self.folded, strict=True)
            if written.islower()
        )

    def own(self, other: _Text) -> list[tuple[int, int]]:
        """The words that stand in no run ``other`` has too: (first, one past the last) each."""
        width = min(_RUN, len(self.folded))
        found: list[tuple[int, int]] = []
        # Runs cannot tell of a beginning or an end that is shorter than they are.
        reached = _in_common(self.folded, other.folded)
        rest, rest_of_other = self.folded[reached:], other.folded[reached:]
        end = len(self.folded) - _in_common(rest[::-1], rest_of_other[::-1])
        for at, run in enumerate(self.run_at):
            if run in other.runs:
                if at > reached:
                    found.append((reached, min(at, end)))
                reached = max(reached, at + width)
        if reached < end:
            found.append((reached, end))
        return [part for part in found if part[0] < part[1]]

    def is_whole(self, part: tuple[int, int]) -> bool:
        """Whether a part begins and ends with a sentence or a line."""
        first, last = part
        return self._stops(first - 1) and self._stops(last - 1)

    def _stops(self, at: int) -> bool:
        """Whether a sentence or a line ends after the word at ``at``."""
        if at < 0 or at + 1 >= len(self.words):
            return True
        between = Span(self.words[at][1].end, self.words[at + 1][1].start)
        return _STOP.search(between.of(self.document.text)) is not None


def _repeats(copy: _Text | None, original: _Text | None) -> bool:
    if copy is None or original is None:
        return False
    common = len(copy.runs & original.runs)
    if common < _RESEMBLANCE * (len(copy.runs) + len(original.runs) - common):
        return False
    if not _one_title(copy.title, original.title):
        return False
    own = copy.own(original)
    if sum(last - first for first, last in own) > _MOST_OWN_WORDS * len(copy.folded):
        return False
    lower = copy.lower | original.lower
    if any(_tells(copy, part, lower) for part in own):
        return False
    return not any(
        _tells(original, part, lower) for part in original.own(copy) if not original.is_whole(part)
    )


def _tells(text: _Text, part: tuple[int, int], lower: frozenset[str]) -> bool:
    """Whether a word of this part can make a statement another one."""
    return any(
        _is_telling(*text.words[at], text.folded[at], lower, text.document.language)
        for at in range(*part)
    )


def _is_telling(
    written: str, _span: Span, folded: str, lower: frozenset[str], language: str
) -> bool:
    if any(c.isdigit() for c in folded) or folded in _NEGATIONS:
        return True
    if names_a_day(folded, language) or is_number_word(folded, language):
        return True
    if written.islower():
        return False
    # A capital makes a name, unless the word is also written small or is a function word at
    # the beginning of a sentence. Scripts without capitals cannot tell, so all their words do.
    return folded not in lower and folded not in stop_words(language)


def _one_title(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one title is the other, or the other with more words but no number."""
    few, many = sorted((set(one), set(other)), key=len)
    return not few or (few <= many and not any(_has_digit(word) for word in many - few))


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _title_words(document: Document) -> tuple[str, ...]:
    """The folded words of the title; none for one that is only what the file is called."""
    stem = PurePosixPath(document.source).stem
    named = [fold(word.text) for word in words(stem.replace("_", " "))]
    title = [fold(word.text) for word in words(document.title)]
    return () if title == named else tuple(title)


def _text_of(source: str, read: Callable[[str], Document | None]) -> _Text | None:
    document = read(source)
    return _Text(document) if document is not None else None


def _filled(bins: Sequence[int | None]) -> list[int]:
    """Every empty bin with what the next full one holds, and how far off it was.

    One hash a run and this are a hundred times cheaper than a hash for every bin; Shrivastava
    and Li, "Densifying one permutation hashing via rotation", ICML 2014.
    """
    full: list[int] = [0] * len(bins)
    value, distance = 0, 0
    for at in range(2 * len(bins) - 1, -1, -1):  # twice around, so that the last finds the first
        here = bins[at % len(bins)]
        value, distance = (here, 0) if here is not None else (value, distance + 1)
        full[at % len(bins)] = value + distance * 0x9E3779B97F4A7C15
    return full


def _has_digit(word: str) -> bool:
    return any(c.isdigit() for c in word)


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def _hash(text: str) -> str:
    return _digest(text).hex()


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=_BYTES).digest()
