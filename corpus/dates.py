"""Days, months and years a text names, as intervals with the words that name them.

Knows how eight languages write dates and ranges of dates, and infers a missing year from a
reference day (the one nearest to it; a weekday beside the date has the last word). Refuses to
know clock times, relative dates ("next Tuesday") and whether a date is of an event. Numeric
dates are read day first, unless only month first makes a date. Every pattern is bounded.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import pairwise

from babel import Locale

from corpus import Span
from corpus.words import fold

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl")


@dataclass(frozen=True, slots=True)
class DateMention:
    """One named interval: ``start`` and ``end`` are its first and last day, inclusive."""

    start: date
    end: date
    precision: str  # "day" | "month" | "year"
    span: Span
    inferred_year: bool = False


# ---------------------------------------------------------------- names from CLDR

# Short forms CLDR lacks, or whole words it inflects otherwise.
_MORE_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("", "", "", "", "", "", "", "", "sept", "", "", ""),
    "de": ("jänner", "feber", "märz", "", "", "", "", "", "", "", "", ""),
    "es": ("", "", "", "", "", "", "", "", "setiembre", "", "", ""),
    "pl": (
        "styczniu", "lutym", "marcu", "kwietniu", "maju", "czerwcu",
        "lipcu", "sierpniu", "wrześniu", "październiku", "listopadzie", "grudniu",
    ),
}  # fmt: skip
# Words of another language that a month's short name collides with: only with a year beside
# them would they be safe, so they are not read at all.
_NOT_MONTHS = frozenset({"set", "out", "ago", "mag", "mar", "gen", "sie", "lis", "lip", "maj."})


@cache
def _months(language: str) -> dict[str, int]:
    """Month number by folded name, for one language; full names of the others count too."""
    found: dict[str, int] = {}
    own = language if language in LANGUAGES else "en"
    for name in (own, "en", *LANGUAGES):
        months = Locale.parse(name).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                if width == "abbreviated" and name not in {own, "en"}:
                    continue
                for number, spelled in months[context][width].items():
                    found.setdefault(fold(spelled).rstrip("."), number)
        for number, spelled in enumerate(_MORE_MONTHS.get(name, ()), start=1):
            if spelled:
                found.setdefault(fold(spelled), number)
    short = _NOT_MONTHS if own not in {"it", "pt", "es"} else frozenset({"set", "out", "ago"})
    return {
        name: number
        for name, number in found.items()
        if name.isalpha() and len(name) > 2 and name not in short
    }


@cache
def _weekdays() -> dict[str, int]:
    """Weekday (Monday 0) by folded full or short name, all languages."""
    found: dict[str, int] = {}
    for name in LANGUAGES:
        days = Locale.parse(name).days
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, spelled in days[context][width].items():
                    key = fold(spelled).rstrip(".")
                    if len(key) > 2 or width == "wide":
                        found.setdefault(key, number)
                        found.setdefault(key.removesuffix("-feira"), number)
    found.update({"srode": 2, "sobote": 5, "niedziele": 6})  # Polish "in": accusative
    return found


def names_a_day(word: str, language: str) -> bool:
    """Whether a folded word is a month or a day of the week, in ``language`` or any other."""
    return word in _months(language) or word in _weekdays()


def _alternatives(names: Iterator[str] | dict[str, int]) -> str:
    """A pattern of the folded ``names``, the longest first, that also matches their accents."""
    accented = {
        "a": "[aáàãâä]", "c": "[cç]", "e": "[eéèêë]", "i": "[iíì]", "n": "[nńñ]", "o": "[oóòöô]",
        "s": "[sś]", "u": "[uúûü]", "z": "[zźż]",
    }  # fmt: skip
    return "|".join(
        "".join(accented.get(c, re.escape(c)) for c in name)
        for name in sorted(names, key=lambda name: (-len(name), name))
    )


# ---------------------------------------------------------------- patterns

_GAP = r"[ \t\u00a0]{1,3}"
_MAY_GAP = r"[ \t\u00a0]{0,3}"
_BREAK = r"[ \t\u00a0]{0,3}\n?[ \t\u00a0]{0,3}"  # a line may end inside a date
_OF = rf"(?:(?:of|de|del|do|di|d['’]|em|in){_GAP}|d['’])?"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d|[.,]\d)"
_DAY_DIGITS = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th|er|ère|ste|de|[ºª°]|\.(?=[ \t\u00a0\-–—a-zA-Z,/]))?"
_DASH = rf"{_MAY_GAP}[-–—]{_MAY_GAP}"
_TO_WORD = (
    "to the|tot en met|to|till|until|through|bis|au|al|alla|à|a|t/m|tot|até|ao|do"
    "|and|und|et|y|e|ed|en|i|&"
)
_AND = frozenset({"and", "und", "et", "y", "e", "ed", "en", "i", "&"})


class _Patterns:
    """How one language words its dates. Each is matched where a day or a month stands.

    Compiled when first needed: one takes a tenth of a second, and most texts need few.
    """

    def __init__(self, language: str) -> None:
        article = r"(?:(?:the|der|den|dem|le|el|il|dia|de|o|l['’])[ \t\u00a0]{1,3})?"
        self._month = _alternatives(_months(language))
        self._weekday = rf"(?:{_alternatives(_weekdays())})(?:-feira)?\.?,?{_GAP}{article}"
        word_to = rf"{_GAP}(?P<to>{_TO_WORD}|,){_GAP}{article}"
        self._to = rf"(?:{_DASH}|{word_to}|{_MAY_GAP}(?P<also>&|/){_MAY_GAP})"
        self._day = rf"(?!\d[.,:]\d){_DAY_DIGITS}(?!\d|[,:]\d)"
        year = rf"(?:,?{_BREAK}(?:(?:of|de|del|do|di){_GAP})?(?P<year>{_YEAR}))?"
        self._year1 = year.replace("<year>", "<y1>")
        self._year2 = year.replace("<year>", "<y2>")

    @cached_property
    def day_first(self) -> re.Pattern[str]:
        day, month = self._day, self._month
        return re.compile(
            rf"(?P<d1>{day}){_ORDINAL}(?P<more>(?:,{_GAP}{day}{_ORDINAL}){{1,6}})?"
            rf"(?:{_BREAK}{_OF}(?P<m1>{month})(?!\w)\.?{self._year1})?"
            rf"(?:{self._to}(?P<w2>{self._weekday})?(?P<d2>{day}){_ORDINAL}"
            rf"{_BREAK}{_OF}(?P<m2>{month})(?!\w)\.?{self._year2})?",
            re.IGNORECASE,
        )

    @cached_property
    def month_first(self) -> re.Pattern[str]:
        day, month = self._day, self._month
        return re.compile(
            rf"(?P<m1>{month})(?!\w)\.?{_GAP}(?:the{_GAP})?(?P<d1>{day}){_ORDINAL}"
            rf"(?P<more>(?:,{_GAP}{day}{_ORDINAL}){{1,6}}(?!\w))?"
            rf"(?:{self._to}(?:(?P<m2>{month})(?!\w)\.?{_GAP})?(?P<d2>{day}){_ORDINAL}(?!\w))?"
            rf"{self._year1}(?!\w)",
            re.IGNORECASE,
        )

    @cached_property
    def month_only(self) -> re.Pattern[str]:
        month = self._month
        return re.compile(
            rf"(?P<m1>{month})(?!\w)\.?(?:{_MAY_GAP}(?P<y1>{_YEAR}))?"
            rf"(?:(?:{_DASH}|{_GAP}(?:{_TO_WORD}){_GAP}|/)(?P<m2>{month})(?!\w)\.?)?"
            rf"(?:,?{_GAP}(?:(?:of|de|del|do|di){_GAP})?(?P<y2>{_YEAR}))?(?!\w)",
            re.IGNORECASE,
        )

    @cached_property
    def weekday_before(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?P<w1>{self._weekday})$", re.IGNORECASE)


@cache
def _patterns(language: str) -> _Patterns:
    return _Patterns(language)


_DAY_START = re.compile(r"(?<![\w.,/€$£:-])\d{1,2}(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]{3,14}")
_ANY_DIGIT = re.compile(r"\d")


_ISO = re.compile(
    r"(?<![\w-])(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d|-\d)"
    r"(?:(?:T|[ \t])\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:[ \t]?(?:Z|[+-]\d\d:?\d\d))?)?"
)
_SLASHED = re.compile(
    r"(?<![\w/.])(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)"
    r"(?P<y>(?:1[5-9]|20)\d\d)(?![\w/]|[.-]\d)"
)
_YEAR_SLASHED = re.compile(r"(?<![\w/.])(?P<y>(?:19|20)\d\d)/(?P<m>\d\d)/(?P<d>\d\d)(?![\w/])")
# "23.-24.03.2021", "18-29.11.2019", "30.9. – 2.10.2019": days (and month) before a full date.
_BEFORE_SLASHED = re.compile(
    r"(?<![\w/.])(?P<d>\d{1,2})(?:(?P<sep>[./])(?P<m>\d{1,2})?[./]?)?"
    r"[ \t]?(?P<to>[-–—]|bis|to|à|al|do|und|u\.)[ \t]?$"
)
_BARE_YEAR = re.compile(r"(?<![\w.,/:#€$£+-])(?P<y>(?:19|20)\d\d)(?![\w:]|[.,]\d|[-/]\d)")
_YEARS = re.compile(
    r"(?<![\w.,/:#€$£+-])(?P<y1>(?:19|20)\d\d)[ \t]?[-–—/][ \t]?"
    r"(?P<y2>(?:19|20)?\d\d)(?![\w:]|[.,/-]\d)"
)
# A number of four digits before one of these counts things, not years.
_COUNTED = re.compile(
    r"[ \t\u00a0](?:€|%|euros?|km|m2|m²|kg|inhabitants|people|citizens|residents|einwohner\w*"
    r"|habitants|habitantes|abitanti|inwoners|mieszkańc\w+|persone?n?|personas|personnes|pessoas|osób|members"
    r"|participants|students|hectares|ha|tons|tonnes|hours|stunden|heures|horas|ore|homes|households)\b",
    re.IGNORECASE,
)


# ---------------------------------------------------------------- reading


def find_dates(
    text: str, language: str, within: Span | None = None, reference: date | None = None
) -> tuple[DateMention, ...]:
    """Dates in ``text`` (or one part of it), in order, never overlapping.

    A day without a year counts only with a ``reference``, and is marked ``inferred_year``.
    """
    start, end = (within.start, within.end) if within else (0, len(text))
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"got part [{start}, {end}), expected one inside the text")
    if not _ANY_DIGIT.search(text, start, end):
        return ()
    found: list[DateMention] = []
    taken = _Taken()
    for read in (_numeric, _worded, _month_only, _years):
        for mention in read(text, language, start, end, reference):
            if taken.free(mention.span):
                taken.add(mention.span)
                found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.span))


class _Taken:
    """Which code points earlier, surer patterns have read."""

    def __init__(self) -> None:
        self._at: set[int] = set()

    def free(self, span: Span) -> bool:
        return self._at.isdisjoint(range(span.start, span.end))

    def add(self, span: Span) -> None:
        self._at.update(range(span.start, span.end))


def _day(year: int, month: int, day: int) -> date | None:
    if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def _numeric(
    text: str, language: str, start: int, end: int, reference: date | None
) -> Iterator[DateMention]:
    for match in (*_ISO.finditer(text, start, end), *_YEAR_SLASHED.finditer(text, start, end)):
        day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
        if day:
            stop = match.end("d")
            yield DateMention(day, day, "day", Span(match.start(), stop))
    singles = []
    for match in _SLASHED.finditer(text, start, end):
        day = _day(int(match["y"]), int(match["m"]), int(match["d"])) or _day(
            int(match["y"]), int(match["d"]), int(match["m"])
        )
        if day:
            singles.append((match, day))
    merged: set[int] = set()
    for (left, first), (right, last) in pairwise(singles):
        between = text[left.end() : right.start()]
        if left.start() not in merged and first <= last and _BETWEEN_FULL.fullmatch(between):
            merged |= {left.start(), right.start()}
            yield DateMention(first, last, "day", Span(left.start(), right.end()))
    for match, day in singles:
        if match.start() in merged:
            continue
        before = _BEFORE_SLASHED.search(text, max(start, match.start() - 14), match.start())
        begin = before and _day(day.year, int(before["m"] or day.month), int(before["d"]))
        if before and begin and begin < day:
            yield DateMention(begin, day, "day", Span(before.start(), match.end()))
        else:
            yield DateMention(day, day, "day", Span(*match.span()))


_BETWEEN_FULL = re.compile(r"[ \t]?(?:[-–—]|to|bis|au|al|tot|t/m|até|a|do)[ \t]?")


def _worded(
    text: str, language: str, start: int, end: int, reference: date | None
) -> Iterator[DateMention]:
    patterns, months = _patterns(language), _months(language)
    month_starts = list(_month_starts(text, start, end, months))
    if not month_starts:
        return
    at = start
    while digits := _DAY_START.search(text, at, end):
        match = patterns.day_first.match(text, digits.start(), end)
        mentions = (
            list(
                _interval(match, months, reference, _weekday(text, start, digits.start(), patterns))
            )
            if match and (match["m1"] or match["m2"])
            else []
        )
        yield from mentions
        # A run of numbers that held no date may hide one behind its first.
        at = mentions[-1].span.end if mentions else digits.end()
    for at in month_starts:
        match = patterns.month_first.match(text, at, end)
        if match:
            yield from _interval(match, months, reference, _weekday(text, start, at, patterns))


def _month_starts(text: str, start: int, end: int, months: Mapping[str, int]) -> Iterator[int]:
    """Where words that name a month begin; "may" and "march" only when capitalised."""
    for word in _LETTERS.finditer(text, start, end):
        name = word.group()
        if fold(name) in months and name not in {"may", "march"}:
            yield word.start()


def _weekday(text: str, start: int, at: int, patterns: _Patterns) -> tuple[int, str | None]:
    """Where the date at ``at`` begins and the weekday named before it, if any."""
    match = patterns.weekday_before.search(text, max(start, at - 26), at)
    return (match.start(), match["w1"]) if match else (at, None)


def _interval(
    match: re.Match[str],
    months: Mapping[str, int],
    reference: date | None,
    before: tuple[int, str | None],
) -> Iterator[DateMention]:
    """The interval, the two days or the one day of a day-first or month-first match."""
    begin, weekday = before
    part = match.groupdict()
    month1, month2 = _month(part["m1"], months), _month(part["m2"], months)
    named = month1 or month2
    if named is None or "may" in (part["m1"], part["m2"]) or "march" in (part["m1"], part["m2"]):
        return
    year1, year2 = part["y1"], part.get("y2")
    month_leads = 0 <= match.start("m1") < match.start("d1")
    day1 = int(part["d1"])
    if part["d2"] is None:
        day = _resolved(year1, named, day1, weekday, reference)
        if day and not part["more"]:
            stop = match.end("y1") if year1 else _end_of(match, "d1" if month_leads else "m1")
            yield DateMention(day, day, "day", Span(begin, stop), year1 is None)
        return
    day2, last_month = int(part["d2"]), month2 or named
    if month_leads:
        year1, year2 = None, year1  # "December 28 – January 3, 2018": the year follows the last
        stop = match.end("y1") if year2 else _end_of(match, "d2")
        stop1 = _end_of(match, "d1")
    else:
        stop = match.end("y2") if year2 else _end_of(match, "m2")
        stop1 = match.end("y1") if year1 else _end_of(match, "m1" if month1 else "d1")
    last = _resolved(year2 or year1, last_month, day2, part.get("w2"), reference)
    if last is None:
        return
    first_month = month1 or last_month
    first = _day(int(year1) if year1 else last.year - (first_month > last_month), first_month, day1)
    inferred = not (year1 or year2)
    if first is None or first >= last:
        yield DateMention(last, last, "day", Span(match.start("d2"), stop), inferred)
        return
    joined = fold(part["to"] or part.get("also") or "-")
    ranged = (
        joined not in _AND
        or last - first < timedelta(days=4 if month1 and month2 else 2)
        or part["more"] is not None
        or _BETWEEN_BEFORE.search(match.string, max(0, begin - 16), begin) is not None
    )
    if ranged or month_leads:
        yield DateMention(first, last, "day", Span(begin, stop), inferred)
        return
    yield DateMention(first, first, "day", Span(begin, stop1), inferred)
    begin2 = match.start("w2") if part.get("w2") else match.start("d2")
    yield DateMention(last, last, "day", Span(begin2, stop), inferred)


# Words that make a range of a pair of days: "between 3 and 9 May".
_BETWEEN_BEFORE = re.compile(
    r"\b(?:between|entre|zwischen|tra|tussen|pomiędzy|między|from|du|vom|dal|van|desde|od|del)"
    r"(?:[ \t](?:the|le|dem|el|il|l['’]))?[ \t]$",
    re.IGNORECASE,
)
_ORDINAL_AFTER = re.compile(r"st|nd|rd|th", re.IGNORECASE)


def _end_of(match: re.Match[str], group: str) -> int:
    """Where a day or month ends, its ordinal letters included."""
    after = _ORDINAL_AFTER.match(match.string, match.end(group))
    return after.end() if after and group.startswith("d") else match.end(group)


def _resolved(
    year: str | None, month: int, day: int, weekday: str | None, reference: date | None
) -> date | None:
    known = int(year) if year else _year_near(month, day, weekday, reference)
    return _day(known, month, day) if known else None


def _month(name: str | None, months: Mapping[str, int]) -> int | None:
    return months.get(fold(name).rstrip(".")) if name else None


def _year_near(month: int, day: int, weekday: str | None, reference: date | None) -> int | None:
    """The year that puts the day nearest to ``reference``, on its weekday where one is named."""
    if reference is None:
        return None
    years = range(max(1, reference.year - 1), min(9999, reference.year + 1) + 1)
    days = [when for year in years if (when := _day(year, month, day))]
    if weekday is not None:
        word = _LETTERS.match(fold(weekday))
        named = _weekdays().get(word.group()) if word else None
        days = [when for when in days if when.weekday() == named] or days
    if not days:
        return None
    # Of two equally near, the later: announcements look ahead.
    return min(days, key=lambda when: (abs((when - reference).days), -when.toordinal())).year


def _month_only(
    text: str, language: str, start: int, end: int, reference: date | None
) -> Iterator[DateMention]:
    patterns, months = _patterns(language), _months(language)
    for at in _month_starts(text, start, end, months):
        match = patterns.month_only.match(text, at, end)
        if match is None:
            continue
        first, last = _month(match["m1"], months), _month(match["m2"], months)
        year = match["y2"] or match["y1"]
        if first is None or year is None:
            continue
        end_year = int(year)
        begin_year = int(match["y1"]) if match["y1"] else end_year - bool(last and first > last)
        if match["y1"] and last and not match["y2"]:
            end_year = begin_year + (first > last)
        begin = date(begin_year, first, 1)
        last = last or first
        finish = date(end_year, last, calendar.monthrange(end_year, last)[1])
        if begin <= finish:
            yield DateMention(begin, finish, "month", Span(*match.span()))


def _years(
    text: str, language: str, start: int, end: int, reference: date | None
) -> Iterator[DateMention]:
    for match in _YEARS.finditer(text, start, end):
        first = int(match["y1"])
        last = int(match["y2"]) if len(match["y2"]) == 4 else first // 100 * 100 + int(match["y2"])
        if first < last < first + 100:
            span = Span(*match.span())
            yield DateMention(date(first, 1, 1), date(last, 12, 31), "year", span)
    for match in _BARE_YEAR.finditer(text, start, end):
        if not _COUNTED.match(text, match.end()):
            year = int(match["y"])
            span = Span(*match.span())
            yield DateMention(date(year, 1, 1), date(year, 12, 31), "year", span)
