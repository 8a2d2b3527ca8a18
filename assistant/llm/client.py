"""A streamed chat completion from one OpenAI-compatible endpoint, or the reason there is none.

Knows the openai package, which is imported here alone and only when a completion is asked for.
At most two retries, before the first word only; deadlines hold whatever the other side does.
What the endpoint says of an error is not repeated: it may hold the key or the question.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, cast

from assistant.llm.breaker import Breaker
from assistant.llm.endpoint import Endpoint
from assistant.llm.failures import Unavailable, failure_of
from assistant.llm.listening import Call, Silence, listen
from assistant.llm.marked import Message

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.chat import ChatCompletionMessageParam

RETRIES = 2
MOST_TOKENS = 400  # of a note; the first eight sentences are read
_FIRST_WAIT_SECONDS = 0.4  # doubled for the second retry, and up to as much again by chance
_SHORTEST_SECRET = 8  # a key such as "none" or "ollama" is no secret, and may be a word


class _Again(Exception):
    """A failure that another attempt may not meet."""

    def __init__(self, failure: Unavailable, after_seconds: float | None) -> None:
        super().__init__(failure.reason)
        self.failure = failure
        self.after_seconds = after_seconds  # as the endpoint asked


class ChatClient:
    """One endpoint for all threads. Nothing is connected before the first completion."""

    def __init__(
        self,
        endpoint: Endpoint,
        breaker: Breaker | None = None,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """``chance`` gives numbers from 0 to 1 that spread retries."""
        self.endpoint = endpoint
        self._breaker = breaker or Breaker()
        self._clock = clock
        self._chance = chance
        self._lock = Lock()
        self._openai: OpenAI | None = None

    def complete(
        self, messages: Sequence[Message], *, within_seconds: float | None = None
    ) -> Generator[str, None, None]:
        """The model's words as they come; raises Unavailable, also after some of them.

        Words that are whole end with the iteration; a stream that breaks off raises.
        With ``within_seconds`` all of it is waited for no longer, and being slower than that is no
        failure that counts against the endpoint.
        """
        if not self._breaker.may_ask():
            raise Unavailable(
                "resting",
                f"{self.endpoint.shown.host} failed repeatedly",
                "an endpoint that answers",
                f"it is asked again in {self._breaker.seconds_left:.0f} s",
            )
        self.open()  # not part of the time that the endpoint has
        within = within_seconds or self.endpoint.total_seconds
        silence = min(self.endpoint.silence_seconds, within)
        outcome = self._breaker.left
        try:
            yield from self._kept_secret(
                listen(
                    lambda call: self._attempts(messages, call, silence),
                    silence,
                    min(self.endpoint.total_seconds, within),
                    self._clock,
                )
            )
            outcome = self._breaker.succeeded
        except Silence as silent:
            outcome = self._breaker.left if within_seconds else self._breaker.failed
            raise self._failure("silent", silent.told) from None
        except Unavailable:
            outcome = self._breaker.failed
            raise
        finally:
            outcome()

    def models(self) -> tuple[str, ...]:
        """The names of the models served there, sorted; raises Unavailable."""
        self.open()
        silence = self.endpoint.silence_seconds

        def names(call: Call) -> Iterator[str]:
            with self._told(lambda: False):
                yield from (str(model.id) for model in self._client().models.list().data)

        try:
            return tuple(sorted(listen(names, silence, silence, self._clock)))
        except Silence as silent:
            raise self._failure("silent", silent.told) from None
        except _Again as again:
            raise again.failure from None

    def open(self) -> None:
        """Loads what the first completion would wait for; connects nowhere."""
        self._client()

    def close(self) -> None:
        """Lets go of connections."""
        with self._lock:
            if self._openai is not None:
                self._openai.close()
                self._openai = None

    def _attempts(self, messages: Sequence[Message], call: Call, silence: float) -> Iterator[str]:
        deadline = self._clock() + silence
        for attempt in range(1 + RETRIES):
            try:
                yield from self._stream(messages, call)
                return
            except _Again as again:
                wait = again.after_seconds
                if wait is None:
                    wait = _FIRST_WAIT_SECONDS * 2**attempt * (1 + self._chance())
                if attempt == RETRIES or self._clock() + wait >= deadline or call.wait(wait):
                    raise again.failure from None

    def _stream(self, messages: Sequence[Message], call: Call) -> Iterator[str]:
        """One request. Raises _Again where nothing was said yet and another may fare better."""
        said, is_finished = False, False
        with self._told(lambda: said):
            stream = self._client().chat.completions.create(
                model=self.endpoint.model,
                messages=cast("list[ChatCompletionMessageParam]", list(map(dict, messages))),
                max_tokens=MOST_TOKENS,
                temperature=0.0,
                stream=True,
            )
            call.close_at_end(stream.close)
            for chunk in stream:
                for choice in chunk.choices[:1]:
                    is_finished = is_finished or choice.finish_reason is not None
                    if words := choice.delta.content:
                        said = True
                        yield str(words)
        if not is_finished:
            raise self._failure("cut", "broke off in the middle of its answer")
        if not said:
            raise self._failure("empty", "answered with no words")

    @contextmanager
    def _told(self, has_spoken: Callable[[], bool]) -> Iterator[None]:
        """Unavailable or _Again for whatever openai and httpx2 raise, without their words."""
        try:
            yield
        except (Unavailable, GeneratorExit):
            raise
        except Exception as error:
            from assistant.llm.faults import read

            fault = read(error, has_spoken())
            if fault is None:
                raise
            failure = self._failure(fault.reason, fault.found)
        else:
            return
        if fault.may_retry and not has_spoken():
            raise _Again(failure, fault.after_seconds) from None
        raise failure from None

    def _kept_secret(self, words: Iterator[str]) -> Iterator[str]:
        """``words``, unless the endpoint repeats the key it was given."""
        key, recent = self.endpoint.key or "", ""
        if len(key) < _SHORTEST_SECRET:
            yield from words
            return
        for piece in words:
            recent = recent[-len(key) :] + piece
            if key in recent:
                raise self._failure("leak", "repeated its own key")
            yield piece

    def _client(self) -> OpenAI:
        with self._lock:
            if self._openai is None:
                from openai import OpenAI

                from assistant.llm.wire import open_wire

                endpoint = self.endpoint
                self._openai = OpenAI(
                    base_url=endpoint.base_url,
                    # Not read from OPENAI_API_KEY: that is another provider's. See wire.
                    api_key=endpoint.key or "none",
                    max_retries=0,
                    timeout=endpoint.silence_seconds,
                    http_client=open_wire(
                        endpoint.key, endpoint.connect_seconds, endpoint.silence_seconds
                    ),
                )
            return self._openai

    def _failure(self, reason: str, found: str) -> Unavailable:
        return failure_of(self.endpoint.shown, reason, found)
