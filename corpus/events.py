"""Events: what takes place on known days, read out of headers, listings, titles and news.

Knows four forms. Header lines ("date:", "end-date:", "location:"). Items of a listing closed by
"start date:". A title that holds its own day. A news sentence that names a gathering, its days
and its town. Refuses events without a day, and keeps the day something was published apart from
the days it took place: a lone "date:" is the former. Better none than a doubtful one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus import Document, Event, Field, Span
from corpus.dates import DateMention, find_dates
from corpus.gazetteer import place_key
from corpus.headers import (
    Pair,
    first_value,
    is_empty,
    metadata,
    opening_lines,
    pairs,
    title_span,
)
from corpus.lines import looks_like_title
from corpus.listings import items
from corpus.places import Place, best_city, city_line, country_code, find_places
from corpus.sentences import sentences
from corpus.words import fold

# Keys, folded, in the eight languages.
_START = frozenset(
    {
        "date", "dates", "start date", "starts", "when", "datum", "wann", "startdatum", "fecha",
        "fechas", "cuando", "data", "quando", "quand", "date de debut", "wanneer", "kiedy",
        "fecha de inicio", "data inizio", "data inicio", "termin",
    }
)  # fmt: skip
_END = frozenset(
    {
        "end date", "ends", "enddatum", "einddatum", "date de fin", "fecha de fin", "data fine",
        "data fim", "data zakonczenia",
    }
)  # fmt: skip
_PLACE = frozenset(
    {
        "location", "place", "venue", "where", "ort", "wo", "veranstaltungsort", "lieu", "ou",
        "lugar", "donde", "luogo", "dove", "plaats", "locatie", "waar", "local", "onde",
        "miejsce", "gdzie",
    }
)  # fmt: skip
_PUBLISHED = frozenset(
    {
        "date", "published", "publication date", "publication", "publie", "publie le", "datum",
        "veroffentlicht", "publicado", "fecha", "pubblicato", "gepubliceerd", "data",
        "opublikowano", "edited on",
    }
)  # fmt: skip

# What gatherings are called, folded. German and Dutch ones also close a compound.
_GATHERING = re.compile(
    r"\b(?:conferences?|congress(?:es)?|workshops?|forums?|festivals?|summits?|seminars?|webinars?"
    r"|meetings?|general assembly|symposi(?:um|a)|exhibitions?|hackathons?|study visits?"
    r"|study tours?|kick-?offs?|masterclass|training|bootcamps?|meetups?|fairs?|expo|barcamps?"
    r"|ceremony|open days?|open data day|energy week|repair-?cafe|tag der offenen tur"
    r"|congreso|conferencias?|jornadas?|taller|foro|encuentros?|feria|seminario"
    r"|convegno|congresso|conferenza|incontro|mostra|serata"
    r"|congres|ateliers?|seminaire|rencontres?|colloque|assises|journees?"
    r"|conferencia|oficina|encontro|feira"
    r"|konferencj[aei]|kongresu?|warsztat(?:y|ow|ach)|targi|targow|seminarium|spotkani[ea]|zjazd"
    r"|[a-z]{0,24}(?:city days?|konferenz|tagung|kongress|workshopreihe|messe|ausstellung|eroffnung"
    r"|sprechstunde|veranstaltung|treffen|diskussion|vortrag|lesung|turnier|conferentie"
    r"|bijeenkomst|beurs))\b"
)
_TAKES_PLACE = re.compile(
    r"\b(?:t(?:ake|akes|aking|ook) place|(?:be|was|were|is|are) held|held|hosts?|hosted|hosting"
    r"|organi[sz]ed?|gather(?:ed|s)?|(?:get|got|come|came) together|met|meets?|joined|attended"
    r"|participated|opens|opened|invites?"
    r"|welcomed?|set for|scheduled|findet|fand|finden|fanden|statt|veranstaltet|ladt|stattfinden"
    r"|aura lieu|a eu lieu|se tiendra|se tient|s'est tenue?|organis(?:e|ait|ent)|propos(?:er|ons)"
    r"|se celebra|se celebro|tendra lugar|tuvo lugar|tendremos|celebra(?:re)?mos|organiza|si terra"
    r"|si tiene|si svolge"
    r"|si svolgera|si e svolt[oa]|si e tenut[oa]|vindt|vond|plaats|gehouden|realiza-se"
    r"|tera lugar|decorre|decorreu|odbedzie|odbyl[aoy]?|odbeda)\b"
)
_NAME_RUN = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ0-9][\w'’&+-]{0,30}[ ]{1,2}"
    r"(?:(?:of|on|for|and|the|&|de|der|für|des|di|del) )?){1,8}"
    r"[A-ZÀ-ÖØ-Þ][\w'’+-]{2,30}(?: [IVX0-9]{1,4})?"
)
_QUOTED = re.compile(r"[\"“„«‘'][*_]{0,3}([^\"“”„«»‘’'\n*]{6,120})[*_]{0,3}[\"”“»’']")
_PHRASE_TAIL = re.compile(r"[^,.;:(\n]{0,80}")
_ENDS_PHRASE = re.compile(
    r" (?:in|at|on|from|to|will|was|were|is|took|takes|which|that|where|and|with|à|en|am|im|vom|em"
    r"|da|dal|nel|w) "
)

_LEAD = 1_800  # characters of a news text that may announce its own event; later ones look back
_LONGEST_EVENT = timedelta(days=120)  # longer intervals are projects
_NEWS_REACH = timedelta(days=500)  # between the news and the days it tells of


def events(document: Document) -> tuple[Event, ...]:
    """Every event the document tells of, in the order of the text."""
    text = document.text
    by_header = _by_header(document)
    if by_header is not None:
        return (by_header,)
    listed = items(text, Span(0, len(text)))
    if len(listed) > 1:
        found = [event for item in listed for event in _by_item(document, item)]
        return _merged(found)
    if metadata(document, "kind") not in {None, "event", "article", "news"}:
        return ()  # days told in a practice or of a network are its history
    by_title = _by_title(document)
    if by_title is not None:
        return (by_title,)
    return _merged(list(_by_news(document)))


def _merged(found: list[Event]) -> tuple[Event, ...]:
    """Events of the same days and place once, the fuller one, in order."""
    kept: dict[tuple[date, str], Event] = {}
    for event in found:
        place = place_key(event.place.value) if event.place else ""
        key = (event.start.value, place)
        other = kept.get(key)
        if other is None or _fullness(event) > _fullness(other):
            kept[key] = event
    bare = {start for start, place in kept if place}
    return tuple(event for (start, place), event in kept.items() if place or start not in bare)


def _fullness(event: Event) -> int:
    return sum(part is not None for part in (event.end, event.place, event.country))


# ---------------------------------------------------------------- header


def _by_header(document: Document) -> Event | None:
    text, name = document.text, title_span(document)
    if name is None:
        return None
    lines = list(opening_lines(document, name))
    header = [pair for line in lines for pair in pairs(text, line)]
    start_at = first_value(header, _START, text)
    end_at, place_at = first_value(header, _END, text), first_value(header, _PLACE, text)
    if start_at is None:
        return None
    if end_at is None and place_at is None and metadata(document, "kind") != "event":
        return None  # a lone "date:" says when it was published
    days = _days(document, start_at, end_at)
    if days is None:
        return None
    start, end = days
    place, country = _place_of(document, place_at) if place_at else (None, None)
    return Event(
        document=document.id,
        span=Span(0, len(text)),
        name=Field(name.of(text).strip(), name),
        start=start,
        end=end,
        place=place,
        country=country,
    )


def _days(
    document: Document, start_at: Span, end_at: Span | None
) -> tuple[Field[date], Field[date] | None] | None:
    """First and last day of header values; None unless the first is a day."""
    reference = document.published
    first = _first_day(document, start_at, reference)
    if first is None:
        return None
    last = _first_day(document, end_at, first.start) if end_at else None
    start = Field(first.start, first.span, first.inferred_year)
    if last is not None and last.end >= first.start:
        return start, Field(last.end, last.span, last.inferred_year)
    if first.end > first.start:
        return start, Field(first.end, first.span, first.inferred_year)
    return start, None


def _first_day(document: Document, at: Span, reference: date | None) -> DateMention | None:
    found = find_dates(document.text, document.language, at, reference)
    return next((mention for mention in found if mention.precision == "day"), None)


def _place_of(document: Document, at: Span) -> tuple[Field[str] | None, Field[str] | None]:
    """Place and country of a header value: "Turin, Italy", "The Hague", "Online"."""
    text = document.text
    if is_empty(at.of(text)):
        return None, None
    if line := city_line(text, at):
        city, country, stated = line
        return Field(city.of(text), city), Field(stated, country)
    places = find_places(text, document.language, at)
    town = next((place for place in places if place.kind == "city"), None)
    if town is not None and town.span == at:
        return Field(town.surface, town.span), _country_field(town, places)
    city_known = best_city(place_key(at.of(text)), document.language)
    if city_known is not None:
        return Field(at.of(text), at), Field(city_known.country, at, inferred=True)
    code = country_code(at.of(text))
    if code is not None:
        return Field(at.of(text), at), Field(code, at)
    return Field(at.of(text), at), _country_field(town, places)


def _country_field(town: Place | None, places: tuple[Place, ...]) -> Field[str] | None:
    """The country named right after the town, else the one the gazetteer implies."""
    if town is None or town.country is None:
        return None
    for place in places:
        near = 0 <= place.span.start - town.span.end <= 3
        if near and place.kind != "city" and place.country == town.country:
            return Field(town.country, place.span)
    return Field(town.country, town.span, inferred=True)


# ---------------------------------------------------------------- listings


def _by_item(document: Document, item: Span) -> Iterator[Event]:
    """The event of one listed item, from its date lines or else its words."""
    text = document.text
    header = list(pairs(text, item))
    title = _first_line(text, item)
    body = Span(title.end, _first_pair(header, item.end)) if title else item
    if body.start > body.end:
        return
    published = _published(document, header)
    start_at = first_value(header, _START - {"date", "datum", "data", "fecha"}, text)
    if start_at is not None:
        if title is None or not body.of(text).strip():
            return  # dates without the words they belong to
        days = _days(document, start_at, first_value(header, _END, text))
        if days is not None:
            place, country = _told_place(document, title, body)
            yield Event(
                document.id, item, Field(title.of(text), title), *days, place, country, published
            )
        return
    reference = published.value if published else document.published
    told = _told(document, title, body, reference, is_news=published is not None)
    for event in told:
        yield replace(event, span=item, published=published)


def _first_line(text: str, item: Span) -> Span | None:
    start = item.start
    while start < item.end and text[start].isspace():
        start += 1
    stop = text.find("\n", start, item.end)
    stop = item.end if stop < 0 else stop
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    line = text[start:stop]
    return Span(start, stop) if line and looks_like_title(line) else None


def _first_pair(header: list[Pair], default: int) -> int:
    return min((pair.line.start for pair in header), default=default)


def _published(document: Document, header: list[Pair]) -> Field[date] | None:
    at = first_value(header, _PUBLISHED, document.text)
    mention = _first_day(document, at, None) if at else None
    return Field(mention.start, mention.span) if mention else None


def _told_place(
    document: Document, title: Span, body: Span
) -> tuple[Field[str] | None, Field[str] | None]:
    for part in (title, body):
        places = find_places(document.text, document.language, part)
        town = next((place for place in places if place.kind == "city"), None)
        if town is not None:
            return Field(town.surface, town.span), _country_field(town, places)
    return None, None


# ---------------------------------------------------------------- titles

_CLOCK = re.compile(
    r"\d{1,2}(?:[.:]\d\d)?\s?(?:Uhr|[ap]\.?m\b|h\b)|\d{1,2}[.:]\d\d[-–]\d{1,2}[.:]\d\d"
)


def _by_title(document: Document) -> Event | None:
    """The event of a title that holds its day: "Night of Repair | 12.11.2019, Town Hall"."""
    text, title = document.text, title_span(document)
    if title is None:
        return None
    found = find_dates(text, document.language, title, document.published)
    day = next((mention for mention in found if mention.precision == "day"), None)
    words = title.of(text)
    if day is None or day.inferred_year:
        return None
    if not ("|" in words or _GATHERING.search(fold(words)) or _CLOCK.search(words)):
        return None
    name = title
    if "|" in words:
        stop = title.start + words.index("|")
        if day.span.start > stop:
            name = Span(title.start, title.start + len(words.split("|")[0].rstrip()))
    place, country = _title_place(document, title, day.span)
    return Event(
        document=document.id,
        span=Span(0, len(text)),
        name=Field(name.of(text), name),
        start=Field(day.start, day.span, day.inferred_year),
        end=Field(day.end, day.span, day.inferred_year) if day.end > day.start else None,
        place=place,
        country=country,
        published=_published_in_header(document, title),
    )


def _title_place(
    document: Document, title: Span, day: Span
) -> tuple[Field[str] | None, Field[str] | None]:
    """The venue after the last comma where a town stands in it, else the title's town."""
    text = document.text
    places = find_places(text, document.language, title)
    towns = [place for place in places if place.kind == "city"]
    town = next((place for place in towns if place.span.start > day.start), None)
    town = town or next(iter(towns), None)
    if town is None:
        return None, None
    comma = text.rfind(",", day.end, title.end)
    if 0 <= comma < town.span.start:
        start = comma + 1
        while start < title.end and text[start].isspace():
            start += 1
        venue = Span(start, title.end)
        return Field(venue.of(text), venue), _country_field(town, places)
    return Field(town.surface, town.span), _country_field(town, places)


