"""One refresh or purge at a time, in a process of its own, for whoever goes on answering meanwhile.

Knows how to start such a process, follow what it says, and end it for sure. Refuses to read,
embed or publish anything itself, and to know why a refresh was wanted. Ending it at any moment
is safe: what was published before stands, and what was read is kept (index.publishing).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import IO, Any, Literal

from assistant.settings import PREFIX, Settings
from corpus.errors import Busy, TownbookError, UsageError

# The lowest there is. Beside a job that embeds, p95 of questions rose by 13 and 20 % in two runs of
# benchmarks/refresh_beside.py and fell, by what else ran, in a third.
NICENESS = 19
GRACE_SECONDS = 5.0  # from being asked to end until being killed
_SPEAKER = "townbook: "  # before each line that is meant for people
_MOST_REMARKS = 50
_LLM = f"{PREFIX}LLM_"
_MOST_LINE = 64 * 1024  # bytes of one line on the error stream

# From the sources to add, and whether web addresses are asked for what is new.
Command = Callable[[Sequence[str], bool], Sequence[str]]
# From the name of the article that is to go.
PurgeCommand = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class JobState:
    """The present refresh, or the last one; "idle" when there was none yet."""

    state: Literal["idle", "running", "done", "failed", "cancelled"] = "idle"
    started: str | None = None  # ISO 8601, UTC
    finished: str | None = None
    stage: str = ""  # "look" | "fetch" | "read" | "embed" | "write" while it runs
    done: int = 0  # units of this stage
    total: int = 0  # 0: not known yet
    report: Mapping[str, Any] | None = None  # as `townbook refresh --json` prints it
    remarks: tuple[str, ...] = ()  # sources that were left as they are, one line each
    error: str | None = None

    @property
    def is_running(self) -> bool:
        return self.state == "running"

    def to_json(self) -> dict[str, Any]:
        """The published form, ready for json.dumps."""
        return asdict(self) | {"remarks": list(self.remarks)}


class RefreshJobs:
    """Starts refreshes, follows them and ends them. Threads may share it."""

    def __init__(
        self,
        command: Command,
        *,
        purging: PurgeCommand | None = None,
        environment: Mapping[str, str] | None = None,
        grace_seconds: float = GRACE_SECONDS,
    ) -> None:
        """``command`` makes the command line; it must speak as ``refresh --progress json``.

        So does ``purging``, without which nothing can be purged.
        """
        self._command = command
        self._purging = purging
        self._environment = environment
        self._grace_seconds = grace_seconds
        self._lock = threading.Lock()
        self._state = JobState()
        self._process: subprocess.Popen[bytes] | None = None
        self._follower: threading.Thread | None = None
        self._is_cancelled = False
        self._is_closed = False

    @property
    def state(self) -> JobState:
        """How it stands now."""
        with self._lock:
            return self._state

    def start(
        self, sources: Sequence[str] = (), *, fetch: bool = True, allow_removals: bool = False
    ) -> JobState:
        """Starts a refresh of ``sources``, then remembered, and of all earlier ones.

        Without ``fetch`` pages of the web are taken as they were fetched before. With
        ``allow_removals`` a source may lose any number of its files.

        Raises Busy while one runs here. Another program that refreshes the same home shows as a
        job that failed, with the same words. TownbookError when no process can be started.
        """
        command = list(self._command(sources, fetch))
        return self._run([*command, "--allow-removals"] if allow_removals else command)

    def start_purge(self, article: str) -> JobState:
        """Starts a purge of ``article``; the report has ``source`` and ``documents`` besides.

        Raises as ``start`` does. A purge that is cancelled may have begun: then the next refresh
        finishes it.
        """
        if self._purging is None:
            raise UsageError("got a purge", "a service that was made to purge", "use townbook")
        return self._run(list(self._purging(article)))

    def _run(self, command: list[str]) -> JobState:
        with self._lock:
            if self._state.is_running or self._is_closed:
                raise Busy(
                    "this service is ending" if self._is_closed else "a refresh is running",
                    "one refresh at a time",
                    "wait for it to end, or cancel it",
                )
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own command, and no shell
                    command,
                    stdin=subprocess.PIPE,  # its closing tells the child that we are gone
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=self._environment,
                    # A group of its own: Ctrl-C is for us, and ending it ends its children.
                    # Not a session of its own: Linux shares the processor between sessions
                    # first, so that there a low priority would no longer mean anything.
                    process_group=0,
                )
            except OSError as error:
                raise TownbookError(
                    f"no refresh could be started ({error.strerror or error})",
                    "a system that starts one more process",
                    "try again when there is more room",
                ) from error
            _lower(self._process.pid)
            self._is_cancelled = False
            self._state = JobState("running", started=_now())
            self._follower = threading.Thread(
                target=self._follow, args=(self._process,), name="refresh-job", daemon=True
            )
            self._follower.start()
            return self._state

    def cancel(self) -> JobState:
        """Ends the refresh that runs, if one does, and waits until it is gone."""
        with self._lock:
            process, follower = self._process, self._follower
            if process is None or follower is None or not self._state.is_running:
                return self._state
            self._is_cancelled = True
        _signal_group(process, signal.SIGTERM)
        follower.join(self._grace_seconds)
        if follower.is_alive():
            _signal_group(process, getattr(signal, "SIGKILL", signal.SIGTERM))
            follower.join(self._grace_seconds)
        return self.state

    def wait(self, timeout: float | None = None) -> JobState:
        """The state once no refresh runs, or after ``timeout`` seconds."""
        with self._lock:
            follower = self._follower
        if follower is not None:
            follower.join(timeout)
        return self.state

    def close(self) -> None:
        """Ends what runs and starts nothing more."""
        with self._lock:
            self._is_closed = True
        self.cancel()

    def _follow(self, process: subprocess.Popen[bytes]) -> None:
        """Keep the state up to date until the process is gone."""
        output: list[bytes] = []
        notes: list[str] = []
        assert process.stdout is not None  # noqa: S101 - given to Popen as PIPE
        assert process.stderr is not None  # noqa: S101 - given to Popen as PIPE
        assert process.stdin is not None  # noqa: S101 - given to Popen as PIPE
        reading = threading.Thread(target=_read_all, args=(process.stdout, output), daemon=True)
        reading.start()
        while line := process.stderr.readline(_MOST_LINE):
            self._hear(line.decode("utf-8", "replace").strip(), notes)
        code = process.wait()
        reading.join()
        for pipe in (process.stdin, process.stdout, process.stderr):
            with suppress(OSError):
                pipe.close()
        with self._lock:
            ended = replace(self._state, finished=_now(), stage="", done=0, total=0)
            self._state = _ending(ended, code, b"".join(output), notes, self._is_cancelled)
            self._process = None

    def _hear(self, line: str, notes: list[str]) -> None:
        step = _step(line)
        if step is not None:
            with self._lock:
                self._state = replace(self._state, stage=step[0], done=step[1], total=step[2])
        elif line.startswith(_SPEAKER):
            notes.append(line.removeprefix(_SPEAKER))
            del notes[:-_MOST_REMARKS]


def command_for(settings: Settings) -> Command:
    """The command line that refreshes the home of ``settings`` with its encoder."""

    def command(sources: Sequence[str], fetch: bool) -> list[str]:
        for source in sources:
            if source.startswith("-"):
                raise UsageError(f"got source {source!r}", "no option", "put ./ before its name")
        return [
            # -P: a folder called assistant where the user happens to stand is not ours.
            *(sys.executable, "-P", "-m", "assistant", "refresh", "--json"),
            *("--progress", "json", "--attached"),
            *_over(settings),
            *(() if fetch else ("--no-fetch",)),
            *sources,
        ]

    return command


def purge_command_for(settings: Settings) -> PurgeCommand:
    """The command line that purges an article from the home of ``settings``."""

    def command(article: str) -> list[str]:
        return [
            *(sys.executable, "-P", "-m", "assistant", "purge", "--json"),
            *("--progress", "json", "--attached"),
            *_over(settings),
            *("--", article),  # its name may begin as an option does
        ]

    return command


def _over(settings: Settings) -> tuple[str, ...]:
    home = str(settings.home.absolute())
    return ("--home", home, "--model", settings.model, "--precision", settings.precision)


def environment_for(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """``environ`` with the place this program was imported from, for a child that imports it.

    A refresh asks no language model, so it is not told the key of one.
    """
    kept = {name: value for name, value in environ.items() if not name.startswith(_LLM)}
    return {**kept, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def _ending(
    state: JobState, code: int, output: bytes, notes: Sequence[str], is_cancelled: bool
) -> JobState:
    """What a process that ended with ``code`` left behind."""
    try:
        # 1: done, and something needs attention, which the report and the remarks tell.
        report = json.loads(output) if code in (0, 1) else None
    except ValueError:
        report = None
    if isinstance(report, dict):
        return replace(state, state="done", report=report, remarks=tuple(notes))
    if is_cancelled:
        return replace(state, state="cancelled")
    told = notes[-1] if notes else _unexplained(code)
    return replace(state, state="failed", error=told)


def _unexplained(code: int) -> str:
    how = f"signal {-code}" if code < 0 else f"exit status {code} and no report"
    return f"the refresh ended with {how}; expected a report; run `townbook refresh` to see why"


def _step(line: str) -> tuple[str, int, int] | None:
    """Stage, done and total of a progress line; None for any other line."""
    if not line.startswith("{"):
        return None
    try:
        value = json.loads(line)["progress"]
        return str(value["stage"]), int(value["done"]), int(value["total"])
    except (ValueError, KeyError, TypeError):
        return None


def _read_all(pipe: IO[bytes], into: list[bytes]) -> None:
    into.append(pipe.read())


def _lower(pid: int) -> None:
    """Give the process, and all it will start, the lowest priority."""
    if hasattr(os, "setpriority"):
        # It may have ended already, or be as low as the system lets it.
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, pid, NICENESS)


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    """Send the signal to the process and all its children; nothing when it is gone."""
    if process.poll() is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, number)
        else:
            process.terminate()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
