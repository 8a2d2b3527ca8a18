"""PDF files to a Draft: the text layer, page by page.

Knows what pypdf extracts and how a PDF says it is locked. It refuses to do OCR: a scanned
page has no text, and says so.
"""

from __future__ import annotations

import io
import logging
import re

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from corpus.errors import Unreadable
from corpus.languages import language_code
from corpus.readers.draft import MOST_CHARACTERS, Draft
from corpus.readers.headings import find_headings
from corpus.text import canonical, count_replacements

_MOST_PAGES = 5_000
# Titles that authoring programs fill in by themselves.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)|untitled|document ?\d*|slide \d+|unbenannt|sans titre)"
    r"|.*\.(?:docx?|pptx?|xlsx?|indd|odt|pdf|qxd|rtf)$",
    re.IGNORECASE,
)


def read(raw: bytes) -> Draft:
    """The draft of a PDF's bytes; pages that cannot be read are counted, not fatal."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # each mended fault is a log line
    reader = _unlocked(raw)
    if len(reader.pages) > _MOST_PAGES:
        raise Unreadable("limits", f"{len(reader.pages):,} pages; at most {_MOST_PAGES:,} are read")
    pages: list[str] = []
    lost: list[int] = []
    characters = replaced = 0
    for number, page in enumerate(reader.pages, start=1):
        try:
            extracted = page.extract_text()
        except (MemoryError, RecursionError):
            raise
        except Exception:  # noqa: BLE001 - pypdf raises anything on a damaged page; others may be whole
            lost.append(number)
            continue
        replaced += count_replacements(extracted)
        pages.append(canonical(extracted).strip())
        characters += len(pages[-1])
        if characters > MOST_CHARACTERS:
            raise Unreadable("limits", f"over {MOST_CHARACTERS:,} characters of text")
    if lost and not any(pages):
        raise Unreadable("parse", f"none of its {len(lost)} pages can be read")

    text = canonical("\n\n".join(page for page in pages if page)).strip()
    metadata: list[tuple[str, str]] = [("pages", str(len(reader.pages)))]
    if lost:
        metadata.append(("unreadable_pages", "; ".join(map(str, lost[:100]))))
    if replaced:
        metadata.append(("replacements", str(replaced)))
    return Draft(
        text=text,
        kind="pdf",
        title=_title(reader),
        language=_language(reader),
        headings=find_headings(text),
        metadata=tuple(metadata),
    )


def _unlocked(raw: bytes) -> PdfReader:
    if b"%PDF-" not in raw[:1024]:
        raise Unreadable("parse", "not a PDF: it does not begin with %PDF-")
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        # Many PDFs that anyone may read are encrypted with an empty password.
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise Unreadable("decode", "encrypted: it needs a password")
        len(reader.pages)
    except DependencyError as error:
        raise Unreadable("decode", f"encrypted in a way that cannot be read: {error}") from error
    except PyPdfError as error:
        raise Unreadable("parse", f"damaged PDF: {error}") from error
    return reader


def _title(reader: PdfReader) -> str | None:
    try:
        title = reader.metadata.title if reader.metadata else None
    except Exception:  # noqa: BLE001 - a damaged information dictionary costs only the title
        return None
    return None if not title or _NO_TITLE.match(title.strip()) else str(title)


def _language(reader: PdfReader) -> str | None:
    try:
        return language_code(str(reader.root_object.get("/Lang", "")))
    except Exception:  # noqa: BLE001 - a damaged catalogue costs only the declared language
        return None