def _published_in_header(document: Document, title: Span) -> Field[date] | None:
    lines = list(opening_lines(document, title))
    header = [pair for line in lines for pair in pairs(document.text, line)]
    found = _published(document, header)
    return found if found and found.value == document.published else None


# ---------------------------------------------------------------- news


def _by_news(document: Document) -> Iterator[Event]:
    text, title = document.text, title_span(document)
    if title is None:
        return
    lines = list(opening_lines(document, title))
    start = max([title.end, *(pair.line.end for line in lines for pair in pairs(text, line))])
    body = Span(start, min(len(text), start + _LEAD))
    published = _published_in_header(document, title)
    reference = document.published or _day_of_source(document.source)
    for event in _told(document, title, body, reference, is_news=reference is not None):
        yield replace(event, span=Span(0, len(text)), published=published)


_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")


def _day_of_source(source: str) -> date | None:
    """The day in a file's name, "2019-01-16-workshop.md": good enough to tell a year by."""
    found = _DAY_IN_NAME.search(source.rsplit("/", 1)[-1])
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Telling:
    """One sentence that tells of a gathering: its days, its town, its name."""

    days: DateMention
    town: Place | None
    places: tuple[Place, ...]
    name: Span


def _told(
    document: Document, title: Span | None, body: Span, reference: date | None, is_news: bool
) -> Iterator[Event]:
    """Events that sentences of ``body`` tell of: a gathering, its days and its town in one."""
    text = document.text
    unused = title  # the title names one event at most
    for sentence in sentences(text, document.language, body):
        telling = _telling(document, unused, sentence, reference, is_news)
        if telling is None:
            continue
        days, town = telling.days, telling.town
        yield Event(
            document=document.id,
            span=sentence,
            name=Field(telling.name.of(text), telling.name),
            start=Field(days.start, days.span, days.inferred_year),
            end=Field(days.end, days.span, days.inferred_year) if days.end > days.start else None,
            place=Field(town.surface, town.span) if town else None,
            country=_country_field(town, telling.places),
        )
        if telling.name == title or unused is None:
            return
        unused = None


