"""A hundred good articles among more bad files: all are found, and each bad one is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.sources import survey
from tests.corpus.bad_files import bad_files, good_docx, good_pdf
from tests.index.workshop import Workshop

GOOD = 100


def sentence(number: int) -> str:
    return f"The town of Exampleville{number:03} opened bath number {number}."


def good_files() -> dict[str, bytes]:
    """A hundred articles, each with a word of its own, in every format."""
    files = {}
    for number in range(GOOD):
        said = sentence(number)
        forms = [
            (".txt", said.encode()),
            (".md", f"# Bath {number}\n\n{said}\n".encode()),
            (".html", f"<html><body><p>{said}</p></body></html>".encode()),
            (".docx", good_docx(said)),
            (".pdf", good_pdf(said)),
            (".csv", f'title,text\nBath,"{said}"\n'.encode()),
            (".jsonl", f'{{"text": "{said}"}}\n'.encode()),
        ]
        suffix, content = forms[number % len(forms)]
        files[f"good/{number:03}{suffix}"] = content
    return files


@pytest.fixture(scope="module")
def made() -> tuple[dict[str, bytes], dict[str, bytes]]:
    return good_files(), bad_files()


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def test_every_good_article_is_found_and_every_bad_file_is_named(
    workshop: Workshop, tmp_path: Path, made: tuple[dict[str, bytes], dict[str, bytes]]
) -> None:
    good, bad = made
    folder = tmp_path / "mixed"
    put(folder, {**good, **bad})
    (folder / "notes.xyz").write_text("no reader")
    report = workshop.refresh(str(folder))
    assert report.added == len(good) == GOOD

    # Every good one is the first hit for its own word, and says its own sentence.
    snapshot = workshop.open()
    for number in range(GOOD):
        [hit] = snapshot.lexical(f"Exampleville{number:03}", "en", 1)
        assert sentence(number) in hit.text

    # Every bad one is listed: path, hash, stage, reason. A bad row names its table.
    listed = {row.source.split("#")[0]: row for row in report.quarantined}
    assert listed.keys() == bad.keys()
    for name, row in listed.items():
        assert row.sha256 == sha256(bad[name]).hexdigest()
        assert row.stage in {"open", "decode", "parse", "text", "limits"}
        assert row.reason
    with closing(sqlite3.connect(workshop.home.library)) as library:
        paths = {
            path
            for (path,) in library.execute(
                "SELECT path FROM files JOIN quarantine ON quarantine.file = files.number"
            )
        }
    assert paths == {str((folder / name).resolve()) for name in bad}

    # Nothing was overlooked: indexed, quarantined and skipped are all the files there are.
    found = survey(folder)
    everything = [path for path in folder.rglob("*") if path.is_file()]
    assert GOOD + len(listed) + len(found.skipped) == len(everything)

    # The same bytes are not parsed again; a mended file leaves by itself.
    before = _noted(workshop)
    again = workshop.refresh(str(folder))
    assert (again.snapshot, again.unchanged) == (report.snapshot, GOOD)
    assert len(again.quarantined) == len(report.quarantined)
    assert _noted(workshop) == before
    (folder / "text" / "empty.txt").write_text(sentence(777))
    mended = workshop.refresh(str(folder))
    assert mended.added == 1
    assert "text/empty.txt" not in {row.source for row in mended.quarantined}
    assert len(mended.quarantined) == len(report.quarantined) - 1


def _noted(workshop: Workshop) -> list[tuple[object, ...]]:
    """The rows of the quarantine, but for their last day, with numbers that new ones would lack."""
    with closing(sqlite3.connect(workshop.home.library)) as library:
        return library.execute(
            "SELECT rowid, file, source, sha256, stage, reason FROM quarantine ORDER BY rowid"
        ).fetchall()


ODD_NAMES = [
    "-rf",
    "a b",
    "ünï",
    "名前",
    "it's",
    'qu"ote',
    "semi;colon",
    "per%cent",
    "new\nline",
    "😀",
]


@pytest.mark.long
def test_ten_thousand_files_with_odd_names_are_all_accounted_for(
    workshop: Workshop, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    for number in range(10_000):
        name = ODD_NAMES[number % len(ODD_NAMES)]
        suffix = (".txt", ".md", ".bin", ".html", "")[number // 10 % 5]
        path = folder / f"{number // 100:03}" / f"{name} {number}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("" if number % 97 == 0 else f"Street {number} got {number} trees.\n")
    report = workshop.refresh(str(folder))
    skipped = survey(folder).skipped
    assert len(skipped) == 4_000
    assert len({row.source for row in report.quarantined}) == len(report.quarantined) > 50
    assert report.added + len(report.quarantined) + len(skipped) == 10_000
    [hit] = workshop.open().lexical("street 9950 trees", "en", 1)
    assert hit.text == "Street 9950 got 9950 trees."
