"""Why a language model's words are not used: one error, with a code and a line for a person."""

from __future__ import annotations

from assistant.llm.endpoint import EndpointShown
from corpus.errors import TownbookError

# What was expected, of which model, and what to do; by code.
_EXPECTED = {
    "silent": ("words within the time allowed", "raise TOWNBOOK_LLM_TIMEOUT or use a faster model"),
    "denied": ("a key it accepts", "correct TOWNBOOK_LLM_API_KEY"),
    "unknown": ("chat completions of {}", "correct TOWNBOOK_LLM_BASE_URL or TOWNBOOK_LLM_MODEL"),
    "unreachable": ("an endpoint", "start it or correct TOWNBOOK_LLM_BASE_URL"),
    "redirected": ("an answer of its own", "set TOWNBOOK_LLM_BASE_URL to where it leads"),
    "busy": ("room for one more question", "try again later"),
    "leak": ("words about the quotes", "change the key and look into the endpoint"),
}
_ANY = ("a streamed completion", "run `townbook doctor`")


class Unavailable(TownbookError):
    """The endpoint gave no usable words. ``reason`` is a short code; a retry may help later.

    "unreachable" | "silent" | "busy" | "fault" | "denied" | "unknown" | "redirected" |
    "refused" | "cut" | "malformed" | "empty" | "too-long" | "leak" | "resting"
    """

    def __init__(self, reason: str, found: str, expected: str, remedy: str) -> None:
        super().__init__(found, expected, remedy)
        self.reason = reason


def failure_of(endpoint: EndpointShown, reason: str, found: str) -> Unavailable:
    """The error for what was ``found`` of ``endpoint``, which goes on after its name."""
    expected, remedy = _EXPECTED.get(reason, _ANY)
    told = f"{endpoint.host} {found}"
    return Unavailable(reason, told, expected.format(endpoint.model), remedy)
