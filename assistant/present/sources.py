"""The sources panel: the articles an answer rests on, one of them open at its passage."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import Answer, Citation, Nearest
from assistant.present.actions import copy_button
from assistant.present.days import day
from assistant.present.escape import text, web_address
from assistant.present.marks import anchor
from assistant.present.passage import article
from assistant.present.reference import quoted
from assistant.present.speech import say
from assistant.takeaway.markdown import conversation
from corpus import Document, Span


def empty(language: str = "en") -> str:
    """The panel before an answer."""
    return (
        f'<div class="sources-empty"><p class="big">{text(say(language, "ask.sources_empty"))}'
        f"</p><p>{text(say(language, 'ask.sources_how'))}</p></div>"
    )


def chosen(answer: Answer, n: int) -> Citation | Nearest | None:
    """What the panel opens for ``n``: a citation, or on a refusal the n-th nearest passage."""
    if answer.citations:
        return next((citation for citation in answer.citations if citation.n == n), None)
    return answer.nearest[n - 1] if 1 <= n <= len(answer.nearest) else None


def panel(
    answer: Answer,
    n: int,
    document: Document | None,
    language: str = "en",
    aliases: Sequence[str] = (),
) -> str:
    """The panel for ``answer`` with source ``n`` open in ``document``, labels in ``language``.

    ``document`` is what the library holds now under the source's name: None once it is gone.
    An article that changed since the answer is not shown under the old quote. ``aliases`` are
    the sources that repeat it.
    """
    source = chosen(answer, n)
    if source is None:
        return empty(language)
    card = _card(answer, n, source, document, language, aliases)
    return (
        f'<div class="sources" data-answer="{text(answer.answer_id)}">'
        f"{card}{_others(answer, n, language)}{_briefing(answer, language)}</div>"
    )


def _card(
    answer: Answer,
    n: int,
    source: Citation | Nearest,
    document: Document | None,
    language: str,
    aliases: Sequence[str],
) -> str:
    cited = isinstance(source, Citation)
    quote = source.quote if isinstance(source, Citation) else source.text
    unchanged = (
        document is not None
        and document.id == source.document
        and document.text[source.start : source.end] == quote
    )
    title = f"<bdi>{text(source.title or source.source)}</bdi>"
    kicker = text(say(language, "ask.source" if cited else "ask.near"))
    copy = copy_button("ask.copy_quote", quoted(source, document, language), language)
    if document is not None and unchanged:
        body = _article(document, Span(source.start, source.end), language)
        reader = (
            f'<button type="button" id="read">{text(say(language, "ask.open_article"))}</button>'
        )
        large = _reader(title, language)
    else:
        body = f'<p class="notice">{text(say(language, "ask.gone"))}</p>'
        reader = large = ""
    return (
        f'<article class="card" id="{anchor(answer.answer_id, n)}" aria-labelledby="card-title">'
        f'<p class="kicker">{kicker} <b>{n}</b></p>'
        f'<h3 id="card-title" tabindex="-1">{title}</h3>'
        f"{_facts(source, language, aliases if unchanged else ())}"
        f"{_quoted(quote) if cited or not unchanged else ''}"
        f'<p class="actions">{reader}{copy}<span class="copied" role="status"></span></p>'
        f'<p class="back"><a href="#conversation">{text(say(language, "ask.back"))}</a></p>'
        f"{body}</article>{large}"
    )


def _article(document: Document, span: Span, language: str) -> str:
    lang = f' lang="{text(document.language)}"' if document.language != "und" else ""
    return (
        f'<p class="label" id="article-label">{text(say(language, "ask.whole"))}</p>'
        '<div class="article" role="region" aria-labelledby="article-label" tabindex="0"'
        f' dir="auto"{lang}>{article(document, span, language)}</div>'
    )


def _reader(title: str, language: str) -> str:
    """The larger reading view; page.js fills it with the article when it is opened."""
    close = text(say(language, "ask.close"))
    return (
        f'<dialog id="reader" aria-labelledby="reader-title"><div class="head">'
        f'<h3 id="reader-title">{title}</h3>'
        f'<button type="button" class="close">{close}</button></div>'
        '<div class="page"></div></dialog>'
    )


def _quoted(words: str) -> str:
    return f'<blockquote class="quote" dir="auto">{text(words)}</blockquote>'


def _facts(source: Citation | Nearest, language: str, aliases: Sequence[str]) -> str:
    address = web_address(source.url)
    facts = [("ask.published", day(source.published, language))]
    if source.section:
        facts.append(("ask.section", f"<bdi>{text(source.section)}</bdi>"))
    facts.append(("ask.file", f"<bdi>{text(source.source)}</bdi>"))
    if address:
        new_tab = text(say(language, "ask.new_tab"))
        link = (
            f'<a href="{text(address)}" target="_blank" rel="noopener noreferrer nofollow">'
            f'{text(address)}<span class="sr-only"> ({new_tab})</span></a>'
        )
        facts.append(("ask.original", link))
    if aliases:
        names = ", ".join(f"<bdi>{text(alias)}</bdi>" for alias in aliases)
        facts.append(("ask.also_at", names))
    rows = "".join(
        f"<div><dt>{text(say(language, name))}</dt><dd>{value}</dd></div>" for name, value in facts
    )
    return f'<dl class="facts">{rows}</dl>'


def _others(answer: Answer, open_n: int, language: str) -> str:
    sources: list[tuple[int, Citation | Nearest]] = (
        [(citation.n, citation) for citation in answer.citations]
        if answer.citations
        else list(enumerate(answer.nearest, 1))
    )
    if len(sources) < 2:
        return ""
    rows = "".join(
        _row(answer.answer_id, n, source, n == open_n, language) for n, source in sources
    )
    title = text(say(language, "ask.all_sources" if answer.citations else "ask.nearest"))
    return f'<nav class="others" aria-label="{title}"><h3>{title}</h3><ul>{rows}</ul></nav>'


def _row(answer_id: str, n: int, source: Citation | Nearest, is_open: bool, language: str) -> str:
    current = ' aria-current="true"' if is_open else ""
    return (
        f'<li><a class="cite row" href="#{anchor(answer_id, n)}"{current}>'
        f'<span class="n">{n}</span><span class="what"><bdi>{text(source.title or source.source)}'
        f'</bdi><span class="when">{day(source.published, language)}</span></span></a></li>'
    )


def _briefing(answer: Answer, language: str) -> str:
    if not answer.citations:
        return ""
    copy = copy_button("ask.copy_briefing", conversation((answer,), answer.language), language)
    return f'<p class="actions briefing">{copy}<span class="copied" role="status"></span></p>'
