"""Which model answers where, as one frozen value, and what may be shown of it.

Knows addresses and whether one leads off this machine. Refuses to repeat the key: it is in no
repr and in no shown form.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from assistant.serving import is_loopback
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class EndpointShown:
    """An endpoint as the page, ``status`` and ``doctor`` may show it."""

    host: str  # with its port where one is given
    model: str
    leaves_machine: bool  # False: a loopback address, so that no text leaves this machine
    encrypted: bool

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint, opted into by setting its address."""

    base_url: str
    model: str
    key: str | None = field(default=None, repr=False)
    silence_seconds: float = 7.0  # waited for the first words, and for the next ones
    total_seconds: float = 28.0  # for a whole answer, however steadily its words come
    connect_seconds: float = 3.0

    @classmethod
    def of(cls, settings: Settings) -> Endpoint | None:
        """The configured endpoint, or None: without an address no connection is ever made."""
        if settings.llm_base_url is None or settings.llm_model is None:
            return None
        silence = settings.llm_timeout
        return cls(
            base_url=settings.llm_base_url,
            model=settings.llm_model,
            key=settings.llm_api_key,
            silence_seconds=silence,
            total_seconds=4 * silence,  # a note of 400 tokens at 15 a second
            connect_seconds=min(3.0, silence),
        )

    @property
    def shown(self) -> EndpointShown:
        """What people may know of it."""
        parts = urlsplit(self.base_url)
        host = parts.hostname or ""
        named = f"[{host}]" if ":" in host else host
        return EndpointShown(
            host=f"{named}:{parts.port}" if parts.port else named,
            model=self.model,
            leaves_machine=not is_loopback(host),
            encrypted=parts.scheme == "https",
        )
