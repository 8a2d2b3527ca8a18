"""Words of six languages by which sentences are reworded faithfully or damaged."""

from __future__ import annotations

from collections.abc import Mapping

# What may stand before a sentence without changing it.
ACCORDING: Mapping[str, str] = {
    "en": "According to the article, ", "fr": "Selon l'article, ", "de": "Laut Artikel gilt: ",
    "es": "Según el artículo, ", "it": "Secondo l'articolo, ", "nl": "Volgens het artikel geldt: ",
}  # fmt: skip
AND: Mapping[str, str] = {
    "en": "and", "fr": "et", "de": "und", "es": "y", "it": "e", "nl": "en",
}  # fmt: skip
# Adverbials that begin so may be moved or left out.
OPENS_ADVERBIAL: Mapping[str, str] = {
    "en": "In|Since|At|On|During|For|After|By|Through|With|From",
    "fr": "En|Depuis|À|Pendant|Pour|Après|Dans|Lors|Avec",
    "de": "(?!)",  # its verb would have to move
    "es": "En|Desde|A|Durante|Para|Tras|Con",
    "it": "In|Nel|Nella|Dal|Durante|Per|Dopo|Con",
    "nl": "(?!)",
}
SAME: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (("more than", "over"), ("about", "around"), ("also", "likewise"), ("such as", "for instance"), ("began", "started"), ("inhabitants", "residents"), ("children", "kids"), ("in order to", "to"), ("however", "yet"), ("people", "persons")),
    "fr": (("afin de", "pour"), ("ainsi que", "et"), ("également", "aussi"), ("environ", "près de"), ("permet de", "sert à"), ("notamment", "entre autres")),
    "de": (("etwa", "rund"), ("sowie", "und"), ("auch", "ebenfalls"), ("zum Beispiel", "etwa"), ("mehr als", "über")),
    "es": (("más de", "por encima de"), ("también", "asimismo"), ("así como", "y"), ("para", "con el fin de"), ("además", "también")),
    "it": (("più di", "oltre"), ("anche", "pure"), ("nonché", "e"), ("circa", "all'incirca"), ("inoltre", "anche")),
    "nl": (("ongeveer", "circa"), ("ook", "eveneens"), ("zoals", "bijvoorbeeld"), ("evenals", "en"), ("om", "teneinde")),
}  # fmt: skip
# A finite verb, and where its negation stands: before or after it, or around.
NEGATED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": tuple((v, f"{v} not") for v in ["is", "was", "are", "were", "has", "have", "can", "will", "must", "should", "could", "would"]),
    "fr": (("est", "n'est pas"), ("sont", "ne sont pas"), ("a", "n'a pas"), ("ont", "n'ont pas"), ("permet", "ne permet pas"), ("était", "n'était pas"), ("peut", "ne peut pas"), ("doit", "ne doit pas")),
    "de": tuple((v, f"{v} nicht") for v in ["ist", "war", "sind", "waren", "hat", "haben", "wird", "werden", "wurde", "wurden", "kann", "können", "soll"]),
    "es": tuple((v, f"no {v}") for v in ["es", "son", "fue", "está", "están", "ha", "han", "tiene", "tienen", "puede", "pueden", "permite", "será"]),
    "it": tuple((v, f"non {v}") for v in ["è", "sono", "era", "ha", "hanno", "può", "possono", "deve", "permette", "sarà", "viene"]),
    "nl": tuple((v, f"{v} niet") for v in ["is", "zijn", "was", "waren", "heeft", "hebben", "wordt", "worden", "kan", "kunnen", "werd", "moet"]),
}  # fmt: skip
QUANTIFIERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (("some", "all"), ("many", "all"), ("most", "all"), ("several", "all"), ("more than", "less than"), ("over", "under"), ("at least", "at most"), ("all", "few"), ("every", "hardly any"), ("often", "always"), ("about", "more than"), ("up to", "at least"), ("various", "all"), ("numerous", "few")),
    "fr": (("certains", "tous"), ("plusieurs", "toutes les"), ("plus de", "moins de"), ("au moins", "au plus"), ("tous", "peu de"), ("toutes", "peu de"), ("souvent", "toujours"), ("chaque", "rarement une"), ("de nombreux", "tous les"), ("la plupart", "la totalité"), ("beaucoup de", "peu de")),
    "de": (("einige", "alle"), ("viele", "alle"), ("mehrere", "alle"), ("mehr als", "weniger als"), ("mindestens", "höchstens"), ("alle", "wenige"), ("allen", "wenigen"), ("oft", "immer"), ("jede", "kaum eine"), ("verschiedene", "alle"), ("rund", "mehr als"), ("zahlreiche", "wenige")),
    "es": (("algunos", "todos"), ("algunas", "todas"), ("varios", "todos los"), ("muchos", "todos"), ("muchas", "todas"), ("más de", "menos de"), ("al menos", "como máximo"), ("todos los", "pocos"), ("todas las", "pocas"), ("cada", "apenas una"), ("diferentes", "todos los"), ("diversos", "todos los")),
    "it": (("alcuni", "tutti"), ("alcune", "tutte"), ("molti", "tutti"), ("molte", "tutte"), ("diversi", "tutti"), ("più di", "meno di"), ("oltre", "meno di"), ("almeno", "al massimo"), ("tutti", "pochi"), ("tutte", "poche"), ("ogni", "raramente una"), ("spesso", "sempre")),
    "nl": (("sommige", "alle"), ("enkele", "alle"), ("veel", "alle"), ("meer dan", "minder dan"), ("minstens", "hooguit"), ("alle", "weinig"), ("vaak", "altijd"), ("elke", "nauwelijks een"), ("verschillende", "alle"), ("meeste", "minste"), ("ongeveer", "meer dan")),
}  # fmt: skip
UNITS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (("euros", "dollars"), ("EUR", "GBP"), ("€", "£"), ("%", " hectares"), ("per cent", "hectares"), ("years", "months"), ("months", "weeks"), ("weeks", "days"), ("days", "years"), ("hours", "minutes"), ("minutes", "hours"), ("kilometres", "miles"), ("km", "miles"), ("m2", "hectares"), ("square metres", "hectares"), ("tonnes", "kilograms"), ("tons", "kilograms"), ("hectares", "square metres"), ("year", "month"), ("metres", "kilometres")),
    "fr": (("euros", "dollars"), ("€", "£"), ("%", " hectares"), ("ans", "mois"), ("années", "semaines"), ("mois", "ans"), ("jours", "semaines"), ("heures", "minutes"), ("minutes", "heures"), ("km", "mètres"), ("kilomètres", "mètres"), ("semaines", "mois"), ("hectares", "m2"), ("tonnes", "kilogrammes")),
    "de": (("Euro", "Dollar"), ("€", "£"), ("Prozent", "Hektar"), ("%", " Hektar"), ("Jahre", "Monate"), ("Jahren", "Monaten"), ("Monate", "Wochen"), ("Stunden", "Minuten"), ("Minuten", "Stunden"), ("Tage", "Wochen"), ("Kilometer", "Meter"), ("km", "m"), ("Wochen", "Monate"), ("Tonnen", "kg")),
    "es": (("euros", "dólares"), ("€", "£"), ("%", " hectáreas"), ("años", "meses"), ("meses", "años"), ("días", "semanas"), ("horas", "minutos"), ("minutos", "horas"), ("kilómetros", "metros"), ("km", "metros"), ("semanas", "meses"), ("litros", "toneladas")),
    "it": (("euro", "dollari"), ("€", "£"), ("%", " ettari"), ("anni", "mesi"), ("mesi", "anni"), ("giorni", "settimane"), ("ore", "minuti"), ("minuti", "ore"), ("km", "metri"), ("chilometri", "metri"), ("metri", "chilometri"), ("settimane", "mesi")),
    "nl": (("euro", "dollar"), ("€", "£"), ("procent", "hectare"), ("%", " hectare"), ("jaar", "maanden"), ("maanden", "jaar"), ("dagen", "weken"), ("uur", "minuten"), ("minuten", "uur"), ("km", "meter"), ("kilometer", "meter"), ("weken", "maanden")),
}  # fmt: skip
PRONOUNS = frozenset(
    [
        "it",
        "he",
        "she",
        "they",
        "this",
        "that",
        "these",
        "those",
        "we",
        "you",
        "there",
        "who",
        "which",
        "i",
        "il",
        "elle",
        "ils",
        "elles",
        "ce",
        "cela",
        "on",
        "nous",
        "vous",
        "cette",
        "ces",
        "er",
        "sie",
        "es",
        "wir",
        "dies",
        "das",
        "diese",
        "dieser",
        "man",
        "ihr",
        "ich",
        "él",
        "ella",
        "ellos",
        "esto",
        "este",
        "esta",
        "se",
        "nosotros",
        "lui",
        "lei",
        "loro",
        "questo",
        "questa",
        "ci",
        "si",
        "noi",
        "hij",
        "zij",
        "ze",
        "het",
        "dit",
        "dat",
        "deze",
        "we",
        "men",
        "er",
    ]
)
PLACES = (
    "Dundee", "Tampere", "Aalborg", "Graz", "Malaga", "Bologna", "Bilbao", "Rotterdam", "Dresden",
    "Nantes", "Timisoara", "Varna", "Kaunas", "Linz", "Espoo", "Leipzig", "Valencia", "Grenoble",
)  # fmt: skip
COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "en": ("Norway", "Hungary", "Croatia"), "fr": ("Norvège", "Hongrie", "Croatie"),
    "de": ("Norwegen", "Ungarn", "Kroatien"), "es": ("Noruega", "Hungría", "Croacia"),
    "it": ("Norvegia", "Ungheria", "Croazia"), "nl": ("Noorwegen", "Hongarije", "Kroatië"),
}  # fmt: skip
