"""What is asked of a service by those who look after its library: the page, HTTP and commands.

Knows names and what is promised, and nothing of how it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from assistant.incoming import Outcome
    from assistant.jobs import JobState


class Jobs(Protocol):
    """Refreshes in a process of their own, one at a time: see assistant.jobs."""

    @property
    def state(self) -> JobState:
        """How it stands now."""

    def start(self, *, fetch: bool = ..., allow_removals: bool = ...) -> JobState:
        """Starts one, which asks web addresses or not. Raises Busy while one runs."""

    def cancel(self) -> JobState:
        """Ends the one that runs, if one does, and waits until it is gone."""


class Keeping(Protocol):
    """The part of the service that keeps the library; errors are TownbookErrors."""

    @property
    def jobs(self) -> Jobs:
        """Refreshes beside the answers."""

    def sources(self) -> Sequence[str]:
        """What refresh looks at."""

    def source_states(self) -> list[dict[str, Any]]:
        """Every source with what was read of it."""

    def add_source(self, source: str) -> bool:
        """Remembers a source; False when it was known."""

    def remove_source(self, source: str) -> bool:
        """Forgets a source; False when it was not known."""

    def put_article(self, name: str, content: bytes, *, replace: bool = False) -> Outcome:
        """Keeps an article in the home's own folder."""

    def quarantine(self) -> list[dict[str, str]]:
        """Every file that could not be read, by source."""

    def read_again(self, sources: Sequence[str] = ()) -> JobState:
        """Starts a refresh that reads quarantined files again, all or those named."""

    def purge_beside(self, article: str) -> JobState:
        """Starts to remove an article with every byte made of it."""

    def digest(self, since: str) -> dict[str, Any]:
        """What is new since a day, a moment or a snapshot."""

    def publishes(self) -> list[dict[str, Any]]:
        """What each publish changed, newest first."""

    def check(self) -> dict[str, Any]:
        """Hashes what is published anew."""
