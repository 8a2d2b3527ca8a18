"""``verify`` and ``evaluate``: whether answers stand, and how good they are."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli import progress, wording
from assistant.cli.console import Console, Service
from assistant.jsonlines import open_file, parse
from assistant.verify import read_answers, verify
from assistant.verify_exports import is_export, read_export
from corpus.errors import UsageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from assistant.evaluation.questions import Question


@dataclass(frozen=True, slots=True)
class _Asked:
    """How many questions of an evaluation have been asked."""

    done: int
    total: int
    stage: str = "questions"


def add_commands(
    commands: _SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    """Add ``verify`` and ``evaluate``."""
    verifying = commands.add_parser(
        "verify",
        parents=[common],
        allow_abbrev=False,
        help="check saved answers against the stored articles",
        description="Checks that every quote of saved answers stands where its citation says,"
        " with neither model nor index. Exit 1 names those that do not. Reads answers as 'ask'"
        " prints them, and Markdown and Word files as 'export answer' writes them.",
    )
    verifying.add_argument(
        "file", metavar="FILE", help="JSON, JSON lines, Markdown or Word; - for standard input"
    )
    verifying.add_argument("--json", action="store_true", help="print one JSON object")
    verifying.set_defaults(run=run_verify)

    evaluating = commands.add_parser(
        "evaluate",
        parents=[common],
        allow_abbrev=False,
        help="score a question set, or the records read out of the articles",
        description="Asks every question of a set and scores the answers and the ranking."
        " With --records it compares practices, events and networks with a gold sample.",
    )
    evaluating.add_argument(
        "questions",
        metavar="QUESTIONS",
        nargs="?",
        help="one JSON object a line: id, type, question, expected, docs, evidence, …",
    )
    evaluating.add_argument(
        "--records",
        metavar="GOLD",
        help="one JSON object a line: doc, and its records with kind and fields",
    )
    evaluating.add_argument(
        "--articles",
        metavar="DIR",
        help="look quotes up in these files (default: in the texts as stored)",
    )
    evaluating.add_argument(
        "--today", metavar="DATE", help="the day 'next month' counts from (default: today)"
    )
    evaluating.add_argument(
        "--only",
        metavar="NAME,NAME",
        type=lambda names: names.split(","),
        help="only the questions of these ids or types",
    )
    evaluating.add_argument(
        "--explain",
        action="store_true",
        help="for each question that went wrong: how it was read, the sentences weighed with"
        " their scores, and the checks passed and failed",
    )
    evaluating.add_argument("--json", action="store_true", help="print one JSON object")
    evaluating.set_defaults(run=run_evaluate)


def run_verify(args: argparse.Namespace, console: Console) -> int:
    """Print what was checked and what does not stand; 1 when anything does not."""
    with closing(open_file(args.file, console.stdin)) as file:
        content = file.read()
    with closing(console.open_texts(console.settings.home)) as texts:
        read = read_export if is_export(content) else read_answers
        verified = verify(read(content, args.file), texts)
    if args.json:
        console.say_json(verified.to_json())
    else:
        for fault in verified.faults:
            console.say(wording.plain(str(fault)))
        console.say(
            f"answers {verified.answers}, citations {verified.citations}, "
            f"faults {len(verified.faults)}"
        )
    return 1 if verified.faults else 0


def _evaluate_records(args: argparse.Namespace, console: Console) -> int:
    from assistant.evaluation.matching import file_name
    from assistant.evaluation.records import read_gold, score_records

    with closing(open_file(args.records, console.stdin)) as file:
        gold = read_gold(parse(file, args.records))
    with console.service() as service:
        found = service.records_by_source()
    by_name = {file_name(source): records for source, records in found.items()}
    missing = [doc for doc in gold if doc not in by_name]
    if missing:
        raise UsageError(
            f"got {len(missing)} documents that are not indexed, {missing[0]} first",
            "the articles of the gold sample",
            "index them with `townbook refresh`",
        )
    scores = score_records(gold, by_name.__getitem__)
    if args.json:
        console.say_json(scores.to_json())
    else:
        console.say(wording.record_scores(scores.to_json()))
    return 0


def run_evaluate(args: argparse.Namespace, console: Console) -> int:
    """Print the scores of a question set, or of the records."""
    if (args.questions is None) == (args.records is None):
        raise UsageError(
            "got neither QUESTIONS nor --records" if args.records is None else "got both",
            "a question set or a gold sample",
            "name one of them",
        )
    if args.records is not None:
        return _evaluate_records(args, console)
    # Imported here: no other command scores anything.
    from assistant.evaluation.matching import file_name
    from assistant.evaluation.measuring import articles_in, articles_stored, evaluate

    folder = Path(args.articles) if args.articles is not None else None
    if folder is not None and not folder.is_dir():
        raise UsageError(f"got --articles {folder}", "an existing folder", "check the path")
    questions = _questions(args, console)
    with console.service() as service, progress.shown(console.err) as step:
        article = articles_in(folder) if folder else articles_stored(service.document)
        languages = {file_name(row["source"]): row["language"] for row in service.documents()}
        evaluation = evaluate(
            questions,
            service,
            article,
            language=languages.get,
            today=console.settings.today,
            progress=lambda done, total: step(_Asked(done, total)),
        )
        value = evaluation.to_json()
        if args.explain:
            wrong = {row.id for row in evaluation.rows if row.faulty}
            value["explained"] = [
                _explained(question, service, console)
                for question in questions
                if question.id in wrong
            ]
    if args.json:
        console.say_json(value)
    else:
        for explained in value.get("explained", ()):
            console.say(wording.explained(explained) + "\n")
        console.say(wording.evaluation(value))
    return 0


def _questions(args: argparse.Namespace, console: Console) -> tuple[Question, ...]:
    """The questions of the file that ``--only`` leaves."""
    from assistant.evaluation.questions import read_questions

    with closing(open_file(args.questions, console.stdin)) as file:
        questions = read_questions(parse(file, args.questions))
    if args.only is None:
        return questions
    known = {name for question in questions for name in (question.id, question.type)}
    unknown = [name for name in args.only if name not in known]
    if unknown:
        raise UsageError(
            f"got --only {', '.join(unknown)}",
            "ids or types of the question set",
            f"its types are {', '.join(sorted({q.type for q in questions}))}",
        )
    return tuple(q for q in questions if q.id in args.only or q.type in args.only)


def _explained(question: Question, service: Service, console: Console) -> dict[str, Any]:
    """The steps to the answer, with which of the sentences weighed hold the known evidence."""
    from assistant.evaluation.matching import file_name, overlaps

    steps = service.explain(
        question.question, history=question.history, today=console.settings.today
    ).to_json()
    for candidate in steps["candidates"]:
        candidate["gold"] = any(
            file_name(candidate["source"]) == known.doc and overlaps(candidate["text"], known.text)
            for known in question.evidence
        )
    return {
        "id": question.id,
        "question": question.question,
        "expected": list(question.expected),
        **steps,
    }