def _telling(
    document: Document, title: Span | None, sentence: Span, reference: date | None, is_news: bool
) -> _Telling | None:
    text, language = document.text, document.language
    words = fold(sentence.of(text))
    if len(words) > _LONGEST_SENTENCE:
        return None
    found = [
        mention
        for mention in find_dates(text, language, sentence, reference)
        if mention.precision == "day"
    ]
    if len(found) != 1:
        return None  # which of several days is meant, nobody said
    days = found[0]
    if days.end - days.start > _LONGEST_EVENT:
        return None
    if reference is not None and abs(days.start - reference) > _NEWS_REACH:
        return None
    if not (_TAKES_PLACE.search(words) or _in_brackets(text, days.span, sentence)):
        return None
    places = find_places(text, language, sentence)
    town = _town_of(text, places, days.span, sentence)
    titled = title is not None and _GATHERING.search(fold(title.of(text))) is not None
    if town is None and titled and title is not None and is_news:
        places = find_places(text, language, title)
        town = next((place for place in places if place.kind == "city"), None)
        return _Telling(days, town, places, title)
    name = _name(text, title if titled else None, sentence, is_news) if town else None
    return _Telling(days, town, places, name) if name is not None else None


_LONGEST_SENTENCE = 900  # characters; longer ones are lists that lost their line ends


