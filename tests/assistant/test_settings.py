"""Settings: which source of a value wins, and what is said about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.settings import Settings, explain, unread
from corpus.errors import UsageError


def test_an_option_wins_over_the_environment_and_the_environment_over_the_default() -> None:
    environ = {"TOWNBOOK_MODEL": "from-environment", "TOWNBOOK_HOME": "/environment"}
    settings = Settings.read(environ, home="/option", model=None)
    assert settings.home == Path("/option")
    assert settings.model == "from-environment"
    assert Settings.read({}).model == "multilingual-e5-small"


def test_an_empty_value_counts_as_not_given() -> None:
    assert Settings.read({"TOWNBOOK_TODAY": ""}, today="").today is None


def test_today_is_read_as_a_day() -> None:
    assert Settings.read({"TOWNBOOK_TODAY": "2026-05-01"}).today == date(2026, 5, 1)


@pytest.mark.parametrize("text", ["tomorrow", "2026-02-30", "01/05/2026"])
def test_a_day_that_is_none_is_a_usage_error_naming_it(text: str) -> None:
    with pytest.raises(UsageError, match=f"{text}.*YYYY-MM-DD"):
        Settings.read({}, today=text)


def test_every_setting_is_explained_with_its_origin(tmp_path: Path) -> None:
    rows = explain({"TOWNBOOK_MODEL": "small"}, home=str(tmp_path))
    assert {row.name for row in rows} == set(Settings.__slots__)
    assert {row.name: (row.value, row.origin) for row in rows} == {
        "home": (str(tmp_path), "option --home"),
        "model": ("small", "environment TOWNBOOK_MODEL"),
        "precision": ("auto", "default"),
        "today": (None, "default"),
        "allow_hosts": (None, "default"),
        "removals": ("0.3", "default"),
        "retention": ("365", "default"),
        "llm_base_url": (None, "default"),
        "llm_model": (None, "default"),
        "llm_api_key": (None, "default"),
        "llm_timeout": ("7", "default"),
        "llm_unsupported": ("drop", "default"),
    }


def test_allowed_hosts_are_read_as_a_list_and_a_wrong_one_is_named() -> None:
    environ = {"TOWNBOOK_ALLOW_HOSTS": "wiki.city.internal, 10.1.0.0/16,"}
    assert Settings.read(environ).allow_hosts == ("wiki.city.internal", "10.1.0.0/16")
    rows = {row.name: row.value for row in explain(environ)}
    assert rows["allow_hosts"] == "wiki.city.internal, 10.1.0.0/16"
    with pytest.raises(UsageError, match=r"http://a.*TOWNBOOK_ALLOW_HOSTS"):
        Settings.read({"TOWNBOOK_ALLOW_HOSTS": "http://a"})


@pytest.mark.parametrize(
    "environ",
    [
        {"TOWNBOOK_REMOVALS": "1.5"},
        {"TOWNBOOK_REMOVALS": "nan"},
        {"TOWNBOOK_REMOVALS": "most"},
        {"TOWNBOOK_RETENTION": "-1"},
        {"TOWNBOOK_RETENTION": "a year"},
    ],
    ids=lambda environ: "=".join(*environ.items()),
)
def test_a_share_and_a_number_of_days_are_checked(environ: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=f"{next(iter(environ.values()))}.*{next(iter(environ))}"):
        Settings.read(environ)
    settings = Settings.read({"TOWNBOOK_REMOVALS": "0.5", "TOWNBOOK_RETENTION": "0"})
    assert (settings.removals, settings.retention) == (0.5, 0)


def test_an_unknown_precision_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="auto, f32, bf16, int8, reference"):
        Settings.read({"TOWNBOOK_PRECISION": "f64"})
    assert Settings.read({"TOWNBOOK_PRECISION": "f32"}).precision == "f32"


def test_credentials_in_an_address_are_not_repeated() -> None:
    rows = explain({"TOWNBOOK_MODEL": "https://me:hunter2@models.example/e5"})
    assert "hunter2" not in repr(rows)


def test_variables_that_mean_nothing_here_are_named_without_their_value() -> None:
    environ = {"TOWNBOOK_HOME": "/h", "TOWNBOOK_DEBUG": "1", "TOWNBOOK_LLM_KEY": "s3cret"}
    assert unread(environ) == ("TOWNBOOK_LLM_KEY",)


LLM = {"TOWNBOOK_LLM_BASE_URL": "http://127.0.0.1:11434/v1/", "TOWNBOOK_LLM_MODEL": "qwen3:8b"}


def test_a_language_model_is_named_by_an_address_and_a_name() -> None:
    settings = Settings.read(LLM)
    assert settings.llm_base_url == "http://127.0.0.1:11434/v1"
    assert settings.llm_model == "qwen3:8b"
    assert settings.llm_api_key is None
    with pytest.raises(UsageError, match="without TOWNBOOK_LLM_MODEL"):
        Settings.read({"TOWNBOOK_LLM_BASE_URL": "http://127.0.0.1:11434/v1"})


def test_a_key_is_masked_wherever_settings_are_shown() -> None:
    environ = LLM | {"TOWNBOOK_LLM_API_KEY": "sk-s3cret"}
    settings = Settings.read(environ)
    assert settings.llm_api_key == "sk-s3cret"
    assert "s3cret" not in repr(settings) + repr(explain(environ))
    shown = {row.name: row for row in explain(environ)}["llm_api_key"]
    assert (shown.value, shown.origin) == ("********", "environment TOWNBOOK_LLM_API_KEY")


@pytest.mark.parametrize(
    "environ",
    [
        LLM | {"TOWNBOOK_LLM_BASE_URL": "ftp://models.example/v1"},
        LLM | {"TOWNBOOK_LLM_BASE_URL": "http:///v1"},
        LLM | {"TOWNBOOK_LLM_BASE_URL": "http://models.example:99999/v1"},
        LLM | {"TOWNBOOK_LLM_BASE_URL": "http://models.example/v1?key=s3cret"},
        LLM | {"TOWNBOOK_LLM_MODEL": "a\nb"},
        LLM | {"TOWNBOOK_LLM_TIMEOUT": "soon"},
        LLM | {"TOWNBOOK_LLM_TIMEOUT": "0"},
        LLM | {"TOWNBOOK_LLM_UNSUPPORTED": "keep"},
    ],
    ids=["scheme", "host", "port", "query", "model", "words", "zero", "unsupported"],
)
def test_what_cannot_be_used_of_a_language_model_is_named(environ: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="TOWNBOOK_LLM_"):
        Settings.read(environ)


@pytest.mark.parametrize(
    "environ",
    [
        LLM | {"TOWNBOOK_LLM_BASE_URL": "https://me:s3cret@models.example/v1"},
        LLM | {"TOWNBOOK_LLM_API_KEY": "s3cret\r\nX-Other: 1"},
        LLM | {"TOWNBOOK_LLM_API_KEY": "s3crét"},
    ],
    ids=["credentials in the address", "a line break", "a letter no header has"],
)
def test_a_secret_that_cannot_be_used_is_not_repeated(environ: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="TOWNBOOK_LLM_API_KEY") as refused:
        Settings.read(environ)
    assert "s3cr" not in str(refused.value)
