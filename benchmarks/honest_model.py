"""Whether a model that only repeats the quotes scores as well as the extractive answers.

    python -m benchmarks.honest_model QUESTIONS --home HOME --to DIR [--score SCRIPT --articles DIR]

Asks every question of a set over an indexed home, has each answer phrased by the scripted honest
model of the tests (real HTTP on loopback, the real gate) and writes both kinds of answers as JSON
lines. SCRIPT is called as ``SCRIPT QUESTIONS ANSWERS --articles DIR --json`` and prints one object
of scores; with it, both are scored and any score that fell makes the exit status 1. A gate that
refuses true sentences, or a frame that loses what code had found, shows here.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from assistant import Turn
from assistant.service import Townbook
from assistant.settings import Settings
from benchmarks.machine import ROOT

_TOLERANCE = 0.0005  # of printed scores
_BETTER_WHEN_LOWER = ("false_refusal", "missing")


def main() -> int:
    """Ask, phrase, write, and score when a script is named."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True, help="folder for the answers")
    parser.add_argument("--score", type=Path)
    parser.add_argument("--articles", type=Path)
    args = parser.parse_args()
    args.to.mkdir(parents=True, exist_ok=True)
    extractive, phrased = args.to / "extractive.jsonl", args.to / "phrased.jsonl"
    with scripted_model() as address:
        settings = Settings.read(
            home=str(args.home), llm_base_url=address, llm_model="scripted", llm_timeout="60"
        )
        tally(write_answers(settings, args.questions, extractive, phrased))
    if args.score is None:
        return 0
    before, after = (
        scores(args.score, args.questions, answers, args.articles)
        for answers in (extractive, phrased)
    )
    return compare(before, after)


@contextmanager
def scripted_model() -> Iterator[str]:
    """The address of the tests' scripted model, which plays its honest part."""
    path = ROOT / "tests" / "llm" / "scripted.py"
    spec = spec_from_file_location("llm_scripted", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    scripted, end = module.serve()
    try:
        yield scripted.address
    finally:
        end()


def write_answers(
    settings: Settings, questions: Path, extractive: Path, phrased: Path
) -> Iterator[dict[str, Any]]:
    """Both answers of each question to their files; yields how each phrasing ended."""
    townbook = Townbook(settings)
    with (
        extractive.open("w", encoding="utf-8") as plain,
        phrased.open("w", encoding="utf-8") as out,
    ):
        for line in questions.read_text(encoding="utf-8").splitlines():
            asked = json.loads(line)
            history = tuple(Turn(t["role"], t["content"]) for t in asked.get("history", ()))
            answer = townbook.ask(asked["question"], id=asked["id"], history=history, llm=False)
            started = time.perf_counter()
            [last] = deque(townbook.phrasing(answer), maxlen=1)
            plain.write(json.dumps(answer.to_json(), ensure_ascii=False) + "\n")
            final = replace(last.answer, id=asked["id"])
            out.write(json.dumps(final.to_json(), ensure_ascii=False) + "\n")
            yield {
                "id": asked["id"],
                "kind": answer.kind,
                "reason": last.reason or "phrased",
                "kept": sum(said.supported for said in last.said),
                "refused": [said for said in last.said if not said.supported],
                "seconds": time.perf_counter() - started,
            }
    townbook.close()


def tally(ends: Iterator[dict[str, Any]]) -> None:
    """Print how often an answer was phrased, what was refused, and how long it took."""
    outcomes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    kept, seconds = 0, []
    for end in ends:
        outcomes[end["reason"]] += 1
        kept += end["kept"]
        for said in end["refused"]:
            reasons[said.reason] += 1
            print(f"refused {end['id']} {said.reason}: {said.detail}", file=sys.stderr)
        if end["reason"] != "nothing-to-phrase":
            seconds.append(end["seconds"])
    print(f"answers: {dict(outcomes)}")
    print(f"sentences: {kept} kept, {sum(reasons.values())} refused {dict(reasons)}")
    if seconds:
        middle = sorted(seconds)[len(seconds) // 2]
        print(f"phrasing: median {middle * 1000:.0f} ms of wall time, model's part included")


def scores(script: Path, questions: Path, answers: Path, articles: Path) -> dict[str, float]:
    """What the script prints for one file of answers."""
    ran = subprocess.run(  # noqa: S603 - named by whoever runs this
        [sys.executable, script, questions, answers, "--articles", articles, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    printed = json.loads(ran.stdout)
    overall = printed.get("total", printed)
    return {name: float(v) for name, v in overall.items() if isinstance(v, int | float)}


def compare(before: dict[str, float], after: dict[str, float]) -> int:
    """Print both side by side; 1 when a score fell."""
    fell = 0
    print(f"{'':<16}extractive  phrased")
    for name, value in before.items():
        change = after[name] - value
        worse = change > _TOLERANCE if name in _BETTER_WHEN_LOWER else change < -_TOLERANCE
        fell += worse
        print(f"{name:<16}{value:>10.3f}{after[name]:>9.3f}{'  fell' if worse else ''}")
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main())
