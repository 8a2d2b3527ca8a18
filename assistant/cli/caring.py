"""``digest``, ``quarantine`` and ``purge``: what changed, what was unreadable, what must go."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assistant.cli import keeping, progress, wording
from assistant.cli.attached import end_with
from assistant.cli.console import Console

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_commands(
    commands: _SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    """Add ``digest``, ``quarantine`` and ``purge``."""
    digest = commands.add_parser(
        "digest",
        parents=[common],
        allow_abbrev=False,
        help="what is new since a day or a snapshot",
        description="Lists the articles that came, changed and went since then, and the"
        " practices and events that are new. Saved answers are checked by 'verify'.",
    )
    digest.add_argument(
        "--since",
        metavar="WHEN",
        required=True,
        help="a day (2026-05-01), a moment (2026-05-01T08:00) or a snapshot's number",
    )
    digest.add_argument("--json", action="store_true", help="print one JSON object")
    digest.set_defaults(run=run_digest)

    quarantine = commands.add_parser(
        "quarantine",
        parents=[common],
        allow_abbrev=False,
        help="list files that could not be read, or read them again",
        description="Files that could not be read, with the stage and the reason. They are not"
        " read again until their bytes change; a mended file leaves by itself.",
    )
    quarantine.add_argument("--json", action="store_true", help="print a JSON list")
    quarantine.set_defaults(run=run_quarantine)
    verbs = quarantine.add_subparsers(metavar="list|retry", dest="verb")
    listing = verbs.add_parser("list", parents=[common], allow_abbrev=False, help="one file a line")
    listing.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print a JSON list"
    )
    listing.set_defaults(run=run_quarantine)
    retry = verbs.add_parser(
        "retry", parents=[common], allow_abbrev=False, help="read them again, and refresh"
    )
    retry.add_argument(
        "sources", metavar="SOURCE", nargs="*", help="only these, as the list names them"
    )
    retry.set_defaults(run=run_retry)

    purge = commands.add_parser(
        "purge",
        parents=[common],
        allow_abbrev=False,
        help="remove a source, or one article, with every byte made of it",
        description="Forgets a source and removes its texts, records, vectors and former"
        " versions from the home; no file outside the home is touched. One article of a source"
        " is removed in the same way, and passed over by every refresh until --readmit; one that"
        " was handed in to the home loses its file there.",
    )
    purge.add_argument(
        "source", metavar="SOURCE", help="as 'townbook sources' lists it, or an article's name"
    )
    purge.add_argument(
        "--readmit",
        action="store_true",
        help="let the next refresh read an article again that was purged",
    )
    purge.add_argument("--json", action="store_true", help="print one JSON object")
    keeping.add_following(purge, "purge")
    purge.set_defaults(run=run_purge)


def run_digest(args: argparse.Namespace, console: Console) -> int:
    """Print what is new."""
    with console.service() as service:
        value = service.digest(args.since)
    if args.json:
        console.say_json(value)
    else:
        console.say(wording.digest(value))
    return 0


def run_quarantine(args: argparse.Namespace, console: Console) -> int:
    """Print what could not be read."""
    with console.service() as service:
        rows = service.quarantine()
    if args.json:
        console.say_json(rows)
    elif rows:
        console.say("\n".join(wording.in_quarantine(row) for row in rows))
    else:
        console.note("townbook: nothing is in quarantine")
    return 0


def run_retry(args: argparse.Namespace, console: Console) -> int:
    """Read quarantined files again and print the report; 1 while any of them is unreadable."""
    with console.service() as service, progress.shown(console.err) as step:
        report = service.retry(args.sources, progress=step)
    published = report.to_json()
    if args.json:
        console.say_json(published)
    else:
        console.say(wording.report(published, False))
    return 1 if published["quarantined"] else 0


def run_purge(args: argparse.Namespace, console: Console) -> int:
    """Remove a source or an article, or let one in again."""
    if args.attached:
        end_with(console.stdin)
    with console.service() as service, keeping.following(args, console) as step:
        if args.readmit:
            service.readmit(args.source)
            console.note(f"townbook: {args.source} is read again by: townbook refresh")
            return 0
        value = service.purge(args.source, progress=step)
    if args.json:
        console.say_json(value)
    else:
        documents = len(value["documents"])
        console.say(
            f"purged {wording.plain(args.source)}: {documents} articles, every version of them;"
            f" snapshot {value['snapshot']} holds none of it"
        )
    for remark in value["remarks"]:
        console.note(f"townbook: {wording.plain(remark)}")
    return 0
