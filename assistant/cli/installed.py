"""``models`` and ``doctor``: what is installed, what is prepared, and what is missing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assistant.cli import wording
from assistant.cli.console import Console

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from index.encoders.inventory import ModelFacts


def add_commands(
    commands: _SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    """Add ``models`` and ``doctor``."""
    models = commands.add_parser(
        "models",
        parents=[common],
        allow_abbrev=False,
        help="list the encoders, their size, licence and measured speed",
        description="The encoders that come with this version, and the chosen one: languages,"
        " licence, size, and how fast and how exactly each runs here once it is prepared."
        " --model also takes a local folder or a hub name that sentence-transformers can load.",
    )
    models.set_defaults(run=run_models)
    doctor = commands.add_parser(
        "doctor",
        parents=[common],
        allow_abbrev=False,
        help="say what is missing or damaged, and what to do about it",
        description="Looks at the installation, the home, the encoder and the index, hashes"
        " every file that has a known hash, and says what is missing or damaged. It changes"
        " nothing. Exit 1 when something needs attention.",
    )
    doctor.set_defaults(run=run_doctor)
    for one in (models, doctor):
        one.add_argument("--json", action="store_true", help="print one JSON object")


def run_models(args: argparse.Namespace, console: Console) -> int:
    """Print the encoders, the default first."""
    # Imported here: encoders bring numpy, which help must not wait for.
    from index.encoders.inventory import models_at_hand
    from index.home import Home

    chosen = console.settings.model
    found = models_at_hand(Home(console.settings.home), chosen, console.settings.precision)
    if args.json:
        console.say_json([model.to_json() | {"chosen": model.name == chosen} for model in found])
        return 0
    for model in found:
        console.say(f"{'*' if model.name == chosen else ' '} {model.name}  ({_facts(model)})")
        console.say(f"    {wording.plain(_state(model))}")
    return 0


def run_doctor(args: argparse.Namespace, console: Console) -> int:
    """Print what was looked at; 1 when something needs attention."""
    from assistant.doctor import examine

    findings = examine(console.settings, console.environ)
    sound = all(finding.state != "fault" for finding in findings)
    if args.json:
        console.say_json({"sound": sound, "findings": [f.to_json() for f in findings]})
        return 0 if sound else 1
    marks = {"ok": "ok   ", "note": "note ", "fault": "FAULT"}
    for finding in findings:
        console.say(
            f"{marks[finding.state]}  {finding.subject:<10}  {wording.plain(finding.found)}"
        )
        if finding.remedy:
            console.say(f"                   → {wording.plain(finding.remedy)}")
    return 0 if sound else 1


def _facts(model: ModelFacts) -> str:
    known = [f"languages: {model.languages}", f"licence: {model.licence}"]
    if model.limit:
        known.append(f"longest passage: {model.limit} tokens")
    if model.dimension:
        known.append(f"{model.dimension} dimensions")
    if model.size_bytes:
        known.append(f"{model.size_bytes / 1e6:,.0f} MB")
    return "; ".join(known)


def _state(model: ModelFacts) -> str:
    said = f"{model.state}: {model.said}" if model.said else model.state
    if model.tokens_a_second and model.ratio:
        said += (
            f"; {model.tokens_a_second:,} tokens a CPU second,"
            f" {model.ratio:.1f} times the reference's"
        )
    return said
