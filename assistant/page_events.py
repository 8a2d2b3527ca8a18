"""The page's events as they are handed in: only well-formed ones reach the page framework.

Knows of what an event consists, and no question. The framework answers a malformed one with a
fault and a trace, or takes ``"1"`` and ``true`` for the number 1.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection
from typing import Any

EVENT_PARTS = ("fn_index", "data", "session_hash", "trigger_id", "event_data")
STOP_PARTS = ("fn_index", "session_hash", "event_id")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def event_in(body: bytes) -> dict[str, Any] | None:
    """The page's event in ``body``, with what the framework reads and no more; None for none."""
    event = _parts(body, EVENT_PARTS)
    well_formed = (
        _is_number(event["fn_index"])
        and isinstance(event["data"], list)
        and _is_name(event["session_hash"])
        and (event["trigger_id"] is None or _is_number(event["trigger_id"]))
    )
    return event if well_formed else None


def stop_in(body: bytes) -> dict[str, Any] | None:
    """Which event to stop; None when ``body`` does not say."""
    stop = _parts(body, STOP_PARTS)
    well_formed = (
        _is_number(stop["fn_index"])
        and _is_name(stop["session_hash"])
        and _is_name(stop["event_id"])
    )
    return stop if well_formed else None


def _parts(body: bytes, names: Collection[str]) -> dict[str, Any]:
    """What the JSON object in ``body`` holds under ``names``; None for each it does not."""
    try:
        given = json.loads(body, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError):
        given = None
    return {name: given.get(name) if isinstance(given, dict) else None for name in names}


def _is_number(value: object) -> bool:
    return type(value) is int  # True is an int too, and the framework would take it for 1


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(written)
    return number
