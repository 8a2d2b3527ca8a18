"""The parts of the Library room as HTML, each read from the service when it is shown.

A part that cannot be read says why in its own place; the others are shown all the same.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.page.room import Service
from assistant.present import digest, library, origins, quarantine, soundness
from assistant.present.trouble import trouble
from corpus.errors import NotReady, TownbookError


class Shelves:
    """What the service holds now, in a reader's language."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def figures(self, language: str) -> str:
        """The library at a glance; that it is empty before the first refresh."""
        try:
            return library.overview(library.Status.parse(self._service.status()), language)
        except NotReady:
            return library.overview(None, language)
        except TownbookError as error:
            return trouble(error, language)

    def sources(self, language: str, allowed: bool) -> str:
        """What refresh looks at, each with what the last refresh remarked on it."""
        remarks = self._service.jobs.state.remarks  # of this server's last refresh
        return _or_why(
            lambda: origins.table(self._service.source_states(), remarks, language, may=allowed),
            language,
        )

    def news(self, language: str) -> str:
        """What the last publish that changed anything brought."""

        def made() -> str:
            publishes = self._service.publishes()
            if not publishes:
                return digest.nothing(language)
            last = publishes[0]
            since = str(int(last["snapshot"]) - 1)
            return digest.digest(self._service.digest(since), last, language)

        return _or_why(made, language)

    def quarantine(self, page: int, language: str, allowed: bool) -> str:
        """One page of the files that could not be read."""
        return _or_why(
            lambda: quarantine.table(self._service.quarantine(), page, language, may=allowed),
            language,
        )

    def soundness(self, language: str, allowed: bool) -> str:
        """Whether what answers is what was published."""
        try:
            status = library.Status.parse(self._service.status())
        except NotReady:
            return digest.nothing(language)
        except TownbookError as error:
            return soundness.soundness(None, error.found, language, may=allowed)
        return soundness.soundness(status, language=language, may=allowed)

    def publishes(self, language: str) -> str:
        """What each publish changed."""
        return _or_why(lambda: soundness.publishes(self._service.publishes(), language), language)


def _or_why(made: Callable[[], str], language: str) -> str:
    try:
        return made()
    except NotReady:
        return digest.nothing(language)
    except TownbookError as error:
        return trouble(error, language)
