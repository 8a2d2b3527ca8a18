"""Being told when something happens in a folder, by the system.

Knows which names cannot matter, and where no events are to be expected: a drive of another
machine tells nobody here what is written there. Refuses to know what a change means: whoever
is told looks for himself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from corpus.readers import SUFFIXES

# File systems whose files another machine may write, as Linux lists them.
_ELSEWHERE = frozenset(
    (  # noqa: SIM905 - as a list it is half a page
        "9p afs ceph cifs fuse.gvfsd-fuse fuse.rclone fuse.s3fs fuse.sshfs glusterfs lustre"
        " ncpfs nfs nfs4 smb3 smbfs vboxsf virtiofs"
    ).split()
)
_MOUNTS = Path("/proc/self/mounts")
_STOP_MILLISECONDS = 500  # at most that long until a stopped watch has ended


class Watcher(Protocol):
    """Tells of events until it is closed."""

    @property
    def is_reliable(self) -> bool:
        """Whether a change in any of the folders can be expected to be told."""

    def close(self) -> None:
        """Tells no more, and has ended its threads."""


def may_matter(path: str) -> bool:
    """Whether a change of ``path`` may be one to an article, or to a folder of them.

    Hidden files, editors' and office programs' temporary ones, and kinds nobody reads are not.
    """
    name = Path(path).name
    if name.startswith((".", "~$")):
        return False
    return Path(name).suffix.lower() in SUFFIXES or not Path(path).is_file()


class SystemWatcher:
    """Calls ``tell`` from threads of its own when something happens below ``roots``.

    And once when it has begun to be told: what happened since it was made may have been missed.
    """

    def __init__(
        self, roots: Sequence[str], tell: Callable[[], None], mounts: Path = _MOUNTS
    ) -> None:
        """``roots`` are there; of a root that is a file, its folder is watched for that file."""
        self._tell = tell
        self._stop = threading.Event()
        self._failed = False
        folders = [root for root in roots if Path(root).is_dir()]
        files = [root for root in roots if Path(root).is_file()]
        # A file is replaced under its name when it is saved, and a watch on it would end.
        parents = sorted({str(Path(file).parent) for file in files})
        self._far = any(is_elsewhere(path, mounts) for path in (*folders, *parents))
        self._threads = [
            threading.Thread(target=self._run, args=args, name="watch", daemon=True)
            for args in ((folders, True, None), (parents, False, frozenset(files)))
            if args[0]
        ]
        for thread in self._threads:
            thread.start()

    @property
    def is_reliable(self) -> bool:
        return not (self._failed or self._far)

    def close(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, paths: Sequence[str], recursive: bool, only: frozenset[str] | None) -> None:
        # Imported here: a question watches nothing.
        from watchfiles import watch

        listening = False
        try:
            for changes in watch(
                *paths,
                watch_filter=lambda _change, path: (
                    path in only if only is not None else may_matter(path)
                ),
                stop_event=self._stop,
                rust_timeout=_STOP_MILLISECONDS,
                raise_interrupt=False,
                recursive=recursive,
                ignore_permission_denied=True,
                yield_on_timeout=True,
            ):
                # The first time the system has begun to tell: what happened until then was not
                # told, whoever looked before.
                if changes or not listening:
                    self._tell()
                listening = True
        # The system's limit of watches, a folder that went, or an error of the library's own:
        # whichever, no events come from here any more.
        except Exception:  # noqa: BLE001 - looking now and then goes on, more often
            self._failed = True
            self._tell()


def is_elsewhere(path: str, mounts: Path = _MOUNTS) -> bool:
    """Whether ``path`` lies on a file system that other machines may write, as far as is known."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False  # not Linux: its events come from network drives as well, or nobody knows
    kind, longest = "", -1
    for line in lines:
        _device, place, found, *_rest = line.split(" ")
        place = place.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if len(place) > longest and Path(path).is_relative_to(place):
            kind, longest = found, len(place)
    return kind in _ELSEWHERE
