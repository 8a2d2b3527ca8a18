"""One frozen value for everything that can be configured, read once at the door.

Knows which settings exist, where each may come from and in which order they win: command-line
option, then TOWNBOOK_* variable, then default. Refuses to know what the values are used for,
and never repeats a secret: variables it does not read are named without their value.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

import platformdirs

from corpus.errors import UsageError

PREFIX = "TOWNBOOK_"
DEFAULT_MODEL = "multilingual-e5-small"
DEFAULT_REMOVALS = 0.3
DEFAULT_RETENTION = 365
Precision = Literal["auto", "f32", "bf16", "int8", "reference"]
# As index.encoders.WISHES, which is not imported to print a help text.
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
DEBUG = "TOWNBOOK_DEBUG"  # "1": an unexpected error prints its traceback, see assistant.cli

_CREDENTIALS = re.compile(r"//[^/@\s]+@")  # user:password@ in an address


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as text, and where it came from, in words a person can act on."""

    name: str
    value: str | None
    origin: str  # "option --home" | "environment TOWNBOOK_HOME" | "default"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force. Command-line options win over TOWNBOOK_* variables over defaults."""

    home: Path
    model: str = DEFAULT_MODEL
    precision: Precision = "auto"  # see index.encoders.load_encoder
    today: date | None = None  # None: the system's day, asked at each question
    # Hosts and networks that may be fetched from although they are not public.
    allow_hosts: tuple[str, ...] = ()
    removals: float = DEFAULT_REMOVALS  # share of a source's files that a refresh removes unasked
    retention: int = DEFAULT_RETENTION  # days for which replaced and removed texts are kept

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ, **options: str | None) -> Settings:
        """Settings from ``options`` (None = not given), then ``environ``, then defaults.

        Raises UsageError when a value cannot be used.
        """
        home = _find("home", environ, options).value
        today = _find("today", environ, options).value
        return cls(
            home=Path(home).expanduser() if home else platformdirs.user_data_path("townbook"),
            model=_find("model", environ, options).value or DEFAULT_MODEL,
            precision=_precision(_find("precision", environ, options).value),
            today=_day(today) if today else None,
            allow_hosts=_hosts(_find("allow_hosts", environ, options).value),
            removals=_share(_find("removals", environ, options).value),
            retention=_days(_find("retention", environ, options).value),
        )


def explain(environ: Mapping[str, str] = os.environ, **options: str | None) -> tuple[Setting, ...]:
    """Every setting in force with its origin; credentials inside an address are masked.

    Raises UsageError as ``Settings.read`` does.
    """
    settings = Settings.read(environ, **options)
    in_force = {
        "home": str(settings.home),
        "model": settings.model,
        "precision": settings.precision,
        "today": settings.today.isoformat() if settings.today else None,
        "allow_hosts": ", ".join(settings.allow_hosts) or None,
        "removals": f"{settings.removals:g}",
        "retention": str(settings.retention),
    }
    return tuple(
        Setting(
            name,
            _CREDENTIALS.sub("//…@", value) if value else None,
            _find(name, environ, options).origin,
        )
        for name, value in in_force.items()
    )


def unread(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Names, sorted, of the TOWNBOOK_* variables that are set but mean nothing here."""
    known = {PREFIX + name.upper() for name in Settings.__slots__} | {DEBUG}
    return tuple(sorted(n for n in environ if n.startswith(PREFIX) and n not in known))


def _find(name: str, environ: Mapping[str, str], options: Mapping[str, str | None]) -> Setting:
    """The raw text given for ``name``; an empty text counts as not given."""
    if option := options.get(name):
        return Setting(name, option, f"option --{name}")
    variable = PREFIX + name.upper()
    if value := environ.get(variable):
        return Setting(name, value, f"environment {variable}")
    return Setting(name, None, "default")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"got today={text!r}", "a date as YYYY-MM-DD", "correct --today or TOWNBOOK_TODAY"
        ) from None


def _hosts(text: str | None) -> tuple[str, ...]:
    if not text:
        return ()
    from corpus.web.reach import Allowed  # few set it, and every command reads settings

    hosts = tuple(entry.strip() for entry in text.split(",") if entry.strip())
    Allowed.of(hosts)
    return hosts


def _precision(text: str | None) -> Precision:
    for known in PRECISIONS:
        if text in (None, known):
            return known
    raise UsageError(
        f"got precision={text!r}",
        f"one of {', '.join(PRECISIONS)}",
        "correct --precision or TOWNBOOK_PRECISION",
    )


def _share(text: str | None) -> float:
    if text is None:
        return DEFAULT_REMOVALS
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise UsageError(
            f"got removals={text!r}",
            "a share from 0 to 1, such as 0.3",
            "correct TOWNBOOK_REMOVALS",
        )
    return share


def _days(text: str | None) -> int:
    if text is None:
        return DEFAULT_RETENTION
    if not text.isascii() or not text.isdecimal() or len(text) > 5:
        raise UsageError(
            f"got retention={text!r}",
            "a number of days from 0 to 99999",
            "correct TOWNBOOK_RETENTION",
        )
    return int(text)
