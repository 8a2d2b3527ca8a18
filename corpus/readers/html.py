"""HTML pages to a Draft: main text, title, day, language and canonical address.

Main text is trafilatura's verdict. It refuses to lose text silently: the HTML parser under
trafilatura drops whatever is nested deeper than 256 tags and reports nothing, so the page is
first walked with the standard library's parser, which has no such limit. Where the two
disagree about a page having words, the walked text is taken, boilerplate included.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser

from corpus.errors import Unreadable
from corpus.languages import language_code
from corpus.readers.decoding import decode
from corpus.readers.draft import Draft, refuse_too_long
from corpus.readers.headings import locate_headings
from corpus.readers.published import parse_day
from corpus.text import canonical

# libxml2 stops at 256; html and body are inside the count, implied tags are not.
_DEEPEST_FOR_TRAFILATURA = 200
_LEAST_SHARE = 0.05  # of a page's letters: less main text than this is a failed extraction
_SHORT_PAGE_LETTERS = 2_000  # on a page this short, nothing may be called boilerplate so easily
_LEAST_SHARE_OF_SHORT_PAGE = 0.25

_UNSEEN = frozenset(("script", "style", "template", "noscript", "svg", "math", "textarea"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
# Their end tags may be left out, so unclosed ones say nothing about depth.
_SELF_ENDING = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody"))
_INLINE = frozenset(
    (  # noqa: SIM905 - as a list it is a page of one tag a line
        "a abbr b bdi bdo cite code em font i img kbd label mark q s small span strong sub sup "
        "time u var wbr"
    ).split()
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Outline(HTMLParser):
    """One walk over a page: its words by block, its headings, its language, its depth."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[tuple[int, str]] = []
        self.title = ""
        self.language: str | None = None
        self.canonical_url: str | None = None
        self.depth = 0
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._open_counts: Counter[str] = Counter()
        self._unseen: str | None = None
        self._heading: tuple[str, list[str]] | None = None
        self._in_title = False

    @property
    def text(self) -> str:
        """The page's words, one block a line, blank lines left out."""
        lines = (" ".join(line.split()) for line in "".join(self._pieces).split("\n"))
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "html":
            self.language = self.language or values.get("lang") or values.get("xml:lang")
        elif tag == "link" and (values.get("rel") or "").lower() == "canonical":
            self.canonical_url = self.canonical_url or values.get("href")
        elif tag == "title" and not self.title:
            self._in_title = True
        elif tag in _HEADINGS:
            self._heading = (tag, [])
        if tag in _UNSEEN and self._unseen is None:
            self._unseen = tag
        if tag not in _INLINE:
            self._pieces.append("\n")
        if tag not in _VOID and tag not in _SELF_ENDING:
            self._open.append(tag)
            self._open_counts[tag] += 1
            self.depth = max(self.depth, len(self._open))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = None
        if tag == "title":
            self._in_title = False
        if self._heading and self._heading[0] == tag:
            self.headings.append((_HEADINGS[tag], "".join(self._heading[1])))
            self._heading = None
        if tag not in _INLINE:
            self._pieces.append("\n")
        if self._open_counts[tag]:  # else an end tag without a start: ignored, as browsers do
            while self._open:
                closed = self._open.pop()
                self._open_counts[closed] -= 1
                if closed == tag:
                    break

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif self._unseen is None:
            self._pieces.append(data.replace("\n", " "))
            if self._heading:
                self._heading[1].append(data)


def read(raw: bytes) -> Draft:
    """The draft of a page's bytes."""
    decoded = decode(raw, declared=_declared_encoding(raw))
    page = canonical(decoded.text)
    outline = Outline()
    try:
        outline.feed(page)
        outline.close()
    except AssertionError as error:  # what the library says to a broken "<![" section
        raise Unreadable("parse", f"broken markup: {error}") from error

    walked = canonical(outline.text).strip()
    refuse_too_long(walked)
    text, title, published, url = walked, outline.title, None, outline.canonical_url
    if outline.depth <= _DEEPEST_FOR_TRAFILATURA:
        main, found_title, published, found_url = _main_text(page)
        title, url = found_title or title, url or found_url
        if not _lost_too_much(main, walked):
            text = main
    return Draft(
        text=text,
        kind="html",
        title=title,
        published=published,
        language=language_code(outline.language or ""),
        url=url,
        headings=locate_headings(
            text, ((level, canonical(words)) for level, words in outline.headings)
        ),
        metadata=decoded.metadata(),
    )


def _declared_encoding(raw: bytes) -> str | None:
    match = _DECLARED.search(raw[:4096])
    return match[1].decode("ascii") if match else None


def _main_text(page: str) -> tuple[str, str | None, date | None, str | None]:
    """Trafilatura's main text, title, day of publication and address."""
    # Imported here: only pages need it, and it takes a third of a second.
    from trafilatura import bare_extraction

    found = bare_extraction(
        page,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        # Only days a page declares; its wider search takes any day in the text for one.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None:
        return "", None, None, None
    if isinstance(found, dict):  # what older versions return
        found_text, title, day, url = (found.get(k) for k in ("text", "title", "date", "url"))
    else:
        found_text, title, day, url = found.text, found.title, found.date, found.url
    return canonical(found_text or "").strip(), title, parse_day(day or ""), url


def _lost_too_much(main: str, walked: str) -> bool:
    kept, whole = _letters(main), _letters(walked)
    share = _LEAST_SHARE_OF_SHORT_PAGE if whole < _SHORT_PAGE_LETTERS else _LEAST_SHARE
    return kept < share * whole


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
