"""The sources as a table, the line to add one on, and the way to part with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.present import naming
from assistant.present.days import moment
from assistant.present.escape import text
from assistant.present.speech import number, say
from assistant.present.words import words

KINDS = ("articles", "folder", "file", "address")


def table(
    states: Sequence[Mapping[str, Any]],
    remarks: Sequence[str] = (),
    language: str = "en",
    *,
    may: bool = True,
) -> str:
    """Every source with what was read of it; buttons only for those who ``may`` change it.

    ``remarks`` are those of a refresh; each begins with the source it is about.
    """
    if not states:
        return f'<p class="quiet">{words(language, "library.sources_none")}</p>'
    action = words(language, "library.action")
    heads = "".join(
        f'<th scope="col">{name}</th>'
        for name in (
            words(language, "library.source"),
            words(language, "library.articles"),
            words(language, "library.read"),
        )
    )
    heads += f'<th scope="col"><span class="sr-only">{action}</span></th>' if may else ""
    rows = "".join(_row(state, remarks, language, may) for state in states)
    return f'<table class="rows"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _row(state: Mapping[str, Any], remarks: Sequence[str], language: str, may: bool) -> str:
    source, kind = str(state.get("source") or ""), str(state.get("kind") or "")
    notes = [words(language, f"library.kind_{kind}")] if kind in KINDS else []
    if unreadable := int(state.get("quarantined") or 0):
        notes.append(words(language, "library.some_unreadable", unreadable=unreadable))
    note = f'<span class="when">{" · ".join(notes)}</span>'
    if not state.get("there", True):
        note += f'<span class="away">{words(language, "library.away")}</span>'
    for remark in remarks:
        if remark.startswith(f"{source}: "):
            why = remark.removeprefix(f"{source}: ")
            note += f'<span class="away" lang="en">{text(why)}</span>'
    read = state.get("read")
    when = moment(str(read), language) if read else words(language, "library.unread")
    cells = (
        f'<th scope="row"><bdi class="path">{text(source)}</bdi>{note}</th>'
        f'<td data-label="{words(language, "library.articles")}">'
        f"{text(number(int(state.get('documents') or 0), language))}</td>"
        f'<td data-label="{words(language, "library.read")}">{when}</td>'
    )
    if may:
        button = "" if kind == "articles" else _remove(source, language)
        cells += f"<td>{button}</td>"
    return f"<tr>{cells}</tr>"


def _remove(source: str, language: str) -> str:
    return (
        f'<button type="button" class="change" data-do="remove" data-name="{text(source)}"'
        f' aria-label="{words(language, "library.remove_one", source=source)}"'
        f' data-ask="{words(language, "library.remove_ask", source=source)}"'
        f' data-means="{words(language, "library.remove_means")}"'
        f' data-yes="{words(language, "library.remove")}">'
        f"{words(language, 'library.remove')}</button>"
    )


def heading(language: str = "en") -> str:
    """The title of this part, which keeps the focus when a row goes."""
    return (
        f'<h2 id="sources-title" tabindex="-1">{words(language, "library.sources")}</h2>'
        f'<p class="quiet">{words(language, "library.sources_lead")}</p>'
    )


def adding(language: str = "en") -> str:
    """The line to add a source on."""
    says = ("library.add_label", "library.add", "adding-said")
    return naming.line("add", "new-source", "source", 4_000, says, language, "library.add_hint")


def added(source: str, is_new: bool, language: str = "en") -> str:
    """That ``source`` is remembered now, or was before."""
    sentence = say(language, "library.add_done" if is_new else "library.add_known", source=source)
    return f'<p class="told added" role="status">{text(sentence)}</p>'
