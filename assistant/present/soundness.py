"""Whether what answers is what was published, what to do if not, and what was published before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.present.days import moment
from assistant.present.escape import text
from assistant.present.library import Status
from assistant.present.speech import number
from assistant.present.words import words


def heading(language: str = "en") -> str:
    """The title of this part."""
    return f'<h2 id="sound-title">{words(language, "library.sound")}</h2>'


def soundness(
    status: Status | None, problem: str = "", language: str = "en", *, may: bool = True
) -> str:
    """The snapshot that answers and its state; ``problem`` says why there is none."""
    damage = problem if status is None else status.damage
    state = (
        f'<span class="sound">{words(language, "library.sound_yes")}</span>'
        if damage is None
        else damaged(damage, language)
    )
    facts = [(words(language, "library.state"), state)]
    if status is not None and status.checked:
        facts.append((words(language, "library.checked"), moment(status.checked, language)))
    if status is not None:
        facts += [
            (words(language, "library.snapshot"), text(status.snapshot)),
            (words(language, "library.created"), moment(status.created, language)),
            (words(language, "library.model"), f"<bdi>{text(status.encoder)}</bdi>"),
        ]
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    button = (
        f'<button type="button" data-do="check">{words(language, "library.check")}</button>'
        if may and status is not None
        else ""
    )
    return (
        f'<dl class="overview">{rows}</dl>{button}'
        f'<p class="quiet">{words(language, "library.backup")}'
        " <code>townbook backup FILE</code></p>"
    )


def damaged(why: str, language: str = "en") -> str:
    """What is wrong, and what to do."""
    return (
        f'<span class="damaged"><b>{words(language, "library.sound_no")}:</b>'
        f' <span lang="en">{text(why)}</span></span>'
        f'<span class="remedy">{words(language, "library.sound_remedy")}</span>'
    )


def checked(found: Mapping[str, Any], language: str = "en") -> str:
    """What a check found, from its published form."""
    if not found.get("sound"):
        return (
            f'<div class="trouble" role="alert">'
            f"{damaged(str(found.get('found') or ''), language)}</div>"
        )
    sentence = words(
        language,
        "library.check_yes",
        files=int(found.get("files") or 0),
        size=f"{int(found.get('bytes') or 0) / 1e6:.1f}",
        snapshot=str(found.get("snapshot") or ""),
        seconds=f"{float(found.get('seconds') or 0):.2f}",
    )
    return f'<p class="told" role="status">{sentence}</p>'


def publishes(rows: Sequence[Mapping[str, Any]], language: str = "en") -> str:
    """What each publish changed, newest first; nothing where none is known."""
    if not rows:
        return ""
    heads = "".join(
        f'<th scope="col">{name}</th>'
        for name in (
            words(language, "library.snapshot"),
            words(language, "library.created"),
            words(language, "library.added"),
            words(language, "library.changed"),
            words(language, "library.removed"),
        )
    )
    body = "".join(_publish(row, language) for row in rows)
    return (
        f'<details class="fold"><summary>{words(language, "library.history")}'
        f" <b>{text(number(len(rows), language))}</b></summary>"
        f'<table class="rows narrow"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
        "</details>"
    )


def _publish(row: Mapping[str, Any], language: str) -> str:
    counts = "".join(
        f"<td>{text(number(int(row.get(name) or 0), language))}</td>"
        for name in ("added", "changed", "removed")
    )
    return (
        f'<tr><th scope="row">{text(str(row.get("snapshot") or ""))}</th>'
        f"<td>{moment(str(row.get('at') or ''), language)}</td>{counts}</tr>"
    )
