"""One model folder as an encoder.

A vector should depend on its text alone. Padding and batch shape change the last bits of a
sum, so texts are batched with others of nearly their own length and in an order that depends
on the texts only; the library then keeps each vector by its text's hash, and an index rebuilt
from the same library has the same bytes.
"""

from __future__ import annotations

import json
import os
import threading
import warnings
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import EncoderError
from index import Vectors
from index.encoders.folders import ModelFolder, digest_of
from index.encoders.profiles import Profile, Thresholds

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

# Texts of similar length in small batches beat 32 on a CPU: less padding, better cache use.
_BATCH = 8
_DEFAULT_LIMIT = 512  # tokens, where neither the profile nor the model's files name one
# A tokenizer reads a whole text before a limit cuts it; nothing past this is ever kept.
_LONGEST_TEXT = 20_000  # characters


class LoadedEncoder:
    """Implements index.Encoder for a folder that sentence-transformers can load."""

    def __init__(self, folder: ModelFolder, profile: Profile) -> None:
        self._folder = folder
        self._profile = profile
        self._loading = threading.Lock()
        self._model: SentenceTransformer | None = None
        self._tokenizer: Tokenizer | None = None
        prompts = f"{profile.query_prompt}\0{profile.passage_prompt}"
        marks = f"{folder.digest}\0{prompts}"
        self._id = f"{folder.name}@{folder.digest[:12]}-{sha256(marks.encode()).hexdigest()[:8]}"
        self._limit = profile.limit or _limit_of(folder)
        self._dimension = _dimension_of(folder)

    @property
    def id(self) -> str:
        """Name, hash of weights and configuration, hash of prompts."""
        return self._id

    @property
    def name(self) -> str:
        """The model's name without its hashes."""
        return self._folder.name

    @property
    def limit(self) -> int:
        """Most tokens one text may have, prompt and special tokens included."""
        return self._limit

    @property
    def thresholds(self) -> Thresholds:
        """What this model's cosines mean."""
        return self._profile.thresholds

    @property
    def dimension(self) -> int:
        if self._dimension is None:
            self._dimension = int(self._loaded().get_embedding_dimension() or 0)
        return self._dimension

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a passage: with its prompt and special tokens, uncut."""
        if not texts:
            return []
        prompted = [self._profile.passage_prompt + _storable(text) for text in texts]
        encoded = self._fast_tokenizer().encode_batch_fast(prompted)
        return [len(encoding.ids) for encoding in encoded]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (n, dimension), float32, rows of length 1, in the order given."""
        return self._encode(texts, self._profile.passage_prompt)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (n, dimension), float32, rows of length 1, in the order given."""
        return self._encode(texts, self._profile.query_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        model = self._loaded()
        prompted = [prompt + _storable(text[:_LONGEST_TEXT]) for text in texts]
        vectors = np.empty((len(texts), self.dimension), np.float32)
        # By length first; the text itself decides among equals, so no order depends on chance.
        order = sorted(range(len(texts)), key=lambda i: (len(prompted[i]), prompted[i]))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            vectors[rows] = model.encode(
                [prompted[row] for row in rows],
                prompt="",  # already there; an explicit one keeps a model's default out
                batch_size=_BATCH,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
        return vectors

    def _fast_tokenizer(self) -> Tokenizer:
        with self._loading:
            if self._tokenizer is None:
                file = self._folder.path / "tokenizer.json"
                if not file.is_file():
                    raise EncoderError(
                        f"got model folder {self._folder.path} without tokenizer.json",
                        "a model with a fast tokenizer",
                        "save it with transformers' save_pretrained, or choose another --model",
                    )
                # Without a choice here, every later fork prints a warning; readers' child
                # processes never tokenize, so threads here cannot harm them.
                os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
                from tokenizers import Tokenizer

                tokenizer = Tokenizer.from_file(str(file))
                tokenizer.no_truncation()
                tokenizer.no_padding()
                self._tokenizer = tokenizer
            return self._tokenizer

    def _loaded(self) -> SentenceTransformer:
        """The model, loaded by the first caller; its files' hash is checked first."""
        with self._loading:
            if self._model is None:
                if digest_of(self._folder.path) != self._folder.digest:
                    raise EncoderError(
                        f"got altered files in {self._folder.path}",
                        f"the model of hash {self._folder.digest[:12]}",
                        "remove that folder and run the command again",
                    )
                self._model = _load(self._folder, self._limit)
            return self._model


def _storable(text: str) -> str:
    """``text`` as a tokenizer takes it: a lone surrogate would raise there."""
    return text.encode("utf-8", "replace").decode()


def _load(folder: ModelFolder, limit: int) -> SentenceTransformer:
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
                device="cpu",
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


_LINUX = hasattr(os, "sched_getaffinity")


def _limit_of(folder: ModelFolder) -> int:
    """The model's own limit in tokens, from its configuration files."""
    candidates = (
        ("sentence_bert_config.json", "max_seq_length"),
        ("tokenizer_config.json", "model_max_length"),
        ("config.json", "max_position_embeddings"),
    )
    for name, key in candidates:
        value = _read(folder, name).get(key)
        if isinstance(value, int) and 0 < value < 1_000_000:  # "no limit" is written as 10**30
            return value
    return _DEFAULT_LIMIT


def _dimension_of(folder: ModelFolder) -> int | None:
    """Length of the vectors where the files say it plainly; None: ask the loaded model."""
    # A Dense module after the pooling changes the length.
    if any((folder.path).glob("*_Dense")):
        return None
    value = _read(folder, "1_Pooling/config.json").get("word_embedding_dimension")
    return value if isinstance(value, int) else None


def _read(folder: ModelFolder, name: str) -> dict[str, object]:
    try:
        content = json.loads((folder.path / name).read_bytes())
    except (OSError, ValueError):
        return {}  # optional files: sentence-transformers has defaults for each of them
    return content if isinstance(content, dict) else {}
