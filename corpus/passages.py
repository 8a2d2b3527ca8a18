"""A document cut into passages: the units that are embedded, ranked and quoted from.

Knows that a passage is made of whole sentences of one section, that it should be long enough to
say something and must be short enough to be embedded whole, and that its title and headings
travel with it. Refuses to know encoders: tokens are counted by whoever asks.

Within a section the cheapest division is looked for, where a passage shorter than wanted costs
the square of what it lacks and every cut costs by what it tears apart. So no tail is left over,
and equal texts are divided equally on any machine: all costs are whole numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus import Document, Passage, Span
from corpus.errors import Unreadable
from corpus.lines import kind, looks_like_title
from corpus.listings import items
from corpus.sections import header_end, says_the_same, sections
from corpus.sentences import sentences

CountTokens = Callable[[Sequence[str]], list[int]]

# Tokens, title and headings included. Shorter passages lack the words a question is asked in,
# longer ones blur several subjects into one vector.
_FEWEST_TOKENS = 150
_MOST_TOKENS = 220
# With less than this left by title and headings, a passage would be crumbs.
_LEAST_ROOM_TOKENS = 16

# Word pieces can be long: an encoder's one "unknown" token may hide a page of damage.
_CHARACTERS_PER_TOKEN = 16
# Bounds the search on a wall of one-word lines.
_MOST_SENTENCES = 80

# What a cut costs, in missing tokens squared: one within a paragraph is as bad as lacking 30.
_CUT_HEADER = 10**8  # a document's header is one thing
_CUT_AFTER_TITLE = 8_000  # a title line belongs to what follows
_CUT_AFTER_COLON = 5_000  # so does an announcement to its list
_CUT_SAME_LINE = 900
_CUT_LIST = 400
_CUT_NEXT_LINE = 300
_CUT_PARAGRAPH = 100
_CUT_BEFORE_TITLE = 0

# Title and headings together, and the innermost heading alone, as embedded.
_PREFIX_TOKENS = 40
_HEADING_TOKENS = 18

_LINE = re.compile(r"\S.*")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Consecutive sentences passages may be made of: a section, or one item of a listing."""

    headings: tuple[str, ...]
    sentences: tuple[Span, ...]
    weights: tuple[int, ...] = ()  # tokens of each sentence; 0 for what the prefix says


@dataclass(frozen=True, slots=True)
class _Room:
    """Tokens left for a passage's own words when its title and headings are paid for."""

    fewest: int
    most: int
    limit: int


def split(document: Document, count_tokens: CountTokens, limit: int) -> tuple[Passage, ...]:
    """The passages of ``document``, in order; every character but white space is in one of them.

    ``count_tokens`` gives what the encoder makes of each text, its prompt and special tokens
    included; no ``passage_text`` has more than ``limit`` of them. Passages aim at 150 to 220
    tokens; shorter are those of short sections, longer only single sentences. A sentence over
    the limit is cut at white space.

    Unreadable (stage "limits") if title and headings leave no room in the limit.
    """
    count = _bounded(count_tokens)
    stretches = list(_stretches(document))
    overhead, rooms = _rooms(document, stretches, count, limit)
    header = header_end(document)
    drafts = [
        _passage(document, stretch.headings, part)
        for stretch in _weighed(document, stretches, count, overhead, rooms)
        for part in _divide(document.text, stretch, rooms[stretch.headings], header)
    ]
    return tuple(
        replace(passage, ordinal=ordinal)
        for ordinal, passage in enumerate(_fitting(document, drafts, count, limit))
    )


def passage_text(document: Document, passage: Passage) -> str:
    """What of ``passage`` is embedded and counted: title, headings, then its own words.

    Title and headings are shortened to about 40 tokens together, and not repeated where the
    passage opens with them.
    """
    rest = passage.sentences[_already_said(document, passage) :]
    words = document.text[rest[0].start : passage.span.end] if rest else ""
    return "\n".join(part for part in (_prefix(document, passage.headings), words) if part)


def sentences_in_text(document: Document, passage: Passage) -> tuple[Span, ...]:
    """Where each sentence of ``passage`` stands in its ``passage_text``.

    An empty span for one that only the title or headings before the text repeat.
    """
    said = _already_said(document, passage)
    prefix = _prefix(document, passage.headings)
    words = passage.sentences[said:]
    shift = (len(prefix) + 1 if prefix else 0) - words[0].start if words else 0
    return (
        *(Span(0, 0) for _sentence in passage.sentences[:said]),
        *(Span(sentence.start + shift, sentence.end + shift) for sentence in words),
    )


def _already_said(document: Document, passage: Passage) -> int:
    """How many of the passage's first sentences its prefix says."""
    said = 0
    for sentence in passage.sentences:
        if not _is_said_by_prefix(document, sentence, first=said == 0):
            break
        said += 1
    return said


