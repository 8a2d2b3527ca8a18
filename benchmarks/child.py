"""Runs a command and says what it cost: wall time, CPU time and memory of its whole tree.

CPU time is what the system accounts to the process and to every descendant that was waited for.
Memory is the largest sum of resident sizes seen at one moment; pages shared between processes
count once in each.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import IO

import psutil  # type: ignore[import-untyped]  # ships no types; results are converted here

SAMPLE_SECONDS = 0.05
_MIB = 2**20
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that ended. ``returncode`` is minus the signal when one ended it."""

    returncode: int
    stdout: str
    stderr: str
    wall_seconds: float
    cpu_seconds: float
    peak_mib: float


def run(
    command: Sequence[str | Path],
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    timeout_seconds: float = 3600,
) -> Finished:
    """Runs ``command`` to its end. ``env`` is added to this process's own environment.

    A command that takes longer than ``timeout_seconds`` is killed with its descendants and
    raises TimeoutError; one that cannot be started raises OSError.
    """
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the caller's own command, no shell
            [str(part) for part in command],
            env={**os.environ, **(env or {})},
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
        )
        watch = _Watch(process.pid, timeout_seconds)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        watch.stop()
        process.returncode = os.waitstatus_to_exitcode(status)  # reaped here, not by Popen
        if watch.timed_out:
            raise TimeoutError(f"took longer than {timeout_seconds:g} s: {command[0]}")
        # A process starts with the peak of the one that started it: one no larger says nothing.
        own_peak = usage.ru_maxrss * _MAXRSS_UNIT if usage.ru_maxrss > before else 0
        return Finished(
            returncode=process.returncode,
            stdout=_text(stdout),
            stderr=_text(stderr),
            wall_seconds=wall,
            cpu_seconds=usage.ru_utime + usage.ru_stime,
            peak_mib=max(watch.peak_bytes, own_peak) / _MIB,
        )


class _Watch(Thread):
    """Samples a process tree until told to stop, and ends it when its time is over."""

    def __init__(self, pid: int, timeout_seconds: float) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self.timed_out = False
        self._pid = pid
        self._deadline = time.monotonic() + timeout_seconds
        self._ended = Event()

    def run(self) -> None:
        try:
            root = psutil.Process(self._pid)
        except psutil.NoSuchProcess:
            return
        while not self._ended.is_set():
            tree = _tree(root)
            self.peak_bytes = max(self.peak_bytes, sum(map(_resident, tree)))
            if time.monotonic() > self._deadline:
                self.timed_out = True
                for process in tree:
                    _kill(process)
                return
            self._ended.wait(SAMPLE_SECONDS)

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _tree(root: psutil.Process) -> list[psutil.Process]:
    try:
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0  # it ended between being listed and being looked at


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", errors="replace")
