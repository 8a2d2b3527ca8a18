"""How many tokens a text costs a language model, counted by tiktoken without a network.

Knows where tiktoken's rank files come from (gzipped inside the package ``bpe-openai``) and
proves each by its published sha256 before tiktoken sees it. Refuses to know prompts, models
and budgets. These are not the encoder's tokens: passages are measured by their encoder.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import os
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import tiktoken

from corpus.errors import EncoderError, UsageError

DEFAULT = "o200k_base"


@dataclass(frozen=True, slots=True)
class _Ranks:
    """One rank file: the name tiktoken's cache looks for (a sha1 of its address), its hash."""

    cached_as: str
    sha256: str


_RANKS = {
    "cl100k_base": _Ranks(
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
    "o200k_base": _Ranks(
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    ),
}
_loading = threading.Lock()  # tiktoken takes its cache folder from the process's environment


def count(text: str, encoding: str = DEFAULT, *, folder: Path) -> int:
    """Tokens in ``text``. Rank files are kept in ``folder``, which may not exist yet.

    Special-token spellings such as ``<|endoftext|>`` count as the ordinary text they are here.
    Raises UsageError for an encoding that is not packaged, EncoderError for an altered one.
    """
    return len(_load(encoding, folder).encode_ordinary(text))


def fit(
    texts: Sequence[str], budget: int, encoding: str = DEFAULT, *, folder: Path
) -> tuple[tuple[str, ...], int]:
    """The longest run of leading ``texts`` within ``budget`` tokens, and how many were left out.

    Texts come best first, so the first that does not fit ends the run: a worse one that is
    short enough never takes its place. Raises as ``count`` does.
    """
    spent = 0
    for kept, text in enumerate(texts):
        spent += count(text, encoding, folder=folder)
        if spent > budget:
            return tuple(texts[:kept]), len(texts) - kept
    return tuple(texts), 0


@lru_cache(maxsize=len(_RANKS))
def _load(encoding: str, folder: Path) -> tiktoken.Encoding:
    """The encoding, read from ``folder`` only: a proven file there means nothing is fetched."""
    if encoding not in _RANKS:
        raise UsageError(
            f"got token encoding {encoding!r}", f"one of {', '.join(sorted(_RANKS))}", "choose one"
        )
    _provide(encoding, folder)
    with _loading:
        before = os.environ.get("TIKTOKEN_CACHE_DIR")
        os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
        try:
            return tiktoken.get_encoding(encoding)
        finally:
            if before is None:
                del os.environ["TIKTOKEN_CACHE_DIR"]
            else:
                os.environ["TIKTOKEN_CACHE_DIR"] = before


def _provide(encoding: str, folder: Path) -> None:
    """Put the rank file into ``folder`` unless a proven one is there; whole or not at all."""
    ranks = _RANKS[encoding]
    target = folder / ranks.cached_as
    if target.is_file() and _sha256(target.read_bytes()) == ranks.sha256:
        return
    content = gzip.decompress(_packaged(encoding).read_bytes())
    if _sha256(content) != ranks.sha256:
        raise EncoderError(
            f"the packaged ranks of {encoding} have sha256 {_sha256(content)}",
            ranks.sha256,
            "reinstall the package bpe-openai",
        )
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=f".{ranks.cached_as}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(name, target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _packaged(encoding: str) -> Path:
    """The gzipped ranks, found without importing the package and its 74 MB of native code."""
    spec = importlib.util.find_spec("bpe_openai")
    if spec is None or spec.origin is None:
        raise EncoderError(
            "the package bpe-openai is missing", "its rank files", "pip install bpe-openai==0.1.4"
        )
    return Path(spec.origin).parent / "data" / f"{encoding}.tiktoken.gz"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
