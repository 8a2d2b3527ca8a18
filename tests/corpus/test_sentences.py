"""Sentences are cut where a reader would cut them, and nothing of the text is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Span
from corpus.sentences import sentences


def cut(text: str, language: str = "en") -> list[str]:
    return [span.of(text) for span in sentences(text, language)]


# Each case is a text whose sentences are separated by " | ".
IN_ONE_LINE = [
    ("en", "The park opened in May. | It has 300 trees."),
    ("en", "It is approx. Two miles from St. Anne's church. | Bring a coat."),
    ("en", "Bakers, e.g. Old Mill Ltd. and others, joined. | All of them stayed."),
    ("en", "Mr. Doyle met Dr. J. Smith and Prof. A. B. Crane. | They spoke of bees."),
    ("en", "The U.K. Government paid 2.5 million for a 1.000 seat hall. | Nobody came."),
    ("en", "They moved to the U.K. | The house was cold."),
    ("en", "It was Leeds vs. York in No. 5 Mill Road. | We won!"),
    ("en", "Was it late? | No. | It was early!"),
    ("en", "“Who pays?” asked Ann. | “The town.” | She laughed."),
    ("en", "He said “We try.” | (It took a year.) | Then it rained."),
    ("en", "We planted oaks, i.e. Slow trees, limes, etc. | The rest was grass."),
    ("en", "She waited… | Then she left... | No one saw her."),
    ("en", "It was cut […] Later it was mended. | That cost £3.50."),
    ("en", "A bold claim.[12] | Nobody checked it."),
    ("en", "See www.mill.example for more. | Or call us at 10.30 a.m. on Monday."),
    ("en", "The fair is on Jan. 5 and on Feb. 12. | Come early."),
    ("en", "By 2019. | 13 towns had joined by then."),
    ("fr", "Le marché ouvre à 9 h. | M. Petit habite av. Foch. | Il vend du pain."),
    ("fr", "On y trouve p.ex. Des pommes, cf. art. 5 du règlement. | C'est simple."),
    ("fr", "« Qui paie ? » | « La ville. » | Mme. Roux sourit. | L’an dernier, rien."),
    ("fr", "La tour date d'env. 1500 av. J.-C. selon Mme Roux. | Elle penche."),
    ("de", "Das Fest beginnt am 17. Mai um 10 Uhr. | Es endet am 5. Juli 2019. | Danach ist Ruhe."),
    ("de", "Wir bauen z.B. Bänke bzw. Tische in der Haus-Nr. 3. | Das kostet ca. 1.000 Euro."),
    ("de", "Im 19. Jahrhundert war hier z. B. Wald. | Heute steht dort die Schule."),
    ("de", "Der Verein Gute Nachbarn e.V. Musterstadt lädt ein. | „Kommt alle!“ | Es gibt Kuchen."),
    ("de", "Es gibt Obst, Brot usw. | Die Gäste bringen Tee mit."),
    ("de", "Treffpunkt ist die Hauptstr. 5 vom 3. bis 4. Mai. | Bis 2019. | Dann nicht mehr."),
    ("es", "La Sra. López y el Sr. Gil viven en la Av. Central n.º 5. | Son vecinos."),
    ("es", "D.ª Ana viajó a EE.UU. Central con D. Luis. | ¿Volvió? | ¡Claro que sí!"),
    ("es", "Cuesta aprox. 1.000 euros, p. ej. En mayo. | Nadie paga más."),
    ("es", "Vive en EE.UU. | La casa es grande."),
    ("it", "La Verdi S.p.A. Milano aiuta il dott. Rossi. | Il parco costa 2.5 milioni."),
    ("it", "L'art. 5 parla di alberi, cfr. pag. 12 del testo. | È breve."),
    ("it", "Ci sono mele, pere, ecc. | Il resto manca. | La sig.ra Neri ride."),
    ("nl", "De dhr. Smit en mevr. Bos wonen bij het plein. | Ze fietsen m.b.v. Een kar."),
    ("nl", "Er zijn bijv. Appels en peren enz. | De markt sluit om 5 uur. | Kom op tijd."),
    ("nl", "Het telt ca. 300 bomen op blz. 12. | Dat is veel!"),
    ("pt", "O Sr. Melo e a Sra. Dias moram na Av. Central. | São vizinhos."),
    ("pt", "Custa aprox. 1.000 euros no art. 3 da lei. | Ninguém paga. | É o séc. XX de novo."),
    ("pl", "Targ jest przy ul. Długiej ok. 200 m od rynku. | Otwarto go 5 maja."),
    ("pl", "Sadzimy np. Lipy, m.in. W parku im. Jana. | To dużo pracy."),
    ("pl", "W 2019 r. Warszawa miała 17. Festyn Wody. | Był udany."),
    ("el", "Ποιος πληρώνει; | Η πόλη. | Κανείς άλλος."),
    ("zh", "公园很大。| 树很多。"),
]


@pytest.mark.parametrize(
    ("language", "marked"), IN_ONE_LINE, ids=[f"{lang}: {text[:40]}" for lang, text in IN_ONE_LINE]
)
def test_sentences_end_where_a_reader_would_end_them(language: str, marked: str) -> None:
    expected = [sentence.strip() for sentence in marked.split("|")]
    text = marked.replace("| ", "") if language == "zh" else marked.replace(" | ", " ")
    assert cut(text, language) == expected


# Each case is a text and its sentences, white space made plain.
IN_LINES = {
    "a blank line ends a sentence": (
        "A mill by the river\n\nit has no roof",
        ["A mill by the river", "it has no roof"],
    ),
    "bullets end a sentence": (
        "We offer:\n- bread\n* soup\n• tea and\n1. cake",
        ["We offer:", "- bread", "* soup", "• tea and", "1. cake"],
    ),
    "bullets in one line are cut": (
        "Topics • water • energy • trees",
        ["Topics", "• water", "• energy", "• trees"],
    ),
    "a bullet keeps the words of its next line": (
        "•\nA new bridge\n•\nAn old road",
        ["• A new bridge", "• An old road"],
    ),
    "fields stand alone": (
        "Summer fair\ndate: 2018-05-04\nlocation: Somewhere, Belgium\nThe fair is back.",
        ["Summer fair", "date: 2018-05-04", "location: Somewhere, Belgium", "The fair is back."],
    ),
    "a short title line stands alone": (
        "How it began\nThe first garden was dug in spring. More followed.",
        ["How it began", "The first garden was dug in spring.", "More followed."],
    ),
    "table rows stand alone": (
        "| Town | Trees |\n| --- | --- |\n| Oakham | 300 |",
        ["| Town | Trees |", "| --- | --- |", "| Oakham | 300 |"],
    ),
    "marked headings stand alone": (
        "## Our garden and\nthe people who keep it",
        ["## Our garden and", "the people who keep it"],
    ),
    "a line that goes on with a small letter is not cut": (
        "The school was led by a youth club and the\nneighbours of the street. It is open.",
        ["The school was led by a youth club and the neighbours of the street.", "It is open."],
    ),
    "a wrapped paragraph is read as one": (
        "The garden lies behind the old station of\n"
        "Oakham, between the river and the tracks.\n"
        "Volunteers water it each morning, and the\n"
        "Friends of Oakham pay for the seed.",
        [
            "The garden lies behind the old station of Oakham, between the river and the tracks.",
            "Volunteers water it each morning, and the Friends of Oakham pay for the seed.",
        ],
    ),
    "paragraphs of one line each are not joined": (
        "The network now counts over three hundred and fifty members from forty-five countries, "
        "fifteen agencies and three partners (and friends)\nIt works in six offices, in four "
        "languages and with a staff of thirty-five people who travel a great deal between them",
        [
            "The network now counts over three hundred and fifty members from forty-five "
            "countries, fifteen agencies and three partners (and friends)",
            "It works in six offices, in four languages and with a staff of thirty-five people "
            "who travel a great deal between them",
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), IN_LINES.values(), ids=IN_LINES.keys())
def test_lines_end_sentences_only_where_the_writer_broke_them(
    text: str, expected: list[str]
) -> None:
    assert [" ".join(sentence.split()) for sentence in cut(text)] == expected


def test_a_german_date_wrapped_before_its_day_is_no_list_item() -> None:
    text = (
        "Das Fest der Nachbarn beginnt wie jedes Jahr am\n"
        "17. Mai auf dem alten Platz hinter der Schule.\n"
        "Alle sind dazu eingeladen."
    )
    assert [len(sentence.split()) for sentence in cut(text, "de")] == [18, 4]


def test_a_very_long_sentence_is_cut_at_semicolons_into_readable_clauses() -> None:
    clause = "the town shall keep its trees and water them in summer;"
    text = "Whereas " + " ".join([clause] * 20)
    pieces = cut(text)
    assert len(pieces) > 4
    assert all(len(piece.split()) <= 41 for piece in pieces)
    assert " ".join(pieces) == text


def test_a_long_run_of_clauses_without_spaces_is_cut_too() -> None:
    clause = "The town shall keep its trees and water them in summer;"
    pieces = cut("Whereas " + clause * 20)
    assert "".join(pieces) == "Whereas " + clause * 20
    assert all(len(piece.split()) <= 41 for piece in pieces)


def test_sentences_glued_by_a_lost_space_are_parted_and_names_are_not() -> None:
    assert cut("It grew over the years.The town paid.") == [
        "It grew over the years.",
        "The town paid.",
    ]
    assert len(cut("See example.The-Mill and Garden.Now for details.")) == 1


def test_a_sentence_of_ordinary_length_keeps_its_semicolons() -> None:
    assert len(cut("We came; we saw; we planted a tree.")) == 1


def test_only_the_part_asked_for_is_cut() -> None:
    text = "One here. Two here. Three here. Four here."
    within = Span(text.index("Two"), text.index(" Four"))
    assert [span.of(text) for span in sentences(text, "en", within)] == [
        "Two here.",
        "Three here.",
    ]


PIECES = st.sampled_from(
    [
        *" \n\n\t.!?…;:,»«”“\"'()[]*_#|-•–§",
        "Dr.",
        "e.g.",
        "z.B.",
        "17.",
        "The",
        "town",
        "Über",
        "1. ",
        "date: ",
        "## ",
        "| a | b |",
        "\u00a0",
        "\u200b",
        "。",
        "É",
        "i",
        "J.",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80)
LANGUAGES = st.sampled_from(["en", "fr", "de", "es", "it", "nl", "pt", "pl", "el", "und", "sv"])


@settings(deadline=None)  # a busy machine is no error
@given(TEXTS, LANGUAGES, st.data())
def test_sentences_cover_all_but_white_space_in_order(
    text: str, language: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    within = Span(start, data.draw(st.integers(start, len(text))))
    spans = sentences(text, language, within)
    covered: set[int] = set()
    position = within.start
    for span in spans:
        assert within.holds(span)
        assert span.start >= position
        assert len(span) > 0
        assert span.of(text) == span.of(text).strip()
        covered.update(range(span.start, span.end))
        position = span.end
    missed = set(range(within.start, within.end)) - covered
    assert all(text[index].isspace() for index in missed)


HOSTILE = {
    "words without punctuation": "word " * 200_000,
    "one word": "a" * 1_000_000,
    "full stops": "." * 1_000_000,
    "spaced full stops": ". " * 500_000,
    "closing brackets": "a." + ")" * 1_000_000 + "b",
    "bullets": "• " * 500_000,
    "semicolons": "a; " * 330_000,
    "initials": "A." * 500_000,
    "hashes": "#" * 1_000_000,
    "white space": "a." + " " * 1_000_000 + "b",
    "hyphens": "a-" * 500_000 + ". B",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_megabyte_of_nonsense_takes_no_longer_than_prose(text: str) -> None:
    started = time.process_time()
    sentences(text, "en")
    # Far above what it takes (at most a second), far below what a quadratic pattern would.
    assert time.process_time() - started < 6


def test_a_megabyte_of_one_letter_lines_is_cut_in_seconds() -> None:
    started = time.process_time()
    assert len(sentences("a\n" * 250_000, "en")) == 250_000
    assert time.process_time() - started < 10
