"""Earlier turns plus a new question become one question that stands alone.

Knows only the words of the conversation; refuses to look anything up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel.dates import format_date

from assistant import Turn, lexicon
from assistant.bounds import YEAR
from assistant.question import Term, language_of, understand
from assistant.sides import capitalised_runs
from corpus import Span
from corpus.dates import DateMention, find_dates
from corpus.numbers import find_numbers
from corpus.places import find_places
from corpus.sentences import sentences
from corpus.words import STOPWORDS, content_words, fold, words

# Words carried over from earlier turns count for less than those of the question itself.
_POINTING_TERMS = 2
_USER_WEIGHT = 0.6
_ASSISTANT_WEIGHT = 0.45
_ASSISTANT_WORDS = 40
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BRACKETS = re.compile(r"\([^()]*\)")
_MOST_CHOICES = 6
# What stands beside the new part of an ellipsis: "what about", "im Jahr", "w roku", "nel".
_OF_ELLIPSES = frozenset({"about", "jahr", "roku", "nel"})
# How many turns back a topic may be, questions and answers alike.
_TURNS = 4
# Where a phrase ends: at a mark, or after this many words that are not carried.
_BREAK = re.compile(r"[.,;:?!()\[\]*\n|»«\"“”„]|(?:\s+\S+){4}\s")
_OR = {
    "en": "or", "fr": "ou", "de": "oder", "es": "o",
    "it": "o", "nl": "of", "pt": "ou", "pl": "czy",
}  # fmt: skip


def spoken(question: str, history: Sequence[Turn]) -> str:
    """The language of the question: in doubt the one that the user spoke before."""
    asked = [turn.content for turn in history if turn.role == "user"]
    return language_of(question, likely=language_of(asked[-1]) if asked else None)


def leans_on_history(question: str, history: Sequence[Turn]) -> bool:
    """Whether the question points back: an opening "and", a pronoun, or no subject of its own."""
    if not any(turn.role == "user" for turn in history):
        return False
    folded = fold(question).strip(" ¿¡")
    language = spoken(question, history)
    if lexicon.FOLLOW_UP.opens(folded, language):
        return True
    points_back = (lexicon.OF_TWO, *lexicon.SAME_TIME.values())
    if any(cues.search(folded, language) for cues in points_back):
        return True
    pointing = bool(lexicon.PRONOUNS.search(folded, language))
    if language == "de":
        # Every noun has a capital there, so only a pronoun tells.
        return pointing and not find_places(question, language)
    if _names_something(question):
        return False
    # A list question over the whole collection needs no name: "Which cities have a time bank?"
    return pointing or understand(question, language=language).kind != "list"


def _names_something(question: str) -> bool:
    """Whether a capital inside the question or a digit gives it a subject of its own."""
    return any(w.text[0].isupper() or w.text[0].isdigit() for w in words(question)[1:])


@dataclass(frozen=True, slots=True)
class StandAlone:
    """A question that needs no history: as it is shown, and as it is to be read."""

    text: str
    asking: str  # the same without the topic that is added for the reader
    carried: tuple[Term, ...] = ()  # that topic's words, at less weight
    loosely: bool = False  # the asking's own words are an earlier question's: they restrict nothing


def stand_alone(question: str, history: Sequence[Turn]) -> StandAlone:
    """The question restated so that it needs no history.

    A year told by its distance ("two years later") becomes that year. An ellipsis that only
    changes the place or the day ("And from Austria?") becomes the earlier question with that part
    replaced; otherwise the earlier topic is appended in parentheses.
    """
    if not leans_on_history(question, history):
        return StandAlone(question, question)
    counted = _counted_years(question, history)
    dated = counted.text if counted else question
    restated = _replace_part(dated, _asked_before(history))
    if restated and counted:
        # The articles seldom say the same of another year in the same words.
        answers = [turn for turn in history if turn.role == "assistant"]
        carried, _ = _carried(restated, answers[-1:], counted.since)
        return StandAlone(restated, restated, carried, loosely=True)
    restated = restated or _between_two(question, history) or _same_time(question, history)
    if restated:
        return StandAlone(restated, restated)
    carried, topic = _carried(dated, history, counted.since if counted else None)
    if counted:
        # An article may say "the year before" as well.
        year = Term(counted.year, Span(0, len(counted.year)), False, _USER_WEIGHT)
        carried = (*carried, year)
    if not carried:
        return StandAlone(dated, question)
    shown = f"{dated.rstrip()} ({topic})" if topic else dated
    return StandAlone(shown, question, carried)


def _asked_before(history: Sequence[Turn]) -> str:
    """The last question of the user; where that was an ellipsis, what it stood for."""
    last = max(i for i, turn in enumerate(history) if turn.role == "user")
    return stand_alone(history[last].content, history[:last]).asking


def without_preamble(text: str) -> tuple[str, tuple[Term, ...]]:
    """The question itself, and the terms of statements made before it, at less weight.

    "Our funds are small. Which practices cost less than 100,000 euros?" restricts nothing by
    its first sentence. An order to enumerate is no statement.
    """
    language = language_of(text)
    said = sentences(text, language)
    asking = next((i for i, s in enumerate(said) if s.of(text).rstrip("\"'»” )").endswith("?")), 0)
    before = said[:asking]
    own = text[said[asking].start :]
    if before and (_points_at(own, language) or _compares_what_was_said(text, own, language)):
        return text, ()
    if not before or any(
        lexicon.LIST_ORDER.opens(fold(s.of(text)).lstrip(" ¿¡"), language) for s in before
    ):
        return text, ()
    aside = tuple(
        replace(term, weight=_USER_WEIGHT)
        for term in understand(text[: said[asking].start], language=language).terms
    )
    return text[said[asking].start :], aside


def _compares_what_was_said(text: str, asking: str, language: str) -> bool:
    """Whether the statements name the two that the question compares: "which of them ..."."""
    if not lexicon.OF_TWO.search(fold(asking), language):
        return False
    return bool(understand(text, language=language).sides)


def _points_at(asking: str, language: str) -> bool:
    """Whether a question only points at what was said before it: "Which is the older one?"."""
    if not lexicon.ONES.opens(fold(asking).lstrip(" ¿¡"), language):
        return False
    return len(understand(asking, language=language).terms) <= _POINTING_TERMS


@dataclass(frozen=True, slots=True)
class _Counted:
    """A question whose year was told by its distance: with the year, and that it counts from."""

    text: str
    year: str
    since: str


def _counted_years(question: str, history: Sequence[Turn]) -> _Counted | None:
    """The question with "two years later" and its like spelled out; None where there is none."""
    language = spoken(question, history)
    folded = fold(question)
    since = _year_spoken_of(history)
    if since is None or len(folded) != len(question):
        return None
    for direction, cues in lexicon.YEARS_ON.items():
        match = cues.search(folded, language)
        if match is None or YEAR.match(question[match.end() :].lstrip()):
            continue  # "a year after 2010" counts from what it names
        start, distance = match.start(), 1
        for number in find_numbers(question, language):
            # "two years" is read as one quantity, which reaches into the cue.
            if number.span.start <= match.start() <= number.span.end + 1:
                start, distance = number.span.start, int(number.value)
        year = str(since + direction * distance)
        told = lexicon.IN_YEAR[language].format(year)
        return _Counted(question[:start] + told + question[match.end() :], year, str(since))
    return None


def _year_spoken_of(history: Sequence[Turn]) -> int | None:
    """The year of the last question, else of its answer, else of the turns before."""
    asked = [i for i, turn in enumerate(history) if turn.role == "user"]
    for turn in [*history[asked[-1] :], *reversed(history[: asked[-1]])]:
        years = YEAR.findall(turn.content)
        if years:
            return int(years[0])
    return None


def _replace_part(question: str, previous: str) -> str | None:
    """``previous`` with its place or date replaced by the one the ellipsis names, if it is one."""
    language = language_of(previous)
    bare = re.sub(r"^\W*(?:and|et|und|y|e|en|i|a|oraz)\s+", "", question, flags=re.IGNORECASE)
    old_days = find_dates(previous, language)
    reference = old_days[0].start if old_days else None
    places = find_places(bare, language)
    days = find_dates(bare, language, reference=reference)
    named = [p.span for p in places] + [d.span for d in days]
    if not named:
        return None
    stops = STOPWORDS.get(language, frozenset()) | _OF_ELLIPSES
    others = [
        w
        for w in words(bare)
        if fold(w.text) not in stops and not any(s.overlaps(w.span) for s in named)
    ]
    if others:
        return None
    if places:
        new, old = places[0], find_places(previous, language)
        same = [p for p in old if p.kind == new.kind] or list(old)
        if not same:
            return None
        span = same[-1].span
        return previous[: span.start] + new.surface + previous[span.end :]
    return _on_another_day(previous, old_days, bare, days[0], language)


def _on_another_day(
    previous: str, old: Sequence[DateMention], bare: str, new: DateMention, language: str
) -> str:
    """``previous`` asked of the day or the year ``new``, which is named in ``bare``."""
    day = new.span.of(bare)
    if not old:
        table = lexicon.IN_YEAR if new.precision == "year" else lexicon.ON_DAY
        end = re.search(r"\s*[?!.]*\s*$", previous)
        stop = end.start() if end else len(previous)
        return f"{previous[:stop]} {table[language].format(day)}{previous[stop:]}"
    first, last = old[0].span, old[-1].span
    year = str(old[0].start.year)
    if year in previous and not re.search(r"\d{4}", day):
        day = f"{day} {year}"
    start, end_of_old = first.start, last.end
    # "on 4 March" becomes "in 2019", "from 6 to 9 March" becomes "on 17 April".
    several = old[0].start != old[-1].end and old[0].precision == "day"
    if (new.start == new.end and several) or new.precision == "year" != old[0].precision:
        before = previous[:start].rstrip()
        opener = re.search(r"(?:^|\s)(\w+)$", before)
        if opener and lexicon.BEFORE_DAY.opens(fold(opener.group(1)), language):
            start = opener.start(1)
            table = lexicon.IN_YEAR if new.precision == "year" else lexicon.ON_DAY
            day = table[language].format(day)
    return previous[:start] + day + previous[end_of_old:]


def _between_two(question: str, history: Sequence[Turn]) -> str | None:
    """ "Which of the two is older?" with the two things that the last answers named."""
    language = spoken(question, history)
    said = [turn.content for turn in history if turn.role == "assistant"]
    if not said or history[-1].role != "assistant":
        return None
    if not lexicon.OF_TWO.search(fold(question), language):
        return None
    found = _named_in(said[-1])
    told = {int(n.value) for n in find_numbers(question, language)} & set(
        range(2, 1 + _MOST_CHOICES)
    )
    wanted = told or {2}
    if len(said) > 1 and (len(found) not in wanted or not _enumerates(said[-1], language)):
        # Each of the last answers named one of them, and opened with it.
        found = [names[0] for text in said[-max(wanted) :] if (names := _named_in(text))]
    if len(found) not in wanted:
        return None
    *most, last = found
    return f"{question.rstrip(' ?!.')}: {', '.join(most)} {_OR[language]} {last}?"


def _enumerates(answer: str, language: str) -> bool:
    """Whether an answer names several things: a list, or names with an "and" between them."""
    cues = (lexicon.AND, lexicon.OR)
    return bool(_BOLD.search(answer)) or any(c.search(fold(answer), language) for c in cues)


def _named_in(answer: str) -> list[str]:
    """The names in an answer: those in bold of a list, else runs of capitals."""
    plain = _BRACKETS.sub(" ", answer)  # "ECAD (European Cities Against Drugs)" is one
    if found := _BOLD.findall(answer):
        return [str(name) for name in found]
    days = find_dates(plain, language_of(plain))
    runs = capitalised_runs(plain, first_too=True)
    runs = [run for run in runs if not any(day.span.overlaps(run) for day in days)]
    # A plus belongs to the acronym before it: "ACR+".
    ends = [run.end + (plain[run.end : run.end + 1] == "+") for run in runs]
    return [plain[run.start : end] for run, end in zip(runs, ends, strict=True)]


def _same_time(question: str, history: Sequence[Turn]) -> str | None:
    """ "What else is on in the same month?" with the month the conversation spoke of."""
    language = spoken(question, history)
    for unit, cues in lexicon.SAME_TIME.items():
        match = cues.search(fold(question), language)
        if match is None or len(fold(question)) != len(question):
            continue
        for turn in reversed(history):
            days = find_dates(turn.content, language_of(turn.content))
            if days:
                day = days[0].start
                named = format_date(day, "MMMM y" if unit == "month" else "y", locale=language)
                return question[: match.start()] + named + question[match.end() :]
    return None


def _carried(
    question: str, history: Sequence[Turn], gone: str | None
) -> tuple[tuple[Term, ...], str]:
    """The words of the last turns that the question lacks, and the same as phrases to be read.

    ``gone`` is a year that the question has replaced.
    """
    own = {fold(w.text) for w in words(question)} | {gone}
    terms: dict[str, Term] = {}
    phrases: list[str] = []
    for turn in list(history)[-_TURNS:]:
        language = language_of(turn.content)
        weight = _USER_WEIGHT if turn.role == "user" else _ASSISTANT_WEIGHT
        new: list[Span] = []
        for word in list(content_words(turn.content, language))[:_ASSISTANT_WORDS]:
            key = fold(word.text)
            if key in own:
                continue
            known = terms.get(key)
            is_name = word.text[0].isupper()
            if known is None:
                new.append(word.span)
            if known is None or known.weight < weight:
                terms[key] = Term(word.text, word.span, is_name, weight)
        phrases += _phrases(turn.content, new, gone)
    return tuple(terms.values()), "; ".join(phrases)


def _phrases(text: str, kept: Sequence[Span], gone: str | None) -> list[str]:
    """The stretches of ``text`` from one of ``kept`` to the next, broken where it breaks."""
    runs: list[Span] = []
    for span in kept:
        gap = text[runs[-1].end : span.start] if runs else ""
        if runs and not _BREAK.search(gap) and not (gone and gone in gap):
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
    return [" ".join(run.of(text).split()) for run in runs]
