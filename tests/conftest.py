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
