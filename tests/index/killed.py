"""A refresh that kills itself with SIGKILL before its n-th change to the home.

    python -m tests.index.killed HOME FOLDER STEP [in-place]

Every opening for writing, renaming, making, removing and change of mode below the home is a
step, and so is every stage of progress. STEP 0 never kills and prints how many steps there
were. ``in-place`` publishes as a careless writer would, over the files that are served.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
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


if __name__ == "__main__":
    home, folder, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    if "in-place" in sys.argv:
        updating.publish = in_place  # type: ignore[attr-defined]  # replaced on purpose
    executioner = Executioner(home, last)
    sys.addaudithook(executioner.audit)
    refreshing.refresh(home, [folder], HashingEncoder(), progress=executioner.step)
    print(executioner.steps)
