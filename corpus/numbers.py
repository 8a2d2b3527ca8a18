"""Quantities a text states: their value, what they count in, and the words that say so.

Knows digits grouped with points, commas or spaces, decimals, number words in eight languages,
percentages, money and common units. Refuses dates, years, clock times, telephone, section and
reference numbers where they show themselves as such, and never converts a unit. A group mark
that could be either ("1.234") is read as thousands: articles write whole people more often
than thousandths of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from corpus import Span
from corpus.dates import find_dates
from corpus.words import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Number:
    """One quantity. ``unit`` is "%", an ISO 4217 currency, a unit symbol, or None for a count."""

    value: float
    unit: str | None
    span: Span
    approximate: bool = False


_SPACE = "\u0020\u00a0\u202f\u2009"
_CURRENCY_SIGNS: Mapping[str, str] = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY"}


def _by_word(rows: Mapping[T, str]) -> dict[str, T]:
    """The value of every folded word, from rows of value and words."""
    return {word: value for value, words in rows.items() for word in words.split()}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A scale multiplies the number before it; its words are folded (no accents).
_SCALES = _by_word(
    {
        1e9: "bn billion billions mrd milliard milliards milliarde milliarden miljard miliardi "
        "miliardo miliard miliardy miliardow mld",
        1e6: "m mn mio mill mln million millions millionen millones millon milioni milione miljoen "
        "milhoes milhao milion miliony milionow",
        1e3: "k thousand thousands tausend tsd mille mil mila duizend tys tysiac tysiace tysiecy",
        1e2: "hundred hundert honderd",
        12.0: "dozen",
    }
)
_SHORT_SCALES = frozenset({"m", "k", "bn", "mn"})  # only with money: "5 m" is a length

_UNITS = _by_word(
    {
        "%": "% percent percents prozent procent procentow procenten",
        "EUR": "eur euro euros €",
        "GBP": "gbp £ pounds",
        "USD": "usd $ dollar dollars dolar dolares dollari",
        "PLN": "pln zl zloty zlotych",
        "CHF": "chf francs franken",
        "RON": "ron lei",
        "JPY": "jpy yen",
        "SEK": "sek", "DKK": "dkk", "NOK": "nok", "CZK": "czk", "HUF": "huf", "BGN": "bgn",
        "km": "km kilometre kilometres kilometer kilometers kilometros kilometri quilometros "
        "kilometrow",
        "m": "m metre metres meter meters metros metri metrow",
        "cm": "cm", "mm": "mm", "m³": "m3",
        "km²": "km2 sqkm",
        "m²": "m2 sqm qm mq quadratmeter",
        "ha": "ha hectare hectares hektar hectareas ettari hektarow hectaren",
        "kg": "kg kilo kilos kilogram kilograms kilogramm kilogramme kilogrammes kilogramos chili",
        "t": "t ton tons tonne tonnes tonnen tonelada toneladas tonnellate tony",
        "l": "l litre litres liter liters litros litri litrow",
        "kWh": "kwh", "MWh": "mwh", "GWh": "gwh", "TWh": "twh",
        "kW": "kw", "MW": "mw", "kWp": "kwp", "MWp": "mwp",
        "h": "h hour hours stunde stunden heure heures hora horas ora ore uur uren godzin godziny",
        "min": "min minute minutes minuten minuto minutos minuti minuut minut",
        "d": "day days tag tage tagen jour jours dia dias giorno giorni dag dagen dni",
        "wk": "week weeks woche wochen semaine semaines semana semanas settimana settimane weken "
        "tygodni",
        "mo": "month months monat monate monaten mois mes meses mese mesi maand maanden miesiecy",
        "yr": "year years jahr jahre jahren an ans annee annees anos anni jaar jaren lat lata",
    }
)  # fmt: skip
_TWO_WORD_UNITS: Mapping[str, str] = {
    "per cent": "%", "pour cent": "%", "por ciento": "%", "por cento": "%", "per cento": "%",
    "square metres": "m²", "square meters": "m²", "square kilometres": "km²",
    "square kilometers": "km²", "metros cuadrados": "m²", "metres carres": "m²",
    "metri quadrati": "m²", "metros quadrados": "m²", "cubic metres": "m³", "cubic meters": "m³",
    "vierkante meter": "m²", "us dollars": "USD", "british pounds": "GBP", "pounds sterling": "GBP",
}  # fmt: skip
_RAISED_UNITS: Mapping[str, str] = {"km²": "km²", "m²": "m²", "m³": "m³"}
_MONEY = _set("EUR GBP USD PLN SEK DKK NOK CHF CZK HUF RON BGN JPY")

_APPROXIMATE = _set(
    "about around approximately approx almost nearly over roughly some circa ca c under "
    "environ pres presque quelque env "
    "etwa rund ungefahr knapp fast uber "
    "unos unas aproximadamente casi "
    "quasi oltre "
    "ongeveer bijna ruim zo'n "
    "quase "
    "okolo prawie ponad blisko niemal ~ ≈ > <"
)
_APPROXIMATE_PAIRS = frozenset(
    pair.replace("_", " ")
    for pair in _set(
        "more_than less_than fewer_than up_to at_least close_to plus_de moins_de au_moins pres_de "
        "jusqu_a mehr_als weniger_als bis_zu mas_de menos_de al_menos cerca_de alrededor_de piu_di "
        "meno_di fino_a circa_di meer_dan minder_dan ten_minste mais_de pelo_menos acerca_de "
        "wiecej_niz mniej_niz co_najmniej az_do"
    )
)

_WORD_NUMBERS: Mapping[str, str] = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty=30 forty=40 "
    "fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100 thousand=1000",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze "
    "quinze seize dix-sept dix-huit dix-neuf vingt trente=30 quarante=40 "
    "cinquante=50 soixante=60 soixante-dix=70 quatre-vingts=80 quatre-vingt=80 "
    "quatre-vingt-dix=90 cent=100 mille=1000 une=1",
    "de": "ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn "
    "vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreissig=30 "
    "vierzig=40 funfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 hundert=100 "
    "tausend=1000 eine=1 einem=1 einer=1 einen=1",
    "es": "un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
    "quince dieciseis diecisiete dieciocho diecinueve veinte treinta=30 cuarenta=40 "
    "cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 cien=100 ciento=100 "
    "mil=1000 una=1 uno=1",
    "it": "un due tre quattro cinque sei sette otto nove dieci undici dodici tredici "
    "quattordici quindici sedici diciassette diciotto diciannove venti trenta=30 "
    "quaranta=40 cinquanta=50 sessanta=60 settanta=70 ottanta=80 novanta=90 "
    "cento=100 mille=1000 una=1 uno=1",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien "
    "vijftien zestien zeventien achttien negentien twintig dertig=30 veertig=40 "
    "vijftig=50 zestig=60 zeventig=70 tachtig=80 negentig=90 honderd=100 "
    "duizend=1000",
    "pt": "um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze "
    "quinze dezesseis dezessete dezoito dezenove vinte trinta=30 quarenta=40 "
    "cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 cem=100 cento=100 "
    "mil=1000 uma=1 duas=2 catorze=14",
    "pl": "jeden dwa trzy cztery piec szesc siedem osiem dziewiec dziesiec jedenascie "
    "dwanascie trzynascie czternascie pietnascie szesnascie siedemnascie "
    "osiemnascie dziewietnascie dwadziescia trzydziesci=30 czterdziesci=40 "
    "piecdziesiat=50 szescdziesiat=60 siedemdziesiat=70 osiemdziesiat=80 "
    "dziewiecdziesiat=90 sto=100 tysiac=1000 jedna=1 dwie=2 dwoch=2 trzech=3 "
    "czterech=4 pieciu=5 szesciu=6 siedmiu=7 osmiu=8 dziewieciu=9 dziesieciu=10",
}  # fmt: skip
# "One" is an article or a pronoun more often than a count, Italian "sei" also "you are".
_ARTICLES = _set("one un une ein eine einem einer einen una uno een um uma jeden jedna sei")
_GERMAN_ONES = ("ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun")
_GERMAN_TENS = {
    "zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
}  # fmt: skip


@cache
def _number_words(language: str) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for at, entry in enumerate(_WORD_NUMBERS.get(language, _WORD_NUMBERS["en"]).split(), start=1):
        word, _, value = entry.partition("=")
        found[word] = int(value) if value else at
    if language == "de":
        for ten, tens in _GERMAN_TENS.items():
            for ones, one in enumerate(_GERMAN_ONES, start=1):
                found[f"{one}und{ten}"] = tens + ones
    return found


def is_number_word(word: str, language: str) -> bool:
    """Whether a folded word is a number in ``language``; not one that is an article as well."""
    return word in _number_words(language) and word not in _ARTICLES


# Digits: grouped by threes with one kind of mark, or plain; then decimals of the other kind.
_DIGITS = re.compile(
    rf"(?:(?<![\w.,/#@:=&?+-])|(?<=\d-))(?P<sign>[€£$¥][{_SPACE}]?)?"
    rf"(?P<digits>\d{{1,3}}(?:[.,'’]\d{{3}}){{1,4}}(?:[.,]\d{{1,2}})?(?!\d)"
    rf"|\d{{1,3}}(?:[{_SPACE}]\d{{3}}){{1,4}}(?:[.,]\d{{1,3}})?(?!\d)"
    r"|\d{1,12}(?:[.,]\d{1,4})?(?!\d))"
)
_AFTER = re.compile(rf"[{_SPACE}]{{0,2}}(?P<word>[^\W\d_]+[²³23]?|%|€|£|\$)")
_SECOND_WORD = re.compile(rf"[{_SPACE}]{{1,2}}(?P<word>[^\W\d_]+)")
_CODE_BEFORE = re.compile(rf"\b(EUR|GBP|USD|PLN|SEK|DKK|NOK|CHF|CZK|HUF|RON|BGN)[{_SPACE}]?$")
_WORDS_BEFORE = re.compile(
    r"(?:(?P<first>[^\W\d_]{1,14})[\s'’]{1,2})?(?P<last>[^\W\d_]{1,15}|[~≈<>])\.?[\s]{0,2}$"
)
_QUALIFIER_REACH = 32  # code points before a number
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,2}")
_NOT_AFTER = re.compile(r"[-–/:.]?\d|[:.]\w|/\w|°")
_ORDINAL = re.compile(
    r"(?:st|nd|rd|th|er|ère|e|ème|['’]?s)\b|[ºª°]|[ \t]?(?:Uhr|[ap]\.?m\b|o['’]clock)"
)
_NAMED_BEFORE = re.compile(
    r"(?:§|#|№|\b(?:no|nr|n[º°]|tel|fax|phone|chapter|section|figure|fig|table|page|pp?|art|article|"
    r"artikel|vol|version|step|phase|part|room|agenda|horizon|cop|plz|isbn|doi|id))\.?[ :]{0,2}$",
    re.IGNORECASE,
)


_RANGE = re.compile(r"[-–](?=\d{1,7}(?![\d/.-]))")
_ANY_DAY = date(2000, 1, 1)  # lets days without a year be known as days
# Several groups of digits in a row, none of them three long throughout: a telephone number.
_PHONE = re.compile(r"(?:\+|\b0)\d[\d ()/.-]{5,18}\d")
_LIST_MARK = re.compile(r"[.)\]]")


def find_numbers(text: str, language: str, within: Span | None = None) -> tuple[Number, ...]:
    """Quantities in ``text`` (or one part of it), in order, never overlapping."""
    start, end = (within.start, within.end) if within else (0, len(text))
    window = Span(start, end)
    dated: set[int] = set()
    for mention in find_dates(text, language, window, _ANY_DAY):
        dated.update(range(mention.span.start, mention.span.end))
    for phone in _PHONE.finditer(text, start, end):
        dated.update(range(*phone.span()))
    found = list(_digits(text, window, dated))
    for number in found:
        dated.update(range(number.span.start, number.span.end))
    found.extend(_worded(text, language, window, dated))
    return tuple(sorted(found, key=lambda number: number.span))


def _digits(text: str, window: Span, dated: set[int]) -> Iterator[Number]:
    for match in _DIGITS.finditer(text, window.start, window.end):
        begin = match.start("digits")
        if begin in dated and not match["sign"]:
            continue
        stop = match.end()
        before = text[max(window.start, match.start() - 32) : match.start()]
        if _NAMED_BEFORE.search(before[-14:]) or _ORDINAL.match(text, stop):
            continue
        value = _value(match["digits"])
        sign = match["sign"]
        unit = _CURRENCY_SIGNS[sign[0]] if sign else None
        code = _CODE_BEFORE.search(before) if unit is None else None
        start = match.start()
        if code:
            unit, start = code[1], match.start() - len(code[0])
        value, unit, stop = _scaled(text, value, unit, stop, window.end)
        if unit is None and stop < window.end and text[stop].isalpha():
            continue  # "3D", "420A"
        if unit is None and _NOT_AFTER.match(text, stop) and not _RANGE.match(text, stop):
            continue
        if unit is None and _looks_numbered(text, match, window):
            continue
        lead = text[max(window.start, start - _QUALIFIER_REACH) : start]
        yield Number(value, unit, Span(start, stop), _is_approximate(lead))


def _value(digits: str) -> float:
    """The value of written digits: "1.234,5", "1 234", "12.5", "1.234" (thousands)."""
    plain = re.sub(rf"[{_SPACE}'’]", "", digits)
    marks = [c for c in plain if c in ".,"]
    if len(set(marks)) == 2:  # the last kind is the decimal mark
        plain = plain.replace(marks[0], "").replace(marks[-1], ".")
    elif marks:
        whole, *groups = re.split(r"[.,]", plain)
        grouped = all(len(group) == 3 for group in groups) and whole != "0"
        plain = whole + "".join(groups) if grouped or len(groups) > 1 else f"{whole}.{groups[0]}"
    return float(plain)


def _scaled(
    text: str, value: float, unit: str | None, stop: int, end: int
) -> tuple[float, str | None, int]:
    """The value with its scale ("million", "k") and unit applied, and where those words end."""
    after = _AFTER.match(text, stop, end)
    if after is None:
        return value, unit, stop
    word, first = after["word"], after.end()
    key = fold(word)
    scale = _SCALES.get(key)
    if scale is not None and key in _SHORT_SCALES:
        money_after = _AFTER.match(text, first, end)
        is_money = unit is not None or (
            money_after is not None and _unit(money_after["word"]) in _MONEY
        )
        joined = after.start("word") == stop
        if not is_money and not (key == "k" and joined):
            scale = None
        elif word == "M" or joined or key != "m":
            pass
        else:
            scale = None
    if scale is not None:
        value, stop = round(value * scale, 4), first
        if unit is not None:
            return value, unit, stop
        linked = _LINK.match(text, stop, end)
        after = _AFTER.match(text, linked.end() if linked else stop, end)
        if after is None:
            return value, None, stop
        word, first = after["word"], after.end()
    if unit is not None:
        return value, unit, stop
    second = _SECOND_WORD.match(text, first, end)
    if second and (unit := _TWO_WORD_UNITS.get(f"{fold(word)} {fold(second['word'])}")):
        return value, unit, second.end()
    unit = _unit(word)
    return (value, unit, first) if unit else (value, None, stop)


_LINK = re.compile(rf"[{_SPACE}](?:de|di|d['’]|of)(?=[{_SPACE}€]|[a-z])")  # "2 millions d'euros"


def _unit(word: str) -> str | None:
    """The unit a word names; one letter counts only as units write it ("m", not "M")."""
    if len(word) == 1 and word not in "mthld%€£$":
        return None
    if word in {"²", "³"}:
        return None
    if word[-1] in "²³":
        return _RAISED_UNITS.get(word.casefold())
    return _UNITS.get(fold(word))


def qualified(text: str, number: Number) -> Span:
    """``number`` with the words before it that make it approximate: "more than 270,000"."""
    before = text[max(0, number.span.start - _QUALIFIER_REACH) : number.span.start]
    length = _qualifier_length(before) if number.approximate else 0
    return Span(number.span.start - length, number.span.end)


def _is_approximate(before: str) -> bool:
    return _qualifier_length(before) > 0


def _qualifier_length(before: str) -> int:
    """Code points at the end of ``before`` from the start of a word like "about"; 0 for none."""
    match = _WORDS_BEFORE.search(before)
    if match is None:
        return 0
    last = fold(match["last"])
    if match["first"] and f"{fold(match['first'])} {last}" in _APPROXIMATE_PAIRS:
        return len(before) - match.start("first")
    return len(before) - match.start("last") if last in _APPROXIMATE else 0


def _looks_numbered(text: str, match: re.Match[str], window: Span) -> bool:
    """A list mark at a line's start, or a footnote in brackets."""
    digits = match["digits"]
    if len(digits) > 3 or not digits.isdigit():
        return False
    line_start = max(text.rfind("\n", max(0, match.start() - 12), match.start()) + 1, window.start)
    opens = match.start() - line_start < 12 and not text[line_start : match.start()].strip(
        " \t#*>-–•"
    )
    if opens and _LIST_MARK.match(text, match.end()):
        return True
    around = text[max(0, match.start() - 1) : match.end() + 1]
    return around[:1] == "[" and around[-1:] == "]"


