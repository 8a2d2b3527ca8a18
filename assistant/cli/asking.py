"""``ask`` and ``search``: one question at a time or a file of them."""

from __future__ import annotations

import argparse
import os
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant import Answer
from assistant.cli import wording
from assistant.cli.batch import Asked, clean, read_batch, read_history
from assistant.cli.console import Console, Service
from assistant.filters import KINDS, parse_filters
from corpus.errors import UsageError
from index import Filters, Hit

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from assistant.llm.phrasing import Phrasing

PASSAGES = 10  # shown by a search unless -k says otherwise; the depth evaluation measures, too


def add_commands(
    commands: _SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    """Add ``ask`` and ``search``."""
    ask = commands.add_parser(
        "ask",
        parents=[common],
        allow_abbrev=False,
        help="answer a question, with citations",
        description="Answers a question from the indexed articles, with numbered citations."
        " Says so when the articles do not hold the answer.",
    )
    _add_question(ask, "QUESTION")
    _add_filters(ask)
    ask.add_argument(
        "--history",
        metavar="FILE",
        help='earlier turns, as JSON: [{"role": "user", "content": "…"}, …]',
    )
    ask.add_argument(
        "--today",
        metavar="DATE",
        help="the day 'next month' counts from (default: $TOWNBOOK_TODAY, else today)",
    )
    ask.add_argument(
        "--no-llm",
        action="store_true",
        help="do not ask the language model of $TOWNBOOK_LLM_BASE_URL",
    )
    ask.set_defaults(run=run_ask)

    search = commands.add_parser(
        "search",
        parents=[common],
        allow_abbrev=False,
        help="list the passages closest to a query",
        description="Lists the passages that match a query best, by words and by meaning.",
    )
    _add_question(search, "QUERY")
    _add_filters(search)
    search.add_argument(
        "-k",
        metavar="N",
        type=_count,
        default=PASSAGES,
        help=f"how many passages (default: {PASSAGES})",
    )
    search.set_defaults(run=run_search)


def run_ask(args: argparse.Namespace, console: Console) -> int:
    """Print one answer, or one answer object a line for a batch."""
    filters = _filters(args)
    llm = not args.no_llm
    if args.batch is not None:
        _alone(args.question, "QUESTION")
        _alone(args.history, "--history", "put a history on each line of the batch")
        batch = read_batch(args.batch, console.stdin)
        with console.service() as service:
            for asked in batch:
                console.say_json(_answered(service, asked, filters, console, llm))
        return 0
    asked = Asked(None, _one(args.question, "QUESTION"), (), filters)
    history = read_history(args.history) if args.history is not None else ()
    with console.service() as service:
        answer = service.ask(
            asked.question, history=history, filters=filters, today=console.settings.today, llm=llm
        )
        if args.json:
            console.say_json(_final(service, answer, llm))
        else:
            _say(service, answer, llm, console)
        if not answer.answered:
            _note_unknown_cities(service, filters, console)
    return 0


def run_search(args: argparse.Namespace, console: Console) -> int:
    """Print ranked passages, or one object a line for a batch."""
    filters = _filters(args)
    if args.batch is not None:
        _alone(args.question, "QUERY")
        batch = read_batch(args.batch, console.stdin)
        with console.service() as service:
            for asked in batch:
                found = service.search(asked.question, args.k, _narrowed(asked, filters))
                console.say_json({"id": asked.id} | _hits_json(found))
        return 0
    query = _one(args.question, "QUERY")
    with console.service() as service:
        found = service.search(query, args.k, filters)
        if args.json:
            console.say_json(_hits_json(found))
        else:
            console.say(wording.hits(found))
        if not found:
            _note_unknown_cities(service, filters, console)
    return 0


def _say(service: Service, answer: Answer, llm: bool, console: Console) -> None:
    """The answer for people. On a terminal what was found comes first, at once."""
    at_once = console.out.isatty() and console.settings.llm_base_url is not None
    if at_once:
        console.say(wording.answer(answer))
        console.out.flush()
    last = _phrased(service, answer, llm)
    if not at_once:
        shown = answer if last is None else replace(last.answer, text=last.shown)
        console.say(wording.answer(shown))
    elif last is not None and last.reason is None:
        console.say("\n" + wording.phrased(last.shown))
    if last is not None and last.reason not in (None, "nothing-to-phrase"):
        console.note(f"townbook: not rephrased: {wording.plain(last.told)}")


def _note_unknown_cities(service: Service, filters: Filters, console: Console) -> None:
    """Say which cities no article is about: a slip in a filter looks like a missing answer."""
    if not filters.cities:
        return
    from assistant.near_names import unknown_cities

    known = [count.value for count in service.facets().cities]
    for city, near in unknown_cities(filters, known).items():
        told = f"; near in spelling: {', '.join(map(wording.plain, near))}" if near else ""
        console.note(f"townbook: no article is about {wording.plain(city)}{told}")


def _phrased(service: Service, answer: Answer, llm: bool) -> Phrasing | None:
    """The last step of its phrasing; None without a language model, or where none is wanted."""
    steps = deque(service.phrasing(answer) if llm else (), maxlen=1)
    return steps[0] if steps else None


def _final(service: Service, answer: Answer, llm: bool) -> dict[str, Any]:
    """The answer that counts in its published form, and how its wording fared."""
    last = _phrased(service, answer, llm)
    if last is None:
        return answer.to_json()
    return last.answer.to_json() | {"phrasing": last.to_json()}


def _answered(
    service: Service, asked: Asked, filters: Filters, console: Console, llm: bool
) -> dict[str, Any]:
    answer = service.ask(
        asked.question,
        id=None if asked.id is None else str(asked.id),
        history=asked.history,
        filters=_narrowed(asked, filters),
        today=console.settings.today,
        llm=llm,
    )
    return _final(service, answer, llm) | {"id": asked.id}


def _narrowed(asked: Asked, filters: Filters) -> Filters:
    """The line's own filters where it has any, else those given for the whole batch."""
    return asked.filters or filters


def _hits_json(hits: Sequence[Hit]) -> dict[str, Any]:
    return {
        "hits": [
            {
                "rank": hit.rank,
                "score": hit.score,
                "source": hit.document.source,
                "document": hit.document.id,
                "start": hit.passage.span.start,
                "end": hit.passage.span.end,
                "text": hit.text,
            }
            for hit in hits
        ]
    }


def _add_question(to: argparse.ArgumentParser, word: str) -> None:
    to.add_argument("question", metavar=word, nargs="?", help="what to look for, in your words")
    to.add_argument(
        "--batch",
        metavar="FILE",
        help="one JSON object a line ({id, question, history?, filters?}; - for standard input);"
        " prints one JSON object a line in the same order",
    )
    to.add_argument("--json", action="store_true", help="print one JSON object")


def _add_filters(to: argparse.ArgumentParser) -> None:
    group = to.add_argument_group("filters", "Repeat one to allow alternatives; all must hold.")
    for word, metavar, says in (
        ("city", "NAME", "only about this city, in any known spelling"),
        ("country", "NAME", "only about this country: a name or two letters"),
        ("language", "CODE", "only articles in this language: two letters"),
        ("kind", "KIND", f"only {', '.join(KINDS)}"),
        ("source", "SOURCE", "only this article, or this folder when it ends in /"),
    ):
        group.add_argument(f"--{word}", metavar=metavar, action="append", default=[], help=says)
    group.add_argument("--from", metavar="DATE", dest="from_", help="not before this day")
    group.add_argument("--to", metavar="DATE", help="not after this day")


def _filters(args: argparse.Namespace) -> Filters:
    words = ("city", "country", "language", "kind", "source")
    return parse_filters(
        {word: getattr(args, word) for word in words} | {"from": args.from_, "to": args.to}
    )


def _one(text: str | None, word: str) -> str:
    if text is None or not text.strip():
        raise UsageError(f"got no {word}", f"{word} or --batch FILE", "give one of them")
    # Python hands on what a locale cannot decode as surrogates; the bytes are UTF-8 all the same.
    return clean(os.fsencode(text).decode("utf-8", "replace"))


def _alone(value: str | None, word: str, remedy: str = "leave one out") -> None:
    if value is not None:
        raise UsageError(f"got {word} and --batch", "one of them", remedy)


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= 1000:  # more would print a corpus, not a ranking
        raise argparse.ArgumentTypeError(f"got {text!r}, expected a whole number from 1 to 1000")
    return number
