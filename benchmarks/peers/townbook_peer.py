"""This project as one more peer: its Python interface, as the commands use it.

Passages are its own; a chunk size is refused, because there is none to set.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.service import Townbook
from assistant.settings import DEFAULT_MODEL, Settings
from benchmarks.peers.commandline import Found, Peer, Search, serve
from index.encoders import load_encoder


class Ours(Peer):
    """One home an index; refreshing finds by itself what changed."""

    def __init__(self, model: str) -> None:
        self.model = model

    def count(self, articles: Path, size: int | None) -> int:
        sys.exit("passages are whole sentences of up to 220 tokens; there is no size to fit")

    def build(self, articles: Path, index: Path, size: int | None) -> int:
        if size is not None:
            sys.exit(f"got chunk size {size}; expected none")
        townbook = self._townbook(index)
        townbook.refresh([str(articles)])
        passages: int = townbook.status()["passages"]
        return passages

    def refresh(
        self, articles: Path, changed: Sequence[Path], index: Path, size: int | None
    ) -> None:
        self._townbook(index).refresh()

    def open(self, index: Path) -> Search:
        townbook = self._townbook(index)

        def search(query: str, k: int) -> list[Found]:
            return [(Path(hit.document.source).name, hit.text) for hit in townbook.search(query, k)]

        return search

    def prepare(self, index: Path) -> None:
        load_encoder(self.model, index).encode_queries(["ready"])

    def _townbook(self, home: Path) -> Townbook:
        return Townbook(Settings(home=home, model=self.model))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    chosen, rest = parser.parse_known_args()
    serve(Ours(chosen.model), rest)
