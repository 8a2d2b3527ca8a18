"""``export``: answers, events and practices as files of other programs."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import Answer
from assistant.cli import wording
from assistant.cli.batch import clean
from assistant.cli.console import Console, Service
from assistant.cli.files import new_file, write
from assistant.filters import parse_filters
from assistant.jsonlines import open_file
from corpus.errors import UsageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

# As assistant.takeaway.formats.FORMATS, which is not imported to print a help text.
FORMATS: Mapping[str, tuple[str, ...]] = {
    "events": ("ics", "csv", "json"),
    "practices": ("csv", "json"),
    "answer": ("md", "docx", "csv", "json"),
}
LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl")
_OUTPUT = "-"


def add_commands(
    commands: _SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    """Add ``export`` with a word for each thing that can be taken along."""
    export = commands.add_parser(
        "export",
        parents=[common],
        allow_abbrev=False,
        help="write events, practices or answers to a file for other programs",
        description="Writes what a calendar, a spreadsheet or a word processor reads. The file's"
        " ending decides the format. docs/takeaway.md describes each.",
    )
    things = export.add_subparsers(metavar="events|practices|answer", dest="what", required=True)
    events = things.add_parser(
        "events",
        parents=[common],
        allow_abbrev=False,
        help="events as .ics, .csv or .json",
        description="Writes the events of the published articles, each with its quote.",
    )
    days = events.add_mutually_exclusive_group()
    days.add_argument(
        "--upcoming", dest="when", action="store_const", const="upcoming", help="not over yet"
    )
    days.add_argument("--past", dest="when", action="store_const", const="past", help="over")
    events.add_argument(
        "--today",
        metavar="DATE",
        help="the day that is upcoming or past (default: $TOWNBOOK_TODAY, else today)",
    )
    practices = things.add_parser(
        "practices",
        parents=[common],
        allow_abbrev=False,
        help="practices as .csv or .json",
        description="Writes the practices of the published articles, each with its quote.",
    )
    for records in (events, practices):
        _add_filters(records)
        records.set_defaults(run=run_rows)
    answer = things.add_parser(
        "answer",
        parents=[common],
        allow_abbrev=False,
        help="answers as .md, .docx, .csv or .json",
        description="Writes the answer to a question, or answers that were saved, with numbered"
        " references. 'townbook verify' checks the quotes of .md, .docx and .json files. Saved"
        " answers are checked first: one whose quotes do not stand is not written.",
    )
    answer.add_argument("question", metavar="QUESTION", nargs="?", help="asked now")
    answer.add_argument(
        "--from",
        metavar="FILE",
        dest="saved",
        help="answers as 'ask --json' or 'ask --batch' print them; - for standard input",
    )
    answer.add_argument(
        "--language",
        choices=LANGUAGES,
        help="of the file's headings (default: the first answer's, else en)",
    )
    answer.add_argument(
        "--today", metavar="DATE", help="the day 'next month' counts from (default: today)"
    )
    answer.set_defaults(run=run_answer)
    for what, thing in (("events", events), ("practices", practices), ("answer", answer)):
        thing.add_argument(
            "--to",
            metavar="FILE",
            required=True,
            help=f"the file to write: {_endings(what)}; - for standard output",
        )
        thing.add_argument(
            "--format", choices=FORMATS[what], help="the format, when the ending does not say it"
        )
        thing.add_argument("--force", action="store_true", help="replace a file of that name")


def run_rows(args: argparse.Namespace, console: Console) -> int:
    """Write events or practices, and say how many."""
    format = _format(args)
    words = ("city", "country", "language", "source", "since", "until")
    filters = parse_filters({word: getattr(args, word) for word in words})
    target = _target(args)
    # Imported here: help needs no format.
    from assistant.takeaway.chosen import chosen
    from assistant.takeaway.formats import KINDS, Published, written_rows

    with console.service() as service:
        status = service.status()
        rows = service.rows(KINDS[args.what])
        today = console.settings.today or service.today()
        kept = chosen(rows, filters, getattr(args, "when", None), today)
    content = written_rows(
        args.what, format, kept, Published(status["snapshot"], status["created"])
    )
    _put(content, target, args, console)
    told = f"{len(kept):,} of {len(rows):,} {args.what}"
    if format == "ics":
        from assistant.exploring.rows import once
        from assistant.takeaway.calendar import undated

        if again := len(kept) - len(once(kept)):
            told += f"; {again:,} repeat another and add no entry"
        if left_out := undated(kept):
            told += f"; {left_out:,} without a known first day are left out"
    _tell(told, args, console)
    return 0


def run_answer(args: argparse.Namespace, console: Console) -> int:
    """Write saved answers, or the answer to a question, and say how many."""
    format = _format(args)
    if (args.question is None) == (args.saved is None):
        names = "neither QUESTION nor --from" if args.saved is None else "both QUESTION and --from"
        raise UsageError(
            f"got {names}", "a question or a file of saved answers", "name one of them"
        )
    target = _target(args)
    answers: Sequence[Answer]
    if args.saved is not None:
        answers = _saved(args.saved, console)
    else:
        with console.service() as service:
            answers = [_asked(args.question, service, console)]
    # Imported here: help needs no format.
    from assistant.takeaway.formats import written_answers

    language = args.language or answers[0].language
    _put(written_answers(format, answers, language), target, args, console)
    count, quotes = len(answers), sum(len(answer.citations) for answer in answers)
    _tell(f"{_counted(count, 'answer')} with {_counted(quotes, 'quote')}", args, console)
    return 0


def _saved(name: str, console: Console) -> Sequence[Answer]:
    from assistant.takeaway.saved import parse_answers, vouched
    from assistant.verify import read_answers

    with closing(open_file(name, console.stdin)) as file:
        answers = parse_answers(read_answers(file.read(), name))
    with closing(console.open_texts(console.settings.home)) as texts:
        return vouched(answers, texts)


def _asked(question: str, service: Service, console: Console) -> Answer:
    if not question.strip():
        raise UsageError("got an empty question", "a few words", "type what you want to know")
    asked = clean(os.fsencode(question).decode("utf-8", "replace"))
    return service.ask(asked, today=console.settings.today)


def _add_filters(to: argparse.ArgumentParser) -> None:
    group = to.add_argument_group("filters", "Repeat one to allow alternatives; all must hold.")
    for word, metavar, says in (
        ("city", "NAME", "only in this city, in any known spelling"),
        ("country", "NAME", "only in this country: a name or two letters"),
        ("language", "CODE", "only from articles in this language: two letters"),
        ("source", "SOURCE", "only from this article, or this folder when it ends in /"),
    ):
        group.add_argument(f"--{word}", metavar=metavar, action="append", default=[], help=says)
    group.add_argument("--since", metavar="DATE", help="what ends on this day or later")
    group.add_argument("--until", metavar="DATE", help="what begins on this day or before")


def _format(args: argparse.Namespace) -> str:
    """The format that is asked for; UsageError when that is none, or not one of this thing's."""
    known = FORMATS[args.what]
    ending = "" if args.to == _OUTPUT else Path(args.to).suffix[1:].lower()
    format = args.format or ending
    if format in known:
        return str(format)
    if args.to == _OUTPUT:
        raise UsageError("got --to - without --format", f"one of {', '.join(known)}", "add it")
    raise UsageError(
        f"got {args.to}, whose ending says no format of {args.what}",
        _endings(args.what),
        "change the ending or add --format",
    )


def _endings(what: str) -> str:
    *others, last = (f".{format}" for format in FORMATS[what])
    return f"{', '.join(others)} or {last}"


def _target(args: argparse.Namespace) -> Path | None:
    return None if args.to == _OUTPUT else new_file(args.to, args.force)


def _put(content: bytes, target: Path | None, args: argparse.Namespace, console: Console) -> None:
    if target is None:
        _print(content, args.format, console)
    else:
        write(target, content, args.force)


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _print(content: bytes, format: str, console: Console) -> None:
    console.out.flush()
    stream = getattr(console.out, "buffer", None)
    if format == "docx" and (stream is None or console.out.isatty()):
        raise UsageError("got a Word file for a terminal", "a file", "name one with --to")
    if stream is None:
        console.out.write(content.decode("utf-8"))
    else:
        stream.write(content)
        stream.flush()


def _tell(told: str, args: argparse.Namespace, console: Console) -> None:
    if args.to == _OUTPUT:
        console.note(f"townbook: {told}")
    else:
        console.say(f"{wording.plain(args.to)}: {told}")
