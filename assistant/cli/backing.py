"""``backup`` and ``restore``: the whole home as one file, and back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli import progress, wording
from assistant.cli.console import Console

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_commands(
    commands: _SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    """Add ``backup`` and ``restore``."""
    backup = commands.add_parser(
        "backup",
        parents=[common],
        allow_abbrev=False,
        help="write the whole home to one file",
        description="Writes the library, the published snapshot, the articles and the settings"
        " of the home to one zip file with a checksum of each. It may be served and refreshed"
        " meanwhile. Models are left out: they are made again where they are needed.",
    )
    backup.add_argument("file", metavar="FILE", type=Path, help="the file to write")
    backup.add_argument("--force", action="store_true", help="replace a file of that name")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser(
        "restore",
        parents=[common],
        allow_abbrev=False,
        help="make a home out of such a file",
        description="Unpacks a backup into a home that is missing or empty, all or nothing:"
        " every file is compared with its checksum before the home appears. Folders that are"
        " remembered as sources keep their paths.",
    )
    restore.add_argument("file", metavar="FILE", type=Path, help="a file that backup wrote")
    restore.add_argument(
        "--force",
        action="store_true",
        help="put a home that is there aside, under another name, and restore in its place",
    )
    restore.set_defaults(run=run_restore)
    for one in (backup, restore):
        one.add_argument("--json", action="store_true", help="print one JSON object")


def run_backup(args: argparse.Namespace, console: Console) -> int:
    """Write the backup and print what it holds."""
    from index.backup import backup  # imported here: help needs no index

    with progress.shown(console.err) as step:
        report = backup(console.settings.home, args.file, force=args.force, progress=step)
    if args.json:
        console.say_json(report.to_json())
    else:
        snapshot = f"snapshot {report.snapshot}" if report.snapshot else "no snapshot"
        console.say(
            f"{wording.plain(report.file)}: {snapshot}, {report.files:,} files,"
            f" {report.bytes / 1e6:,.1f} MB"
        )
    _note(report.remarks, console)
    return 0


def run_restore(args: argparse.Namespace, console: Console) -> int:
    """Restore the home and print what is in it."""
    from index.restoring import restore  # imported here: help needs no index

    with progress.shown(console.err) as step:
        report = restore(args.file, console.settings.home, force=args.force, progress=step)
    if args.json:
        console.say_json(report.to_json())
    else:
        snapshot = f"snapshot {report.snapshot}" if report.snapshot else "no snapshot"
        console.say(
            f"{wording.plain(report.home)}: {snapshot} of {report.created},"
            f" {report.files:,} files, {report.bytes / 1e6:,.1f} MB"
        )
    if report.aside:
        console.note(f"townbook: the home that was there is now {wording.plain(report.aside)}")
    _note(report.remarks, console)
    return 0


def _note(remarks: tuple[str, ...], console: Console) -> None:
    for remark in remarks:
        console.note(f"townbook: {wording.plain(remark)}")
