"""Files that are written or go away while a refresh reads them: read again, never lost for good."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from index.refresh import Progress
from tests.index.workshop import Workshop

Growing = Callable[[Path], AbstractContextManager[None]]
MORE = "The baths are closed in winter, when the harbour freezes over.\n"


@pytest.fixture
def growing(monkeypatch: pytest.MonkeyPatch) -> Growing:
    """Within its block, a file gets one more line each time some of a file has been read."""

    @contextmanager
    def grow(path: Path) -> Iterator[None]:
        class Hash:
            def __init__(self) -> None:
                self._hash = hashlib.sha256()

            def update(self, chunk: bytes) -> None:
                self._hash.update(chunk)
                with path.open("a") as file:
                    file.write(MORE)

            def hexdigest(self) -> str:
                return self._hash.hexdigest()

        with monkeypatch.context() as patched:
            patched.setattr("corpus.raw.sha256", Hash)
            yield

    return grow


def test_a_new_file_that_grows_while_it_is_read_is_named_and_read_by_the_next_refresh(
    workshop: Workshop, growing: Growing
) -> None:
    path = workshop.write("new.txt", "New baths\n\nAntwerp (BE) opened a swimming place.\n")
    with growing(path):
        report = workshop.refresh()
    assert report.added == 5
    assert [(row.source, row.stage, row.reason) for row in report.quarantined] == [
        ("new.txt", "open", "kept changing while being read")
    ]
    report = workshop.refresh()
    assert (report.added, report.quarantined) == (1, ())
    document = workshop.open().find_document("new.txt")
    assert document is not None
    assert document.text.endswith(MORE.strip())


def test_a_known_file_that_grows_while_it_is_read_stays_as_it_was_until_it_stands(
    indexed: Workshop, growing: Growing
) -> None:
    before = indexed.open().find_document("harbour.txt")
    path = indexed.folder / "harbour.txt"
    path.write_text(path.read_text() + MORE)
    with growing(path):
        report = indexed.refresh()
    assert (report.changed, report.removed, report.unchanged) == (0, 0, 5)
    assert [row.source for row in report.quarantined] == ["harbour.txt"]
    assert indexed.open().find_document("harbour.txt") == before
    report = indexed.refresh()
    assert (report.changed, report.quarantined) == (1, ())


@pytest.mark.parametrize("is_known", [True, False], ids=["known", "new"])
def test_a_file_that_vanishes_after_it_was_found_is_read_when_it_is_back(
    indexed: Workshop, is_known: bool
) -> None:
    text = "Baths\n\nAntwerp (BE) opened a swimming place.\n"
    name = "harbour.txt" if is_known else "new.txt"
    path = indexed.write(name, text)

    def vanish(step: Progress) -> None:
        if step.stage == "look" and step.done == step.total:
            path.unlink(missing_ok=True)

    report = indexed.refresh(progress=vanish)
    assert [(row.source, row.reason) for row in report.quarantined] == [
        (name, "vanished while being read")
    ]
    assert report.unchanged == 5
    indexed.write(name, text)
    report = indexed.refresh()
    assert (report.added, report.changed) == ((0, 1) if is_known else (1, 0))
    assert report.quarantined == ()
