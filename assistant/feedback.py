"""What people said of answers, kept in the home until somebody removes it.

Nothing is stored unless a person gives feedback; then the question, the answer and what was said
of it are, for they are what an editor needs to mend it. One SQLite file, feedback.sqlite: safe
between processes, whole after a kill, in every backup. What is removed leaves no byte in the file.
Refuses to know what an answer should have been, and to keep words of an article that is not there.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, get_args

from assistant import Answer
from assistant.jsonlines import Line
from assistant.verify import Texts, verify
from corpus.errors import HomeError, UsageError
from index.home import Home

Reason = Literal[
    "",  # none given
    "wrong",  # it says something that is not so
    "incomplete",  # something is missing from it
    "unsupported",  # a quote does not show what is said
    "outdated",  # newer articles say otherwise
    "unclear",  # hard to read or beside the question
    "refused",  # it says that there is no answer, and there is one
    "other",  # as the comment says
]
REASONS: tuple[Reason, ...] = get_args(Reason)
MOST_COMMENT = 2_000  # code points

FORMAT = 1
_MOST_ANSWER = 1_000_000  # bytes of JSON
_MOST_FILE = 256 * 2**20  # bytes; whoever may ask may give feedback, and must not fill the disk
_WAIT_SECONDS = 10.0  # for another process that is writing
_SCHEMA = """
CREATE TABLE feedback (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    given TEXT NOT NULL,
    useful INTEGER NOT NULL,
    reason TEXT NOT NULL,
    comment TEXT NOT NULL,
    withheld INTEGER NOT NULL,
    answer TEXT NOT NULL
)
"""


class Feedback:
    """feedback.sqlite of one home. Each call opens and closes it; errors are TownbookErrors."""

    def __init__(self, home: Home) -> None:
        """Opens nothing yet."""
        self._home = home
        self._path = home.path / "feedback.sqlite"

    def give(
        self,
        answer: Answer,
        useful: bool,
        reason: str = "",
        comment: str = "",
        *,
        stands: bool,
        now: str,
    ) -> str:
        """Keep what was said of ``answer`` and return its id.

        Unless the answer ``stands``, that is, its quotes are words of articles that are or were
        in the library, its own words and quotes are withheld. ``now`` is ISO 8601 in UTC.
        """
        if reason not in REASONS:
            named = ", ".join(filter(None, REASONS))
            raise UsageError(f"got reason {reason!r}", f"one of {named}, or none", "choose one")
        if len(comment) > MOST_COMMENT:
            raise UsageError(
                f"got a comment of {len(comment):,} characters",
                f"at most {MOST_COMMENT:,}",
                "say it in a sentence or two",
            )
        kept = replace(answer, nearest=())  # a refusal's passages are found again by asking
        if not stands:
            kept = replace(kept, text="", items=(), citations=())
        written = json.dumps(kept.to_json(), ensure_ascii=True)
        if len(written) > _MOST_ANSWER:
            raise UsageError(
                f"got an answer of {len(written):,} bytes", f"at most {_MOST_ANSWER:,}", "ask again"
            )
        id = secrets.token_hex(8)
        row = (id, now, useful, reason, _storable(comment).strip(), not stands, written)
        with self._writing() as connection:
            connection.execute("INSERT INTO feedback VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", row)
        return id

    def listed(self) -> list[dict[str, Any]]:
        """Everything that was said, oldest first, as ``townbook feedback --json`` prints it."""
        if not self._path.exists():
            return []
        with self._errors(), _opened(self._path) as connection:
            self._require_format(connection)
            rows = connection.execute("SELECT * FROM feedback ORDER BY given, number").fetchall()
        return [_row(*row) for row in rows]

    def remove(self, ids: Collection[str] | None = None) -> int:
        """Remove what has these ids, or everything, leaving no byte of it; how many there were."""
        if not self._path.exists():
            return 0
        known = [row["id"] for row in self.listed()]
        return self._erase(known if ids is None else [id for id in known if id in ids])

    def forget(self, sources: Collection[str]) -> int:
        """Remove all that quotes one of ``sources``, which are being purged; how many it was."""
        gone = frozenset(sources)
        return self._erase(
            [
                row["id"]
                for row in self.listed()
                if any(citation["source"] in gone for citation in row["answer"]["citations"])
            ]
        )

    def _erase(self, ids: Collection[str]) -> int:
        if not ids:
            return 0
        with self._writing() as connection:
            connection.executemany("DELETE FROM feedback WHERE id = ?", [(id,) for id in ids])
        with self._errors(), _opened(self._path) as connection:
            connection.execute("VACUUM")  # moved rows leave copies that overwriting does not reach
        return len(ids)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction on the file, which is made when it is missing."""
        self._home.require_writable()
        with self._errors():
            with suppress(FileExistsError):  # private from its first moment on
                os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with _opened(self._path) as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    if connection.execute("PRAGMA user_version").fetchone() == (0,):
                        connection.execute(_SCHEMA)
                        connection.execute(f"PRAGMA user_version = {FORMAT}")
                    self._require_format(connection)
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise

    def _require_format(self, connection: sqlite3.Connection) -> None:
        (format,) = connection.execute("PRAGMA user_version").fetchone()
        if format > FORMAT:
            raise HomeError(
                f"got {self._path} of format {format}",
                f"at most {FORMAT}",
                "use the version of Townbook that wrote it, or a later one",
            )

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise HomeError(
                f"could not use {self._path} ({error})",
                "feedback that can be read and written",
                "look at the disk; a damaged file can be moved away",
            ) from error


def stands(answer: Answer, texts: Texts) -> bool:
    """Whether every quote of ``answer`` is of an article that is, or lately was, in the library."""
    line = Line("the answer", 1, json.loads(json.dumps(answer.to_json())))
    return all(fault.kind != "altered" for fault in verify([line], texts).faults)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    # Whoever reads undoes what a killed process left half done, so needs to write if he may.
    mode = "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
    )
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")  # no copy of what is kept elsewhere
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute(f"PRAGMA max_page_count = {_MOST_FILE // size}")
        yield connection
    finally:
        connection.close()


def _row(
    _number: int,
    id: str,
    given: str,
    useful: int,
    reason: str,
    comment: str,
    withheld: int,
    answer: str,
) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(answer)
    return {
        "id": id,
        "given": given,
        "useful": bool(useful),
        "reason": reason,
        "comment": comment,
        "question": value["question"],
        "snapshot": value["snapshot"],
        "withheld": bool(withheld),
        "answer": value,
    }


def _storable(text: str) -> str:
    """``text`` as SQLite takes it: no NUL, no lone surrogate."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
