"""Answers, hits and reports as text for a terminal of 80 columns.

Pure functions: values in, lines out. They know how a thing reads, never how it came about,
and let no control character of a document reach the terminal.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from assistant import Answer, Citation, Nearest
from index import Hit

COLUMNS = 80
QUOTE_LIMIT = 300  # code points of a passage shown beside a result; quotes are never cut

# C0 and C1 controls but for line feed and tab, and the marks that turn text around: a document
# could use them to move the cursor or to show other words than it holds.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BOLD = re.compile(r"(?<!\\)\*\*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # Markdown escapes any ASCII punctuation
_LIST_LINE = re.compile(r"\s*(?:[-*•]|\d+[.)])\s+")


def plain(text: str) -> str:
    """``text`` with every control character shown as U+FFFD."""
    return _CONTROLS.sub("\ufffd", text)


def unmarked(text: str) -> str:
    """Markdown as a terminal reads it: no bold, escaped characters as themselves."""
    return _ESCAPED.sub(r"\1", _BOLD.sub("", text))


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """``text`` in lines of at most 80 columns; its own line breaks and list bullets stay.

    ``first`` replaces the indent of the first line. Words longer than a line are not broken.
    """
    lines: list[str] = []
    for line in plain(text).split("\n"):
        start = indent if lines or first is None else first
        bullet = _LIST_LINE.match(line)
        hanging = indent + " " * (bullet.end() if bullet else 0)
        if line.lstrip().startswith("|"):  # a table row breaks apart when it is wrapped
            lines.append(start + line)
            continue
        lines += textwrap.wrap(
            line,
            COLUMNS,
            initial_indent=start,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)


def answer(value: Answer) -> str:
    """The answer's text, then its numbered sources, or the nearest passages of a refusal."""
    parts = [wrapped(unmarked(value.text))]
    if value.citations:
        translated = value.translations
        sources = [_citation(c, translated.get(str(c.n), "")) for c in value.citations]
        parts.append("Sources\n" + "\n".join(sources))
    elif value.nearest:
        parts.append("Nearest passages\n" + "\n".join(_nearest(n) for n in value.nearest))
    return "\n\n".join(parts)


def phrased(text: str) -> str:
    """A language model's wording, below the answer that it rephrases."""
    return "In other words (each sentence checked against the sources above)\n" + wrapped(
        unmarked(text)
    )


def hits(values: Sequence[Hit]) -> str:
    """One paragraph a hit: rank, source, score and the words."""
    if not values:
        return "Nothing found."
    return "\n\n".join(
        wrapped(
            f"{hit.document.source}, {hit.passage.span.start}-{hit.passage.span.end} "
            f"({hit.score:.4f})",
            first=f"{hit.rank:>3}. ",
            indent="     ",
        )
        + "\n"
        + wrapped(_shortened(hit.text), indent="     ")
        for hit in values
    )


def report(value: Mapping[str, Any], dry_run: bool) -> str:
    """What a refresh did, or would do, and what it set aside with the reasons."""
    quarantined = value["quarantined"]
    verb = "would be" if dry_run else "now"
    lines = [
        f"snapshot {value['snapshot']} (before: {value['parent']})"
        if not dry_run
        else "nothing was written (--dry-run)",
        f"{verb}: {value['added']} added, {value['changed']} changed, "
        f"{value['removed']} removed, {value['unchanged']} unchanged, "
        f"{len(quarantined)} quarantined; {value['seconds']:.1f} s",
    ]
    lines += [
        wrapped(f"{row['source']}: {row['stage']}: {row['reason']}", first="  - ", indent="    ")
        for row in quarantined
    ]
    return "\n".join(lines)


def changes(value: Mapping[str, Any]) -> str:
    """What a refresh did, on one line."""
    return (
        f"snapshot {value['snapshot']}: {value['added']} added, {value['changed']} changed, "
        f"{value['removed']} removed, {len(value['quarantined'])} quarantined; "
        f"{value['seconds']:.1f} s"
    )


