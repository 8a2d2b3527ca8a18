"""A home and a folder of articles to try the index on, with an encoder that needs no model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.reading import ReaderPool
from index.home import Home
from index.refresh import Progress, RefreshReport, refresh
from index.snapshot import Snapshot, open_current
from tests.index.fakes import HashingEncoder

ARTICLES = {
    "harbour.txt": "Harbour baths\n\nRotterdam (NL) opened a swimming place in its old harbour on"
    " 3 May 2024. Swimmers pay nothing. The water is tested every morning.\n",
    "mending.txt": "Mending evenings\n\nIn Ghent (BE) volunteers mend lamps and radios every"
    " Thursday. About 40 neighbours come to each evening.\n",
    "velo.md": "---\ntitle: Vélos pour tous\npublished: 2023-09-14\n---\n\n# Vélos pour tous\n\nLa"
    " ville de Nantes prête des vélos aux habitants pendant six mois.\n\n## Coût\n\nLe prêt"
    " coûte dix euros par mois.\n",
    "garten/dach.txt": "Gärten auf Dächern\n\nDie Stadt Leipzig fördert Gärten auf Dächern. Sie"
    " zahlt die Hälfte der Kosten und berät die Eigentümer.\n",
    "garten/hof.txt": "Grüne Höfe\n\nIn Leipzig wurden 12 Höfe begrünt. Die Bewohner gießen die"
    " Bäume selbst.\n",
}


def write_articles(folder: Path, articles: dict[str, str]) -> Path:
    """The articles as files below ``folder``."""
    for name, text in articles.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@dataclass
class Workshop:
    """One home and one folder of articles, refreshed with a fake encoder."""

    home: Home
    folder: Path
    encoder: HashingEncoder
    pool: ReaderPool

    def refresh(
        self,
        *sources: str,
        encoder: HashingEncoder | None = None,
        dry_run: bool = False,
        compact: bool = False,
        most_gone: float = 1.0,
        progress: Callable[[Progress], None] | None = None,
    ) -> RefreshReport:
        return refresh(
            self.home,
            sources or (str(self.folder),),
            encoder or self.encoder,
            dry_run=dry_run,
            compact=compact,
            most_gone=most_gone,
            progress=progress,
            pool=self.pool,
        )

    def open(self) -> Snapshot:
        return open_current(self.home)

    def sources(self) -> list[str]:
        return [document.source for document in self.open().documents()]

    def write(self, name: str, text: str) -> Path:
        write_articles(self.folder, {name: text})
        return self.folder / name
