"""The words that exported files say themselves, in the eight languages of the page.

Knows wording only. Everything else in such a file is an answer's or a document's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl")

_EN: Mapping[str, str] = {
    "title": "Answers with their sources",
    "note": "Put together by Townbook, an automated system. The numbered quotes are verbatim;"
    " please read them in their articles before relying on them.",
    "found": "Found",
    "country": "Country",
    "words": "In the source’s words",
    "nearest": "Nearest passages",
    "references": "References",
    "section": "Section",
    "file": "File",
    "undated": "Date unknown",
    "snapshot": "Library snapshot {number}",
    "model": "phrased by a language model",
    "verify": "Each line of numbers and letters says where its quote stands. To check them all:",
}
HEADINGS: Mapping[str, Mapping[str, str]] = {
    "en": _EN,
    "fr": {
        "title": "Réponses et sources",
        "note": "Réuni par Townbook, un système automatisé. Les citations numérotées sont"
        " textuelles ; merci de les relire dans leurs articles avant de vous y fier.",
        "found": "Trouvé",
        "country": "Pays",
        "words": "Dans les termes de la source",
        "nearest": "Passages les plus proches",
        "references": "Références",
        "section": "Section",
        "file": "Fichier",
        "undated": "Date inconnue",
        "snapshot": "Instantané {number} de la bibliothèque",
        "model": "formulé par un modèle de langue",
        "verify": "Chaque ligne de chiffres et de lettres indique où se trouve sa citation. Pour"
        " les vérifier toutes :",
    },
    "de": {
        "title": "Antworten mit ihren Quellen",
        "note": "Zusammengestellt von Townbook, einem automatischen System. Die nummerierten"
        " Zitate sind wörtlich; bitte lesen Sie sie in ihren Artikeln nach, bevor Sie sich darauf"
        " verlassen.",
        "found": "Gefunden",
        "country": "Land",
        "words": "In den Worten der Quelle",
        "nearest": "Ähnlichste Stellen",
        "references": "Belege",
        "section": "Abschnitt",
        "file": "Datei",
        "undated": "Datum unbekannt",
        "snapshot": "Stand {number} der Bibliothek",
        "model": "von einem Sprachmodell formuliert",
        "verify": "Jede Zeile aus Zahlen und Buchstaben sagt, wo ihr Zitat steht. Alle prüft:",
    },
    "es": {
        "title": "Respuestas con sus fuentes",
        "note": "Reunido por Townbook, un sistema automático. Las citas numeradas son literales;"
        " léalas en sus artículos antes de confiar en ellas.",
        "found": "Encontrado",
        "country": "País",
        "words": "En palabras de la fuente",
        "nearest": "Pasajes más cercanos",
        "references": "Referencias",
        "section": "Sección",
        "file": "Archivo",
        "undated": "Fecha desconocida",
        "snapshot": "Instantánea {number} de la biblioteca",
        "model": "redactado por un modelo de lenguaje",
        "verify": "Cada línea de cifras y letras dice dónde está su cita. Para comprobarlas todas:",
    },
    "it": {
        "title": "Risposte con le loro fonti",
        "note": "Raccolto da Townbook, un sistema automatico. Le citazioni numerate sono letterali;"
        " leggetele nei loro articoli prima di farvi affidamento.",
        "found": "Trovato",
        "country": "Paese",
        "words": "Nelle parole della fonte",
        "nearest": "Passaggi più vicini",
        "references": "Riferimenti",
        "section": "Sezione",
        "file": "File",
        "undated": "Data sconosciuta",
        "snapshot": "Istantanea {number} della biblioteca",
        "model": "formulato da un modello linguistico",
        "verify": "Ogni riga di cifre e lettere dice dove si trova la sua citazione. Per"
        " controllarle tutte:",
    },
    "nl": {
        "title": "Antwoorden met hun bronnen",
        "note": "Samengesteld door Townbook, een geautomatiseerd systeem. De genummerde citaten"
        " zijn letterlijk; lees ze na in hun artikelen voordat u erop vertrouwt.",
        "found": "Gevonden",
        "country": "Land",
        "words": "In de woorden van de bron",
        "nearest": "Dichtstbijzijnde passages",
        "references": "Verwijzingen",
        "section": "Paragraaf",
        "file": "Bestand",
        "undated": "Datum onbekend",
        "snapshot": "Momentopname {number} van de bibliotheek",
        "model": "geformuleerd door een taalmodel",
        "verify": "Elke regel met cijfers en letters zegt waar zijn citaat staat. Alles"
        " controleren:",
    },
    "pt": {
        "title": "Respostas com as suas fontes",
        "note": "Reunido pelo Townbook, um sistema automático. As citações numeradas são literais;"
        " leia-as nos seus artigos antes de confiar nelas.",
        "found": "Encontrado",
        "country": "País",
        "words": "Nas palavras da fonte",
        "nearest": "Passagens mais próximas",
        "references": "Referências",
        "section": "Secção",
        "file": "Ficheiro",
        "undated": "Data desconhecida",
        "snapshot": "Instantâneo {number} da biblioteca",
        "model": "formulado por um modelo de linguagem",
        "verify": "Cada linha de algarismos e letras diz onde está a sua citação. Para verificar"
        " todas:",
    },
    "pl": {
        "title": "Odpowiedzi wraz ze źródłami",
        "note": "Zestawione przez Townbook, system automatyczny. Ponumerowane cytaty są dosłowne;"
        " przed użyciem proszę przeczytać je w artykułach.",
        "found": "Znaleziono",
        "country": "Kraj",
        "words": "Słowami źródła",
        "nearest": "Najbliższe fragmenty",
        "references": "Odnośniki",
        "section": "Sekcja",
        "file": "Plik",
        "undated": "Data nieznana",
        "snapshot": "Migawka {number} biblioteki",
        "model": "sformułowane przez model językowy",
        "verify": "Każdy wiersz cyfr i liter mówi, gdzie stoi cytat. Aby sprawdzić wszystkie:",
    },
}


def known(language: str) -> str:
    """``language`` if files can be headed in it, else English."""
    return language if language in HEADINGS else "en"


def head(key: str, language: str, **values: object) -> str:
    """The words ``key`` in ``language`` (English when there are none), values filled in."""
    return HEADINGS[known(language)][key].format(**values)


def day(iso: str | None, language: str) -> str:
    """``2026-02-19`` as ``19 February 2026`` in ``language``; what is no day, as it is."""
    if not iso:
        return head("undated", language)
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    locale = "en_GB" if known(language) == "en" else known(language)
    return str(format_date(found, "long", locale=locale))
