"""``refresh`` and ``sources``: what the index is built from, and bringing it up to date."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli import progress, wording
from assistant.cli.attached import end_with
from assistant.cli.console import Console, Step
from corpus.errors import UsageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

SUPPORTED = (
    "a folder, a file (txt, md, html, pdf, docx, csv, jsonl), or the address of a page, a feed or"
    " a sitemap"
)

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)


def add_commands(
    commands: _SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    """Add ``refresh`` and ``sources``."""
    refresh = commands.add_parser(
        "refresh",
        parents=[common],
        allow_abbrev=False,
        help="bring the index up to date",
        description="Reads every source again and publishes what changed, all or nothing."
        " A source given here is remembered.",
    )
    refresh.add_argument("sources", metavar="SOURCE", nargs="*", help=SUPPORTED)
    refresh.add_argument("--json", action="store_true", help="print one JSON object")
    refresh.add_argument(
        "--dry-run", action="store_true", help="say what would change and write nothing"
    )
    refresh.add_argument(
        "--strict", action="store_true", help="exit 1 when a file or a source could not be read"
    )
    refresh.add_argument(
        "--compact",
        action="store_true",
        help="write the whole snapshot anew, so that no byte of what was removed stays in the"
        " index, and drop the one before it",
    )
    refresh.add_argument(
        "--allow-removals",
        action="store_true",
        help="remove what is gone even from a source that lost more than the share of its files"
        " in TOWNBOOK_REMOVALS (default 0.3); without it such a source keeps them all",
    )
    refresh.add_argument(
        "--watch",
        action="store_true",
        help="refresh now and whenever a source changes, until Ctrl-C; a line for each refresh"
        " that changed something (with --json an object)",
    )
    add_following(refresh, "refresh")
    refresh.add_argument(
        "--no-fetch",
        action="store_true",
        help="ask no web address; its pages are taken as they were fetched before",
    )
    refresh.set_defaults(run=run_refresh)

    sources = commands.add_parser(
        "sources",
        parents=[common],
        allow_abbrev=False,
        help="list, add or remove what refresh looks at",
        description="What refresh looks at. Without a word, lists it.",
    )
    sources.add_argument("--json", action="store_true", help="print a JSON list")
    sources.set_defaults(run=run_list)
    verbs = sources.add_subparsers(metavar="list|add|remove", dest="verb")
    listing = verbs.add_parser(
        "list", parents=[common], allow_abbrev=False, help="one source a line"
    )
    listing.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print a JSON list"
    )
    listing.set_defaults(run=run_list)
    add = verbs.add_parser("add", parents=[common], allow_abbrev=False, help="remember a source")
    add.add_argument("source", metavar="SOURCE", help=SUPPORTED)
    add.set_defaults(run=run_add)
    remove = verbs.add_parser(
        "remove", parents=[common], allow_abbrev=False, help="forget a source"
    )
    remove.add_argument("source", metavar="SOURCE", help="as 'townbook sources' lists it")
    remove.set_defaults(run=run_remove)


def add_following(to: argparse.ArgumentParser, what: str) -> None:
    """Add the options of a program that starts ``what`` and follows it."""
    to.add_argument(
        "--progress",
        choices=("auto", "json"),
        default="auto",
        help='json: progress on stderr as lines of {"progress": {"stage", "done", "total"}}, for'
        " a program that follows it (default: a bar, or lines for a log)",
    )
    to.add_argument(
        "--attached",
        action="store_true",
        help=f"end at once when standard input closes, so that no {what} outlives the program"
        " that started it; what was published before stands",
    )


def run_refresh(args: argparse.Namespace, console: Console) -> int:
    """Refresh and print what changed.

    1 if files that are gone were kept, or something was unreadable and ``--strict`` was given.
    """
    if args.attached:
        end_with(console.stdin)
    sources = [named_source(source) for source in args.sources]
    if args.watch:
        return _watch(args, console, sources)
    with console.service() as service, following(args, console) as step:
        report = service.refresh(
            sources,
            dry_run=args.dry_run,
            compact=args.compact,
            allow_removals=args.allow_removals,
            fetch=not args.no_fetch,
            progress=step,
        )
    published = report.to_json()
    if args.json:
        console.say_json(published)
    else:
        console.say(wording.report(published, args.dry_run))
    for remark in report.remarks:
        console.note(f"townbook: {wording.plain(remark)}")
    unreadable = bool(published["quarantined"] or report.remarks)
    return 1 if published["withheld"] or (args.strict and unreadable) else 0


def _watch(args: argparse.Namespace, console: Console, sources: list[str]) -> int:
    for option in ("dry_run", "strict", "compact", "allow_removals", "no_fetch"):
        if getattr(args, option):
            name = f"--{option.replace('_', '-')}"
            raise UsageError(f"got --watch with {name}", "one of the two", f"leave {name} out")
    # Imported here: only this watches anything.
    from assistant.cli.watching import run_watch

    with console.service() as service:
        return run_watch(console, service, sources, args.json)


def following(
    args: argparse.Namespace, console: Console
) -> AbstractContextManager[Callable[[Step], None]]:
    """What to call with every step: as ``--progress`` says it is to be shown."""
    if args.progress == "json":
        return nullcontext(progress.reported(console.err))
    return progress.shown(console.err)


def run_list(args: argparse.Namespace, console: Console) -> int:
    """Print what refresh looks at."""
    with console.service() as service:
        sources = list(service.sources())
    if args.json:
        console.say_json(sources)
    elif sources:
        console.say("\n".join(wording.plain(source) for source in sources))
    else:
        console.note("townbook: no sources yet; add one with: townbook sources add FOLDER")
    return 0


def run_add(args: argparse.Namespace, console: Console) -> int:
    """Remember a source; the next refresh reads it."""
    source = named_source(args.source)
    with console.service() as service:
        known = source in service.sources()
        service.add_source(source)
    told = "was remembered already" if known else "is remembered"
    console.note(f"townbook: {source} {told}; read it with: townbook refresh")
    return 0


def run_remove(args: argparse.Namespace, console: Console) -> int:
    """Forget a source; the next refresh removes its documents."""
    with console.service() as service:
        known = set(service.sources())
        # As listed wins; a relative path is what a person types from the folder's own place.
        source = args.source if args.source in known else _as_listed(args.source)
        if source not in known:
            raise UsageError(
                f"{args.source} is no source", "one that 'townbook sources' lists", "check it"
            )
        service.remove_source(source)
    console.note(f"townbook: {source} is forgotten; its articles go with: townbook refresh")
    return 0


def _as_listed(text: str) -> str:
    if _ADDRESS.match(text):
        return named_source(text)
    return str(Path(text).expanduser().resolve())


def named_source(text: str) -> str:
    """The absolute path of an existing folder or file, or an address in its one spelling.

    Raises UsageError for what is not there, and for an address that cannot be fetched.
    """
    if _ADDRESS.match(text):
        from corpus.web.addresses import is_address, spelled  # most sources are folders

        if not is_address(text):
            raise UsageError(f"got {text}", SUPPORTED, f"write https://{text}")
        return spelled(text)
    path = Path(text).expanduser()
    if not path.exists():
        raise UsageError(f"{text} does not exist", SUPPORTED, "check the path")
    return str(path.resolve())