def _worded(text: str, language: str, window: Span, dated: set[int]) -> Iterator[Number]:
    """Number words, with tens joined to ones ("twenty-one") and "two hundred thousand"."""
    known = _number_words(language)
    tokens = list(_LETTERS.finditer(text, window.start, window.end))
    at = 0
    while at < len(tokens):
        value = _spelled(tokens[at].group(), known)
        if value is None or tokens[at].start() in dated:  # "5 por ciento" is read already
            at += 1
            continue
        last = at
        total, current = 0.0, float(value)
        while last + 1 < len(tokens):
            gap = text[tokens[last].end() : tokens[last + 1].start()]
            word = fold(tokens[last + 1].group())
            more = _spelled(word, known)
            if gap not in {" ", "-"} or more is None:
                break
            if more in {100, 1000} and current < more:
                current *= more
            elif current >= 20 and more < _room(current):
                current += more
            else:
                break
            if more == 1000:
                total, current = total + current, 0.0
            last += 1
        total += current
        start, stop = tokens[at].start(), tokens[last].end()
        value_scaled, unit, stop = _scaled(text, total, None, stop, window.end)
        lone_article = last == at and fold(tokens[at].group()) in _ARTICLES
        if not (lone_article and value_scaled < 1_000):
            before = text[max(window.start, start - _QUALIFIER_REACH) : start]
            yield Number(value_scaled, unit, Span(start, stop), _is_approximate(before))
        at = last + 1


def _room(value: float) -> int:
    """What may still be added to a spelled number: 100 after 300, 10 after 20."""
    digits = str(int(value))
    return int(10 ** (len(digits) - len(digits.rstrip("0"))))


def _spelled(word: str, known: Mapping[str, int]) -> int | None:
    """The value of one word, of "twenty-one", or of nothing known."""
    key = fold(word)
    if key in known:
        return known[key]
    tens, _, ones = key.partition("-")
    if ones in known and tens in known and known[tens] >= 20 and known[ones] < 20:
        return known[tens] + known[ones]
    return None
