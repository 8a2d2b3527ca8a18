"""What an exception of openai or httpx2 means: a code, words of ours, and whether to try again.

Knows their exceptions and HTTP's status codes. Refuses to repeat what an endpoint said with
them: it may hold the key or the question.
"""

from __future__ import annotations

import email.utils
import time
from dataclasses import dataclass

import openai

from assistant.llm.wire import Packed, TooLong

_DENIED, _UNKNOWN, _BUSY = (401, 403), (404, 405), 429


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there are no words. ``reason`` is one of the codes of ``failures.Unavailable``."""

    reason: str
    found: str  # goes on after the endpoint's name
    may_retry: bool = False
    after_seconds: float | None = None  # as the endpoint asked


def read(error: Exception, has_spoken: bool) -> Fault | None:
    """What ``error`` means, None when it is none of an endpoint's.

    ``has_spoken`` says whether words had come before it.
    """
    causes = (error, error.__cause__, error.__context__)
    if any(isinstance(cause, TooLong) for cause in causes):
        return Fault("too-long", "sent more than any note has")
    if any(isinstance(cause, Packed) for cause in causes):
        return Fault("malformed", "sent compressed bytes")
    if isinstance(error, openai.APIStatusError):
        return _of_status(error.status_code, error.response.headers.get("retry-after"))
    if isinstance(error, openai.APITimeoutError):
        return Fault("silent", "took too long to connect or to answer")
    if isinstance(error, openai.APIConnectionError):
        if has_spoken:
            return Fault("cut", "broke off in the middle of its answer")
        return Fault("unreachable", "could not be connected to", may_retry=True)
    if isinstance(error, openai.APIError):  # an error event inside the stream
        return Fault("fault", "reported an error", may_retry=True)
    if isinstance(error, openai.OpenAIError | ValueError | TypeError | AttributeError):
        return Fault("malformed", "sent what is no chat completion")
    return None


def _of_status(status: int, retry_after: str | None) -> Fault:
    found = f"answered with status {status}"
    if status == _BUSY:
        return Fault("busy", found, may_retry=True, after_seconds=_seconds(retry_after))
    if status >= 500:
        return Fault("fault", found, may_retry=True, after_seconds=_seconds(retry_after))
    if status in _DENIED:
        return Fault("denied", found)
    if status in _UNKNOWN:
        return Fault("unknown", found)
    return Fault("redirected" if 300 <= status < 400 else "refused", found)


def _seconds(retry_after: str | None) -> float | None:
    """The header in seconds: it holds a number, or a day and time."""
    if retry_after is None:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())
