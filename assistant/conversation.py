"""Earlier turns plus a new question become one question that stands alone.

Knows only the words of the conversation; refuses to look anything up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from babel.dates import format_date

from assistant import Turn, lexicon
from assistant.question import Term, capitalised_runs, language_of, understand
from corpus.dates import find_dates
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
_OR = {
    "en": "or", "fr": "ou", "de": "oder", "es": "o",
    "it": "o", "nl": "of", "pt": "ou", "pl": "czy",
}  # fmt: skip


def leans_on_history(question: str, history: Sequence[Turn]) -> bool:
    """Whether the question points back: an opening "and", a pronoun, or no subject of its own."""
    if not any(turn.role == "user" for turn in history):
        return False
    folded = fold(question).strip(" ¿¡")
    language = language_of(question)
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
    return pointing or understand(question).kind != "list"


def _names_something(question: str) -> bool:
    """Whether a capital inside the question or a digit gives it a subject of its own."""
    return any(w.text[0].isupper() or w.text[0].isdigit() for w in words(question)[1:])


def stand_alone(question: str, history: Sequence[Turn]) -> tuple[str, tuple[Term, ...]]:
    """The question restated so that it needs no history, and the terms carried over.

    An ellipsis that only changes the place or the day ("And from Austria?") becomes the earlier
    question with that part replaced; otherwise the earlier topic is appended in parentheses.
    """
    if not leans_on_history(question, history):
        return question, ()
    previous = [turn.content for turn in history if turn.role == "user"][-1]
    restated = (
        _replace_part(question, previous)
        or _between_two(question, history)
        or _same_time(question, history)
    )
    if restated:
        return restated, ()
    carried = _carried(question, history)
    if not carried:
        return question, ()
    topic = ", ".join(term.text for term in carried)
    return f"{question.rstrip()} ({topic})", carried


def without_preamble(text: str) -> tuple[str, tuple[Term, ...]]:
    """The question itself, and the terms of statements made before it, at less weight.

    "Our funds are small. Which practices cost less than 100,000 euros?" restricts nothing by
    its first sentence. An order to enumerate is no statement.
    """
    language = language_of(text)
    said = sentences(text, language)
    asking = next((i for i, s in enumerate(said) if s.of(text).rstrip("\"'»” )").endswith("?")), 0)
    before = said[:asking]
    if before and _points_at(text[said[asking].start :], language):
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


def _points_at(asking: str, language: str) -> bool:
    """Whether a question only points at what was said before it: "Which is the older one?"."""
    if not lexicon.ONES.opens(fold(asking).lstrip(" ¿¡"), language):
        return False
    return len(understand(asking, language=language).terms) <= _POINTING_TERMS


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
    stops = STOPWORDS.get(language, frozenset()) | {"about"}
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
    if not old_days:
        return None
    first, last = old_days[0].span, old_days[-1].span
    day, year = days[0].span.of(bare), str(days[0].start.year)
    if year in previous and not re.search(r"\d{4}", day):
        day = f"{day} {year}"
    return previous[: first.start] + day + previous[last.end :]


def _between_two(question: str, history: Sequence[Turn]) -> str | None:
    """ "Which of the two is older?" with the two things that the last answer named."""
    language = language_of(question)
    said = history[-1]
    if said.role != "assistant" or not lexicon.OF_TWO.search(fold(question), language):
        return None
    # A list answer sets its names in bold; a person's words have only capitals.
    plain = _BRACKETS.sub(" ", said.content)  # "ECAD (European Cities Against Drugs)" is one
    runs = capitalised_runs(plain, first_too=True)
    found = _BOLD.findall(said.content) or [run.of(plain) for run in runs]
    told = {int(n.value) for n in find_numbers(question, language)} & set(
        range(2, 1 + _MOST_CHOICES)
    )
    if len(found) not in (told or {2}):
        return None
    *most, last = found
    return f"{question.rstrip(' ?!.')}: {', '.join(most)} {_OR[language]} {last}?"


def _same_time(question: str, history: Sequence[Turn]) -> str | None:
    """ "What else is on in the same month?" with the month the conversation spoke of."""
    language = language_of(question)
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


def _carried(question: str, history: Sequence[Turn]) -> tuple[Term, ...]:
    own = {fold(w.text) for w in words(question)}
    terms: dict[str, Term] = {}
    for turn in list(history)[-4:]:
        language = language_of(turn.content)
        weight = _USER_WEIGHT if turn.role == "user" else _ASSISTANT_WEIGHT
        for word in list(content_words(turn.content, language))[:_ASSISTANT_WORDS]:
            key = fold(word.text)
            if key in own:
                continue
            known = terms.get(key)
            is_name = word.text[0].isupper()
            if known is None or known.weight < weight:
                terms[key] = Term(word.text, word.span, is_name, weight)
    return tuple(terms.values())