def status(value: Mapping[str, Any]) -> str:
    """One aligned line a key."""
    width = max(map(len, value), default=0)
    return "\n".join(f"{name:<{width}}  {_value(entry)}" for name, entry in value.items())


def checked(value: Mapping[str, Any]) -> str:
    """When which snapshot's files were hashed, and whether they are as they were published."""
    found = value["found"] or "every file as published"
    return f"{value['at'][:19]} UTC, snapshot {value['snapshot']}: {found}"


def endpoint(value: Mapping[str, Any] | None) -> str:
    """Which language model rephrases answers, and whether text leaves the machine for it."""
    if value is None:
        return "none; no text leaves this machine"
    where = "questions and quotes leave this machine" if value["leaves_machine"] else "this machine"
    return plain(f"{value['model']} at {value['host']} ({where})")


def digest(value: Mapping[str, Any]) -> str:
    """What is new, one line an article, practice and event."""
    lines = []
    for name, told in (("added", "new"), ("changed", "changed"), ("removed", "removed")):
        lines += [
            f"{told}: {plain(row['title'] or row['source'])} ({plain(row['source'])})"
            for row in value[name]
        ]
    for row in value["practices"]:
        lines.append(f"practice: {_with_place(row, row['city'])}")
    for row in value["events"]:
        days = " to ".join(filter(None, (row["start"], row["end"])))
        lines.append(f"event: {days}: {_with_place(row, row['place'])}")
    head = (
        f"since {plain(value['since'])}: {len(value['added'])} new, {len(value['changed'])}"
        f" changed, {len(value['removed'])} removed; {len(value['practices'])} new practices,"
        f" {len(value['events'])} new events; now snapshot {value['snapshot']}"
    )
    return "\n".join([head, *(f"  - {line}" for line in lines)])


def in_quarantine(row: Mapping[str, str]) -> str:
    """One file that could not be read."""
    return plain(
        f"{row['source']}: {row['stage']}: {row['reason']} (since {row['first_seen']}, last seen"
        f" {row['last_seen']}; {row['path']}, sha256 {row['sha256'] or 'unknown'})"
    )


def _with_place(row: Mapping[str, Any], place: str | None) -> str:
    where = ", ".join(filter(None, (place, row["country"])))
    return plain(f"{row['name']}{f' ({where})' if where else ''} - {row['source']}")


def document(value: Mapping[str, Any]) -> str:
    """The document's facts, lists by their length, an empty line, and its text as stored."""
    facts = {
        name: len(known) if isinstance(known, list) else known
        for name, known in value.items()
        if name != "text"
    }
    return f"{status(facts)}\n\n{plain(str(value['text']))}"


def evaluation(value: Mapping[str, Any]) -> str:
    """The questions that went wrong, then a table by type, then the means."""
    rows = [
        wrapped(f"{row['id']}: {', '.join(_shortcomings(row))}", indent="    ", first="")
        for row in value["rows"]
        if _shortcomings(row)
    ]
    names = ("facts", "complete", "evidence", "refused")
    table = [f"{'type':<16}" + "".join(f"{name:>10}" for name in names)]
    for kind, scores in value["total"]["by_type"].items():
        table.append(f"{kind:<16}" + "".join(f"{_figure(scores[name]):>10}" for name in names))
    for kind, scores in value["by_language"].items():
        if scores["questions"]:
            table.append(f"{kind:<16}" + "".join(f"{_figure(scores[n]):>10}" for n in names))
    means = {
        name: _figure(mean) + _between(value["intervals"].get(name))
        for name, mean in value["total"].items()
        if name != "by_type"
    }
    means |= {name: _figure(figure) for name, figure in value["ranking"].items()}
    means |= {f"seconds, {name}": _figure(figure) for name, figure in value["seconds"].items()}
    return "\n\n".join(filter(None, ["\n".join(rows), "\n".join(table), status(means)]))


