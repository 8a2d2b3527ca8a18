"""What an index costs, stage by stage: the first build, a refresh without changes, one of 1 %.

    python -m benchmarks.build [--articles DIR]

Models are prepared beforehand, as by `townbook models` and the first question. CPU time is that
of the process and of the readers it started.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.child import run
from benchmarks.homes import MODELS, options, path_of
from benchmarks.results import Row, Table, write
from index import IndexingEncoder
from index.encoders import DEFAULT_MODEL, load_encoder
from index.home import Home
from index.refresh import Progress, refresh
from index.snapshot import open_current

STAGES = ("look", "read", "embed", "write")
CHANGED_SHARE = 100  # one file in so many


def main(argv: Sequence[str]) -> None:
    """Build with each packaged model; every refresh in a process of its own."""
    if argv[:1] == ["--child"]:
        articles, home = Path(argv[1]), Path(argv[2])
        print(json.dumps(measured(articles, home, model=argv[3])))
        return
    chosen = options(argv, __doc__)
    rows: list[Row] = []
    for model in MODELS:
        kept = path_of(chosen.articles, chosen.homes, model)
        load_encoder(model, kept).encode_queries(["ready"])
        with tempfile.TemporaryDirectory() as place:
            articles, home = Path(place, "articles"), Path(place, "home")
            shutil.copytree(chosen.articles, articles)
            home.mkdir()
            (home / "models").symlink_to(kept / "models")
            for work in ("first build", "nothing changed", "1 % changed"):
                if work == "1 % changed":
                    _change(articles)
                child = [sys.executable, "-m", "benchmarks.build", "--child"]
                finished = run([*child, articles, home, model], timeout_seconds=7200)
                if finished.returncode:
                    sys.exit(finished.stderr)
                found = json.loads(finished.stdout.splitlines()[-1])
                rows.append((model, work, *found, finished.peak_mib))
                print(rows[-1], file=sys.stderr, flush=True)
    table = Table(
        "Building and refreshing",
        "CPU seconds by stage, readers' processes included; wall seconds on a machine that may be"
        " busy otherwise; peak memory of the whole tree. A refresh of 1 % appends a sentence to"
        " one article in a hundred. Starting the process is not counted, loading the encoder is.",
        (
            *("model", "work", "documents", "passages", "embedded"),
            *(f"{stage} CPU s" for stage in STAGES),
            *("all CPU s", "all wall s", "peak MiB"),
        ),
        tuple(rows),
    )
    write("build", "python -m benchmarks.build --articles ARTICLES", [table])


def _change(articles: Path) -> None:
    files = sorted(path for path in articles.rglob("*") if path.is_file())
    for path in files[::CHANGED_SHARE]:
        with open(path, "a", encoding="utf-8") as file:
            file.write("\n\nA bench was painted in the colour of the old town hall.\n")


def measured(
    articles: Path,
    home: Path,
    encoder: IndexingEncoder | None = None,
    model: str = DEFAULT_MODEL,
) -> list[object]:
    """One refresh: documents, passages, embedded, CPU s by stage, all CPU s, wall s.

    With ``model``, unless there is an ``encoder`` already.
    """
    spent = dict.fromkeys(STAGES, 0.0)
    stage, since = "look", _cpu()

    def note(progress: Progress) -> None:
        nonlocal stage, since
        now = _cpu()
        spent[stage] += now - since
        stage, since = progress.stage, now

    started, before = time.perf_counter(), _cpu()
    # A pool of its own, as a person's refresh has: its readers end, and are accounted for, before
    # anything is embedded.
    encoder = encoder or load_encoder(model, home)
    report = refresh(home, [str(articles)], encoder, progress=note)
    spent[stage] += _cpu() - since
    wall, total = time.perf_counter() - started, _cpu() - before
    snapshot = open_current(Home(home))
    counts = [snapshot.document_count, snapshot.passage_count, report.embedded]
    return [*counts, *spent.values(), total, wall]


def _cpu() -> float:
    """CPU seconds of this process and of the children that have ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    main(sys.argv[1:])