def _in_brackets(text: str, day: Span, sentence: Span) -> bool:
    """Whether a bracket opens before the day and closes right after it: "(Lyon, 3-4 May)"."""
    opened = text.rfind("(", max(sentence.start, day.start - 80), day.start)
    return (
        opened >= 0 and text[day.end : day.end + 1] == ")" and ")" not in text[opened : day.start]
    )


def _town_of(text: str, places: tuple[Place, ...], day: Span, sentence: Span) -> Place | None:
    """The town a sentence takes place in: one after "in" nearest to the day, or a host."""
    towns = [place for place in places if place.kind == "city"]
    inside = [
        place
        for place in towns
        if _IN_BEFORE.search(text, max(0, place.span.start - 32), place.span.start)
    ]
    if inside:
        return min(inside, key=lambda place: abs(place.span.start - day.start))
    if _in_brackets(text, day, sentence):
        opened = text.rfind("(", sentence.start, day.start)
        return next((place for place in towns if opened < place.span.start < day.start), None)
    return next((place for place in towns if _HOSTS.match(text, place.span.end)), None)


_IN_BEFORE = re.compile(
    r"(?:\bin|\bà|\bau|\ben|\ba|\bat|\bem|\bno|\bte|\bw|\bwe|\bnach|\bto|\bby)"
    r"(?: (?:the|der|den|dem|la|el|il))?(?: (?:city|town|stadt|ville|ciudad|città) (?:of|de|di))?"
    r"[ ][*_]{0,2}$",
    re.IGNORECASE,
)
_HOSTS = re.compile(r"[ ](?:hosts?|hosted|welcomed|welcomes|will host|organised)\b")


