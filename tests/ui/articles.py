"""The two articles that the behaving service answers from, one of them hostile, and cited words."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from assistant import Citation
from corpus import Document, Heading, Span

REPAIR = """Mending evenings in Lindholm

# How it began
In March 2021 the city of Lindholm opened a workshop in its old tram depot. Volunteers mend \
lamps, bicycles and coats there every second Thursday.

# What it costs
The city pays 18,500 EUR a year for the room. Everything else is given.

# What came of it
In its first year 1,240 things were mended, and four in five of them still worked a year later.
"""
HOSTILE = """<script>window.pwned=1</script> ${window.pwned=2} {{constructor}} {{{value}}}

The town of <img src=x onerror="window.pwned=3"> Brakel says [1] and [2](javascript:alert(1)) \
![pixel](https://evil.example/p.png) <a href="javascript:window.pwned=4">here</a> \
`${window.pwned=5}`.

</div></article><style>body{display:none}</style> \u202etxet neddih\u202c and zero\u200bwidth.
"""


def document(source: str, text: str, title: str, **more: Any) -> Document:
    digest = sha256(text.encode()).hexdigest()
    name = sha256(f"{source}\0{digest}".encode()).hexdigest()[:16]
    return Document(
        id=name,
        source=source,
        text=text,
        sha256=digest,
        title=title,
        language="en",
        kind="text",
        **more,
    )


def cite(n: int, article: Document, quote: str, section: str | None = None) -> Citation:
    start = article.text.index(quote)
    return Citation(
        n=n,
        source=article.source,
        document=article.id,
        title=article.title,
        url=article.url,
        published=str(article.published) if article.published else None,
        section=section,
        start=start,
        end=start + len(quote),
        quote=quote,
        sha256=article.sha256,
    )


def heading(text: str, words: str) -> Heading:
    start = text.index(words)
    return Heading(Span(start, start + len(words)), 1)
