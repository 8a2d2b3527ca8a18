"""Runs the suites one after the other, then writes the report.

    python -m benchmarks.run [--articles DIR] [--questions FILE] [--only SUITE,SUITE]

Each suite gets a process of its own, so that none is measured with what another left in memory.
One that fails is named at the end, and the others run all the same.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import report
from benchmarks.machine import ROOT

STARTER = ROOT / "corpus" / "articles"


def main(argv: Sequence[str]) -> None:
    """Exits with 1 when a suite failed, 2 on bad usage."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument(
        "--articles",
        type=Path,
        default=STARTER,
        help="folder to measure on (default: the starter articles)",
    )
    parser.add_argument(
        "--questions",
        type=Path,
        help="question set over them; without it nothing is scored",
    )
    parser.add_argument(
        "--only",
        metavar="SUITE,SUITE",
        type=lambda names: names.split(","),
        default=list(report.SUITES),
        help=f"of {', '.join(report.SUITES)} (default: all)",
    )
    options = parser.parse_args(argv)
    unknown = [name for name in options.only if name not in report.SUITES]
    if unknown:
        parser.error(f"got suite {', '.join(unknown)}; expected {', '.join(report.SUITES)}")
    if not options.articles.is_dir():
        parser.error(f"got --articles {options.articles}; expected a folder")
    if options.questions is not None and not options.questions.is_file():
        parser.error(f"got --questions {options.questions}; expected a file")

    arguments = ["--articles", str(options.articles.resolve())]
    if options.questions is None:
        print("no --questions: what needs gold answers is left out", file=sys.stderr)
    else:
        arguments += ["--questions", str(options.questions.resolve())]
    failed = [name for name in options.only if not _passes(name, arguments)]
    report.main()
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def _passes(suite: str, arguments: Sequence[str]) -> bool:
    print(f"== {suite}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", f"benchmarks.{suite}", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603 - our own


if __name__ == "__main__":
    main(sys.argv[1:])
