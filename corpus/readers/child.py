"""The parent's end of one reader's child process (corpus.readers.worker).

Knows how to start it, talk to it against the clock, and read its death. It refuses to parse,
and to choose which file comes next.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, TypeVar

from corpus import Document
from corpus.document_json import document_from_json
from corpus.errors import TownbookError
from corpus.readers import Failure
from corpus.web.links import Listing

T = TypeVar("T")

_START_SECONDS = 60.0  # a first start may have to compile every module, on a busy machine
_MOST_REPLY_BYTES = 512 * 2**20  # for one file; a table of 50 MB stays far below

# What a child may know of its surroundings: enough to start Python, and no secret.
_INHERITED = (  # noqa: SIM905 - as a list it is a page of one name a line
    "PATH HOME TMPDIR TEMP TMP SYSTEMROOT LANG LC_ALL LC_CTYPE TZ LD_LIBRARY_PATH "
    "DYLD_LIBRARY_PATH VIRTUAL_ENV PYTHONHOME PYTHONPATH PYTHONPYCACHEPREFIX "
    "PYTHONDONTWRITEBYTECODE"
).split()


class Child:
    """One child process and our ends of its pipes; used by one thread at a time."""

    def __init__(self, memory_bytes: int, cpu_seconds: int) -> None:
        # exec, never fork: the parent may have threads, and locks held by them.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [
                *(sys.executable, "-P", "-m", "corpus.readers.worker"),
                *(str(memory_bytes), str(cpu_seconds)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(os.environ),
            # A Ctrl-C is for the parent, which then ends its children in order. Not a session
            # of its own: Linux shares the processor between sessions first, and a child of a
            # refresh at low priority would take as much of it as those who ask questions.
            process_group=0,
        )
        self._lock = threading.Lock()
        self._is_waited_for = False
        self._timed_out = False
        self._retires = False

    def wait_until_ready(self) -> None:
        """Return once the child answers; TownbookError if it ends instead."""
        if (
            self._exchange(lambda replies: replies.readline(64), _START_SECONDS)
            != b'{"ready": true}\n'
        ):
            raise TownbookError(
                f"the reading process did not start ({self._ending()})",
                "a Python that can import corpus.readers.worker",
                f"run {sys.executable} -m corpus.readers.worker 1610612736 20 to see why",
            )

    def is_usable(self) -> bool:
        return not self._retires and self._process.poll() is None

    def parse(
        self, source: str, name: str, url: str | None, data: bytes, timeout_seconds: float
    ) -> tuple[tuple[Document, ...], tuple[Failure, ...]]:
        """What the child makes of ``data``; its death is one more failure."""
        documents: list[Document] = []
        failures: list[Failure] = []

        def take(reply: dict[str, Any]) -> None:
            if "document" in reply:
                documents.append(document_from_json(reply["document"]))
            else:
                failures.append(Failure(**reply["failure"]))

        header = {"source": source, "name": name, "url": url}
        death = self._ask(header, source, data, take, timeout_seconds)
        return tuple(documents), (*failures, *([death] if death else []))

    def links(self, url: str, data: bytes, timeout_seconds: float) -> Listing | Failure:
        """What the child finds listed in ``data``, a feed or a sitemap fetched from ``url``."""
        found: list[Listing | Failure] = []

        def take(reply: dict[str, Any]) -> None:
            if "listing" in reply:
                found.append(Listing.from_json(reply["listing"]))
            else:
                found.append(Failure(**reply["failure"]))

        death = self._ask({"links": True, "url": url}, url, data, take, timeout_seconds)
        return death or found[0]

    def _ask(
        self,
        header: dict[str, Any],
        source: str,
        data: bytes,
        take: Callable[[dict[str, Any]], None],
        timeout_seconds: float,
    ) -> Failure | None:
        """Hand every reply to ``take``; what the child died of, if it did."""

        def talk(replies: IO[bytes]) -> bool:
            self._request(header, data)
            left = _MOST_REPLY_BYTES
            while (line := replies.readline(left)).endswith(b"\n"):
                left -= len(line)
                reply = json.loads(line)
                if "done" in reply:
                    self._retires = bool(reply["retire"])
                    return True
                take(reply)
            return False

        try:
            finished = self._exchange(talk, timeout_seconds)
        except (OSError, ValueError, KeyError, TypeError):
            finished = False  # a broken pipe, or a frame that is none
        if finished:
            return None
        self._retires = True
        self.kill()
        return self._failure(source, timeout_seconds)

    def kill(self) -> None:
        """End the process now; harmless when it has ended."""
        self._process.kill()

    def close(self) -> None:
        """End the process, wait for it and close the pipes."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                pass  # unsent bytes of a request nobody waits for any more

    def _request(self, header: dict[str, Any], data: bytes) -> None:
        requests = self._process.stdin
        assert requests is not None  # noqa: S101 - given to Popen as PIPE
        line = json.dumps({**header, "size": len(data)}).encode("ascii")
        requests.write(line + b"\n" + data)
        requests.flush()

    def _exchange(self, talk: Callable[[IO[bytes]], T], seconds: float) -> T:
        """``talk`` over the child's stdout; the child is killed after ``seconds``."""
        replies = self._process.stdout
        assert replies is not None  # noqa: S101 - given to Popen as PIPE
        clock = threading.Timer(seconds, self._time_out)
        clock.daemon = True
        self._is_waited_for = True
        clock.start()
        try:
            return talk(replies)
        finally:
            clock.cancel()
            with self._lock:  # from here on a late clock finds nobody to kill
                self._is_waited_for = False

    def _time_out(self) -> None:
        with self._lock:
            if self._is_waited_for:
                self._timed_out = True
                self.kill()

    def _failure(self, source: str, timeout_seconds: float) -> Failure:
        if self._timed_out:
            return Failure(source, "limits", f"took longer than {timeout_seconds:g} seconds")
        self._process.wait()
        stage = "limits" if -self._process.returncode in _LIMIT_SIGNALS else "parse"
        return Failure(source, stage, f"the reader ended: {self._ending()}")

    def _ending(self) -> str:
        code = self._process.poll()
        if code is None:
            return "no answer"
        if code >= 0:
            return f"exit status {code}"
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"


# How the system ends a process that used too much: CPU time, or memory.
_LIMIT_SIGNALS = frozenset(
    int(getattr(signal, name))
    for name in ("SIGXCPU", "SIGKILL", "SIGABRT")
    if hasattr(signal, name)
)


def _environment(parent: Mapping[str, str]) -> dict[str, str]:
    """The child's environment: ours where it is harmless, and where this package lies."""
    environment = {name: parent[name] for name in _INHERITED if name in parent}
    here = str(Path(__file__).resolve().parents[2])
    paths = [here, *filter(None, [environment.get("PYTHONPATH")])]
    environment["PYTHONPATH"] = os.pathsep.join(paths)
    environment["PYTHONUTF8"] = "1"
    # Each thread of a numerical library reserves address space, and none has work here.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        environment[name] = "1"
    environment["MALLOC_ARENA_MAX"] = "2"
    return environment
