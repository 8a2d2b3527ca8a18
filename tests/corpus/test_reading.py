"""The pool reads in order, and a file can hurt nobody but itself."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from corpus import Document
from corpus.document_json import document_from_json, document_to_json
from corpus.errors import TownbookError
from corpus.raw import MOST_BYTES
from corpus.reading import Failure, Read, ReaderPool
from corpus.sources import Item, discover

WORDS = "The council opened a workshop where neighbours mend their bicycles together."


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(pause=lambda seconds: None) as one:
        yield one


def read(pool: ReaderPool, folder: Path) -> dict[str, Read]:
    return {one.item.source: one for one in pool.read(discover(folder))}


def failures(reads: dict[str, Read]) -> dict[str, str]:
    return {source: one.failures[0].stage for source, one in reads.items() if one.failures}


def test_results_come_in_the_order_of_the_items(pool: ReaderPool, tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(f"Note {number}\n{WORDS * (40 - number)}")
    reads = [*pool.read(discover(tmp_path))]
    assert [one.item.source for one in reads] == [f"{number:02}.txt" for number in range(40)]
    assert [one.documents[0].title for one in reads] == [f"Note {number}" for number in range(40)]
    assert all(len(one.raw_sha256) == 64 and not one.failures for one in reads)


def docx_of(xml: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("word/document.xml", xml)
    return out.getvalue()


def test_bad_files_among_good_ones_cost_only_themselves(pool: ReaderPool, tmp_path: Path) -> None:
    bad = {
        "bomb.docx": (docx_of(b"<w:p/>" * 5_000_000), "limits"),
        "empty.txt": (b"", "text"),
        "line.txt": (b"word " * 10_000_000, "limits"),
        "oversize.txt": (b"a" * (MOST_BYTES + 1), "limits"),
        "truncated.pdf": (b"%PDF-1.4\n1 0 obj\n<<", "parse"),
        "wrong.pdf": (WORDS.encode(), "parse"),
        "wrong.docx": (WORDS.encode(), "parse"),
        "xxe.docx": (docx_of(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]>'), "parse"),
    }
    good = {
        "a.txt": WORDS.encode(),
        "deep.html": b"<div>" * 20_000 + WORDS.encode(),
        "frames.txt": f'{{"done": true}}\n{{"ready": true}}\n{WORDS}\u2028\x85\r\n'.encode(),
        "latin.txt": "Fête à côté de la forêt".encode("latin-1"),
        "nul.txt": b"\0".join([WORDS.encode()] * 3),
        "z.md": WORDS.encode(),
    }
    for name, raw in {**{name: raw for name, (raw, _) in bad.items()}, **good}.items():
        (tmp_path / name).write_bytes(raw)
    began = time.monotonic()
    reads = read(pool, tmp_path)
    assert time.monotonic() - began < 40
    assert failures(reads) == {name: stage for name, (_, stage) in bad.items()}
    assert {source for source, one in reads.items() if one.documents} == set(good)
    assert all(len(one.raw_sha256) == 64 for one in reads.values())


def test_a_table_gives_documents_and_failures_together(pool: ReaderPool, tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text(f'{{"text": "{WORDS}"}}\nnot json\n{{"text": "{WORDS}"}}\n')
    one = read(pool, tmp_path)["t.jsonl"]
    assert [document.source for document in one.documents] == ["t.jsonl#1", "t.jsonl#3"]
    assert [failure.source for failure in one.failures] == ["t.jsonl#2"]


def test_known_bytes_are_hashed_but_not_parsed(pool: ReaderPool, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / "b.txt").write_text(WORDS + WORDS)
    known = {one.raw_sha256 for one in pool.read(discover(tmp_path)) if one.item.source == "a.txt"}
    first, second = pool.read(discover(tmp_path), known=lambda item, sha256: sha256 in known)
    assert first.known
    assert not first.documents
    assert not first.failures
    assert not second.known
    assert len(second.documents) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="address space is limited on Unix only")
def test_a_file_that_needs_too_much_memory_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "' + b"w" * 30_000_000 + b'"}')
    (tmp_path / "b.txt").write_text(WORDS)
    with ReaderPool(1, memory_bytes=256 * 2**20) as pool:
        reads = read(pool, tmp_path)
    assert failures(reads) == {"a.jsonl": "limits"}
    assert len(reads["b.txt"].documents) == 1


def test_a_file_that_takes_too_long_is_a_failure(tmp_path: Path) -> None:
    # Opening tags without end, each of them an entity to resolve: seconds of work.
    (tmp_path / "a.html").write_bytes(b"<p title='&amp;'>a &lt; b</p>" * 1_500_000)
    (tmp_path / "b.txt").write_text(WORDS)
    (tmp_path / "c.txt").write_text(WORDS)
    with ReaderPool(1, timeout_seconds=1.5) as pool:
        reads = read(pool, tmp_path)
    assert reads["a.html"].failures == (
        Failure("a.html", "limits", "took longer than 1.5 seconds"),
    )
    assert [*failures(reads)] == ["a.html"]


def children() -> list[psutil.Process]:
    return list(psutil.Process().children(recursive=True))


def test_a_child_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(WORDS)
    before = set(children())
    with ReaderPool(1) as pool:
        assert not failures(read(pool, tmp_path))
        for child in set(children()) - before:
            child.kill()
            child.wait()
        assert not failures(read(pool, tmp_path))


def test_closing_leaves_no_process_behind(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>a &lt; b</p>" * 3_000_000)
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(WORDS)
    before = set(children())
    began = time.monotonic()
    with ReaderPool() as pool:
        reads = pool.read(discover(tmp_path))
        assert next(reads).documents
        assert set(children()) - before
        with pytest.raises(KeyboardInterrupt):
            reads.throw(KeyboardInterrupt)
    assert set(children()) == before
    assert time.monotonic() - began < 10


def test_two_threads_may_read_at_once(pool: ReaderPool, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for number in range(10):
            (tmp_path / name / f"{number}.txt").write_text(f"{name} {number}\n{WORDS}")
    titles: dict[str, list[str]] = {}

    def run(name: str) -> None:
        reads = pool.read(discover(tmp_path / name))
        titles[name] = [one.documents[0].title for one in reads]

    threads = [threading.Thread(target=run, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = {name: [f"{name} {number}" for number in range(10)] for name in ("one", "two")}
    assert titles == expected


def test_children_that_cannot_start_are_nobodys_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    with ReaderPool(memory_bytes=1) as pool, pytest.raises(TownbookError, match="did not start"):
        read(pool, tmp_path)


def test_a_child_sees_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOWNBOOK_LLM_API_KEY", "secret")
    (tmp_path / "a.txt").write_text(WORDS)
    before = set(children())
    with ReaderPool(1) as pool:
        read(pool, tmp_path)
        (child,) = set(children()) - before
        assert "TOWNBOOK_LLM_API_KEY" not in child.environ()


def item_of(path: Path) -> Item:
    facts = path.stat()
    return Item(path.name, str(path.parent), path, facts.st_size, facts.st_mtime_ns)


def test_a_file_that_vanished_is_a_failure_to_open(pool: ReaderPool, tmp_path: Path) -> None:
    path = tmp_path.resolve() / "a.txt"
    path.write_text(WORDS)
    item = item_of(path)
    path.unlink()
    (one,) = pool.read([item])
    assert one.failures == (Failure("a.txt", "open", "vanished while being read"),)
    assert one.raw_sha256 == ""


def test_a_file_that_became_a_link_is_not_followed(pool: ReaderPool, tmp_path: Path) -> None:
    path, private = tmp_path.resolve() / "a.txt", tmp_path / "private"
    path.write_text(WORDS)
    private.write_text(WORDS)
    item = item_of(path)
    path.unlink()
    path.symlink_to(private)
    (one,) = pool.read([item])
    assert one.documents == ()
    assert one.failures[0].stage == "open"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_file_that_became_a_fifo_keeps_nobody_waiting(pool: ReaderPool, tmp_path: Path) -> None:
    path = tmp_path.resolve() / "a.txt"
    path.write_text(WORDS)
    item = item_of(path)
    path.unlink()
    os.mkfifo(path)
    (one,) = pool.read([item])
    assert one.failures == (Failure("a.txt", "open", "not a regular file"),)


def test_a_vanished_file_that_comes_back_is_read(tmp_path: Path) -> None:
    path = tmp_path.resolve() / "a.txt"
    path.write_text(WORDS)
    item = item_of(path)
    path.unlink()

    def bring_back(seconds: float) -> None:
        path.write_text(WORDS)

    with ReaderPool(1, pause=bring_back) as pool:
        (one,) = pool.read([item])
    assert len(one.documents) == 1


def test_a_document_survives_json(pool: ReaderPool, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f"---\npublished: 2020-01-02\nurl: https://x.example\nkey: värde\n---\n# One\n{WORDS}\n"
    )
    (one,) = pool.read(discover(tmp_path))
    (document,) = one.documents
    assert isinstance(document, Document)
    assert document.headings
    assert document.published
    assert document_from_json(json.loads(json.dumps(document_to_json(document)))) == document


def worker(code: str, requests: bytes, tmp_path: Path) -> list[dict[str, object]]:
    """The frames of a worker that runs ``code`` first, started far from the checkout."""
    checkout = Path(__file__).parents[2]
    program = f"import corpus.readers.worker as worker\n{code}\nworker.main({2**30}, 20)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        input=requests,
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def request(raw: bytes, name: str = "a.txt") -> bytes:
    header = {"source": name, "name": name, "url": None, "size": len(raw)}
    return json.dumps(header).encode() + b"\n" + raw


def test_what_a_parser_prints_never_reaches_the_frames(tmp_path: Path) -> None:
    code = (
        "import os\n"
        "honest = worker.parse\n"
        "def parse(*args):\n"
        "    print('{\"done\": true}', flush=True)\n"
        "    os.write(1, b'noise')\n"
        "    return honest(*args)\n"
        "worker.parse = parse\n"
    )
    frames = worker(code, request(WORDS.encode()) * 2, tmp_path)
    kinds = [next(iter(frame)) for frame in frames]
    assert kinds == ["ready", "document", "done", "document", "done"]


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=1)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
    ],
)
def test_a_parser_can_open_no_connection_and_start_no_program(act: str, tmp_path: Path) -> None:
    code = f"def parse(*args):\n    {act}\n    yield\nworker.parse = lambda *args: refused(parse)\n"
    code += (
        "from corpus.readers import Failure\n"
        "def refused(parse):\n"
        "    try:\n"
        "        list(parse())\n"
        "    except OSError as error:\n"
        "        yield Failure('a.txt', 'parse', str(error))\n"
    )
    _, failure, _ = worker(code, request(b""), tmp_path)
    assert "a reader may not do" in str(failure)


def test_a_module_in_the_working_directory_is_never_imported(
    pool: ReaderPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(WORDS)
    for name in ("json", "corpus", "yaml", "py3langid"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    with ReaderPool(1) as fresh:
        assert not failures(read(fresh, tmp_path / "docs"))
