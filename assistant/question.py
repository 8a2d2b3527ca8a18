"""A question as understood: what is asked, of what kind, restricted to what.

Knows the eight languages' question words, places, dates and comparisons; refuses to know what
the corpus holds. The result is a plain value that the page can show and a test can pin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant import lexicon
from assistant.amounts import find_amounts
from assistant.bounds import YEAR, Bound, find_bounds
from assistant.generality import is_general
from assistant.parts import parts_of
from assistant.sides import sides_of
from assistant.year_parts import part_of_year
from corpus import Span
from corpus.dates import DateMention, find_dates
from corpus.languages import detect
from corpus.numbers import find_numbers
from corpus.places import Place, find_places
from corpus.words import STOPWORDS, content_words, fold, stem, words

Kind = Literal["list", "number", "event", "fact", "compare"]
Superlative = tuple[str | None, Literal["most", "least"]]
"""What is ordered by (None: the attribute that the question names), and which end is asked for."""

# Words of one half of a double question help to find the other half's answer.
_JOINED_WEIGHT = 0.5
# Words of an earlier question that is asked again of another year.
_LOOSE_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Term:
    """One content word of a question. ``weight`` below 1 marks words carried from history."""

    text: str
    span: Span
    is_name: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """What was understood. ``asked`` names the types of value an answer must hold."""

    text: str
    language: str
    kind: Kind
    asked: frozenset[str]
    terms: tuple[Term, ...]
    focus: tuple[str, ...] = ()  # the nouns asked about: "how many <visitors>"
    countries: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()  # cities and regions
    excluding: bool = False  # the countries are those that do not count: "outside France"
    collection: str | None = None  # "practice" | "event" | "network"
    attribute: str | None = None  # of a record: see lexicon.ATTRIBUTES
    bounds: tuple[Bound, ...] = ()
    superlative: Superlative | None = None  # "the oldest", among all of a collection
    repeated: bool = False  # only what is there more than once
    counted: bool = False  # how many members of the collection there are
    several: bool = False  # more than one thing is asked for, whatever kind of thing it is
    general: bool = False  # asked of anything of a kind: see generality.py
    members: int | None = None  # how many things are asked for: "which six projects"
    years: tuple[int, ...] = ()
    period: tuple[date, date] | None = None
    sides: tuple[Span, ...] = ()  # the things compared, as spans of ``text``
    filtering: tuple[Span, ...] = ()  # places, days and bounds, as spans of ``text``
    set_nouns: frozenset[str] = frozenset()  # folded words that only name what is listed
    parts: tuple[Span, ...] = ()  # the questions it joins by an "and"; () when it asks one thing

    @property
    def search_text(self) -> str:
        """The question with the words carried over from earlier turns, for retrieval."""
        carried = (t.text for t in self.terms if t.weight < 1.0 and t.text not in self.text)
        return " ".join([self.text, *carried])

    @property
    def concept(self) -> tuple[Term, ...]:
        """The terms left when places, days, bounds and the names of collections are aside."""
        fillers = lexicon.FILLERS.get(self.language, frozenset())
        return tuple(
            t
            for t in self.terms
            if t.weight == 1.0
            and not any(span.overlaps(t.span) for span in self.filtering)
            and fold(t.text) not in fillers | self.set_nouns
            and stem(t.text, self.language) not in fillers
            and not t.text.isdigit()
        )


def language_of(text: str, likely: str | None = None) -> str:
    """The question's language: function words decide, a trained detector breaks ties.

    ``likely`` is the language spoken before it, which wins ties, and where one word decides.
    """
    folded = [fold(w.text) for w in words(text)]
    votes = {lang: sum(w in stops for w in folded) for lang, stops in STOPWORDS.items()}
    best = max(votes.values(), default=0)
    leaders = [lang for lang, n in votes.items() if n == best]
    if likely in leaders or (likely in votes and votes[likely] >= max(1, best - 1)):
        return str(likely)
    if best and len(leaders) == 1:
        return leaders[0]
    detected = detect(text)
    if detected in leaders:
        return detected
    return leaders[0] if best else (detected if detected in STOPWORDS else "en")


def understand(
    text: str,
    *,
    carried: tuple[Term, ...] = (),
    today: date | None = None,
    language: str | None = None,
) -> Question:
    """The question read as a value. Any text is accepted, even one that asks nothing.

    ``carried`` are terms of earlier turns: they help to find evidence and restrict nothing.
    ``language`` is told from the text where it is not known.
    """
    language = language or language_of(text)
    folded = fold(text)
    places = find_places(text, language)
    asked = _asked(text, language)
    if not _asks_for_money(folded, language):
        asked -= {"money"}
    if "money" in asked and asked & {"place", "person", "date", "count", "percent"}:
        # "In which city do residents vote on the budget?" asks for no amount.
        asked -= {"money"}
    if asked & {"count", "money"} and lexicon.COSTS.search(folded, language):
        asked = (asked - {"count"}) | {"money"}
    collection = _first(lexicon.COLLECTIONS, folded, language)
    sides = sides_of(text, language, places)
    bounds = find_bounds(text, language, dated=collection is not None)
    terms = tuple(_terms(text, language, places))
    known = {fold(term.text) for term in terms}
    days = [d for d in find_dates(text, language, reference=today) if d.precision != "year"]
    members = None if asked & _VALUED else _members(text, language)
    years = tuple(dict.fromkeys(int(y) for y in YEAR.findall(text)))
    named = bool(places or days or years or carried or any(term.is_name for term in terms))
    first = lexicon.ASKS.search(folded, language)
    plural = lexicon.SEVERAL.search(folded, language)
    return Question(
        text=text,
        language=language,
        kind="list" if members and not sides else _kind(folded, language, asked, sides, collection),
        asked=asked,
        terms=terms + tuple(t for t in carried if fold(t.text) not in known),
        focus=_focus(text, language),
        countries=tuple(
            dict.fromkeys(
                [
                    *(p.country for p in places if p.kind == "country" and p.country),
                    *_countries_of_groups(folded, language),
                ]
            )
        ),
        excluding=bool(lexicon.OUTSIDE.search(folded, language)),
        places=tuple(p for p in places if p.kind != "country"),
        collection=collection,
        attribute=_attribute(folded, language),
        bounds=bounds,
        superlative=None if sides else _superlative(folded, language),
        repeated=bool(lexicon.REPEATED.search(folded, language)),
        counted=_counts_members(folded, language, collection),
        several=bool(members or (plural and first and plural.start() <= first.start()))
        and not asked & _VALUED,
        general=not (members or sides or bounds)
        and is_general(folded, language, asked=asked, named=named),
        members=members,
        years=years,
        period=_period(text, language, days),
        sides=sides,
        filtering=_filtering(text, language, places),
        set_nouns=_set_nouns(folded, language, bounds),
        parts=parts_of(text, language),
    )


def loosened(question: Question) -> Question:
    """``question`` with its words weighed as an earlier question's, and no year of its own."""
    terms = tuple(
        term if term.text.isdigit() else replace(term, weight=min(term.weight, _LOOSE_WEIGHT))
        for term in question.terms
    )
    return replace(question, terms=terms, years=())