def _bounded(count_tokens: CountTokens) -> CountTokens:
    def count(texts: Sequence[str]) -> list[int]:
        return [
            max(tokens, len(text) // _CHARACTERS_PER_TOKEN)
            for text, tokens in zip(texts, count_tokens(texts), strict=True)
        ]

    return count


def _passage(document: Document, headings: tuple[str, ...], part: Sequence[Span]) -> Passage:
    span = Span(part[0].start, part[-1].end)
    return Passage(document.id, 0, span, tuple(part), headings)


def _stretches(document: Document) -> Iterator[_Stretch]:
    text, header = document.text, header_end(document)
    for section in sections(document):
        # Heading lines are not cut into sentences: "#1 What is it? An oak" is one heading.
        lead = [
            Span(line.start(), line.start() + len(line[0].rstrip()))
            for line in _LINE.finditer(text, section.span.start, section.body)
        ]
        start = section.body
        listed = Span(min(max(start, header), section.span.end), section.span.end)
        for item in items(text, listed):
            found = (*lead, *sentences(text, document.language, Span(start, item.end)))
            if found:
                yield _Stretch(section.headings, found)
            lead, start = [], item.end


def _rooms(
    document: Document, stretches: Sequence[_Stretch], count: CountTokens, limit: int
) -> tuple[int, Mapping[tuple[str, ...], _Room]]:
    """What the encoder adds to any text, and what each path of headings leaves of the limit."""
    paths = list(dict.fromkeys(stretch.headings for stretch in stretches))
    overhead, *prefixes = count(["", *(_prefix(document, path) for path in paths)])
    most = min(limit, _MOST_TOKENS)
    if most - max(prefixes, default=0) < _LEAST_ROOM_TOKENS:
        raise Unreadable(
            "limits", f"title and headings take {max(prefixes)} of the {most} tokens of a passage"
        )
    fewest = most * _FEWEST_TOKENS // _MOST_TOKENS
    return overhead, {
        path: _Room(fewest - prefix, most - prefix, limit - prefix)
        for path, prefix in zip(paths, prefixes, strict=True)
    }


def _weighed(
    document: Document,
    stretches: Sequence[_Stretch],
    count: CountTokens,
    overhead: int,
    rooms: Mapping[tuple[str, ...], _Room],
) -> Iterator[_Stretch]:
    """The stretches with their weights; sentences over the limit are cut to pieces."""
    text = document.text
    counts = iter(count([sentence.of(text) for s in stretches for sentence in s.sentences]))
    for stretch in stretches:
        room = rooms[stretch.headings]
        weighed: list[tuple[Span, int]] = []
        opening = True
        for number, sentence in enumerate(stretch.sentences):
            weight = max(next(counts) - overhead, 1)
            opening = opening and _is_said_by_prefix(document, sentence, first=number == 0)
            if opening:
                weighed.append((sentence, 0))
            elif weight > room.limit:
                weighed += _pieces(text, sentence, weight, count, overhead, room.most)
            else:
                weighed.append((sentence, weight))
        spans, weights = zip(*weighed, strict=True)
        yield replace(stretch, sentences=spans, weights=weights)


def _is_said_by_prefix(document: Document, sentence: Span, *, first: bool) -> bool:
    """Whether a passage's opening sentence is the title, a heading, or a line drawn under one."""
    words = sentence.of(document.text)
    if _WORD.search(words) is None:
        return not first
    if says_the_same(words, document.title):
        return True
    headings = document.headings
    number = bisect_left(headings, sentence.end, key=lambda heading: heading.span.start) - 1
    return number >= 0 and (
        headings[number].span.end > sentence.start
        and says_the_same(words, headings[number].span.of(document.text))
    )


def _divide(text: str, stretch: _Stretch, room: _Room, header: int) -> list[tuple[Span, ...]]:
    """The sentences of ``stretch`` in groups, at the lowest cost by dynamic programming."""
    spans, weights = stretch.sentences, stretch.weights
    cuts = [0, *_cut_costs(text, spans, header)]
    cost_until = [0]
    opened_at = [0]
    for end in range(1, len(spans) + 1):
        tokens = weights[end - 1]
        start = end - 1
        cheapest, opening = cost_until[start] + cuts[start] + _shortfall(tokens, room), start
        while start > max(0, end - _MOST_SENTENCES):
            start -= 1
            tokens += weights[start]
            if tokens > room.most:
                break
            cost = cost_until[start] + cuts[start] + _shortfall(tokens, room)
            if cost <= cheapest:  # of equals the longest passage
                cheapest, opening = cost, start
        cost_until.append(cheapest)
        opened_at.append(opening)
    groups: list[tuple[Span, ...]] = []
    end = len(spans)
    while end > 0:
        groups.append(spans[opened_at[end] : end])
        end = opened_at[end]
    return groups[::-1]


def _shortfall(tokens: int, room: _Room) -> int:
    return max(0, room.fewest - tokens) ** 2


def _cut_costs(text: str, spans: Sequence[Span], header: int) -> Iterator[int]:
    """What it costs to cut between each sentence and the next."""
    gaps = [text[one.end : other.start] for one, other in pairwise(spans)]
    titles = [
        "\n" in before and "\n" in after and looks_like_title(span.of(text))
        for span, before, after in zip(spans, ["\n", *gaps], [*gaps, ""], strict=True)
    ]
    for number, gap in enumerate(gaps):
        one, other = spans[number], spans[number + 1]
        if other.start < header:
            yield _CUT_HEADER
        elif titles[number] and not titles[number + 1]:
            yield _CUT_AFTER_TITLE
        elif text[one.end - 1] == ":":
            yield _CUT_AFTER_COLON
        elif "\n" not in gap:
            yield _CUT_SAME_LINE
        elif titles[number] or kind(text[other.start : other.start + 8].strip()) == "item":
            yield _CUT_LIST
        elif titles[number + 1]:
            yield _CUT_BEFORE_TITLE
        else:
            yield _CUT_NEXT_LINE if gap.count("\n") == 1 else _CUT_PARAGRAPH


def _pieces(
    text: str, sentence: Span, weight: int, count: CountTokens, overhead: int, most: int
) -> list[tuple[Span, int]]:
    """The sentence cut at white space into pieces of at most ``most`` tokens, weighed."""
    fitting: list[tuple[Span, int]] = []
    too_long = [(sentence, weight)]
    while too_long:
        shorter = [
            piece
            for span, tokens in too_long
            # A tenth less than the average that fits: tokens are not spread evenly.
            for piece in _cut_every(text, span, len(span) * most * 9 // (tokens * 10))
        ]
        counts = count([piece.of(text) for piece in shorter])
        too_long = []
        for piece, tokens in zip(shorter, counts, strict=True):
            weight = max(tokens - overhead, 1)
            if weight <= most or len(piece) == 1:
                fitting.append((piece, weight))
            else:
                too_long.append((piece, weight))
    return sorted(fitting)


def _cut_every(text: str, span: Span, characters: int) -> Iterator[Span]:
    """The span cut at white space into pieces of at most ``characters``, at least 1, each.

    A longer run without white space is cut where it stands.
    """
    characters = max(1, characters)
    start = span.start
    while start < span.end:
        stop = start + characters
        if stop < span.end and not text[stop].isspace():
            words = text[start:stop].rsplit(maxsplit=1)
            if len(words) == 2 and not text[stop - 1].isspace():
                stop -= len(words[1])
        stop = min(stop, span.end)
        piece = text[start:stop].rstrip()
        yield Span(start, start + len(piece))
        space_end = stop
        while space_end < span.end and text[space_end].isspace():
            space_end += 1
        start = space_end


def _fitting(
    document: Document, drafts: Sequence[Passage], count: CountTokens, limit: int
) -> list[Passage]:
    """The drafts in order, those found too long as a whole divided until they fit.

    Sentences were counted one by one; few tokenizers find fewer tokens apart than together.
    """
    fitting: list[Passage] = []
    unproved = list(drafts)
    while unproved:
        counts = count([passage_text(document, passage) for passage in unproved])
        divided: list[Passage] = []
        for passage, tokens in zip(unproved, counts, strict=True):
            single = len(passage.sentences) == 1
            if tokens <= (limit if single else min(limit, _MOST_TOKENS)):
                fitting.append(passage)
                continue
            if single and len(passage.span) == 1:
                raise Unreadable("limits", f"one character takes {tokens} of {limit} tokens")
            divided += [
                _passage(document, passage.headings, part)
                for part in _halves(document.text, passage.sentences)
            ]
        unproved = divided
    return sorted(fitting, key=lambda passage: passage.span)


def _halves(text: str, spans: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    if len(spans) == 1:
        return [(piece,) for piece in _cut_every(text, spans[0], (len(spans[0]) + 1) // 2)]
    return [spans[: len(spans) // 2], spans[len(spans) // 2 :]]


def _prefix(document: Document, headings: Sequence[str]) -> str:
    """Title and heading path on a line each; outer headings go first when room is short."""
    path: list[str] = []
    left = _PREFIX_TOKENS
    if headings:
        path = [_shortened(headings[-1], _HEADING_TOKENS)]
        left -= _estimated_tokens(path[0])
    title = _shortened(document.title, left)
    left -= _estimated_tokens(title)
    for heading in reversed(headings[:-1]):
        left -= _estimated_tokens(heading)
        if left < 0:
            break
        path.insert(0, heading)
    return "\n".join(line for line in (title, " > ".join(path)) if line)


def _shortened(words: str, tokens: int) -> str:
    """``words`` up to about ``tokens`` tokens, cut after a word where one fits."""
    left = tokens
    kept: list[str] = []
    for word in words.split():
        left -= _estimated_tokens(word)
        if left < 0:
            return " ".join(kept) + "…" if kept else word[:tokens] + "…"
        kept.append(word)
    return " ".join(kept)


def _estimated_tokens(words: str) -> int:
    """Roughly the tokens of ``words`` under any encoder, so that one text is embedded for all.

    Four Latin letters to a token, two of any other alphabet or accented, one sign.
    """
    return sum(max(1, sum(_quarter_tokens(c) for c in word) // 4) for word in words.split())


def _quarter_tokens(character: str) -> int:
    if character.isascii():
        return 1 if character.isalnum() else 3
    if character.isalpha():
        return 2 if character < "\u2e80" else 4  # from there on ideographs and syllables
    return 4 if character < "\U00010000" else 12  # emoji may be spelled byte by byte
