"""Measures the frameworks people would otherwise use, and this project, on the same articles.

    python -m benchmarks.peers --articles DIR [--questions FILE] [--only NAME,NAME]
        [--chunking default,matched,tenth] [--passages N] [--environments DIR]

Every peer is asked for the same work by the same small command line (commandline.py), each
command in a fresh process with one thread. A row that was measured replaces its earlier one in
the results; the others stay. A peer that fails says so in its row.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.evaluation.questions import Question, read_questions
from assistant.evaluation.ranking import finds_evidence
from assistant.jsonlines import parse
from benchmarks.child import Finished, run
from benchmarks.machine import ROOT, commit
from benchmarks.peers.commandline import articles_in
from benchmarks.peers.environments import DEFAULT_FOLDER, REQUIREMENTS, NotInstalled, python_of
from benchmarks.results import FOLDER, Cell, Table, read, write
from corpus import Document, Passage, Span
from index import Hit

COMMAND = "python -m benchmarks.peers --articles ARTICLES --questions QUESTIONS"
K = 10
COLD_STARTS = 3
REPEATS = 5  # of building a tenth; the median counts
TENTH = 10
ADDED = "On the day of the measurement the zinnober lantern of Quellbruck was lit again."
"""Ends each article that is changed before a refresh; then asked for."""

# One thread, so that CPU seconds compare; no network; nothing reported to anyone.
QUIET = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
}


@dataclass(frozen=True, slots=True)
class Framework:
    """One peer: its script, what it is called, and which installed package has its version."""

    name: str
    title: str
    package: str | None  # None: this project itself, in this interpreter
    script: str
    arguments: tuple[str, ...] = ()
    prepares: bool = False  # does something once before it builds, which is measured apart


BARE = "sentence-transformers + FAISS"
FRAMEWORKS = (
    Framework(
        "townbook",
        "Townbook, multilingual-e5-small",
        None,
        "townbook_peer",
        prepares=True,
    ),
    Framework(
        "townbook-minilm",
        "Townbook, MiniLM",
        None,
        "townbook_peer",
        ("--model", "all-MiniLM-L6-v2"),
        prepares=True,
    ),
    Framework("bare", BARE, "sentence-transformers", "bare_peer"),
    Framework("llama_index", "LlamaIndex", "llama-index", "llama_index_peer"),
    Framework("langchain", "LangChain", "langchain", "langchain_peer"),
    Framework("haystack", "Haystack", "haystack-ai", "haystack_peer"),
    Framework("txtai", "txtai", "txtai", "txtai_peer"),
)

COLUMNS = (
    "framework",
    "version",
    "passages",
    "chunk size",
    "build CPU s",
    "build MiB",
    "refresh 1 % CPU s",
    "query CPU p50 ms",
    "query wall p95 ms",
    "cold wall s",
    "cold CPU s",
    "cold MiB",
    "evidence@10",
    "remarks",
)
TENTH_COLUMNS = (
    "framework",
    "version",
    "passages",
    "build CPU s",
    "times the bare loop",
    "ms a passage",
    "runs",
    "remarks",
)

TITLES = {
    "default": "Peers, each as its documentation says",
    "matched": "Peers, cut to the same number of passages",
    "tenth": "Peers, building a tenth of the articles",
}
ABOUT = {
    "default": """\
What people would otherwise use, in environments of their own, on the same articles and with the
same model (all-MiniLM-L6-v2; this project also with its default). Each peer is cut, stored,
searched and refreshed as its own documentation recommends; how is told at the head of its script
in benchmarks/peers. One thread.

- *Build* is a whole process, once, and the peak of its tree.
- *Refresh* is a whole process after one article in a hundred got another sentence at its end. A
  peer that cannot find out by itself which ones is told. Then every question is asked again, and
  the sentence itself; what went wrong stands under remarks. MiniLM reads 256 tokens: of a longer
  passage the end is never found by meaning.
