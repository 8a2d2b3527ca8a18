"""One frozen value for everything that can be configured, read once at the door.

Knows which settings exist, where each may come from and in which order they win: command-line
option, then TOWNBOOK_* variable, then default. Refuses to know what the values are used for,
and never repeats a secret: a key is masked, and variables it does not read are named without
their value.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

import platformdirs

from corpus.errors import UsageError

PREFIX = "TOWNBOOK_"
DEFAULT_MODEL = "multilingual-e5-small"
DEFAULT_REMOVALS = 0.3
DEFAULT_RETENTION = 365
Precision = Literal["auto", "f32", "bf16", "int8", "reference"]
# As index.encoders.WISHES, which is not imported to print a help text.
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
Unsupported = Literal["drop", "strike"]
UNSUPPORTED: tuple[Unsupported, ...] = get_args(Unsupported)
# Seconds of silence after which a language model's words are no longer waited for. A rewritten
# follow-up waits two at most, so an answer is final within ten whatever the endpoint does.
DEFAULT_LLM_TIMEOUT = 7.0
DEBUG = "TOWNBOOK_DEBUG"  # "1": an unexpected error prints its traceback, see assistant.cli

MASKED = "********"
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
    # A language model that may rephrase answers; without a base address none is ever asked.
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: str | None = field(default=None, repr=False)
    llm_timeout: float = DEFAULT_LLM_TIMEOUT  # seconds of silence that are waited for
    llm_unsupported: Unsupported = "drop"  # what becomes of sentences the quotes do not support

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ, **options: str | None) -> Settings:
        """Settings from ``options`` (None = not given), then ``environ``, then defaults.

        Raises UsageError when a value cannot be used.
        """
        home = _find("home", environ, options).value
        today = _find("today", environ, options).value
        llm_base_url = _address(_find("llm_base_url", environ, options).value)
        return cls(
            home=Path(home).expanduser() if home else platformdirs.user_data_path("townbook"),
            model=_find("model", environ, options).value or DEFAULT_MODEL,
            precision=_precision(_find("precision", environ, options).value),
            today=_day(today) if today else None,
            allow_hosts=_hosts(_find("allow_hosts", environ, options).value),
            removals=_share(_find("removals", environ, options).value),
            retention=_days(_find("retention", environ, options).value),
            llm_base_url=llm_base_url,
            llm_model=_model_name(_find("llm_model", environ, options).value, llm_base_url),
            llm_api_key=_key(_find("llm_api_key", environ, options).value),
            llm_timeout=_seconds(_find("llm_timeout", environ, options).value),
            llm_unsupported=_unsupported(_find("llm_unsupported", environ, options).value),
        )


def explain(environ: Mapping[str, str] = os.environ, **options: str | None) -> tuple[Setting, ...]:
    """Every setting in force with its origin; a key and credentials in an address are masked.

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
        "llm_base_url": settings.llm_base_url,
        "llm_model": settings.llm_model,
        "llm_api_key": MASKED if settings.llm_api_key else None,
        "llm_timeout": f"{settings.llm_timeout:g}",
        "llm_unsupported": settings.llm_unsupported,
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


def _address(text: str | None) -> str | None:
    """A base address as it is asked: http(s), a host, no credentials, no trailing slash."""
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_sound = urlsplit(""), False
    usable = parts.scheme in ("http", "https") and bool(parts.hostname) and port_is_sound
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "got credentials inside TOWNBOOK_LLM_BASE_URL",
            "an address without them",
            "give the key as TOWNBOOK_LLM_API_KEY",
        )
    if not usable or parts.query or parts.fragment or not text.isprintable() or " " in text:
        raise UsageError(
            f"got llm_base_url={re.split('[?#]', text)[0]!r} and perhaps more",
            "an address such as http://127.0.0.1:11434/v1",
            "correct TOWNBOOK_LLM_BASE_URL",
        )
    return text.rstrip("/")


def _model_name(text: str | None, base_url: str | None) -> str | None:
    if base_url and not text:
        raise UsageError(
            "got TOWNBOOK_LLM_BASE_URL without TOWNBOOK_LLM_MODEL",
            "the name of a model that is served there",
            "set TOWNBOOK_LLM_MODEL, or unset both",
        )
    if text and (len(text) > 200 or not text.isprintable()):
        raise UsageError(
            f"got llm_model={text[:40]!r}", "a model's name", "correct TOWNBOOK_LLM_MODEL"
        )
    return text


def _key(text: str | None) -> str | None:
    """A key as a header can carry it. Never repeated, not even in the error."""
    if text and (not text.isascii() or not text.isprintable() or " " in text):
        raise UsageError(
            "got TOWNBOOK_LLM_API_KEY with a space, a line break or a letter beyond ASCII",
            "a key as its provider shows it",
            "copy it again",
        )
    return text


def _seconds(text: str | None) -> float:
    if text is None:
        return DEFAULT_LLM_TIMEOUT
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= 600:
        raise UsageError(
            f"got llm_timeout={text!r}", "seconds, up to 600", "correct TOWNBOOK_LLM_TIMEOUT"
        )
    return seconds


def _unsupported(text: str | None) -> Unsupported:
    for known in UNSUPPORTED:
        if text in (None, known):
            return known
    raise UsageError(
        f"got llm_unsupported={text!r}",
        f"one of {', '.join(UNSUPPORTED)}",
        "correct TOWNBOOK_LLM_UNSUPPORTED",
    )
