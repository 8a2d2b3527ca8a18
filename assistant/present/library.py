"""The library at a glance: its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.present.days import language_name, moment
from assistant.present.escape import text
from assistant.present.speech import number
from assistant.present.words import words


@dataclass(frozen=True, slots=True)
class Status:
    """What the page says about the library, parsed from the service's status."""

    snapshot: str
    created: str
    documents: int
    passages: int
    practices: int
    events: int
    languages: tuple[str, ...]
    encoder: str
    quarantined: int
    damage: str | None  # why what answers is not what was last published
    checked: str  # when the published files were last hashed; empty: not known

    @classmethod
    def parse(cls, status: Mapping[str, Any]) -> Status:
        """From the published form; absent figures are 0, a list of rows counts as its length."""

        def count(name: str) -> int:
            value = status.get(name) or 0
            return value if isinstance(value, int) else len(value)

        return cls(
            snapshot=str(status.get("snapshot") or ""),
            created=str(status.get("created") or ""),
            documents=count("documents"),
            passages=count("passages"),
            practices=count("practices"),
            events=count("events"),
            languages=tuple(str(code) for code in status.get("languages") or ()),
            encoder=str(status.get("encoder") or ""),
            quarantined=count("quarantined"),
            checked=str((status.get("checked") or {}).get("at") or ""),
            damage=None if status.get("sound", True) else str(status.get("degraded") or ""),
        )


def overview(status: Status | None, language: str = "en") -> str:
    """The library's figures, the large ones first; without them that it is empty."""
    title = f'<h2 class="sr-only">{words(language, "common.room_library")}</h2>'
    if status is None:
        return f'{title}<p class="notice">{words(language, "library.empty")}</p>'
    counts = (
        (words(language, "library.articles"), status.documents),
        (words(language, "library.passages"), status.passages),
        (words(language, "library.practices"), status.practices),
        (words(language, "library.events"), status.events),
        (words(language, "library.set_aside"), status.quarantined),
    )
    figures = "".join(
        f"<div><dt>{name}</dt><dd>{text(number(count, language))}</dd></div>"
        for name, count in counts
    )
    names = ", ".join(language_name(code, language) for code in status.languages)
    facts = (
        (words(language, "library.languages"), names or words(language, "library.none")),
        (words(language, "library.last_refreshed"), moment(status.created, language)),
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'{title}<dl class="counts">{figures}</dl><dl class="overview">{rows}</dl>'
