"""Where sentences begin and end, as spans into the text they were found in.

Knows paragraphs, lines wrapped at a margin (their shapes come from :mod:`corpus.lines`),
terminal punctuation and the short forms of :mod:`corpus.abbreviations`. Refuses to know documents,
headings given by markup, and meaning. It never changes a character: whatever it returns is cut
out of the text as it stands, so that a quoted sentence is found where it claims to be.

Every pattern starts at most once per character and repeats possessively or within a bound, so
time grows with the length of the text, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus import Span
from corpus.abbreviations import NAME_PARTICLES, OPENINGS, Abbreviations, abbreviations
from corpus.lines import BULLETS, MARKS, Kind, is_bare_bullet, kind

# A sentence of more words than this is also cut at semicolons and bullets ...
_LONG_SENTENCE_WORDS = 120
# ... into clauses that are joined again up to this many words, so that "Berlin;" is not one.
_CLAUSE_WORDS = 40

# Shorter lines do not fill a margin: a line break after them was meant.
_WRAPPED_CHARACTERS = 40
# Wider "margins" are none: each line is a paragraph of its own.
_WIDEST_MARGIN = 140
# A line this short is a title or an item even when the next one starts with a small letter.
_SHORT_LINE_CHARACTERS = 25
_SHORT_FIELD_CHARACTERS = 60

# Longer runs without white space are addresses or damage, never a short form.
_LONGEST_TOKEN = 40

_CLOSERS = "\"'”’“‘»«›‹)]}*_"
_OPENERS = "\"'“”„‚‘’«»‹›([{¿¡*_#–—- \t"

_END = re.compile(
    rf"[{MARKS}]++[{re.escape(_CLOSERS)}]*+(?:\[\d{{1,3}}\])*+"  # "[1]" is a footnote's number
    rf"|(?<=\s)[{BULLETS}](?=\s)"
)
# Greek asks with a semicolon.
_END_GREEK = re.compile(_END.pattern + r"|;(?=\s)")
_CLAUSE_END = re.compile(rf";(?=\s|[A-ZÀ-Þ])|(?<=\s)[{BULLETS}](?=\s)")
_SPACE = re.compile(r"\s*+")
_WORD = re.compile(r"[^\W\d_]{1,30}")
_SMALL_LETTERS = re.compile(r"[a-zß-ÿ]{3}")
_FULL_WIDTH = frozenset("。！？")  # these need no space after them

_NUMBER_ITEM = re.compile(r"\d{1,3}\.")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)++[^\W\d_]{1,4}")
_ORDINAL = re.compile(r"(?:\d{1,2}\.?[-–/])?\d{1,2}|\d{1,2}\.\d{1,2}|[IVXL]{1,6}")
_AFTER_NUMBER = re.compile(r"\d\s?[a-z]\.")
_ROMAN = re.compile(r"[IVXLC]{1,7}\b")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXL]{1,6}|[a-zA-Z])")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line that is not blank, without the white space around it."""

    start: int
    end: int
    kind: Kind


def sentences(text: str, language: str, within: Span | None = None) -> tuple[Span, ...]:
    """Spans of the sentences of ``text``, or of the part of it ``within``, in order.

    They have no white space at their ends, do not overlap, and leave out nothing but white
    space. ``language`` is ISO 639-1, or "und". Paragraphs, list items, ``key: value`` lines,
    table rows and short title lines end a sentence; a line break inside wrapped prose does not.
    """
    whole = Span(0, len(text)) if within is None else within
    known = abbreviations(language)
    end_mark = _END_GREEK if language == "el" else _END
    return tuple(
        clause
        for lines in _paragraphs(text, whole)
        for block in _blocks(text, lines, known)
        for sentence in _sentences_of_block(text, block, known, end_mark)
        for clause in _clauses(text, sentence)
    )


