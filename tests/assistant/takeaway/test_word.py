"""Conversations as Word documents: real headings, a table, links that lead where they say."""

from __future__ import annotations

import io
import re
import time
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from assistant.takeaway.headings import HEADINGS, LANGUAGES
from assistant.takeaway.word import conversation


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}


def test_the_outline_is_made_of_headings(talk: Any) -> None:
    paragraphs = opened(conversation(talk)).paragraphs
    outline = [(p.style.name, p.text) for p in paragraphs if p.style.name.startswith("Heading")]
    assert outline == [
        ("Heading 1", "Answers with their sources"),
        ("Heading 2", "1. Which cities lend or mend things?"),
        ("Heading 2", "2. Is it free?"),
        ("Heading 2", "3. Who pays?"),
        ("Heading 3", "Nearest passages"),
        ("Heading 2", "References"),
    ]


def test_a_list_is_a_table_with_a_head_and_one_quote_a_row(talk: Any) -> None:
    [table] = opened(conversation(talk)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Found", "Country", "In the source’s words"],
        ["Gent", "Belgium", "“The workshop mends 40 bicycles a week.” [1]"],
        ["Braga", "Portugal", "“Neighbours borrow drills — free of charge.” [2]"],
    ]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_each_number_leads_to_its_reference_and_each_address_to_its_page(talk: Any) -> None:
    document = opened(conversation(talk))
    marks = {b.get(qn("w:name")) for b in document.element.iter(qn("w:bookmarkStart"))}
    links = list(document.element.iter(qn("w:hyperlink")))
    inner = [link.get(qn("w:anchor")) for link in links if link.get(qn("w:anchor"))]
    assert inner == ["reference_1", "reference_2", "reference_2", "reference_3"]
    assert set(inner) <= marks
    outer = {link.get(qn("r:id")) for link in links} - {None}
    assert {document.part.rels[id].target_ref for id in outer} == {"https://gent.example/bicycles"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_says_its_language(talk: Any, language: str) -> None:
    document = opened(conversation(talk, language))
    told = next(document.styles.element.iter(qn("w:lang"))).get(qn("w:val"))
    assert told.split("-")[0] == language == document.core_properties.language.split("-")[0]
    assert document.paragraphs[0].text == HEADINGS[language]["title"]


def test_statements_are_marked_with_the_answers_language_and_quotes_with_none(talk: Any) -> None:
    from dataclasses import replace

    document = opened(conversation([replace(talk[1], language="fr")], "de"))
    told = {
        run.text: run._r.find(f".//{qn('w:lang')}").get(qn("w:val"))
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run._r.find(f".//{qn('w:lang')}") is not None
    }
    assert told["free"] == "fr-FR"
    assert told["“It opens on Mondays.”"] == "x-none"


def test_the_properties_name_the_product_and_nobody_else(talk: Any) -> None:
    content = conversation(talk)
    told = opened(content).core_properties
    assert (told.author, told.last_modified_by, told.comments) == ("Townbook", "Townbook", "")
    written = parts(content)
    assert "thumbnail" not in "".join(written) + written["_rels/.rels"]
    for name in ("docProps/core.xml", "docProps/app.xml"):
        assert not re.search(r"python|Microsoft Macintosh|\d{4}-\d\d-\d\d", written[name])


def test_equal_answers_give_equal_bytes_at_any_time(
    talk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = conversation(talk)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000.0))
    assert conversation(talk) == before


def test_a_hostile_string_in_every_field_makes_no_link_field_or_part(
    hostile: str, hostile_talk: Any
) -> None:
    content = conversation([hostile_talk(hostile)[0]])
    document = opened(content)
    assert list(parts(content)) == list(parts(conversation([hostile_talk("plain")[0]])))
    kinds = {element.tag for element in document.element.iter()}
    assert not kinds & {qn("w:fldSimple"), qn("w:instrText"), qn("w:fldChar"), qn("w:object")}
    assert all(link.get(qn("r:id")) is None for link in document.element.iter(qn("w:hyperlink")))


@pytest.mark.parametrize(
    "url",
    [
        'https://city.example/"x',
        "https://city.example/a b",
        "https://city.example/<x>",
        "https://city.example/%zz",
        "https://città.example/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_word_would_call_damaged_is_no_link(talk: Any, url: str) -> None:
    from dataclasses import replace

    other = replace(talk[1], citations=tuple(replace(c, url=url) for c in talk[1].citations))
    document = opened(conversation([other]))
    assert not [r for r in document.part.rels.values() if r.is_external]
    assert "File: gent.md" in "".join(p.text for p in document.paragraphs)


def test_a_paragraph_in_a_right_to_left_script_is_set_so(hostile_talk: Any) -> None:
    document = opened(conversation([hostile_talk("שלום 1")[0]]))
    right = [p.text for p in document.paragraphs if p._p.find(f".//{qn('w:bidi')}") is not None]
    assert "שלום 1" in right[-1]
    assert "Answers with their sources" not in right
