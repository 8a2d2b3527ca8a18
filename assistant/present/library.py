"""The library at a glance: its figures, and how a refresh goes and ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.jobs import JobState
from assistant.present.days import language_name, moment
from assistant.present.escape import text

STAGES = {
    "look": "looking for articles",
    "fetch": "fetching pages from the web",
    "read": "reading articles",
    "embed": "preparing the search by meaning",
    "write": "checking and publishing",
}
SHOWN_QUARANTINED = 50  # rows; the command line lists all


@dataclass(frozen=True, slots=True)
class Status:
    """What the page says about the library, parsed from the service's status."""

    snapshot: str
    created: str
    documents: int
    passages: int
    practices: int
    events: int
    languages: tuple[str, ...]
    encoder: str
    quarantined: int
    sources: tuple[str, ...]

    @classmethod
    def parse(cls, status: Mapping[str, Any]) -> Status:
        """From the published form; absent figures are 0, a list of rows counts as its length."""

        def count(name: str) -> int:
            value = status.get(name) or 0
            return value if isinstance(value, int) else len(value)

        return cls(
            snapshot=str(status.get("snapshot") or ""),
            created=str(status.get("created") or ""),
            documents=count("documents"),
            passages=count("passages"),
            practices=count("practices"),
            events=count("events"),
            languages=tuple(str(code) for code in status.get("languages") or ()),
            encoder=str(status.get("encoder") or ""),
            quarantined=count("quarantined"),
            sources=tuple(str(source) for source in status.get("sources") or ()),
        )


def overview(status: Status | None) -> str:
    """The library's figures as a table of terms."""
    if status is None:
        return '<p class="notice">The library is empty. Refresh it to read the articles.</p>'
    languages = ", ".join(language_name(code) for code in status.languages) or "none"
    rows = [
        ("Articles", f"{status.documents:,}"),
        ("Passages", f"{status.passages:,}"),
        ("Practices", f"{status.practices:,}"),
        ("Events", f"{status.events:,}"),
        ("Languages", languages),
        ("Set aside as unreadable", f"{status.quarantined:,}"),
        ("Snapshot", text(status.snapshot)),
        ("Last refreshed", moment(status.created)),
        ("Search model", text(status.encoder)),
    ]
    if status.sources:
        rows.append(("Read from", "<br>".join(text(source) for source in status.sources)))
    cells = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    return f'<dl class="overview">{cells}</dl>'


def progress(stage: str, done: int, total: int, current: str = "") -> str:
    """A bar for a refresh under way; ``total`` 0 means not known yet."""
    share = f' value="{done}" max="{total}"' if total else ""
    counted = f"{done:,} of {total:,}" if total else (f"{done:,}" if done else "")
    return (
        '<div class="refreshing"><label for="refresh-bar">Refreshing: '
        f"{text(STAGES.get(stage, stage))} <b>{counted}</b></label>"
        f'<progress id="refresh-bar"{share}></progress>'
        f'<p class="when"><bdi>{text(current)}</bdi></p></div>'
    )


def report(outcome: Mapping[str, Any]) -> str:
    """What a refresh did, from its published form."""
    set_aside: Sequence[Mapping[str, Any]] = outcome.get("quarantined") or ()
    figures = "".join(
        f"<div><dt>{name}</dt><dd>{int(outcome.get(key) or 0):,}</dd></div>"
        for name, key in (
            ("Added", "added"),
            ("Changed", "changed"),
            ("Removed", "removed"),
            ("Unchanged", "unchanged"),
        )
    )
    figures += f"<div><dt>Set aside</dt><dd>{len(set_aside):,}</dd></div>"
    rows = "".join(
        f"<li><bdi>{text(str(row.get('source') or ''))}</bdi>:"
        f" {text(str(row.get('reason') or ''))}</li>"
        for row in set_aside[:SHOWN_QUARANTINED]
    )
    more = len(set_aside) - SHOWN_QUARANTINED
    if more > 0:
        rows += f"<li>and {more:,} more; <code>townbook refresh --json</code> lists all</li>"
    aside = f"<p>Not readable, and left out of answers:</p><ul>{rows}</ul>" if rows else ""
    seconds = float(outcome.get("seconds") or 0.0)
    return (
        '<div class="report" role="status"><h3>Refreshed</h3>'
        f'<dl class="counts">{figures}</dl>{aside}<p class="footnote">snapshot'
        f" {text(str(outcome.get('snapshot') or ''))} · {seconds:.1f} seconds</p></div>"
    )


def job(state: JobState) -> str:
    """How the present refresh goes, or how the last one ended; nothing when there was none."""
    when = f'<p class="when">ended {moment(state.finished or "")}</p>'
    match state.state:
        case "idle":
            return ""
        case "running":
            return progress(state.stage or "starting", state.done, state.total)
        case "done":
            remarks = "".join(f"<li>{text(remark)}</li>" for remark in state.remarks)
            left = f'<p>Left as it was:</p><ul class="remarks">{remarks}</ul>' if remarks else ""
            return report(state.report or {}) + left + when
        case "cancelled":
            return (
                '<div class="report" role="status"><p>The refresh was cancelled. The library is as'
                f" it was.</p></div>{when}"
            )
        case _:
            return failure(state.error or "The refresh failed.") + when


def failure(message: str) -> str:
    """A refresh that could not be done, and why."""
    return f'<div class="report failed" role="alert"><p>{text(message)}</p></div>'
