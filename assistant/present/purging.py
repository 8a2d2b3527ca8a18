"""Finding an article by a part of its name, and the way to delete it for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.present import naming
from assistant.present.days import day
from assistant.present.escape import text
from assistant.present.words import words
from corpus.words import fold

SHOWN = 10  # articles; more say that the words are too few


def heading(language: str = "en") -> str:
    """The title of this part, which keeps the focus when a row goes."""
    return (
        f'<h2 id="purging-title" tabindex="-1">{words(language, "library.purging")}</h2>'
        f'<p class="quiet">{words(language, "library.purging_lead")}</p>'
    )


def finding(language: str = "en") -> str:
    """The line on which an article is named."""
    says = ("library.find_label", "library.find", "purging-said")
    return naming.line("find", "find-article", "article", 300, says, language)


def called(documents: Iterable[Mapping[str, Any]], typed: str) -> list[Mapping[str, Any]]:
    """The documents whose title and name have all the words ``typed``, in any case or accent."""
    wanted = fold(typed).split()
    return [
        row
        for row in documents
        if wanted and all(word in fold(f"{row.get('title')} {row['source']}") for word in wanted)
    ]


def found(documents: Iterable[Mapping[str, Any]], typed: str, language: str = "en") -> str:
    """The articles that ``typed`` may mean, each with a button that asks before it deletes."""
    rows = called(documents, typed)
    if not rows:
        return f'<p class="told" role="status">{words(language, "library.find_none")}</p>'
    told = words(language, "common.articles", count=len(rows))
    if len(rows) > SHOWN:
        told = words(language, "library.find_more", shown=SHOWN, found=len(rows))
    heads = "".join(
        f'<th scope="col">{name}</th>'
        for name in (
            words(language, "library.articles"),
            words(language, "library.published"),
            f'<span class="sr-only">{words(language, "library.action")}</span>',
        )
    )
    body = "".join(_row(row, language) for row in rows[:SHOWN])
    return (
        f'<p class="quiet" role="status">{told}</p>'
        f'<table class="rows"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    )


def _row(row: Mapping[str, Any], language: str) -> str:
    source = str(row["source"])
    title = str(row.get("title") or source)
    ask = words(language, "library.purge_ask", title=title, source=source)
    return (
        f'<tr><th scope="row"><bdi>{text(title)}</bdi>'
        f'<span class="when"><bdi class="path">{text(source)}</bdi></span></th>'
        f'<td data-label="{words(language, "library.published")}">'
        f"{day(row.get('published'), language)}</td>"
        f'<td><button type="button" class="change" data-do="purge" data-name="{text(source)}"'
        f' aria-label="{words(language, "library.purge_one", source=source)}"'
        f' data-ask="{ask}"'
        f' data-means="{words(language, "library.purge_means")}"'
        f' data-yes="{words(language, "library.purge")}">'
        f"{words(language, 'library.purge')}</button></td></tr>"
    )


def begun(source: str, language: str = "en") -> str:
    """That ``source`` is on its way out."""
    return (
        f'<p class="told" role="status">{words(language, "library.purge_begun", source=source)}</p>'
    )
