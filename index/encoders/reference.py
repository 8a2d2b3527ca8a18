"""The reference: a model run by sentence-transformers on torch, as its authors mean it.

Exact and slow to start. It is what a converted model is checked against, what answers where a
model cannot be converted, and what uses a GPU where torch sees one.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus import Span
from corpus.errors import EncoderError
from index import Vectors
from index.encoders.batches import BATCH, in_batches
from index.encoders.folders import ModelFolder, digest_of
from index.encoders.late import pooled, pools_by_mean
from index.encoders.tokens import TextTokens

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_LINUX = hasattr(os, "sched_getaffinity")


class ReferenceModel:
    """A model folder loaded by sentence-transformers."""

    def __init__(self, folder: ModelFolder, limit: int, device: str | None = None) -> None:
        """``device``: None takes a GPU where there is one.

        Raises EncoderError when the folder's files have changed or cannot be loaded.
        """
        if digest_of(folder.path) != folder.digest:
            raise EncoderError(
                f"got altered files in {folder.path}",
                f"the model of hash {folder.digest[:12]}",
                "remove that folder and run the command again",
            )
        self.model = _load(folder, limit, device)
        self._tokens = TextTokens(folder.path, limit)
        self.reads_sentences = pools_by_mean(folder.path)

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self.model.get_embedding_dimension() or 0)

    @property
    def method(self) -> Mapping[str, str | float]:
        """How vectors are made, for the record."""
        import sentence_transformers

        return {
            "engine": f"sentence-transformers {sentence_transformers.__version__}",
            "precision": "f32",
            "device": self.model.device.type,
        }

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts that carry their prompt, shape (n, dimension), in order."""
        return in_batches(
            texts,
            [len(row) for row in self._tokens.ids(texts)],
            self.dimension,
            lambda batch: self._encode([texts[row] for row in batch]),
        )

    def embed(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Vectors]:
        """See index.IndexingEncoder.embed; only where ``reads_sentences``."""
        tokens = self._tokens.with_places(texts)
        matrices: list[Vectors] = [np.empty((0, self.dimension), np.float32)] * len(texts)

        def encode(batch: list[int]) -> Vectors:
            found = self._run([texts[row] for row in batch], output_value=None)
            for features, row in zip(found, batch, strict=True):
                states = features["token_embeddings"].float().cpu().numpy()
                vector = features["sentence_embedding"].float().cpu().numpy()
                vector /= np.linalg.norm(vector)
                parts = pooled(states, tokens[row][1], sentences[row])
                matrices[row] = np.concatenate([vector[None], parts])
            return np.stack([matrices[row][0] for row in batch])

        in_batches(texts, [len(ids) for ids, _places in tokens], self.dimension, encode)
        return matrices

    def _encode(self, texts: list[str]) -> Vectors:
        vectors: Vectors = self._run(texts, convert_to_numpy=True, normalize_embeddings=True)
        return vectors

    def _run(self, texts: list[str], **options: Any) -> Any:
        return self.model.encode(
            texts,
            prompt="",  # already there; an explicit one keeps a model's default out
            batch_size=BATCH,
            show_progress_bar=False,
            **options,
        )


def _load(folder: ModelFolder, limit: int, device: str | None) -> SentenceTransformer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the libraries' advice to developers, not to readers
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # not annotated there
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # not annotated there
        torch.set_num_threads(len(os.sched_getaffinity(0)) if _LINUX else os.cpu_count() or 1)
        try:
            model = SentenceTransformer(
                str(folder.path),
                device=device or ("cuda" if torch.cuda.is_available() else "cpu"),
                trust_remote_code=False,
                local_files_only=True,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, KeyError, RuntimeError, TypeError, ImportError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EncoderError(
                f"got model folder {folder.path} ({reason})",
                "a folder that sentence-transformers can load",
                "mend it or choose another --model",
            ) from error
    model.max_seq_length = limit
    model.eval()
    return model