def _name(text: str, title: Span | None, sentence: Span, is_news: bool) -> Span | None:
    """What the gathering is called: in quotes, in capitals, in the title, or by its kind."""
    noun = _gathering_in(text, sentence)
    quoted = _QUOTED.search(text, sentence.start, sentence.end)
    if quoted and noun is not None and not quoted[1][0].islower():
        return _bare(text, Span(*quoted.span(1)))
    for match in _NAME_RUN.finditer(text, sentence.start, sentence.end):
        if _GATHERING.search(fold(match.group())):
            return _bare(text, Span(*match.span()))
    if title is not None:
        return title
    if noun is None or not is_news:
        return None
    tail = _PHRASE_TAIL.match(text, noun.end, sentence.end)
    stop = tail.end() if tail else noun.end
    if ends := _ENDS_PHRASE.search(text, noun.end, stop):
        stop = ends.start()
    if text[noun.end : noun.end + 2].strip().isupper():  # "conference Repairing Towns"
        return _bare(text, Span(noun.end, stop))
    phrase = _bare(text, Span(noun.start, stop))
    return phrase if len(phrase.of(text).split()) > 1 else None


def _gathering_in(text: str, sentence: Span) -> Span | None:
    """Where the sentence names its kind of gathering, in the text's own code points."""
    words = list(_WORD.finditer(text, sentence.start, sentence.end))
    for word, following in zip(words, [*words[1:], None], strict=True):
        if following is not None and following.start() - word.end() == 1:
            pair = text[word.start() : following.end()]
            if _GATHERING.fullmatch(fold(pair)):
                return Span(word.start(), following.end())
        if _GATHERING.search(fold(word.group())):
            return Span(*word.span())
    return None


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,2}")


def _bare(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in "*_"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*_,;"):
        end -= 1
    lead = re.match(r"(?:The|On|At|In|This|Der|Die|Das|Le|La|Les|El|Il)[ ]+", text[start:end])
    return Span(start + lead.end(), end) if lead and lead.end() < end - start else Span(start, end)
