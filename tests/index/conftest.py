"""A home, a folder of articles and an encoder that needs no model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.reading import ReaderPool
from index.home import Home
from tests.index.fakes import HashingEncoder
from tests.index.workshop import ARTICLES, Workshop, write_articles


@pytest.fixture(scope="session")
def pool() -> Iterator[ReaderPool]:
    """One pool for all tests: starting reader processes is what takes time."""
    with ReaderPool(pause=lambda _seconds: None) as one:
        yield one


@pytest.fixture
def workshop(tmp_path: Path, pool: ReaderPool) -> Workshop:
    """A folder of five articles and an empty home."""
    folder = write_articles(tmp_path / "texts", ARTICLES)
    return Workshop(Home(tmp_path / "home"), folder, HashingEncoder(), pool)


@pytest.fixture
def indexed(workshop: Workshop) -> Workshop:
    """The same, after its first refresh."""
    workshop.refresh()
    return workshop