def explained(value: Mapping[str, Any]) -> str:
    """One wrong answer: how the question was read, what was weighed, what was checked.

    Of the sentences, ``>`` marks those that would be quoted and ``+`` known evidence.
    """
    head = [
        wrapped(f"{value['id']}: {value['question']}", indent="    ", first=""),
        wrapped(f"expected: {'; '.join(value['expected']) or 'a refusal'}", indent="    "),
    ]
    read = [f"{name} {_value(entry)}" for name, entry in value["understood"].items()]
    head.append(wrapped(f"read as: {'; '.join(read)}", indent="      ", first="    "))
    verdict = "answered" if value["answered"] else "refused"
    head.append(f"    way: {value['way']}, {verdict}")
    chosen = {tuple(span) for span in value["chosen"]}
    for candidate in value["candidates"]:
        quoted = (candidate["start"], candidate["end"]) in chosen
        marks = ("+" if candidate["gold"] else " ") + (">" if quoted else " ")
        scores = " ".join(
            f"{name} {candidate[name]:.2f}"
            for name in ("score", "covers", "holds", "passage", "meaning")
        )
        head.append(f"  {marks} {scores}{' beside' if candidate['beside'] else ''}")
        told = f"{candidate['source']}: {_shortened(candidate['text'])}"
        head.append(wrapped(told, indent="       "))
    for check in value["checks"]:
        verdict = "passed" if check["missing"] is None else f"missing: {check['missing']}"
        head.append(wrapped(f"check {check['name']}: {verdict}", indent="      ", first="    "))
    if value["probability"] is not None:
        head.append(f"    probability {value['probability']:.2f}")
    return "\n".join(head)


def _between(bounds: Sequence[float] | None) -> str:
    return f"  (95 %: {bounds[0]:.3f} to {bounds[1]:.3f})" if bounds else ""


def record_scores(value: Mapping[str, Any]) -> str:
    """The values that differ, then a table by field."""
    rows = [
        wrapped(
            f"{fault['doc']}: {fault['field']} expected {fault['expected']},"
            f" found {fault['found']}",
            indent="    ",
            first="",
        )
        for fault in value["faults"]
    ]
    names = ("precision", "recall", "f1", "gold")
    table = [f"{'field':<22}" + "".join(f"{name:>10}" for name in names)]
    for field, scores in value["fields"].items():
        table.append(f"{field:<22}" + "".join(f"{_figure(scores[name]):>10}" for name in names))
    documents = status({"documents": value["documents"]})
    return "\n\n".join(filter(None, ["\n".join(rows), "\n".join(table), documents]))


def _shortcomings(row: Mapping[str, Any]) -> list[str]:
    """What a row of an evaluation lacks, in words."""
    told = ["no answer given"] if row["missing"] else []
    if row.get("refused") is False:
        told.append("answered, but the corpus does not hold the answer")
    if row.get("lost"):
        told.append(f"not found: {'; '.join(row['lost'])}")
    if row.get("extra"):
        told.append(f"wrong: {'; '.join(row['extra'])}")
    if row["bad_quotes"]:
        told.append(f"{row['bad_quotes']} quotes not in their article")
    return told


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _citation(value: Citation, translation: str = "") -> str:
    number = f"[{value.n}]"
    head = wrapped(f"“{value.quote}”", first=f"{number:>5} ", indent="      ")
    if translation:
        head += "\n" + wrapped(f"translated by a model: {translation}", indent="      ")
    return f"{head}\n{_place(value)}"


def _nearest(value: Nearest) -> str:
    return f"{wrapped(_shortened(value.text), first='    - ', indent='      ')}\n{_place(value)}"


def _place(value: Citation | Nearest) -> str:
    """Where the words stand: source, section, day, address."""
    known = [value.source, value.section, value.published, value.url]
    return wrapped(", ".join(part for part in known if part), indent="      ")


def _shortened(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= QUOTE_LIMIT else joined[: QUOTE_LIMIT - 1] + "…"


def _value(value: object) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case dict():
            return plain(", ".join(f"{name} {entry}" for name, entry in value.items())) or "-"
        case list() | tuple():
            return plain(", ".join(map(str, value))) or "-"
        case _:
            return plain(str(value)) or "-"
