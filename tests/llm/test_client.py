"""What leaves, what comes back, and how long anybody waits for it."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from assistant.llm.breaker import Breaker
from assistant.llm.client import RETRIES, ChatClient
from assistant.llm.endpoint import Endpoint
from assistant.llm.failures import Unavailable
from assistant.settings import Settings

Asking = Callable[..., ChatClient]
MESSAGES = (
    {"role": "system", "content": "Copy."},
    {"role": "user", "content": "[1] <q0a>The workshop mends 40 bicycles.</q0a>"},
)
WORDS = "The workshop mends 40 bicycles [1]."


def failure_of(client: ChatClient) -> Unavailable:
    """How a completion fails, with the words it gave before thrown away."""
    with pytest.raises(Unavailable) as caught:
        list(client.complete(MESSAGES))
    return caught.value


def test_words_come_as_they_are_streamed(model: Any, asking: Asking) -> None:
    pieces = list(asking().complete(MESSAGES))
    assert "".join(pieces) == WORDS
    assert len(pieces) > 3
    [asked] = model.asked
    assert asked.body["stream"] is True
    assert asked.body["model"] == "scripted"
    assert "tools" not in asked.body


def test_only_named_headers_leave_and_none_of_the_environment(
    model: Any, asking: Asking, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "of-another-provider")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Of-Others: of-another-provider")
    list(asking().complete(MESSAGES))
    list(asking(key=None).complete(MESSAGES))
    with_key, without = model.asked
    assert with_key.headers["authorization"] == f"Bearer {key}"
    assert "authorization" not in without.headers
    allowed = {"host", "accept", "accept-encoding", "connection", "content-type", "content-length"}
    assert set(without.headers) <= allowed | {"user-agent"}
    assert "of-another-provider" not in repr(model.asked)


@pytest.mark.parametrize("plays", ["429", "500"])
def test_a_busy_or_faulty_endpoint_is_asked_twice_more_and_no_more(
    model: Any, asking: Asking, plays: str
) -> None:
    model.plays = plays
    assert failure_of(asking()).reason == {"429": "busy", "500": "fault"}[plays]
    assert len(model.asked) == 1 + RETRIES


def test_a_fault_that_passes_is_not_noticed(model: Any, asking: Asking) -> None:
    model.fails_first = 2
    assert "".join(asking().complete(MESSAGES)) == WORDS
    assert len(model.asked) == 3


def test_waiting_longer_than_allowed_is_not_begun(model: Any, asking: Asking) -> None:
    model.plays, model.retry_after = "429", "30"
    started = time.monotonic()
    assert failure_of(asking()).reason == "busy"
    assert len(model.asked) == 1
    assert time.monotonic() - started < 2.0


def test_an_asked_for_pause_is_kept(model: Any, asking: Asking) -> None:
    model.fails_first, model.retry_after = 1, "0.2"
    started = time.monotonic()
    assert "".join(asking().complete(MESSAGES)) == WORDS
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize(
    ("plays", "reason"),
    [
        ("hanging", "silent"),
        ("dripping", "silent"),
        ("cut", "cut"),
        ("malformed", "malformed"),
        ("denied", "denied"),
        ("redirecting", "redirected"),
    ],
)
def test_every_other_failure_has_its_reason_in_time(
    model: Any, asking: Asking, plays: str, reason: str
) -> None:
    model.plays = plays
    started = time.monotonic()
    assert failure_of(asking()).reason == reason
    assert time.monotonic() - started < 2.5
    assert len(model.asked) == 1


def test_words_that_never_end_are_left_after_the_total_time(model: Any, asking: Asking) -> None:
    model.plays = "slow"
    model.says = lambda _: "word " * 400
    started = time.monotonic()
    assert failure_of(asking(total_seconds=0.1)).reason == "silent"
    assert time.monotonic() - started < 2.0


def test_more_than_any_note_has_is_cut_off(model: Any, asking: Asking) -> None:
    model.says = lambda _: "x" * 2_100_000
    assert failure_of(asking()).reason == "too-long"


def test_nobody_listening_is_no_retry_and_not_an_error(model: Any, asking: Asking) -> None:
    assert failure_of(asking(base_url="http://127.0.0.1:9/v1")).reason == "unreachable"
    assert model.asked == []


def test_a_redirect_is_not_followed(model: Any, asking: Asking, script: Any) -> None:
    other, end = script.serve()
    try:
        model.plays, model.elsewhere = "redirecting", f"{other.address}/chat/completions"
        assert failure_of(asking()).reason == "redirected"
        assert other.asked == []
    finally:
        end()


def test_proxies_are_those_of_the_environment(
    model: Any, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("HTTP_PROXY", model.address.removesuffix("/v1"))
    words = asking(base_url="http://models.example/v1").complete(MESSAGES)
    assert "".join(words) == WORDS
    assert model.asked[0].headers["host"] == "models.example"


def test_an_endpoint_that_keeps_failing_rests_and_is_tried_again(
    model: Any, asking: Asking
) -> None:
    now = [0.0]
    client = asking(Breaker(failures=2, rest_seconds=30, clock=lambda: now[0]))
    model.plays = "denied"
    assert [failure_of(client).reason for _ in range(3)] == ["denied", "denied", "resting"]
    assert len(model.asked) == 2
    now[0], model.plays = 31.0, "honest"
    assert "".join(client.complete(MESSAGES)) == WORDS


@pytest.mark.parametrize("plays", ["denied", "429", "500", "hanging", "malformed", "cut"])
def test_neither_key_nor_question_is_in_errors_tracebacks_and_logs(
    model: Any, asking: Asking, key: str, plays: str, caplog: pytest.LogCaptureFixture
) -> None:
    model.plays = plays
    with caplog.at_level(logging.DEBUG):
        failure = failure_of(asking())
    told = "".join(traceback.format_exception(failure)) + str(failure) + repr(failure)
    assert key not in told + caplog.text
    assert "mends 40 bicycles" not in told + caplog.text


def test_an_endpoint_that_repeats_its_key_is_cut_off(model: Any, asking: Asking, key: str) -> None:
    model.plays = "leaking the key"
    said: list[str] = []
    with pytest.raises(Unavailable) as caught:
        said.extend(asking().complete(MESSAGES))
    assert caught.value.reason == "leak"
    assert key not in "".join(said) + str(caught.value)


def test_the_models_served_are_listed(model: Any, asking: Asking) -> None:
    model.models = ("b", "a")
    assert asking().models() == ("a", "b")
    with pytest.raises(Unavailable, match="could not be connected to"):
        asking(base_url="http://127.0.0.1:9/v1").models()


def test_whoever_leaves_early_ends_the_call(model: Any, asking: Asking) -> None:
    model.plays = "slow"
    words = asking().complete(MESSAGES)
    next(words)
    words.close()
    assert "".join(asking().complete(MESSAGES)) == WORDS


def test_an_endpoint_is_there_only_when_its_address_is_set_and_hides_its_key(key: str) -> None:
    assert Endpoint.of(Settings.read({})) is None
    assert Endpoint.of(Settings.read({"TOWNBOOK_LLM_MODEL": "m"})) is None
    environ = {
        "TOWNBOOK_LLM_BASE_URL": "https://llm.city.example:8443/v1",
        "TOWNBOOK_LLM_MODEL": "m",
        "TOWNBOOK_LLM_API_KEY": key,
    }
    endpoint = Endpoint.of(Settings.read(environ))
    assert endpoint is not None
    assert endpoint.key == key
    assert key not in repr(endpoint) + repr(endpoint.shown.to_json())
    assert endpoint.shown.to_json() == {
        "host": "llm.city.example:8443",
        "model": "m",
        "leaves_machine": True,
        "encrypted": True,
    }
    near = Endpoint("http://[::1]:11434/v1", "m")
    assert (near.shown.host, near.shown.leaves_machine) == ("[::1]:11434", False)
