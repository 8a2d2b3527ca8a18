"""A refresh that kills itself with SIGKILL before its n-th change to the home.

Every opening for writing, renaming, making, removing and change of mode below the home is a
step, and so is every stage of progress.

Each runs in a process of its own, forked off one that has imported what it needs, so that none
spends its time on starting Python.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from index import refresh as refreshing
from index import updating
from index.home import Home
from index.manifest import Manifest
from index.publishing import publish
from tests.index.fakes import HashingEncoder

_CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "os.link"}


class Executioner:
    """Counts steps and ends the process before one of them."""

    def __init__(self, home: Path, last: int) -> None:
        self.home = str(home)
        self.last = last
        self.steps = 0

    def step(self, *_: object) -> None:
        self.steps += 1
        if self.steps == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        changes = event in _CHANGES or (event == "open" and _writes(arguments))
        if changes and str(arguments[0]).startswith(self.home):
            self.step()


def _writes(arguments: tuple[Any, ...]) -> bool:
    _path, mode, flags = arguments
    return bool(mode and set(mode) & set("wax+")) or bool(
        isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    )


def in_place(home: Home, *arguments: Any, **options: Any) -> Manifest:
    """What ``publish`` would write, copied file by file over the snapshot that is served."""
    options["carried"] = ()  # its names would be those of the draft's own files
    draft = Home(home.path.with_name("draft"))
    draft.path.mkdir(exist_ok=True)
    manifest = publish(draft, *arguments, **options)
    served = home.snapshots / "000001"
    for path in sorted(draft.snapshot(manifest.snapshot).rglob("*")):
        target = served / path.relative_to(draft.snapshot(manifest.snapshot))
        if path.is_file() and not (target.exists() and path.samefile(target)):
            shutil.copyfile(path, target)
    shutil.copyfile(draft.current, home.current)
    return manifest


def refreshed(home: Home, folder: Path, last: int, in_place_: bool, told: Connection) -> None:
    """Tells when its first step may come, and how many steps there were; 0 never kills.

    ``in_place_`` publishes as a careless writer would, over the files that are served.
    """
    if in_place_:
        updating.publish = in_place  # type: ignore[attr-defined]  # replaced on purpose
    executioner = Executioner(home.path, last)
    sys.addaudithook(executioner.audit)
    told.send("begins")
    refreshing.refresh(home, [str(folder)], HashingEncoder(), progress=executioner.step)
    told.send(executioner.steps)


class Writer:
    """One such process, at its first step."""

    def __init__(self, home: Path, folder: Path, step: int = 0, *, in_place: bool = False) -> None:
        self._told, told = _PROCESSES.Pipe(duplex=False)
        arguments = (Home(home), folder, step, in_place, told)
        self._process = _PROCESSES.Process(target=refreshed, args=arguments)
        self._process.start()
        told.close()
        assert self._told.recv() == "begins"

    @property
    def running(self) -> bool:
        return self._process.is_alive()

    def wait(self, seconds: float | None = None) -> bool:
        """Whether it ended in time, and then well or killed."""
        self._process.join(seconds)
        assert self._process.exitcode in (None, 0, -signal.SIGKILL)
        return not self.running

    def kill(self) -> None:
        self._process.kill()
        self._process.join()

    def steps(self) -> int:
        """How many there were, from a writer that nobody killed."""
        self.wait()
        return int(self._told.recv())

    @property
    def killed(self) -> bool:
        return self._process.exitcode == -signal.SIGKILL


_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__])