def part_questions(question: Question) -> tuple[Question, ...]:
    """The questions that ``question`` joins, each with the others' terms to find its evidence.

    A part that is only a question word ("on what date and at what time was ...") is about what
    the others are about, so their terms then count fully.
    """
    asked: list[Question] = []
    for part in question.parts:
        text = part.of(question.text)
        own = understand(text, language=question.language)
        weight = _JOINED_WEIGHT if _has_subject(own) else 1.0
        outside = [term for term in question.terms if not part.holds(term.span)]
        joined = tuple(replace(term, weight=min(term.weight, weight)) for term in outside)
        asked.append(understand(text, carried=joined, language=question.language))
    return tuple(asked)


def _asked(text: str, language: str) -> frozenset[str]:
    """The types of value that words of ``text`` ask for; an acronym asks for none: "the WHO"."""
    folded = fold(text if text.isupper() else _without_acronyms(text))
    return frozenset(name for name, cues in lexicon.ASKED.items() if cues.search(folded, language))


def _without_acronyms(text: str) -> str:
    """``text`` with lines in place of words in capitals, the first word aside."""
    for word in words(text)[1:]:
        if len(word.text) > 1 and word.text.isalpha() and word.text.isupper():
            text = text[: word.span.start] + "_" * len(word.span) + text[word.span.end :]
    return text


