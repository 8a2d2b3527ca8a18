"""A command that ends with the program that started it.

Knows one thing: a pipe closes when the program at its other end is gone, however it went. What
was being done is left as a kill leaves it, so this is for commands for which that is safe.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from typing import BinaryIO


def end_with(stdin: BinaryIO, end: Callable[[], None] | None = None) -> threading.Thread:
    """Calls ``end`` (by default SIGTERM to this process) once ``stdin`` closes.

    Returns the thread that waits for it.
    """
    number = stdin.fileno()
    waiting = threading.Thread(target=_wait, args=(number, end or _terminate), daemon=True)
    waiting.start()
    return waiting


def _wait(number: int, end: Callable[[], None]) -> None:
    # Not through the stream: at a normal end Python would wait for a thread that holds its lock.
    try:
        while os.read(number, 1024):
            continue
    except OSError:
        return  # closed by ourselves, at a normal end
    end()


def _terminate() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