def _paragraphs(text: str, within: Span) -> Iterator[list[_Line]]:
    """Runs of lines with no blank line between them."""
    lines: list[_Line] = []
    position = within.start
    while position < within.end:
        newline = text.find("\n", position, within.end)
        line_end = within.end if newline < 0 else newline
        line = text[position:line_end]
        if words := line.strip():
            start = position + len(line) - len(line.lstrip())
            lines.append(_Line(start, start + len(words), kind(words)))
        elif lines:
            yield lines
            lines = []
        position = line_end + 1
    if lines:
        yield lines


def _blocks(text: str, lines: list[_Line], known: Abbreviations) -> Iterator[Span]:
    """The lines of a paragraph, joined where a margin and not the writer broke them."""
    margin = max(line.end - line.start for line in lines)
    start = lines[0].start
    for line, following in pairwise(lines):
        if not _continues(text, line, following, margin, len(lines), known):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, lines[-1].end)


def _continues(
    text: str, line: _Line, following: _Line, margin: int, line_count: int, known: Abbreviations
) -> bool:
    """Whether ``following`` goes on with the sentence that ``line`` left open."""
    length = line.end - line.start
    if line.kind == "item" and is_bare_bullet(text[line.start : line.end]):
        return following.kind == "plain"  # a bullet cut off from its words, as in many a PDF
    word = _WORD.match(text, following.start, following.end)
    small = word is not None and word[0][0].islower()
    last = text[line.end - 1]
    full = (
        _WRAPPED_CHARACTERS <= length <= margin <= _WIDEST_MARGIN
        and length + 1 + _first_word_length(text, following) > margin
        and (line_count > 2 or text[following.end - 1] in MARKS + _CLOSERS)
    )
    if line.kind in ("row", "marked") or following.kind in ("row", "marked"):
        return False
    if following.kind == "item":
        # "am / 17. Mai" at a margin is a date, not the seventeenth item of a list.
        return (
            full
            and known.ordinals
            and line.kind == "plain"
            and last not in ".!?…:;"
            and _NUMBER_ITEM.match(text, following.start, following.end) is not None
        )
    if following.kind == "field" and not (full and small and last not in ".!?…:;"):
        return False
    if line.kind == "field" and length < _SHORT_FIELD_CHARACTERS:
        return False
    if last == ":":
        return False
    if full:
        return True
    if length < _SHORT_LINE_CHARACTERS:
        return False
    return last == "," or (small and last not in ".!?…;")


def _first_word_length(text: str, line: _Line) -> int:
    space = text.find(" ", line.start, line.end)
    return (line.end if space < 0 else space) - line.start


def _sentences_of_block(
    text: str, block: Span, known: Abbreviations, end_mark: re.Pattern[str]
) -> Iterator[Span]:
    start = block.start
    for match in end_mark.finditer(text, block.start, block.end):
        if match.start() < start:
            continue
        if match[0] in BULLETS:
            if match.start() > start:
                yield _trimmed(text, start, match.start())
                start = match.start()
            continue
        end = match.end()
        following = _skip_space(text, end, block.end)
        if following < block.end and text[following] == "»" and following > end:
            # French sets a space before the closing mark.
            after = _skip_space(text, following + 1, block.end)
            if after > following + 1 or after == block.end:
                end, following = following + 1, after
        if following == block.end:
            break
        if following == end and match[0][-1] not in _FULL_WIDTH:
            if _lost_space(text, match, block.end):
                yield Span(start, end)
                start = end
            continue  # "2.5", "www.example.eu", "U.K"
        if _is_end(text, start, match, following, block.end, known):
            yield Span(start, end)
            start = following
    if start < block.end:
        yield Span(start, block.end)


def _lost_space(text: str, mark: re.Match[str], block_end: int) -> bool:
    """Whether two sentences were glued together, as in "over the years.The town"."""
    word = _WORD.match(text, mark.end(), block_end)
    return (
        word is not None
        and word[0].istitle()
        and word[0].casefold() in OPENINGS
        and text[word.end() : word.end() + 1] == " "
        and _SMALL_LETTERS.fullmatch(text, max(0, mark.start() - 3), mark.start()) is not None
    )


