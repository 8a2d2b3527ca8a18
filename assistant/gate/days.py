"""Whether the days, months and years of a sentence stand in what it cites.

However they are written: "1-2 June 2017" and "2017-06-01 to 2017-06-02" are one. A coarser date may
be told from a finer one, either end of a range from the range, never a finer one from a coarser. A
year the quote leaves out is the one nearest to the day the article was published, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from babel import Locale

from assistant.gate.backing import Backing
from assistant.gate.numbers import ANY_DAY, Fault
from assistant.lexicon import PUBLISHED
from corpus import Span
from corpus.dates import LANGUAGES, DateMention, find_dates, names_a_day
from corpus.words import fold, words

# "2016: 219 projects" opens a line with its year.
_YEAR_LABEL = re.compile(r"(?<![\w.,/:#€$£+-])(?:19|20)\d\d(?=:\s)")
_FINENESS = {"year": 0, "month": 1, "day": 2}


def wrong_date(sentence: str, backing: Backing) -> Fault | None:
    """The first date that is not borne out, or None."""
    known = list(_known(backing))
    published = [quote.published for quote in backing.quotes if quote.published]
    reference = published[0] if published else ANY_DAY
    said = read_days(sentence, backing.language, reference)
    tells_publication = PUBLISHED.search(fold(sentence), backing.language) is not None
    for mention in said:
        if any(_bears_out(k, mention) for k in known) or _joined(known, mention):
            continue
        if tells_publication and any(mention.start <= d <= mention.end for d in published):
            continue
        told = ", ".join(dict.fromkeys(_told(k) for k in known)) or "it has none"
        return "date", f"found {_told(mention)}, expected a date of {backing.shown}: {told}"
    return _named(sentence, said, known, backing)


def read_days(text: str, language: str, reference: date) -> list[DateMention]:
    """The dates in ``text``, years that label a line among them; none of them overlap."""
    found = list(find_dates(text, language, reference=reference))
    for match in _YEAR_LABEL.finditer(text):
        span = Span(*match.span())
        if not any(mention.span.overlaps(span) for mention in found):
            year = int(match[0])
            found.append(DateMention(date(year, 1, 1), date(year, 12, 31), "year", span))
    return sorted(found, key=lambda mention: mention.span)


def _known(backing: Backing) -> Iterator[DateMention]:
    for quote in backing.quotes:
        for part in (quote.text, quote.around):
            yield from read_days(part, quote.language, quote.published or ANY_DAY)


def same_day(known: DateMention, said: DateMention) -> bool:
    """Whether ``said`` may be told from ``known``."""
    return _bears_out(known, said)


def _told(mention: DateMention) -> str:
    first, last = mention.start.isoformat(), mention.end.isoformat()
    if mention.precision == "year":
        first, last = first[:4], last[:4]
    elif mention.precision == "month":
        first, last = first[:7], last[:7]
    return first if first == last else f"{first} to {last}"


def _bears_out(known: DateMention, said: DateMention) -> bool:
    if said.inferred_year and not known.inferred_year:
        # The sentence leaves the year out, so only day and month are compared.
        return {_yearless(said.start), _yearless(said.end)} <= {
            _yearless(known.start),
            _yearless(known.end),
        }
    if known.start == said.start and known.end == said.end:
        return True
    finer = _FINENESS[known.precision] - _FINENESS[said.precision]
    if finer > 0:
        return said.start <= known.start and known.end <= said.end
    return finer == 0 and _is_end(known, said)


def _is_end(known: DateMention, said: DateMention) -> bool:
    """Whether ``said`` is the first or the last day, month or year of ``known``."""
    one = _FINENESS[said.precision]
    same_unit = (
        said.start.year == said.end.year
        and (one < 1 or said.start.month == said.end.month)
        and (one < 2 or said.start == said.end)
    )
    return same_unit and (said.start == known.start or said.end == known.end)


def _joined(known: Sequence[DateMention], said: DateMention) -> bool:
    """Whether a range's two ends are told apart: "Start: 2014  End: 2016"."""
    if said.start == said.end:
        return False
    fine = [k for k in known if _FINENESS[k.precision] >= _FINENESS[said.precision]]
    if said.precision == "year" and said.start.year == said.end.year:
        return False
    if said.precision == "month" and (said.start.year, said.start.month) == (
        said.end.year,
        said.end.month,
    ):
        return False
    return any(k.start == said.start for k in fine) and any(k.end == said.end for k in fine)


def _yearless(day: date) -> tuple[int, int]:
    return day.month, day.day


# ---------------------------------------------------------------- names of months and days


def _named(
    sentence: str, said: Sequence[DateMention], known: Sequence[DateMention], backing: Backing
) -> Fault | None:
    """A month or day of the week named alone that the quotes do not name."""
    told: set[str | None] = {_month(k.start) for k in known if k.precision != "year"}
    told |= {_month(k.end) for k in known if k.precision != "year"}
    told |= {_weekday(k.start) for k in known if k.precision == "day"}
    told |= {_weekday(k.end) for k in known if k.precision == "day"}
    for quote in backing.quotes:
        told |= {_meant(fold(w.text), quote.language) for w in words(quote.text)}
        told |= {_meant(fold(w.text), quote.language) for w in words(quote.around)}
    for word in words(sentence):
        if any(d.span.overlaps(word.span) for d in said) or not _is_name(word.text, backing):
            continue
        if _meant(fold(word.text), backing.language) not in told:
            return "date", f"found {word.text!r}, which {backing.shown} does not name"
    return None


def _is_name(word: str, backing: Backing) -> bool:
    """Whether the word names a month or a day of the week, in the sentence's own language."""
    if len(word) < 4 or not names_a_day(fold(word), backing.language):
        return False
    if _meant(fold(word), backing.language) is None:
        return False
    # English may and march are verbs; "mars", "mayo" and "sete" other things elsewhere.
    return word not in {"march", "may"} and (
        word[0].isupper() or backing.language not in {"en", "de", "nl"}
    )


@cache
def _names(language: str) -> dict[str, str]:
    """Folded names of months and days of the week: "m6", "w0" (Monday)."""
    own = language if language in LANGUAGES else "en"
    locale = Locale.parse(own)
    found: dict[str, str] = {}
    for context in ("format", "stand-alone"):
        for number, name in locale.months[context]["wide"].items():
            found.setdefault(fold(name), f"m{number}")
        for number, name in locale.days[context]["wide"].items():
            found.setdefault(fold(name), f"w{number}")
            found.setdefault(fold(name).removesuffix("-feira"), f"w{number}")
    return found


def _meant(folded: str, language: str) -> str | None:
    known = _names(language)
    plural = folded.removesuffix("s")
    return known.get(folded) or known.get(plural)


def _month(day: date) -> str:
    return f"m{day.month}"


def _weekday(day: date) -> str:
    return f"w{day.weekday()}"
