"""Why a language model's words are not used: one error, with a code and a line for a person."""

from __future__ import annotations

from corpus.errors import TownbookError


class Unavailable(TownbookError):
    """The endpoint gave no usable words. ``reason`` is a short code; a retry may help later.

    "unreachable" | "silent" | "busy" | "fault" | "denied" | "unknown" | "redirected" |
    "refused" | "cut" | "malformed" | "empty" | "too-long" | "leak" | "resting"
    """

    def __init__(self, reason: str, found: str, expected: str, remedy: str) -> None:
        super().__init__(found, expected, remedy)
        self.reason = reason
