"""``feedback``: what people said of answers, listed, made into questions, and removed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from assistant.cli import wording
from assistant.cli.console import Console
from assistant.cli.files import new_file, write
from assistant.jsonlines import written
from corpus.errors import UsageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_MOST_DAYS = 36_500


def add_commands(
    commands: _SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    """Add ``feedback``."""
    feedback = commands.add_parser(
        "feedback",
        parents=[common],
        allow_abbrev=False,
        help="list what people said of answers, or remove it",
        description="Lists what people said of answers on the page or over HTTP. It is kept in"
        " the home, question and answer with it, until it is removed here or its article is"
        " purged.",
    )
    feedback.add_argument(
        "--since", metavar="DATE", help="only what was given on this day or later"
    )
    feedback.add_argument(
        "--questions",
        metavar="FILE",
        help="write each as a question for 'townbook evaluate': a thumb up with what it vouches"
        " for, a thumb down with a note of what is to be filled in",
    )
    feedback.add_argument("--force", action="store_true", help="replace a file of that name")
    removing = feedback.add_mutually_exclusive_group()
    removing.add_argument(
        "--remove",
        metavar="ID",
        action="append",
        help="remove this one, with every byte of it; repeat it for several",
    )
    removing.add_argument(
        "--remove-older-than",
        metavar="DAYS",
        help="remove what was given more than so many days ago, as a retention rule asks",
    )
    removing.add_argument("--remove-all", action="store_true", help="remove everything")
    feedback.add_argument("--json", action="store_true", help="print a JSON list")
    feedback.set_defaults(run=run_feedback)


def run_feedback(args: argparse.Namespace, console: Console) -> int:
    """Print, write or remove what people said."""
    if args.remove or args.remove_all or args.remove_older_than is not None:
        for option in ("since", "questions"):
            if getattr(args, option):
                raise UsageError(f"got --{option} with --remove", "one of the two", "leave one out")
        if args.remove_older_than is not None:
            return _remove_older(_days(args.remove_older_than), console)
        return _remove(args.remove, console)
    since = _since(args.since)
    file = new_file(args.questions, args.force) if args.questions else None
    with console.service() as service:
        rows = [row for row in service.feedback() if row["given"] >= since]
    if file is not None:
        from assistant.feedback_questions import questions  # imported here: listing needs none

        lines = [written(question) for question in questions(rows)]
        write(file, "".join(f"{line}\n" for line in lines).encode("utf-8", "replace"), args.force)
        waiting = sum('"to_do"' in line for line in lines)
        console.say(f"{wording.plain(args.questions)}: {len(lines)} questions, {waiting} to do")
    elif args.json:
        console.say_json(rows)
    elif rows:
        console.say("\n\n".join(map(_told, rows)))
    else:
        console.note("townbook: no feedback was given")
    return 0


def _remove(ids: Sequence[str] | None, console: Console) -> int:
    with console.service() as service:
        if ids is not None:
            known = {row["id"] for row in service.feedback()}
            if unknown := [id for id in ids if id not in known]:
                raise UsageError(
                    f"got --remove {unknown[0]}", "an id that 'townbook feedback' lists", "check it"
                )
        removed = service.remove_feedback(ids)
    console.note(f"townbook: {removed} removed, with every byte of it")
    return 0


def _remove_older(days: int, console: Console) -> int:
    with console.service() as service:
        today = console.settings.today or service.today()
        edge = (today - timedelta(days=days)).isoformat()
        old = [row["id"] for row in service.feedback() if row["given"] < edge]
        removed = service.remove_feedback(old)
    console.note(f"townbook: {removed} from before {edge} removed, with every byte of it")
    return 0


def _days(given: str) -> int:
    if not given.isdecimal() or int(given) > _MOST_DAYS:
        raise UsageError(
            f"got --remove-older-than {given}",
            f"a whole number of days up to {_MOST_DAYS:,}",
            "correct it",
        )
    return int(given)


def _told(row: dict[str, Any]) -> str:
    thumb = "useful" if row["useful"] else "not useful"
    reason = f": {row['reason']}" if row["reason"] else ""
    lines = [f"{row['id']}  {row['given']}  {thumb}{reason}", row["question"]]
    if row["comment"]:
        lines.append(f"“{row['comment']}”")
    first, *others = lines
    return "\n".join([wording.plain(first), *(wording.wrapped(o, "  ", "  ") for o in others)])


def _since(given: str | None) -> str:
    if given is None:
        return ""
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise UsageError(f"got --since {given!r}", "a date as YYYY-MM-DD", "correct it") from None
