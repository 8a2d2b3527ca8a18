"""Homes that several suites measure on, built once and brought up to date before each use."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from assistant.service import Townbook
from assistant.settings import DEFAULT_MODEL, Settings
from benchmarks.run import STARTER
from index.encoders import SMALL_MODEL

MODELS = (DEFAULT_MODEL, SMALL_MODEL)


def options(argv: Sequence[str], about: str | None) -> argparse.Namespace:
    """``articles``, ``questions`` (None without) and ``homes``, as every suite takes them."""
    parser = argparse.ArgumentParser(description=(about or "").partition("\n")[0])
    parser.add_argument("--articles", type=Path, default=STARTER)
    parser.add_argument("--questions", type=Path)
    parser.add_argument(
        "--homes",
        type=Path,
        default=platformdirs.user_cache_path("townbook-benchmarks") / "homes",
        help="where homes are kept from run to run",
    )
    return parser.parse_args(argv)


def home_of(articles: Path, homes: Path, model: str = DEFAULT_MODEL) -> Path:
    """The home in which ``articles`` are indexed with ``model``; built at its first use."""
    home = path_of(articles, homes, model)
    townbook = Townbook(Settings(home=home, model=model))
    townbook.refresh([str(articles)])
    townbook.close()
    return home


def path_of(articles: Path, homes: Path, model: str) -> Path:
    """Where that home stands, whether or not it exists."""
    where = hashlib.sha256(str(articles.resolve()).encode()).hexdigest()[:8]
    return homes / f"{where}-{model}"