- *Query* is warm, with encoding, over the questions; a follow-up carries the questions before it.
- *Cold* is a whole process that opens the index and answers one, the median of three.
- *evidence@10* is the share of answerable questions for which one of the first ten passages
  overlaps known evidence. **Long passages make that easier:** compare it at equal numbers of
  passages, in the next table.""",
    "matched": """\
The same models, work and columns, with each peer's chunk size set so that it cuts the articles
into about as many passages as this project does; otherwise each is used as its own documentation
recommends, in an environment of its own and with one thread. *Chunk size* is in the peer's own
unit: words, tokens or characters.""",
    "tenth": """\
Every tenth article by name, cut to the same number of passages. Runs take turns, peer by peer, so
that what else the machine does falls on all of them; the median counts, starting the process
included. The ratio is to the bare loop.""",
}


class Failed(Exception):
    """A peer's process did not do what it was asked."""


Measured = dict[str, Cell]  # a row by column


def main(argv: Sequence[str]) -> None:
    options = _options(argv)
    chosen = [f for f in FRAMEWORKS if f.name in options.only]
    questions = _questions(options.questions)
    articles = articles_in(options.articles)
    board = Board(options.results, f"{len(articles)} articles, {len(questions)} questions.")
    environments = options.environments.expanduser().resolve()
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        bench = Bench(
            work=Path(folder),
            articles=options.articles.resolve(),
            queries=[_query(q) for q in questions] or _titles(articles),
            questions=questions,
            environments=environments,
        )
        for kind in options.chunking:
            if kind == "tenth":
                _tenth(bench, chosen, board, _wanted(options.passages, board))
                continue
            for framework in chosen:
                ours = framework.package is None
                if kind == "matched" and ours:
                    continue  # it has one way to cut, and is in both tables already
                _say(f"{framework.name}, {kind}")
                wanted = None if kind == "default" else _wanted(options.passages, board)
                row = _attempt(framework, partial(bench.measure, framework, wanted))
                for table in ("default", "matched") if ours else (kind,):
                    board.put(table, row)


