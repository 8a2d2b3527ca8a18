"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# No test may ever ask a model hub for anything; set before any model library is imported.
os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and questions kept beside the checkout, where there is one."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not (folder / "data" / "articles").is_dir():
        pytest.skip("the shared articles are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home's model folder, with the default model restored and converted.

    Made once for all tests and all processes that run them: it takes half a minute and most of a
    gigabyte.
    """
    from filelock import FileLock

    from index.encoders import load_encoder

    mine = tmp_path_factory.getbasetemp()
    shared = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine
    home = shared / "models" / "home"
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(shared / "models.lock"):
        load_encoder("multilingual-e5-small", home).encode_queries(["ready"])
    return home / "models"


@pytest.fixture
def home(models: Path, tmp_path: Path) -> Path:
    """A new home that has the converted default model."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "models").symlink_to(models)
    return folder
