"""PDFs: their text layer, or a plain reason why there is none."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from corpus import Document
from corpus.readers import Failure, parse

WORDS = "The council opened a workshop for bicycles."


def pdf(*pages: str, title: str | None = None, user_key: str | None = None) -> bytes:
    """A PDF with one line of Helvetica a page."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for words in pages:
        page = writer.add_blank_page(width=595, height=842)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode("latin-1"))
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(content)
    if title:
        writer.add_metadata({"/Title": title})
    if user_key is not None:
        writer.encrypt(user_key, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read(raw: bytes) -> Document | Failure:
    (found,) = parse("plan.pdf", "plan.pdf", raw)
    return found


def test_pages_become_one_text_with_a_title() -> None:
    document = read(pdf(WORDS, "It is open on Tuesdays.", title="Workshop plan"))
    assert isinstance(document, Document)
    assert document.text == f"{WORDS}\n\nIt is open on Tuesdays."
    assert document.title == "Workshop plan"
    assert document.kind == "pdf"
    assert ("pages", "2") in document.metadata


def test_a_title_the_authoring_program_made_up_is_not_taken() -> None:
    document = read(pdf(WORDS, title="Microsoft Word - draft3.docx"))
    assert isinstance(document, Document)
    assert document.title == WORDS


def test_an_empty_password_opens_a_pdf_as_readers_do() -> None:
    document = read(pdf(WORDS, user_key=""))
    assert isinstance(document, Document)
    assert document.text == WORDS


@pytest.mark.parametrize(
    ("raw", "stage", "reason"),
    [
        pytest.param(pdf(WORDS, user_key="k"), "decode", "password", id="encrypted"),
        pytest.param(pdf(""), "text", "no text found", id="scanned"),
        pytest.param(b"PK\3\4 not a PDF", "parse", "not a PDF", id="wrong suffix"),
        pytest.param(pdf(WORDS)[:300], "parse", "", id="truncated"),
        pytest.param(b"%PDF-1.7\n" + b"\0" * 999, "parse", "", id="only a header"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(raw: bytes, stage: str, reason: str) -> None:
    failure = read(raw)
    assert isinstance(failure, Failure)
    assert failure.stage == stage
    assert reason in failure.reason
    assert "\n" not in failure.reason
