"""What doctor says of a language model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.doctor import examine
from assistant.llm.checking import check
from assistant.settings import Settings


def settings(address: str, key: str, seconds: float = 5) -> Settings:
    return Settings(
        Path("/nowhere"),
        llm_base_url=address,
        llm_api_key=key,
        llm_model="scripted",
        llm_timeout=seconds,
    )


def test_an_endpoint_that_answers_is_found_well(model: Any, key: str) -> None:
    found = list(check(settings(model.address, key)))
    assert [state for state, _, _ in found] == ["ok", "ok", "ok"]
    assert "no text leaves this machine" in found[0][1]
    assert "streams" in found[2][1]
    assert key not in repr(found)


def test_a_model_that_is_not_served_is_told_with_those_that_are(model: Any, key: str) -> None:
    model.models = ("llama", "mistral")
    found = list(check(settings(model.address, key)))
    assert found[1][0] == "fault"
    assert found[1][1].partition("serves ")[2] == "llama, mistral; expected scripted"
    assert "TOWNBOOK_LLM_MODEL" in found[1][2]


@pytest.mark.parametrize(
    ("plays", "told"),
    [
        ("hanging", "said nothing"),
        ("denied", "TOWNBOOK_LLM_API_KEY"),
        ("500", "status 500"),
        ("malformed", "no chat completion"),
        ("cut", "broke off"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(model: Any, key: str, plays: str, told: str) -> None:
    model.plays = plays
    model.says = lambda _: "ready or not, here it comes"
    state, found, remedy = list(check(settings(model.address, key, 0.5)))[-1]
    assert state == "fault"
    assert "expected" in found
    assert told in f"{found} {remedy}"
    assert remedy
    assert key not in f"{found} {remedy}"


def test_nobody_there_is_a_fault(key: str) -> None:
    found = list(check(settings("http://127.0.0.1:9/v1", key)))
    assert [state for state, _, _ in found] == ["ok", "fault"]
    assert "could not be connected to" in found[1][1]


def test_text_that_leaves_the_machine_is_told_before_anything_is_sent(key: str) -> None:
    for address, told in (
        ("https://llm.example/v1", "leave this machine"),
        ("http://llm.example/v1", "unencrypted"),
    ):
        state, found, _ = next(check(settings(address, key)))
        assert state == "note"
        assert told in found


def test_without_one_doctor_says_so_and_asks_nobody(tmp_path: Path) -> None:
    found = [f for f in examine(Settings(tmp_path), {}) if f.subject == "llm"]
    assert [(f.state, "no text leaves" in f.found) for f in found] == [("ok", True)]
