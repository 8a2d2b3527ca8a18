"""How many threads numpy multiplies with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from assistant.service import Townbook
from assistant.settings import Settings

_ALGEBRA = "blas"


def pools() -> list[dict[str, Any]]:
    """The pools of threads of the libraries of linear algebra."""
    return [pool for pool in threadpool_info() if pool["user_api"] == _ALGEBRA]


@pytest.fixture
def two_threads() -> Iterator[None]:
    """As numpy starts on two cores; put back as it was afterwards."""
    with threadpool_limits(limits=2, user_api=_ALGEBRA):
        yield


@pytest.mark.usefixtures("two_threads")
def test_a_process_that_answers_multiplies_on_one_thread(tmp_path: Path) -> None:
    assert [pool["num_threads"] for pool in pools()] == [2] * len(pools())
    Townbook(Settings(home=tmp_path))
    assert pools()
    assert [pool["num_threads"] for pool in pools()] == [1] * len(pools())
