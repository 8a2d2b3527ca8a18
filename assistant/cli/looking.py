"""``status``, ``show`` and ``config``: what is there, without changing it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assistant.cli import wording
from assistant.cli.console import Console
from assistant.settings import explain, unread

if TYPE_CHECKING:
    from argparse import _SubParsersAction

STATUS_KEYS = (
    *("snapshot", "created", "documents", "aliases", "passages", "practices", "events"),
    *("languages", "encoder", "quarantined", "sources", "sound", "checked"),
    *("refresh", "llm"),
)


def add_commands(
    commands: _SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    """Add ``status``, ``show`` and ``config``."""
    status = commands.add_parser(
        "status",
        parents=[common],
        allow_abbrev=False,
        help="say what is indexed and whether it is sound",
        description="What is indexed, with which encoder, and whether every file is sound.",
    )
    status.set_defaults(run=run_status)
    show = commands.add_parser(
        "show",
        parents=[common],
        allow_abbrev=False,
        help="print a document as stored",
        description="Prints a document as stored: the text that citations point into.",
    )
    show.add_argument("source", metavar="SOURCE", help="a citation's source or document")
    show.set_defaults(run=run_show)
    config = commands.add_parser(
        "config",
        parents=[common],
        allow_abbrev=False,
        help="print the settings in force and where each came from",
        description="The settings in force and where each came from.",
    )
    config.set_defaults(run=run_config)
    for one in (status, show, config):
        one.add_argument("--json", action="store_true", help="print one JSON object")


def run_status(args: argparse.Namespace, console: Console) -> int:
    """Print what is indexed; 1 when it is not sound."""
    with console.service() as service:
        status = service.status()
    published = {key: status[key] for key in STATUS_KEYS}
    if args.json:
        console.say_json(published)
    else:
        llm = wording.endpoint(published["llm"])
        told = {
            "checked": wording.checked(published["checked"]),
            "refresh": published["refresh"]["state"],
            "llm": llm,
        }
        console.say(wording.status(published | told))
    if reason := status.get("degraded"):
        console.note(f"townbook: {wording.plain(str(reason))}")
    return 0 if published["sound"] else 1


def run_show(args: argparse.Namespace, console: Console) -> int:
    """Print one document as stored."""
    with console.service() as service:
        document = service.show(args.source)
    if args.json:
        console.say_json(document)
    else:
        console.say(wording.document(document))
    return 0


def run_config(args: argparse.Namespace, console: Console) -> int:
    """Print every setting with its origin, and the variables that mean nothing here."""
    options = {name: getattr(args, name, None) for name in ("home", "model", "precision")}
    settings = explain(console.environ, **options)
    ignored = unread(console.environ)
    if args.json:
        value = {row.name: {"value": row.value, "from": row.origin} for row in settings}
        console.say_json({"settings": value, "ignored": list(ignored)})
        return 0
    for row in settings:
        console.say(f"{row.name:<15}  {row.value or '-'}  ({row.origin})")
    if ignored:
        console.note(f"townbook: set, but without meaning here: {', '.join(ignored)}")
    return 0
