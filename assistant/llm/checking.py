"""Whether the configured language model answers, for ``townbook doctor``.

Asks for the list of models and for one word, and says what was found and what to do.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Literal

from assistant.llm.client import ChatClient
from assistant.llm.endpoint import Endpoint, EndpointShown
from assistant.llm.failures import Unavailable
from assistant.settings import Settings

Found = tuple[Literal["ok", "note", "fault"], str, str]
"""How it stands, what was found, what to do."""

_WORD = ({"role": "user", "content": "Answer with the one word: ready"},)
_MOST_NAMED = 5


def check(settings: Settings, client: ChatClient | None = None) -> Iterator[Found]:
    """Findings on the endpoint, in the order in which one depends on another. Raises nothing."""
    endpoint = Endpoint.of(settings)
    if endpoint is None:
        return
    shown = endpoint.shown
    yield _whereabouts(shown)
    asked = client or ChatClient(endpoint)
    try:
        yield from _known(asked, shown)
        yield from _speaks(asked, shown)
    finally:
        asked.close()


def _whereabouts(shown: EndpointShown) -> Found:
    if not shown.leaves_machine:
        return "ok", f"{shown.model} at {shown.host}: no text leaves this machine", ""
    found = f"{shown.model} at {shown.host}: questions and quotes leave this machine"
    if shown.encrypted:
        return "note", found, "unset TOWNBOOK_LLM_BASE_URL if that was not meant"
    return "note", f"{found} unencrypted, the key with them", "use an https:// address"


def _known(client: ChatClient, shown: EndpointShown) -> Iterator[Found]:
    try:
        names = client.models()
    except Unavailable as failure:
        # Some gateways list nothing and answer all the same: the completion below decides.
        if failure.reason in ("unknown", "refused", "malformed"):
            yield "note", f"{shown.host} lists no models", ""
        return
    if shown.model in names:
        yield "ok", f"{shown.host} serves {shown.model}", ""
        return
    served = ", ".join(names[:_MOST_NAMED]) or "none"
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    yield (
        "fault",
        f"{shown.host} serves {served}{more}; expected {shown.model}",
        "load the model there or correct TOWNBOOK_LLM_MODEL",
    )


def _speaks(client: ChatClient, shown: EndpointShown) -> Iterator[Found]:
    started = time.monotonic()
    first = None
    try:
        for _ in client.complete(_WORD):
            first = first or time.monotonic()
    except Unavailable as failure:
        yield "fault", f"{failure.found}; expected {failure.expected}", failure.remedy
        return
    waited = (first or started) - started
    yield "ok", f"{shown.model} streams; its first words took {waited:.1f} s", ""
