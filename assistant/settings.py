"""One frozen value for everything that can be configured, read once at the door."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import platformdirs

from corpus.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force. Command-line options win over TOWNBOOK_* variables over defaults."""

    home: Path
    model: str = "multilingual-e5-small"
    today: date | None = None  # None: the system's day, asked at each question

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ, **options: str | None) -> Settings:
        """Settings from ``options`` (None = not given), then ``environ``, then defaults.

        Raises UsageError when a value cannot be used.
        """

        def value(name: str) -> str | None:
            return options.get(name) or environ.get(f"TOWNBOOK_{name.upper()}") or None

        home = value("home")
        today = value("today")
        try:
            day = date.fromisoformat(today) if today else None
        except ValueError:
            raise UsageError(
                f"got today={today!r}", "a date as YYYY-MM-DD", "correct --today or TOWNBOOK_TODAY"
            ) from None
        return cls(
            home=Path(home).expanduser() if home else platformdirs.user_data_path("townbook"),
            model=value("model") or cls.model,
            today=day,
        )
