"""The files that could not be read: which, why, since when, and reading them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.present.days import moment
from assistant.present.escape import text
from assistant.present.words import words

A_PAGE = 10
STAGES = ("fetch", "open", "decode", "parse", "text", "limits")


def table(
    rows: Sequence[Mapping[str, Any]], page: int = 1, language: str = "en", *, may: bool = True
) -> str:
    """One page of them, counted from 1; buttons only for those who ``may`` change anything."""
    if not rows:
        return f'<p class="quiet">{words(language, "library.quarantine_none")}</p>'
    pages = -(-len(rows) // A_PAGE)
    page = min(max(page, 1), pages)
    shown = rows[(page - 1) * A_PAGE : page * A_PAGE]
    heads = "".join(
        f'<th scope="col">{name}</th>'
        for name in (
            words(language, "library.file"),
            words(language, "library.why"),
            words(language, "library.since"),
        )
    )
    if may:
        action = words(language, "library.action")
        heads += f'<th scope="col"><span class="sr-only">{action}</span></th>'
    body = "".join(_row(row, language, may) for row in shown)
    return (
        f'<p class="quiet">{words(language, "library.quarantine_lead")}</p>'
        f'<table class="rows"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
        f"{_pages(page, pages, language)}{_all(language) if may and len(rows) > 1 else ''}"
    )


def heading(language: str = "en") -> str:
    """The title of this part, which keeps the focus when a row goes."""
    return f'<h2 id="quarantine-title" tabindex="-1">{words(language, "library.quarantine")}</h2>'


def _row(row: Mapping[str, Any], language: str, may: bool) -> str:
    source, stage = str(row.get("source") or ""), str(row.get("stage") or "")
    when = words(language, f"library.stage_q_{stage}") if stage in STAGES else text(stage)
    digest = str(row.get("sha256") or "")[:12]
    printed = words(language, "library.hash", hash=digest) if digest else ""
    cells = (
        f'<th scope="row"><bdi class="path">{text(source)}</bdi>'
        f'<span class="when">{printed}</span></th>'
        f'<td><span lang="en">{text(str(row.get("reason") or ""))}</span>'
        f'<span class="when">{when}</span></td>'
        f'<td data-label="{words(language, "library.since")}">'
        f"{moment(str(row.get('first_seen') or ''), language)}</td>"
    )
    if may:
        cells += (
            f'<td><button type="button" class="change" data-do="retry" data-name="{text(source)}"'
            f' aria-label="{words(language, "library.again_one", source=source)}">'
            f"{words(language, 'library.again')}</button></td>"
        )
    return f"<tr>{cells}</tr>"


def _all(language: str) -> str:
    return (
        '<button type="button" class="change" data-do="retry">'
        f"{words(language, 'library.again_all')}</button>"
    )


def _pages(page: int, pages: int, language: str) -> str:
    if pages < 2:
        return ""
    before = words(language, "library.page_before")
    after = words(language, "library.page_after")

    def button(to: int, name: str) -> str:
        off = "" if 1 <= to <= pages else " disabled"
        return f'<button type="button" data-do="page" data-page="{to}"{off}>{name}</button>'

    return (
        f'<p class="pages">{button(page - 1, before)}'
        f"<span>{words(language, 'library.page_of', page=page, pages=pages)}</span>"
        f"{button(page + 1, after)}</p>"
    )
