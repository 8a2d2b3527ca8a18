"""How a refresh goes and ends: its steps, its bar, its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from assistant.jobs import JobState
from assistant.present.days import moment
from assistant.present.escape import text
from assistant.present.speech import number, say, sentences
from assistant.present.words import words

STAGES = ("look", "fetch", "read", "embed", "write")  # in the order in which they come
SHOWN_QUARANTINED = 5  # rows; the room lists all of them further down


def job(state: JobState, language: str = "en", now: datetime | None = None) -> str:
    """How the present refresh goes, or how the last one ended; nothing when there was none."""
    ended = words(language, "library.ended", html={"when": moment(state.finished or "", language)})
    when = f'<p class="when">{ended}</p>'
    match state.state:
        case "idle":
            return ""
        case "running":
            return progress(state, language, now)
        case "done":
            return report(state.report or {}, state.remarks, language) + when
        case "cancelled":
            said = words(language, "library.cancelled")
            return f'<div class="report" role="status"><p>{said}</p></div>{when}'
        case _:
            return failure(state.error or say(language, "library.failed"), language) + when


def mark(state: JobState) -> str:
    """Which job this is and how far it has come; one stage is one mark."""
    return " ".join((state.state, state.started or "-", state.finished or "-", state.stage))


def stage_name(stage: str, language: str) -> str:
    """The stage in words, as plain text; one that has none as it is."""
    key = f"library.stage_{stage or 'starting'}"
    return say(language, key) if key in sentences() else stage


def progress(state: JobState, language: str = "en", now: datetime | None = None) -> str:
    """A bar for a refresh under way, with its steps and how long it has been running."""
    share = f' value="{state.done}" max="{state.total}"' if state.total else ""
    counted = number(state.done, language) if state.done else ""
    if state.total:
        counted = say(language, "library.counted", done=state.done, total=state.total)
    label = words(language, "library.refreshing", stage=stage_name(state.stage, language))
    elapsed = words(language, "library.elapsed", time=_clock(state.started, now))
    return (
        f'<div class="refreshing"><label for="refresh-bar">{label} <b>{text(counted)}</b></label>'
        f'<progress id="refresh-bar"{share}></progress>'
        f'{_steps(state.stage, language)}<p class="when">{elapsed}</p></div>'
    )


def _steps(current: str, language: str) -> str:
    reached = STAGES.index(current) if current in STAGES else -1
    rows = ""
    for place, stage in enumerate(STAGES):
        mark = ' class="past"' if place < reached else ""
        if place == reached:
            mark = ' aria-current="step"'
        rows += f"<li{mark}>{text(stage_name(stage, language))}</li>"
    return f'<ol class="steps" aria-label="{words(language, "library.steps")}">{rows}</ol>'


def _clock(started: str | None, now: datetime | None) -> str:
    """Minutes and seconds since ``started``, as 1:05, after an hour 1:00:05."""
    try:
        begun = datetime.fromisoformat(started or "")
    except ValueError:
        return "0:00"
    seconds = max(0, int(((now or datetime.now(UTC)) - begun).total_seconds()))
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes}:{seconds:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def report(outcome: Mapping[str, Any], remarks: Sequence[str] = (), language: str = "en") -> str:
    """What a refresh did, from its published form, and which sources stayed as they were."""
    set_aside: Sequence[Mapping[str, Any]] = outcome.get("quarantined") or ()
    counts = (
        (words(language, "library.added"), int(outcome.get("added") or 0)),
        (words(language, "library.changed"), int(outcome.get("changed") or 0)),
        (words(language, "library.removed"), int(outcome.get("removed") or 0)),
        (words(language, "library.unchanged"), int(outcome.get("unchanged") or 0)),
        (words(language, "library.put_aside"), len(set_aside)),
    )
    figures = "".join(
        f"<div><dt>{name}</dt><dd>{text(number(count, language))}</dd></div>"
        for name, count in counts
    )
    foot = words(
        language,
        "library.report_foot",
        snapshot=str(outcome.get("snapshot") or ""),
        seconds=f"{float(outcome.get('seconds') or 0.0):.1f}",
    )
    return (
        f'<div class="report" role="status"><h3>{words(language, "library.refreshed")}</h3>'
        f'<dl class="counts">{figures}</dl>{_set_aside(set_aside, language)}'
        f"{_left(remarks, language)}{_withheld(int(outcome.get('withheld') or 0), language)}"
        f'<p class="footnote">{foot}</p></div>'
    )


def _set_aside(rows: Sequence[Mapping[str, Any]], language: str) -> str:
    if not rows:
        return ""
    shown = "".join(
        f"<li><bdi>{text(str(row.get('source') or ''))}</bdi>:"
        f' <span lang="en">{text(str(row.get("reason") or ""))}</span></li>'
        for row in rows[:SHOWN_QUARANTINED]
    )
    if (more := len(rows) - SHOWN_QUARANTINED) > 0:
        section = say(language, "library.quarantine")
        more_words = words(language, "library.more_unreadable", more=more, section=section)
        shown += f"<li>{more_words}</li>"
    return f"<p>{words(language, 'library.unreadable')}</p><ul>{shown}</ul>"


def _left(remarks: Sequence[str], language: str) -> str:
    if not remarks:
        return ""
    rows = "".join(f'<li lang="en">{text(remark)}</li>' for remark in remarks)
    return f'<p>{words(language, "library.left")}</p><ul class="remarks">{rows}</ul>'


def _withheld(files: int, language: str) -> str:
    """That articles whose files are gone were kept, and the way to let them go."""
    if not files:
        return ""
    return (
        f'<div class="withheld"><p>{words(language, "library.withheld", files=files)}</p>'
        f'<button type="button" class="change" data-do="allow"'
        f' data-ask="{words(language, "library.allow_ask")}"'
        f' data-yes="{words(language, "library.allow")}">'
        f"{words(language, 'library.allow')}</button></div>"
    )


def failure(message: str, language: str = "en") -> str:
    """A refresh that could not be done, and why."""
    said = words(language, "library.failed")
    return (
        f'<div class="report failed" role="alert"><p><b>{said}</b></p>'
        f'<p lang="en">{text(message)}</p></div>'
    )


def spoken(state: JobState, language: str = "en") -> str:
    """What a screen reader says while it runs: the same for as long as a stage lasts.

    How it ended is said by the report itself.
    """
    if not state.is_running:
        return ""
    return words(language, "library.refreshing", stage=stage_name(state.stage, language))
