"""``serve``: fill an empty home, then open the page."""

from __future__ import annotations

import argparse
import threading
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING

from assistant.cli import progress, wording
from assistant.cli.console import Console, Service
from assistant.starter import copy_starter_articles
from corpus.errors import TownbookError
from index.home import Home

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from assistant.jobs import JobState


def add_commands(
    commands: _SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    """Add ``serve``."""
    serve = commands.add_parser(
        "serve",
        parents=[common],
        allow_abbrev=False,
        help="open the web page and the REST API",
        description="Serves the web page, the REST API and the health routes. An empty home is"
        " filled with the starter articles and indexed first.",
    )
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)"
    )
    serve.add_argument("--port", type=_port, default=7860, help="port to listen on (default: 7860)")
    serve.add_argument(
        "--insecure",
        action="store_true",
        help="serve on an address others can reach, without a sign-in",
    )
    serve.add_argument(
        "--allow-changes",
        action="store_true",
        help="let other machines refresh, hand in articles and change the sources, too; without"
        " it they can only read and ask",
    )
    serve.add_argument(
        "--watch",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="keep the index up to date while serving: a changed article is in the answers within"
        " seconds, read by a process of low priority (default: on; --no-watch for a home that"
        " something else refreshes)",
    )
    serve.set_defaults(run=run_serve)


def run_serve(args: argparse.Namespace, console: Console) -> int:
    """Serve until interrupted."""
    # Imported here: the page's libraries take seconds that no other command should pay.
    from assistant.serving import is_loopback

    # The page refuses any other address; minutes of indexing must not come before that.
    will_serve = args.insecure or is_loopback(args.host)
    with console.service() as service, ExitStack() as stack:
        if will_serve and not Home(console.settings.home).current.exists():
            fill(service, console)
        if will_serve:
            # While the page's libraries load; a question that comes first waits for the same lock.
            threading.Thread(target=_warm, args=(service, console), daemon=True).start()
        import ui

        if args.watch and will_serve:
            stack.enter_context(_watching(service, console))
        ui.serve(
            service,
            args.host,
            args.port,
            insecure=args.insecure,
            allow_changes=args.allow_changes,
        )
    return 0


def _watching(service: Service, console: Console) -> AbstractContextManager[object]:
    from assistant.watching import watching

    def tell(state: JobState) -> None:
        if state.error:
            console.note(f"townbook: a refresh failed: {wording.plain(state.error)}")

    return watching(service.jobs, Home(console.settings.home), told=tell)


def _warm(service: Service, console: Console) -> None:
    try:
        service.warm()
    except TownbookError as error:
        console.note(f"townbook: {error}")  # /ready says the same until it is mended


def fill(service: Service, console: Console) -> None:
    """Index a home in which nothing is published yet; an empty one gets the starter articles.

    Does no harm when an earlier try was cut short, nor to articles that are there already.
    """
    articles = Home(console.settings.home).articles
    if not service.sources() and not (articles.is_dir() and any(articles.iterdir())):
        starter = copy_starter_articles(articles)
        console.note(f"townbook: this home is empty; the starter articles are now in {starter}")
    console.note("townbook: nothing is indexed yet; reading the articles first")
    with progress.shown(console.err) as step:
        service.refresh(progress=step)


def _port(text: str) -> int:
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"got {text!r}, expected a port from 0 to 65535")
    return number
