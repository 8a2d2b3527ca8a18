"""Text and Markdown: front matter, titles, days, addresses, encodings."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import Document
from corpus.readers import Failure, parse
from corpus.readers.front_matter import split_front_matter
from corpus.readers.published import parse_day

BODY = "The council opened a workshop where neighbours mend their bicycles together."


def read(raw: bytes | str, name: str = "note.txt") -> Document:
    data = raw.encode() if isinstance(raw, str) else raw
    (document,) = parse(name, name, data)
    assert isinstance(document, Document), document
    return document


def refused(raw: bytes, name: str = "note.txt") -> Failure:
    (failure,) = parse(name, name, raw)
    assert isinstance(failure, Failure), failure
    return failure


def test_front_matter_describes_the_document_and_is_not_its_text() -> None:
    document = read(
        "---\ntitle: 'A: workshop'\npublished: 2021-03-04\nlang: en-GB\n"
        "url: https://city.example/w\ntags: [bikes, repair]\nauthor: Ann\n---\n\n" + BODY,
        "a/b.md",
    )
    assert document.text == BODY
    assert document.kind == "markdown"
    assert document.title == "A: workshop"
    assert document.published == date(2021, 3, 4)
    assert document.language == "en"
    assert document.url == "https://city.example/w"
    assert document.metadata == (("tags", "bikes; repair"), ("author", "Ann"))


def test_front_matter_that_is_not_yaml_still_gives_its_plain_pairs() -> None:
    document = read('---\ntitle: One: two: three\nsource: "github:x/y"\n---\n' + BODY)
    assert document.title == "One: two: three"
    assert document.url is None
    assert document.metadata == (("source", "github:x/y"),)


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    assert read(f"---\n{BODY}\n---\nmore words").text.startswith("---")


def test_an_alias_bomb_in_front_matter_is_not_expanded() -> None:
    bomb = "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    for last, this in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{this}: &{this} [" + ",".join([f"*{last}"] * 9) + "]\n"
    pairs, rest = split_front_matter(bomb + "---\n" + BODY)
    assert sum(len(value) for _, value in pairs) < 1_000
    assert rest == BODY


@pytest.mark.parametrize(
    ("first_lines", "title"),
    [
        pytest.param("Bicycle workshop opens\n\n", "Bicycle workshop opens", id="first line"),
        pytest.param("note.md\n\n## Outcome\n\n", "Outcome", id="not the file's name"),
        pytest.param("date: 2020-01-01\n\n# **Mended** \n", "Mended", id="not a date line"),
        pytest.param("{{ page.title }}\n\nReal title\n\n", "Real title", id="not a template"),
        pytest.param("Caf&eacute; &#8217;84\n\n", "Café ’84", id="character references"),
        pytest.param("C40 (C40)\n", "C40 (C40)", id="few letters"),
    ],
)
def test_the_title_is_the_first_line_that_reads_like_one(first_lines: str, title: str) -> None:
    assert read(first_lines + "A long line. " * 40).title == title


def test_a_text_without_any_title_line_is_called_by_its_file() -> None:
    assert read("Words without end, " * 50, "x/opening_day.txt").title == "opening day"


@pytest.mark.parametrize(
    ("header", "published"),
    [
        pytest.param("Published: 02/06/2017", date(2017, 6, 2), id="day first"),
        pytest.param("Edited on 19/02/2026", date(2026, 2, 19), id="no colon"),
        pytest.param("date: 2014-02-07T22:50:15+00:00", date(2014, 2, 7), id="ISO with time"),
        pytest.param("date: 2016-05-30 15:00:00 +02:00", date(2016, 5, 30), id="ISO with zone"),
        pytest.param("publication date: 10-04-2017", date(2017, 4, 10), id="dashes"),
        pytest.param("Veröffentlicht am 3. März 2019", date(2019, 3, 3), id="German"),
        pytest.param("Publié le 1er juin 2018", date(2018, 6, 1), id="French"),
        pytest.param("Publicado el 5 de mayo de 2020", date(2020, 5, 5), id="Spanish"),
        pytest.param("Posted on May 12, 2017", date(2017, 5, 12), id="month first"),
        pytest.param("Edited on 01/02/2020\nPublished: 01/01/2020", date(2020, 1, 1), id="two"),
        pytest.param("date: 2017-10-02\nend-date: 2017-10-03", None, id="an event's days"),
        pytest.param("date: 2017-03-02\nlocation: Sampleville", None, id="an event's place"),
        pytest.param("Date 12.05.2017 is near", None, id="a sentence"),
        pytest.param("Published: 45/45/2017", None, id="no such day"),
    ],
)  # fmt: skip
def test_the_header_says_when_it_was_published(header: str, published: date | None) -> None:
    assert read(f"A title\n{header}\n\n{BODY}").published == published


def test_a_day_below_the_first_paragraph_is_not_the_documents() -> None:
    assert read("A list\n\n" + BODY * 5 + "\npublication date: 10-04-2017\n").published is None


def test_an_events_front_matter_does_not_date_its_announcement() -> None:
    document = read(f"---\ndate: 2017-10-02\nlocation: Sampleville\n---\nFair\n{BODY}")
    assert document.published is None
    assert ("date", "2017-10-02") in document.metadata


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2/13/2020", date(2020, 2, 13)),
        ("1.2.2020", date(2020, 2, 1)),
        ("12 May 2017, 10:00", date(2017, 5, 12)),
        ("Tuesday, 4 July 2023", date(2023, 7, 4)),
        ("soon", None),
        ("3000-01-01", None),
        ("", None),
    ],
)
def test_a_day_is_read_day_first_unless_that_cannot_be(value: str, day: date | None) -> None:
    assert parse_day(value) == day


ACCENTS = "Le marché s’ouvre près de la forêt où les élèves ont déjà planté des œillets."


@pytest.mark.parametrize(
    ("raw", "metadata"),
    [
        pytest.param(ACCENTS.encode(), (), id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + ACCENTS.encode(), (), id="UTF-8 with a mark"),
        pytest.param(ACCENTS.encode("utf-16"), (("encoding", "utf-16"),), id="UTF-16"),
        pytest.param(ACCENTS.encode("utf-16-le"), (("encoding", "utf-16-le"),), id="little"),
        pytest.param(ACCENTS.encode("utf-16-be"), (("encoding", "utf-16-be"),), id="big"),
        pytest.param(ACCENTS.encode("cp1252"), (("encoding", "cp1252"),), id="cp1252"),
    ],
)  # fmt: skip
def test_common_encodings_give_the_same_text(
    raw: bytes, metadata: tuple[tuple[str, str], ...]
) -> None:
    document = read(raw)
    assert document.text == ACCENTS
    assert document.metadata == metadata


def test_broken_bytes_cost_a_replacement_each_and_are_counted() -> None:
    raw = (ACCENTS * 5).encode() + b" \xff and \xfe end"
    document = read(raw)
    assert document.text == ACCENTS * 5 + " \ufffd and \ufffd end"
    assert document.metadata == (("replacements", "2"),)


def test_nul_and_control_codes_are_removed_and_counted() -> None:
    document = read(b"Open\0 house\x1b for all of us")
    assert document.text == "Open house for all of us"
    assert document.metadata == (("replacements", "2"),)


def test_a_latin_1_text_of_three_words_is_read() -> None:
    assert read("Fête près d’ici".replace("’", "'").encode("latin-1")).text == "Fête près d'ici"


@pytest.mark.parametrize("raw", [b"", b"\n \t\n", b"\xef\xbb\xbf", b"1 2 3\n- 4 -", b"\0" * 100])
def test_a_file_without_words_is_no_document(raw: bytes) -> None:
    assert refused(raw) == Failure("note.txt", "text", "no text found")


def test_a_text_of_five_million_characters_is_read_and_one_more_is_refused() -> None:
    assert len(read(b"word " * 1_000_000 + b"").text) == 4_999_999
    assert refused(b"words" * 1_000_000 + b"!").stage == "limits"


def test_quotes_of_the_text_stand_in_the_raw_file() -> None:
    raw = "---\nx: y\n---\n# **Head**\r\n\r\n* item [link](https://x.example) \u200b&amp; more\r\n"
    text = read(raw).text
    flat = " ".join(raw.split())
    for line in text.split("\n"):
        assert " ".join(line.split()) in flat
