"""Token counts: right without a network, and never from a file that was altered."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import tokens
from corpus.errors import EncoderError, UsageError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ranks")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize(("encoding", "expected"), [("o200k_base", 2), ("cl100k_base", 2)], ids=str)
def test_a_known_text_has_its_known_count(folder: Path, encoding: str, expected: int) -> None:
    assert tokens.count("hello world", encoding, folder=folder) == expected


def test_the_spelling_of_a_special_token_is_ordinary_text(folder: Path) -> None:
    assert tokens.count("<|endoftext|>", folder=folder) > 1


def test_an_altered_rank_file_is_replaced_by_the_packaged_one(tmp_path: Path) -> None:
    tokens.count("a", folder=tmp_path)
    [ranks] = tmp_path.iterdir()
    whole = ranks.read_bytes()
    ranks.write_bytes(whole[:-1])
    tokens._load.cache_clear()
    assert tokens.count("a", folder=tmp_path) == 1
    assert ranks.read_bytes() == whole
    assert list(tmp_path.iterdir()) == [ranks], "no temporary file stays behind"


def test_altered_packaged_ranks_are_refused_and_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered = tmp_path / "altered.gz"
    altered.write_bytes(gzip.compress(b"YQ== 0\n"))
    monkeypatch.setattr(tokens, "_packaged", lambda _: altered)
    with pytest.raises(EncoderError, match="sha256"):
        tokens.count("a", folder=tmp_path / "ranks")
    assert not (tmp_path / "ranks").exists()


def test_an_encoding_that_is_not_packaged_is_a_usage_error(folder: Path) -> None:
    with pytest.raises(UsageError, match="cl100k_base, o200k_base"):
        tokens.count("a", "p50k_base", folder=folder)


@settings(deadline=None)  # a busy machine is no error
@given(texts=st.lists(st.text(max_size=30), max_size=8), budget=st.integers(0, 40))
def test_what_is_kept_fits_and_one_more_would_not(
    folder: Path, texts: list[str], budget: int
) -> None:
    kept, left_out = tokens.fit(texts, budget, folder=folder)
    costs = [tokens.count(text, folder=folder) for text in texts]
    assert list(kept) == texts[: len(kept)]
    assert len(kept) + left_out == len(texts)
    assert sum(costs[: len(kept)]) <= budget
    assert left_out == 0 or sum(costs[: len(kept) + 1]) > budget