def _asks_for_money(folded: str, language: str) -> bool:
    """Whether a word for money is left beside the name of participatory budgets.

    Nor does "which partner", whatever it does with its budget, ask for an amount.
    """
    rest = folded
    for match in reversed(lexicon.PARTICIPATORY_BUDGET.finditer(folded, language)):
        rest = rest[: match.start()] + rest[match.end() :]
    money = lexicon.ASKED["money"]
    opening = lexicon.WHICH.opens(rest.lstrip(" ¿¡"), language)
    near = rest.lstrip(" ¿¡")[opening.end() :].split()[:3] if opening is not None else []
    if near and near[0] not in _IS:
        return bool(money.search(" ".join(near), language))
    return bool(money.search(rest, language))


# "What is the budget" asks for it; "which partner" asks for the partner.
_IS = frozenset(
    ["is", "was", "are", "were", "est", "etait", "sont", "ist", "war", "sind", "es", "fue", "son",
     "etaient", "e", "era", "eran", "fueron", "sono", "fu", "furono", "erano", "zijn", "waren",
     "foi", "sao", "foram", "jest", "sa", "byl", "byla", "bylo", "byly"]
)  # fmt: skip


def _has_subject(question: Question) -> bool:
    """Whether anything is left beside the words for the type of value that is asked for."""
    folded = fold(question.text)
    cues = [cue.finditer(folded, question.language) for cue in lexicon.ASKED.values()]
    asking = {word for found in cues for match in found for word in match.group().split()}
    return any(fold(term.text) not in asking for term in question.terms)


# What is asked for with one of these is a value, however many things it is asked of.
_VALUED = frozenset(
    ["date", "time", "reason", "count", "size", "percent", "length", "phone", "money"]
)
_MOST_MEMBERS = 30
_MEMBERS_REACH = 6  # words
_OTHER = frozenset(
    ["other", "andere", "anderen", "autres", "altre", "altri", "otros", "otras", "outros",
     "outras", "inne", "pozostale", "main", "following", "different"]
)  # fmt: skip
_ARTICLES = frozenset(
    ["the", "les", "des", "die", "der", "den", "los", "las", "i", "gli", "le", "de", "os", "as"]
)


def _members(text: str, language: str) -> int | None:
    """How many things "which six projects" or "name the five places" asks for.

    The number follows the question word, or an article after "what were" and a noun or two:
    "what were the titles of the three scenarios". "Which of the two" asks for one of them.
    """
    folded = fold(text)
    order = lexicon.LIST_ORDER.opens(folded.lstrip("¿¡ "), language)
    first = lexicon.ASKS.search(folded, language)
    asks = first is not None and lexicon.THINGS.opens(folded[first.start() :], language)
    if order is not None:
        asking = len(words(folded[: len(folded) - len(folded.lstrip("¿¡ ")) + order.end()]))
    elif first is not None and asks:
        asking = len(words(folded[: first.end()]))
    else:
        return None
    written = words(text)
    after = written[asking - 1].span.end if 0 < asking <= len(written) else 0
    for number in find_numbers(text, language):
        if number.span.start < after:
            continue
        between = [fold(w.text) for w in written[asking:] if w.span.end <= number.span.start]
        plain = [word for word in between if word not in _OTHER]
        introduced = bool(plain) and plain[-1] in _ARTICLES
        if plain and not (introduced and (order or plain[0] in _IS)):
            continue
        if number.unit or number.value != int(number.value):
            continue
        if len(plain) <= _MEMBERS_REACH and 2 <= number.value <= _MOST_MEMBERS:
            return int(number.value)
    return None


def _filtering(text: str, language: str, places: tuple[Place, ...]) -> tuple[Span, ...]:
    """The parts of ``text`` that restrict a list without being what it is about."""
    return (
        *(place.span for place in places),
        *(day.span for day in find_dates(text, language)),
        *(number.span for number in find_numbers(text, language)),
        *(amount.span for amount in find_amounts(text, language)),
        *(Span(m.start(), m.end()) for m in YEAR.finditer(text)),
        *([part[0]] if (part := part_of_year(text, language)) else []),
    )


