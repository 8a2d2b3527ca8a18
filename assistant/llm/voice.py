"""One endpoint with everything a service asks of it: phrasing now, the gate always in between.

Knows how client, prompt and gate are put together. Refuses to know where answers come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant import Answer, Turn, tokens
from assistant.conversation import StandAlone
from assistant.gate import Closeness, judge
from assistant.llm.client import ChatClient
from assistant.llm.endpoint import Endpoint, EndpointShown
from assistant.llm.phrasing import Phrasing, phrase
from assistant.llm.rewriting import restate
from assistant.llm.translating import foreign_quotes, translate
from assistant.settings import Unsupported

REWRITING_SECONDS = 2.0  # an answer waits for it, so it is not waited for long
_BYTES_A_TOKEN = 2  # no language that is answered in has fewer


class Voice:
    """A language model's wording of answers. Safe to share between threads."""

    def __init__(
        self,
        endpoint: Endpoint,
        ranks: Path,
        unsupported: Unsupported = "drop",
        client: ChatClient | None = None,
    ) -> None:
        """Connects nowhere yet. Token ranks are kept in ``ranks``, which may not exist."""
        self._client = client or ChatClient(endpoint)
        self._ranks = ranks
        self._unsupported = unsupported

    @property
    def shown(self) -> EndpointShown:
        """What people may know of the endpoint."""
        return self._client.endpoint.shown

    def phrase(
        self,
        answer: Answer,
        closeness: Closeness | None = None,
        languages: Callable[[Answer], Mapping[int, str]] = lambda _: {},
    ) -> Iterator[Phrasing]:
        """As :func:`assistant.llm.phrasing.phrase`, with this endpoint and the gate.

        Quotes that ``languages`` says are in another language than the question are translated
        once the wording is settled.
        """
        for step in phrase(
            answer,
            self._client.complete,
            judge,
            self._fit,
            unsupported=self._unsupported,
            closeness=closeness,
        ):
            # An endpoint that failed just now is not asked again.
            if not step.final or step.reason not in (None, "unsupported"):
                yield step
                continue
            known = languages(step.answer)
            if not foreign_quotes(step.answer, known):
                yield step
                return
            yield replace(step, final=False, reason=None, told="")
            found = translate(step.answer, known, self._client.complete)
            yield replace(step, answer=replace(step.answer, translations=found))

    def restate(self, question: str, history: Sequence[Turn], alone: StandAlone) -> StandAlone:
        """As :func:`assistant.llm.rewriting.restate`; waited for two seconds at most."""
        complete = partial(self._client.complete, within_seconds=REWRITING_SECONDS)
        return restate(question, history, alone, complete)

    def open(self) -> None:
        """Loads what the first answer would wait for; connects nowhere."""
        self._client.open()
        self._fit(("warm",), 1)

    def close(self) -> None:
        """Lets go of connections."""
        self._client.close()

    def _fit(self, texts: Sequence[str], budget: int) -> tuple[tuple[str, ...], int]:
        try:
            return tokens.fit(texts, budget, folder=self._ranks)
        except OSError:  # a home that cannot be written: an estimate that errs on the safe side
            for kept, text in enumerate(texts):
                budget -= len(text.encode()) // _BYTES_A_TOKEN
                if budget < 0:
                    return tuple(texts[:kept]), len(texts) - kept
            return tuple(texts), 0
