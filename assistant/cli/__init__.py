"""The command line: ``townbook`` and ``python -m assistant``.

Knows the commands, the exit codes and how an error reads. Refuses to know how anything is
answered or indexed: each command asks the service and prints what it got.

Exit codes: 0 done; 1 done, but something needs attention; 2 bad usage; 3 not possible now;
130 interrupted; 141 the reader of the output went away.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TextIO

from assistant.cli import (
    asking,
    backing,
    caring,
    checking,
    exporting,
    installed,
    judging,
    keeping,
    looking,
    serving,
)
from assistant.cli.console import Console, OpenService, OpenTexts, Service, StoredTexts
from assistant.settings import DEBUG, PRECISIONS, Settings
from corpus.errors import TownbookError

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

INTERRUPTED = 130  # 128 + SIGINT, as shells count
READER_GONE = 141  # 128 + SIGPIPE
UNEXPECTED = 3


def main(
    argv: Sequence[str] | None = None,
    *,
    open_service: OpenService | None = None,
    open_texts: OpenTexts | None = None,
    environ: Mapping[str, str] = os.environ,
    stdin: BinaryIO | None = None,
) -> int:
    """Run one command and return its exit code; nothing is raised for what went wrong.

    ``open_service``, ``open_texts`` and ``stdin`` default to the real ones; tests hand in
    their own.
    """
    # A stream that was closed before the start (`townbook … >&-`) is None.
    out, err = sys.stdout or io.StringIO(), sys.stderr or io.StringIO()
    _speak_utf8(out)
    _speak_utf8(err)
    try:
        try:
            args = parser().parse_args(argv)
            settings = Settings.read(
                environ,
                home=args.home,
                model=args.model,
                precision=args.precision,
                today=getattr(args, "today", None),
            )
            console = Console(
                settings=settings,
                environ=environ,
                open_service=open_service or open_townbook,
                open_texts=open_texts or open_stored_texts,
                stdin=stdin or (sys.stdin.buffer if sys.stdin else io.BytesIO()),
                out=out,
                err=err,
            )
            code: int = args.run(args, console)
        finally:
            out.flush()
    except SystemExit as stop:  # argparse: help and version, or a usage error already said
        return stop.code if isinstance(stop.code, int) else 2
    except TownbookError as error:
        _complain(err, str(error))
        return error.exit_code
    except BrokenPipeError:
        _drop_what_cannot_be_written(out)
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED
    # The edge of the program: whatever was not foreseen becomes one line, never a traceback.
    except Exception as error:  # noqa: BLE001
        if environ.get(DEBUG) == "1":
            traceback.print_exc(file=err)
        told = f"unexpected {type(error).__name__}: {error}" if str(error) else type(error).__name__
        _complain(err, f"{told}; expected none; set {DEBUG}=1 to see where it came from")
        if isinstance(error, OSError):
            _drop_what_cannot_be_written(out)
        return UNEXPECTED
    return code


def parser() -> argparse.ArgumentParser:
    """The whole command line; building it loads no model library."""
    top = _Parser(
        prog="townbook",
        description="Answers questions from a folder of articles, with quotes anyone can check.",
        epilog="Every command explains itself: townbook COMMAND --help",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"townbook {_version()}")
    _add_common(top, default=None)
    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    # Suppressed, or a default here would overwrite what was given before the command's name.
    _add_common(common, default=argparse.SUPPRESS)
    commands = top.add_subparsers(metavar="COMMAND", required=True, dest="command")
    for group in (
        *(serving, asking, keeping, looking, exporting),
        *(checking, judging, caring, backing, installed),
    ):
        group.add_commands(commands, common)
    return top


def open_townbook(settings: Settings) -> Service:
    """The real service. Imported here: its search libraries cost start-up that help must not."""
    from assistant.service import Townbook

    return Townbook(settings)


def open_stored_texts(home: Path) -> StoredTexts:
    """The published documents. Imported here: help needs no corpus."""
    from index.texts import open_texts

    return open_texts(home)


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line, like every other error."""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        # argparse's own drops write errors: help cut off by a full disk would exit 0.
        (file or sys.stderr).write(message)

    def error(self, message: str) -> NoReturn:
        _complain(sys.stderr, f"{message}; see {self.prog} --help")
        raise SystemExit(2)


def _add_common(to: argparse.ArgumentParser, default: str | None) -> None:
    to.add_argument(
        "--home",
        metavar="DIR",
        default=default,
        help="where everything is kept (default: $TOWNBOOK_HOME, else the user's data folder)",
    )
    to.add_argument(
        "--model",
        metavar="NAME",
        default=default,
        help="the encoder: a name from 'townbook models', a folder or a hub name"
        " (default: $TOWNBOOK_MODEL, else multilingual-e5-small)",
    )
    to.add_argument(
        "--precision",
        choices=PRECISIONS,
        default=default,
        help="how the encoder computes: auto takes bf16 where the processor has it and the model"
        " agrees with the reference, else f32 (default: $TOWNBOOK_PRECISION, else auto)",
    )


def _complain(err: TextIO, message: str) -> None:
    print(f"townbook: {' '.join(message.split())}", file=err, flush=True)


def _speak_utf8(stream: TextIO) -> None:
    """UTF-8 whatever the locale says. A lone surrogate leaves as its JSON escape."""
    if reconfigure := getattr(stream, "reconfigure", None):
        reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_what_cannot_be_written(out: TextIO) -> None:
    """Let the interpreter's own last flush succeed, so that the exit code stays ours."""
    try:
        out.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, out.fileno())
        os.close(nowhere)


def _version() -> str:
    try:
        return version("townbook")
    except PackageNotFoundError:
        return "from a source folder that is not installed"
