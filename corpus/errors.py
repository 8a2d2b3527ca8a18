"""The one error tree: what was found, what was expected, what to do.

::

    TownbookError            exit code 3: not possible now
    ├── UsageError           exit code 2: a bad option, path or file given by the caller
    ├── HomeError            the home directory cannot be read or written
    ├── NotReady             no snapshot has been published yet
    ├── Busy                 another process holds the writer's lock
    ├── DamagedSnapshot      a published file no longer has its checksum
    ├── EncoderError         a model is missing, altered, or not the snapshot's own
    └── Unreadable           one source could not be read: becomes a quarantine row

Messages are one line each, meant for the person at the terminal or at the page.
"""

from __future__ import annotations


class TownbookError(Exception):
    """Base of every error this project raises on purpose."""

    exit_code = 3

    def __init__(self, found: str, expected: str, remedy: str) -> None:
        super().__init__(f"{found}; expected {expected}; {remedy}")
        self.found = found
        self.expected = expected
        self.remedy = remedy


class UsageError(TownbookError):
    """The caller gave something that cannot be used."""

    exit_code = 2


class HomeError(TownbookError):
    """The home directory cannot be used as it is."""


class NotReady(TownbookError):
    """Nothing has been indexed yet."""


class Busy(TownbookError):
    """Another process is writing."""


class DamagedSnapshot(TownbookError):
    """A snapshot's files are not those its manifest describes."""


class EncoderError(TownbookError):
    """An encoder is missing, altered, or not the one the snapshot was built with."""


class Unreadable(TownbookError):
    """One source that could not become a document, with the stage that refused it."""

    def __init__(self, stage: str, reason: str) -> None:
        super().__init__(reason, "a readable document", "mend or remove the file")
        self.stage = stage  # "fetch" | "open" | "decode" | "parse" | "text" | "limits"
        self.reason = reason
