"""The sources panel: the articles an answer rests on, one of them open at its passage."""

from __future__ import annotations

from assistant import Answer, Citation, Nearest
from assistant.present.days import day
from assistant.present.escape import text, web_address
from assistant.present.marks import anchor
from assistant.present.passage import article
from assistant.takeaway.markdown import conversation
from corpus import Document, Span

EMPTY = (
    '<div class="sources-empty"><p class="big">Every statement can be checked here.</p>'
    "<p>Ask a question, then choose a number in the answer. The article opens at the exact"
    " passage, with the quoted words highlighted.</p></div>"
)


def chosen(answer: Answer, n: int) -> Citation | Nearest | None:
    """What the panel opens for ``n``: a citation, or on a refusal the n-th nearest passage."""
    if answer.citations:
        return next((citation for citation in answer.citations if citation.n == n), None)
    return answer.nearest[n - 1] if 1 <= n <= len(answer.nearest) else None


def panel(answer: Answer, n: int, document: Document | None) -> str:
    """The panel for ``answer`` with source ``n`` open in ``document``.

    ``document`` is what the library holds now under the source's name: None once it is gone.
    An article that changed since the answer is not shown under the old quote.
    """
    source = chosen(answer, n)
    if source is None:
        return EMPTY
    return (
        f'<div class="sources" data-answer="{text(answer.answer_id)}">'
        f"{_card(answer, n, source, document)}{_others(answer, n)}{_actions(answer)}</div>"
    )


def _card(answer: Answer, n: int, source: Citation | Nearest, document: Document | None) -> str:
    cited = isinstance(source, Citation)
    quote = source.quote if isinstance(source, Citation) else source.text
    unchanged = (
        document is not None
        and document.id == source.document
        and document.text[source.start : source.end] == quote
    )
    if document is not None and unchanged:
        lang = f' lang="{text(document.language)}"' if document.language != "und" else ""
        body = (
            '<p class="label" id="article-label">The whole article</p>'
            '<div class="article" role="region" aria-labelledby="article-label" tabindex="0"'
            f' dir="auto"{lang}>{article(document, Span(source.start, source.end))}</div>'
        )
    else:
        body = (
            '<p class="notice">This article was changed or removed after this answer was given,'
            " so only the words quoted then are shown. Ask again for an answer from the current"
            " library.</p>"
        )
    return (
        f'<article class="card" id="{anchor(answer.answer_id, n)}" aria-labelledby="card-title">'
        f'<p class="kicker">{"Source" if cited else "Nearest passage"} <b>{n}</b></p>'
        f'<h3 id="card-title" tabindex="-1"><bdi>{text(source.title or source.source)}</bdi></h3>'
        f"{_facts(source)}"
        f"{_quoted(quote) if cited or not unchanged else ''}"
        f'<p class="back"><a href="#conversation">Back to the answer</a></p>{body}</article>'
    )


def _quoted(words: str) -> str:
    return f'<blockquote class="quote" dir="auto">{text(words)}</blockquote>'


def _facts(source: Citation | Nearest) -> str:
    address = web_address(source.url)
    facts = [("Published", day(source.published))]
    if source.section:
        facts.append(("Section", f"<bdi>{text(source.section)}</bdi>"))
    facts.append(("File", f"<bdi>{text(source.source)}</bdi>"))
    if address:
        link = (
            f'<a href="{text(address)}" target="_blank" rel="noopener noreferrer nofollow">'
            f'{text(address)}<span class="sr-only"> (opens in a new tab)</span></a>'
        )
        facts.append(("Original", link))
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<dl class="facts">{rows}</dl>'


def _others(answer: Answer, open_n: int) -> str:
    sources: list[tuple[int, Citation | Nearest]] = (
        [(citation.n, citation) for citation in answer.citations]
        if answer.citations
        else list(enumerate(answer.nearest, 1))
    )
    if len(sources) < 2:
        return ""
    rows = "".join(_row(answer.answer_id, n, source, n == open_n) for n, source in sources)
    title = "All sources of this answer" if answer.citations else "Nearest passages"
    return f'<nav class="others" aria-label="{title}"><h3>{title}</h3><ul>{rows}</ul></nav>'


def _row(answer_id: str, n: int, source: Citation | Nearest, is_open: bool) -> str:
    current = ' aria-current="true"' if is_open else ""
    return (
        f'<li><a class="cite row" href="#{anchor(answer_id, n)}"{current}>'
        f'<span class="n">{n}</span><span class="what"><bdi>{text(source.title or source.source)}'
        f'</bdi><span class="when">{day(source.published)}</span></span></a></li>'
    )


def _actions(answer: Answer) -> str:
    if not answer.citations:
        return ""
    briefing = text(conversation((answer,), answer.language))
    return (
        '<p class="actions"><button type="button" class="copy"'
        f' data-copy="{briefing}">Copy for a briefing</button>'
        '<span class="copied" role="status"></span></p>'
    )