def _is_end(
    text: str,
    start: int,
    mark: re.Match[str],
    following: int,
    block_end: int,
    known: Abbreviations,
) -> bool:
    """Whether the sentence from ``start`` ends at ``mark``, words going on at ``following``."""
    opening = following
    while opening < min(following + 12, block_end - 1) and text[opening] in _OPENERS:
        opening += 1
    first = text[opening]
    if first.islower() or first in "&=+,;:)/%":
        return False
    if mark.start() > 0 and text[mark.start() - 1] in "([{":
        return False  # "(…)", "[...]", "(!)"
    marks = mark[0].rstrip(_CLOSERS)
    if marks == ".":
        return _full_stop_ends(text, start, mark, opening, known)
    if set(marks) <= set(".…"):
        return not first.isdigit()
    return True


def _full_stop_ends(
    text: str, start: int, mark: re.Match[str], opening: int, known: Abbreviations
) -> bool:
    token = _token_before(text, start, mark.start())
    if token is None:
        return True
    first = text[opening]
    word = _WORD.match(text, opening)
    after = text[word.end() : word.end() + 1] if word else ""
    opens = word is not None and (
        (word[0].casefold() in OPENINGS and not (len(word[0]) == 1 and after == "."))
        or (len(word[0]) == 1 and after in "'’" and after != "")  # "L’an dernier"
    )
    if mark.start() - len(token) <= start and _ENUMERATOR.fullmatch(token):
        return False  # "1. First", "IV. The plan" at the head of a line
    form = token.casefold()
    # "l'art. 5", "Haus-Nr. 3": the short form is what follows the last joint.
    tail = re.split(r"['’/-]", form)[-1]
    if form in known.open or tail in known.open:
        return False
    numbered = first.isdigit() or (word is not None and _ROMAN.match(text, opening) is not None)
    if tail in known.before_number and numbered:
        return False
    if form in known.maybe_last or tail in known.maybe_last or _DOTTED.fullmatch(token):
        return opens
    if len(token) == 1 and token.isalpha():
        if numbered and first.isdigit():
            return False  # "c. 1500", "S. 12"
        if token.islower() and _AFTER_NUMBER.search(text, max(start, mark.start() - 4), mark.end()):
            return True  # a unit: "9 h.", "200 m."
        particle = word is not None and word[0].casefold() in NAME_PARTICLES
        return opens and not (token.isupper() and particle)
    if known.ordinals and _ORDINAL.fullmatch(token):
        return opens
    if known.ordinals and len(form) > 4 and form.endswith("str"):
        return opens  # "Hauptstr. 5"
    return True


def _token_before(text: str, start: int, stop: int) -> str | None:
    """The run of characters before a full stop, without opening marks; None if it is too long."""
    earliest = max(start, stop - _LONGEST_TOKEN)
    window = text[earliest:stop]
    parts = window.split()
    if not parts or window[-1].isspace():
        return None
    if len(parts) == 1 and earliest > start and not window[0].isspace():
        return None
    return parts[-1].lstrip("\"'“”„‚‘’«»‹›([{¿¡*_#") or None


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, or its clauses when it is too long to be read as a quote."""
    words = len(sentence.of(text).split()) if len(sentence) > _LONG_SENTENCE_WORDS * 2 else 0
    if words <= _LONG_SENTENCE_WORDS:
        yield sentence
        return
    start = previous = sentence.start
    words = 0
    for match in _CLAUSE_END.finditer(text, sentence.start, sentence.end):
        cut = match.end() if match[0] == ";" else match.start()
        clause_words = len(text[previous:cut].split())
        if words and words + clause_words > _CLAUSE_WORDS:
            yield _trimmed(text, start, previous)
            start, words = previous, 0
        words += clause_words
        previous = cut
    if words and words + len(text[previous : sentence.end].split()) > _CLAUSE_WORDS:
        yield _trimmed(text, start, previous)
        start = previous
    yield _trimmed(text, start, sentence.end)


def _skip_space(text: str, position: int, end: int) -> int:
    match = _SPACE.match(text, position, end)
    return match.end() if match else position


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends; it must hold some other character."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))