@dataclass(frozen=True, slots=True)
class Bench:
    """Where and on what peers are measured."""

    work: Path
    articles: Path
    queries: Sequence[str]
    questions: Sequence[Question]  # empty: nothing can be scored
    environments: Path

    def measure(self, framework: Framework, passages: int | None) -> Measured:
        """Everything about one peer; ``passages`` None leaves cutting to its default."""
        articles, index = self._fresh()
        once = self._prepare(framework, index)
        size = self._size(framework, articles, passages)
        built, said = self._run(framework, "build", articles, index, size)
        row: Measured = {
            "passages": said["passages"],
            "chunk size": size,
            "build CPU s": built.cpu_seconds,
            "build MiB": round(built.peak_mib),
        }
        row |= self._cold(framework, index)
        asked = self._ask(framework, index, self.queries, warm=True)
        row |= self._warm(asked)
        row |= self._refresh(framework, articles, index, size)
        if once is not None:
            row["remarks"] = "; ".join(filter(None, [once, str(row["remarks"])]))
        return row

    def build_tenth(self, framework: Framework, size: int | None) -> tuple[float, int]:
        """CPU seconds and passages of building every tenth article from nothing."""
        articles, index = self._fresh(TENTH)
        self._prepare(framework, index)
        built, said = self._run(framework, "build", articles, index, size)
        return built.cpu_seconds, said["passages"]

    def size_of_tenth(self, framework: Framework, passages: int) -> int | None:
        """The chunk size for ``passages`` from every tenth article."""
        articles, _ = self._fresh(TENTH)
        return self._size(framework, articles, passages)

    def _fresh(self, every: int = 1) -> tuple[Path, Path]:
        """A copy of the articles that may be changed, and an empty folder for an index."""
        copy, index = self.work / "articles", self.work / "index"
        for folder in (copy, index):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        for article in articles_in(self.articles)[::every]:
            shutil.copyfile(article, copy / article.name)
        return copy, index

    def _prepare(self, framework: Framework, index: Path) -> str | None:
        """Makes an empty folder ready for the framework's index, and says what that cost.

        It is done once; later folders get a copy of what it left.
        """
        if not framework.prepares:
            return None
        prepared = self.work / f"prepared-{framework.name}"
        remark = None
        if not prepared.is_dir():
            done, _ = self._call(framework, ["prepare", "--index", str(index)])
            shutil.copytree(index, prepared)
            remark = f"before: {done.cpu_seconds:.0f} CPU s, {done.peak_mib:,.0f} MiB, once a home"
        else:
            shutil.copytree(prepared, index, dirs_exist_ok=True)
        return remark

    def _size(self, framework: Framework, articles: Path, passages: int | None) -> int | None:
        if passages is None or framework.package is None:
            return None
        command = ["fit", "--articles", str(articles), "--passages", str(passages)]
        _, said = self._call(framework, command)
        size: int = said["chunk_size"]
        return size

    def _cold(self, framework: Framework, index: Path) -> Measured:
        runs = [self._asking(framework, index, self.queries[:1])[0] for _ in range(COLD_STARTS)]
        return {
            "cold wall s": statistics.median(r.wall_seconds for r in runs),
            "cold CPU s": statistics.median(r.cpu_seconds for r in runs),
            "cold MiB": round(statistics.median(r.peak_mib for r in runs)),
        }

    def _warm(self, asked: Sequence[Mapping[str, Any]]) -> Measured:
        wall = sorted(a["wall_seconds"] for a in asked)
        return {
            "query CPU p50 ms": 1000 * statistics.median(a["cpu_seconds"] for a in asked),
            "query wall p95 ms": 1000 * wall[int(0.95 * (len(wall) - 1))],
            "evidence@10": self._evidence(asked),
        }

    def _evidence(self, asked: Sequence[Mapping[str, Any]]) -> float | None:
        scored = [
            finds_evidence(question, _hits(answer["found"]), K)
            for question, answer in zip(self.questions, asked, strict=False)
            if question.answerable and question.evidence
        ]
        return sum(scored) / len(scored) if scored else None

    def _refresh(
        self, framework: Framework, articles: Path, index: Path, size: int | None
    ) -> Measured:
        """The cost of one article in a hundred changed, and whether the index still works."""
        every = articles_in(articles)
        count = max(1, round(len(every) / 100))
        changed = every[:: len(every) // count][:count]
        for article in changed:
            article.write_text(
                f"{article.read_text(encoding='utf-8').rstrip()}\n\n{ADDED}\n", encoding="utf-8"
            )
        try:
            names = [article.name for article in changed]
            done, _ = self._run(framework, "refresh", articles, index, size, "--changed", *names)
            after = self._ask(framework, index, [*self.queries, ADDED])
        except Failed as failed:
            return {"refresh 1 % CPU s": None, "remarks": f"refresh failed: {failed}"}
        errors = [a["error"] for a in after if a["error"]]
        remarks = (
            [f"after it {len(errors)} questions raised, such as {errors[0]}"] if errors else []
        )
        if not any(ADDED in " ".join(text.split()) for _, text in after[-1]["found"]):
            remarks.append("what was added is not among ten passages found for it")
        return {"refresh 1 % CPU s": done.cpu_seconds, "remarks": "; ".join(remarks)}

    def _ask(
        self, framework: Framework, index: Path, queries: Sequence[str], warm: bool = False
    ) -> Sequence[Mapping[str, Any]]:
        _, said = self._asking(framework, index, queries, *(["--warm"] if warm else []))
        asked: Sequence[Mapping[str, Any]] = said["asked"]
        return asked

    def _asking(
        self, framework: Framework, index: Path, queries: Sequence[str], *more: str
    ) -> tuple[Finished, Any]:
        file = self.work / "queries.json"
        file.write_text(json.dumps(list(queries)), encoding="utf-8")
        command = ["ask", "--index", str(index), "--queries", str(file), "-k", str(K), *more]
        return self._call(framework, command)

    def _run(
        self,
        framework: Framework,
        command: str,
        articles: Path,
        index: Path,
        size: int | None,
        *more: str,
    ) -> tuple[Finished, Any]:
        sized = [] if size is None else ["--chunk-size", str(size)]
        where = ["--articles", str(articles), "--index", str(index)]
        return self._call(framework, [command, *where, *sized, *more])

    def _call(self, framework: Framework, command: Sequence[str]) -> tuple[Finished, Any]:
        """One command of a peer in a fresh process: its cost, and what it printed last."""
        module = f"benchmarks.peers.{framework.script}"
        finished = run(
            [self.python(framework), "-m", module, *framework.arguments, *command],
            env=QUIET,
            cwd=ROOT,
            timeout_seconds=7200,
        )
        if finished.returncode != 0:
            last = (finished.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise Failed(f"{command[0]} ended with {finished.returncode}: {last[:200]}")
        return finished, json.loads(finished.stdout.strip().splitlines()[-1])

    def python(self, framework: Framework) -> Path:
        """The interpreter that has the peer installed."""
        if framework.package is None:
            return Path(sys.executable)
        return python_of(framework.name, self.environments)


def _wanted(passages: int | None, board: Board) -> int:
    """How many passages the peers are to cut to. Exits with 2 when nothing says it."""
    found = passages or board.own_passages()
    if found is None:
        _say("got neither --passages nor a result of townbook; expected one, to cut peers alike")
        sys.exit(2)
    return found


def _tenth(bench: Bench, chosen: Sequence[Framework], board: Board, passages: int) -> None:
    wanted = round(passages / TENTH)
    sizes: dict[str, int | None] = {}
    costs: dict[str, list[float]] = {f.name: [] for f in chosen}
    rows: dict[str, Measured] = {}
    for turn in range(REPEATS):
        for framework in chosen:
            _say(f"{framework.name}, a tenth, run {turn + 1} of {REPEATS}")

            def once(framework: Framework = framework) -> Measured:
                if framework.name not in sizes:
                    sizes[framework.name] = bench.size_of_tenth(framework, wanted)
                cpu, count = bench.build_tenth(framework, sizes[framework.name])
                costs[framework.name].append(cpu)
                median = statistics.median(costs[framework.name])
                return {
                    "passages": count,
                    "build CPU s": median,
                    "ms a passage": 1000 * median / max(count, 1),
                    "runs": len(costs[framework.name]),
                }

            rows[framework.name] = _attempt(framework, once)
    for framework in chosen:
        board.put("tenth", rows[framework.name])


def _attempt(framework: Framework, measure: Callable[[], Measured]) -> Measured:
    """The peer's row, which says what went wrong when something did."""
    named: Measured = {"framework": framework.title, "version": _version(framework)}
    try:
        return named | measure()
    except (Failed, NotInstalled, TimeoutError, OSError) as failed:
        _say(f"{framework.name} failed: {failed}")
        return named | {"remarks": f"failed: {failed}"}


def _version(framework: Framework) -> str:
    if framework.package is None:
        return f"{version('townbook')}, {commit()}"
    pins = (REQUIREMENTS / f"{framework.name}.txt").read_text(encoding="utf-8").splitlines()
    names = (line.partition("#")[0].strip().partition("==") for line in pins)
    return next(pinned for name, _, pinned in names if name == framework.package)


class Board:
    """The tables as they stand: a row put replaces the one of that framework, and is saved."""

    def __init__(self, folder: Path, measured_on: str) -> None:
        self._folder = folder
        self._measured_on = measured_on
        self._tables: dict[str, dict[Cell, Measured]] = {kind: {} for kind in TITLES}
        path = folder / "peers.json"
        if path.is_file():
            kinds = {title: kind for kind, title in TITLES.items()}
            for table in read(path).tables:
                for row in table.rows:
                    values = dict(zip(table.columns, row, strict=True))
                    self._tables[kinds[table.title]][values["framework"]] = values

    def put(self, kind: str, row: Measured) -> None:
        """Takes the row into its table and writes the result."""
        self._tables[kind][row["framework"]] = row
        write("peers", COMMAND, list(self._rendered()), self._folder)

    def own_passages(self) -> int | None:
        """How many passages this project cut the articles into, where it was measured."""
        passages = self._tables["default"].get(FRAMEWORKS[0].title, {}).get("passages")
        return passages if isinstance(passages, int) else None

    def _rendered(self) -> Iterator[Table]:
        order = [framework.title for framework in FRAMEWORKS]
        for kind, rows in self._tables.items():
            if not rows:
                continue
            columns = TENTH_COLUMNS if kind == "tenth" else COLUMNS
            if kind == "tenth":
                _compare(rows)
            ordered = [rows[title] for title in order if title in rows]
            cells = tuple(tuple(row.get(column) for column in columns) for row in ordered)
            yield Table(TITLES[kind], f"{self._measured_on}\n\n{ABOUT[kind]}", columns, cells)


def _compare(rows: Mapping[Cell, Measured]) -> None:
    bare = rows.get(BARE, {}).get("build CPU s")
    for row in rows.values():
        cost = row.get("build CPU s")
        if isinstance(bare, float) and isinstance(cost, float):
            row["times the bare loop"] = cost / bare


def _hits(found: Sequence[Sequence[str]]) -> list[Hit]:
    """What a peer found, as the values that our own rule for evidence looks at."""
    hits = []
    for rank, (source, text) in enumerate(found, 1):
        document = Document("", source, text, "", "", "und", "text")
        whole = Span(0, len(text))
        hits.append(Hit(rank, 0.0, Passage("", 0, whole, (whole,), ()), document))
    return hits


def _questions(file: Path | None) -> tuple[Question, ...]:
    if file is None:
        _say("no --questions: evidence@10 is left out, and titles are asked for")
        return ()
    with file.open("rb") as lines:
        return read_questions(parse(lines, file.name))


def _query(question: Question) -> str:
    """A question; a follow-up with the questions before it, which no peer would know of."""
    earlier = (turn.content for turn in question.history if turn.role == "user")
    return " ".join([question.question, *earlier])


def _titles(articles: Sequence[Path]) -> list[str]:
    lines = (path.read_text(encoding="utf-8").strip() for path in articles)
    return [text.splitlines()[0][:200] for text in lines if text]


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description=(__doc__ or "").partition("\n")[0]
    )
    names = [framework.name for framework in FRAMEWORKS]
    parser.add_argument("--articles", type=Path, required=True, help="folder to measure on")
    parser.add_argument("--questions", type=Path, help="question set over them")
    parser.add_argument(
        "--only", type=_listed(names), default=names, help=f"of {', '.join(names)} (default: all)"
    )
    parser.add_argument(
        "--chunking",
        type=_listed(list(TITLES)),
        default=list(TITLES),
        help=f"tables to measure, of {', '.join(TITLES)} (default: all)",
    )
    parser.add_argument(
        "--passages",
        type=int,
        help="how many passages to cut to when matched (default: as this project's row says)",
    )
    parser.add_argument("--environments", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--results", type=Path, default=FOLDER)
    return parser.parse_args(argv)


def _listed(known: Sequence[str]) -> Callable[[str], list[str]]:
    def parse(text: str) -> list[str]:
        names = text.split(",")
        unknown = [name for name in names if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(
                f"got {', '.join(unknown)}; expected of {', '.join(known)}"
            )
        return names

    return parse


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