def _period(text: str, language: str, days: Sequence[DateMention]) -> tuple[date, date] | None:
    """The first and last day of what is named: days, months, or a half, quarter or season."""
    if days:
        return min(d.start for d in days), max(d.end for d in days)
    part = part_of_year(text, language)
    return (part[1], part[2]) if part else None


def _countries_of_groups(folded: str, language: str) -> Iterator[str]:
    """The countries of every group that is named: "Nordic cities"."""
    for codes, cues in lexicon.COUNTRY_GROUPS.items():
        if cues.search(folded, language):
            yield from codes.split()


def _superlative(folded: str, language: str) -> Superlative | None:
    """Which member stands out is asked for, where one is: "the oldest", "the largest budget"."""
    for which, cues in lexicon.SUPERLATIVES.items():
        if cues.search(folded, language):
            return which
    return None


def _counts_members(folded: str, language: str, collection: str | None) -> bool:
    """Whether "how many" is asked of the collection's members or their towns themselves."""
    if collection is None:
        return False
    for count in lexicon.ASKED["count"].finditer(folded, language):
        near = " ".join(folded[count.end() :].split()[:8])
        cues = (lexicon.COLLECTIONS[collection], lexicon.TOWNS)
        member = min((m.start() for c in cues if (m := c.search(near, language))), default=None)
        # "How many of the 2017 good practices", and not "how many visitors of the practice".
        if member is not None and len(near[:member].split()) <= _MEMBER_REACH:
            between = content_words(near[:member], language)
            if all(w.text.isdigit() or fold(w.text) in _COUNTING for w in between):
                return True
    return False


# Words that may stand between "how many" and what is counted.
_MEMBER_REACH = 6
_COUNTING = frozenset(
    ["urbact", "european", "labelled", "awarded", "different", "city", "all", "total"]
)


def _set_nouns(folded: str, language: str, bounds: tuple[Bound, ...]) -> frozenset[str]:
    """The folded words by which ``folded`` names its collection, attribute and bounds."""
    # "budget" names an attribute beside a bound, and a thing in "participatory budget".
    attributes = {"secretariat", "keyword", *(bound.attribute for bound in bounds)}
    cues = (
        *lexicon.COLLECTIONS.values(),
        *(lexicon.ATTRIBUTES[name] for name in sorted(attributes - {"ended"})),
        *([lexicon.ENDED] if "ended" in attributes else []),
        *([lexicon.REPEATED] if lexicon.REPEATED.search(folded, language) else []),
        *lexicon.COUNTRY_GROUPS.values(),
        lexicon.PLURAL_SETS,
        lexicon.LIST_ORDER,
        lexicon.MORE,
        lexicon.LESS,
        lexicon.BEFORE,
        lexicon.AFTER,
        lexicon.FROM_ON,
    )
    matches = (match.group() for cue in cues for match in cue.finditer(folded, language))
    return frozenset(word for match in matches for word in re.findall(r"\w+", match))


def _first(table: Mapping[str, lexicon.Cues], folded: str, language: str) -> str | None:
    return next((name for name, cues in table.items() if cues.search(folded, language)), None)


def _attribute(folded: str, language: str) -> str | None:
    order = ("secretariat", "keyword", "budget", "population", "started")
    return next((n for n in order if lexicon.ATTRIBUTES[n].search(folded, language)), None)


def _kind(
    folded: str,
    language: str,
    asked: frozenset[str],
    sides: tuple[Span, ...],
    collection: str | None,
) -> Kind:
    if sides:
        return "compare"
    if lexicon.LIST_ORDER.opens(folded.lstrip("¿¡ "), language):
        return "list"
    several = _asks_for_several(folded, language)
    valued = asked & {"date", "time", "reason", "count", "size", "percent", "length", "phone"}
    if several and not (valued and collection is None):
        return "list"
    plural = lexicon.PLURAL_SETS.search(folded, language)
    single = lexicon.SINGULAR_SETS.search(folded, language)
    chooses = lexicon.WHICH.search(folded, language)
    if collection and not valued and chooses and plural and not single:
        return "list"
    if collection == "event" and not valued and lexicon.WHICH.search(folded, language):
        return "list"
    if asked & {"count", "size", "percent", "length"}:
        return "number"
    if "date" in asked:
        return "event"
    return "number" if "money" in asked else "fact"


