"""A home with the starter articles, indexed once for all tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assistant import Answer
from assistant.service import Townbook
from assistant.settings import Settings

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"


def _fakes() -> ModuleType:
    """tests/index/fakes.py: test folders are no packages, so it is loaded by its path."""
    path = Path(__file__).parents[1] / "index" / "fakes.py"
    spec = spec_from_file_location("index_fakes", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Townbook]:
    """Townbook over the starter articles with the real default encoder."""
    home = tmp_path_factory.mktemp("starter-home")
    (home / "models").symlink_to(models)
    yield from _indexed(Townbook(Settings(home=home)))


@pytest.fixture(scope="session")
def hashing() -> Any:
    """The class of encoders that hash words into vectors, for homes of a test's own."""
    return _fakes().HashingEncoder


@pytest.fixture(scope="session")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Townbook]:
    """The same with a hashing encoder: answers are poorer, but every promise must hold."""
    home = tmp_path_factory.mktemp("quick-home")
    encoder = _fakes().HashingEncoder(dimension=256)
    yield from _indexed(Townbook(Settings(home=home), encoder=encoder))


def _indexed(townbook: Townbook) -> Iterator[Townbook]:
    report = townbook.refresh([str(ARTICLES)])
    assert report.to_json()["quarantined"] == []
    yield townbook
    townbook.close()


@pytest.fixture
def ask(tmp_path: Path, hashing: type[Any]) -> Iterator[Callable[[dict[str, str], str], Answer]]:
    """Index some articles and ask one question of them."""
    opened: list[Townbook] = []

    def answer(articles: dict[str, str], question: str) -> Answer:
        folder = tmp_path / "articles-of-a-test"
        folder.mkdir()
        for name, text in articles.items():
            (folder / name).write_text(text, encoding="utf-8")
        townbook = Townbook(Settings(home=tmp_path / "home"), encoder=hashing(dimension=256))
        opened.append(townbook)
        townbook.refresh([str(folder)])
        return townbook.ask(question)

    yield answer
    for townbook in opened:
        townbook.close()
