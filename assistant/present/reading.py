"""An article opened to be read: its stored text, word for word, in a dialog of its own."""

from __future__ import annotations

from assistant.present.days import day
from assistant.present.escape import text, web_address
from assistant.present.passage import article
from assistant.present.words import words
from corpus import Document, Span


def reading(document: Document | None, language: str = "en", opening: int = 0) -> str:
    """The dialog over ``document``; without one that it is gone.

    ``opening`` tells one opening from the next: HTML that is the same opens nothing again.
    """
    start = f'<dialog class="reading" data-opening="{opening}" aria-labelledby="reading-title">'
    close = f'<button type="button" data-close>{words(language, "library.close")}</button>'
    if document is None:
        return (
            f'{start}<header><h2 id="reading-title" tabindex="-1">'
            f"{words(language, 'library.no_article')}</h2>"
            f"{close}</header></dialog>"
        )
    lang = f' lang="{text(document.language)}"' if document.language != "und" else ""
    label = words(language, "library.text_only")
    return (
        f'{start}<header><h2 id="reading-title" tabindex="-1"{lang}>'
        f"<bdi>{text(document.title)}</bdi></h2>"
        f"{close}</header>{_facts(document, language)}"
        f'<div class="article" role="region" aria-label="{label}" tabindex="0" dir="auto"{lang}>'
        f"{article(document, Span(0, 0))}</div></dialog>"
    )


def _facts(document: Document, language: str) -> str:
    published = document.published.isoformat() if document.published else None
    facts = [
        (words(language, "library.published"), day(published, language)),
        (words(language, "library.file"), f"<bdi>{text(document.source)}</bdi>"),
    ]
    if address := web_address(document.url):
        new_tab = words(language, "library.new_tab")
        link = (
            f'<a href="{text(address)}" target="_blank" rel="noopener noreferrer nofollow">'
            f'{text(address)}<span class="sr-only"> ({new_tab})</span></a>'
        )
        facts.append((words(language, "library.original"), link))
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<dl class="facts">{rows}</dl>'
