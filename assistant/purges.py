"""What a purge takes beside the index: the feedback that quotes what goes; and taking it back.

Knows a home and in which order things go from it. Refuses to know who asked, and which snapshot
answers meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assistant.feedback import Feedback
from corpus.errors import UsageError
from index import IndexingEncoder, purging
from index.home import Home
from index.library import Library

if TYPE_CHECKING:
    from index.refresh import Progress


def purge(
    home: Home,
    source: str,
    encoder: IndexingEncoder,
    progress: Callable[[Progress], None] | None = None,
) -> dict[str, Any]:
    """What ``purge --json`` prints, of a source or an article that went; UsageError for neither."""
    from index.refresh import purge as purge_index  # reads files, which taking back does not

    forget = Feedback(home).forget
    purged, report = purge_index(home, source, encoder, progress=progress, before=forget)
    forget(purged.documents)  # given meanwhile, on an answer of before
    return {
        "source": purged.root,
        "article": purged.article,
        "documents": list(purged.documents),
        **report.to_json(),
    }


def is_unfinished(home: Home) -> bool:
    """Whether a snapshot that somebody was reading may still hold what was purged."""
    with Library(home, read_only=True) as library:
        return purging.is_unfinished(library)


def readmit(home: Home, article: str) -> None:
    """Let the next refresh read an article again that was purged; UsageError for others."""
    with Library(home) as library:
        found = [key for key in purging.barred(library) if key[1] == article]
        if not found:
            raise UsageError(
                f"got {article!r}, which was not purged by itself",
                "an article's name as it was purged",
                "a purged source is read again by: townbook sources add",
            )
        for key in found:
            purging.readmit(library, *key)