def _asks_for_several(folded: str, language: str) -> bool:
    """Whether a plural question word or noun asks for every member of a set."""
    first = lexicon.ASKS.search(folded, language)
    # "How was it settled which subjects came up" asks how: only the first question word counts.
    main = first.end() if first is not None else len(folded)
    if (plural := lexicon.PLURAL_QUESTION.search(folded, language)) and plural.start() < main:
        return True
    for word in lexicon.WHICH.finditer(folded, language):
        if word.start() >= main:
            break
        # The noun belongs to its question word when only a few words stand between them.
        near = folded[word.end() :].split()[:6]
        if language == "en":
            if _english_plural(near, chosen=word.group().endswith("which")):
                return True
        elif lexicon.PLURAL_SETS.search(" ".join(near), language):
            return True
    return False


def _english_plural(near: list[str], *, chosen: bool) -> bool:
    """Whether the noun phrase after "which" (``chosen``) or "what" is a plural one."""
    for i, word in enumerate(near):
        if lexicon.ENGLISH_VERB.match(word):
            if chosen and i == 1:
                break  # "which languages are", but "what works is"
            return False
        word = word.strip(",;:?")
        following = near[i + 1].strip(",;:?") if i + 1 < len(near) else ""
        if lexicon.PLURAL_SETS.opens(word, "en") and not (i and following in _OBJECTS):
            return True
        if lexicon.SINGULAR_SETS.opens(word, "en") and not (
            lexicon.PLURAL_SETS.opens(following, "en")
        ):
            return False
    first = near[0] if near else ""
    return bool(lexicon.ENGLISH_PLURAL.fullmatch(first)) and first not in _NOT_SETS


# What a verb has after it, and a noun has not: "which company sponsors it".
_OBJECTS = frozenset(["it", "them", "this", "these", "him", "her", "us", "the", "a", "an"])
# English words in -s that ask for a time, not for the members of a set.
_NOT_SETS = frozenset(["days", "dates", "hours", "times", "years", "does", "this", "others"])


def _focus(text: str, language: str) -> tuple[str, ...]:
    """The nouns right after "how many", "which", "combien de" and their like."""
    found: list[str] = []
    folded_words = [(w, fold(w.text)) for w in words(text)]
    openers = {
        "many", "much", "combien", "viele", "cuantos", "cuantas", "quanti", "quante", "hoeveel",
        "quantos", "quantas", "ile", "which", "what", "welche", "welcher", "welches", "welke",
        "quel", "quelle", "que", "quale", "qual", "ktory", "jaki", "percentage", "share",
    }  # fmt: skip
    stops = STOPWORDS.get(language, frozenset())
    for i, (_, folded) in enumerate(folded_words):
        if folded in openers:
            for word, f in folded_words[i + 1 : i + 4]:
                if f not in stops and not f.isdigit():
                    found.append(stem(word.text, language))
                    break
    return tuple(dict.fromkeys(found))


def _terms(text: str, language: str, places: tuple[Place, ...]) -> list[Term]:
    first = next(iter(words(text)), None)
    place_spans = [p.span for p in places]
    terms: list[Term] = []
    seen: set[str] = set()
    for word in content_words(text, language):
        key = stem(word.text, language)
        if key in seen or _orders(text, word.span.start, language):
            continue
        seen.add(key)
        capital = word.text[0].isupper() and (first is None or word.span != first.span)
        mixed = any(c.isupper() for c in word.text[1:]) or (
            any(c.isdigit() for c in word.text) and any(c.isalpha() for c in word.text)
        )
        # German writes every noun with a capital, so there only odd spellings mark a name.
        named = mixed or (capital and language != "de")
        named = named or any(s.overlaps(word.span) for s in place_spans)
        terms.append(Term(word.text, word.span, named))
    return terms


def _orders(text: str, start: int, language: str) -> bool:
    """Whether the word at ``start`` opens a sentence as an order to enumerate: "Name all ..."."""
    opening = text[:start].rstrip(" ¿¡")
    if opening and opening[-1] not in ".?!:;":
        return False
    return bool(lexicon.LIST_ORDER.opens(fold(text[start:]), language))
