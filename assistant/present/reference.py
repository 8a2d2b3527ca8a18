"""A quote with everything needed to find and check it, as plain text to paste."""

from __future__ import annotations

from assistant import Citation, Nearest
from assistant.present.escape import visible, web_address
from assistant.present.speech import say
from corpus import Document

DIGITS = 16  # of the stored text's SHA-256: enough to tell versions apart


def quoted(source: Citation | Nearest, document: Document | None, language: str) -> str:
    """The quote, its title, day, section, file or address, span, and hash of the stored text."""
    words = source.quote if isinstance(source, Citation) else source.text
    sha256 = source.sha256 if isinstance(source, Citation) else document.sha256 if document else ""
    told = [
        source.title or source.source,
        source.published or say(language, "common.date_unknown"),
        *([f"{say(language, 'ask.section')}: {source.section}"] if source.section else []),
        f"{say(language, 'ask.file')}: {source.source}",
        *([address] if (address := web_address(source.url)) else []),
        f"[{source.start}, {source.end})",
        *([f"SHA-256 {sha256[:DIGITS]}…"] if sha256 else []),
    ]
    return visible(f"“{words}”\n— {'; '.join(' '.join(part.split()) for part in told)}")
