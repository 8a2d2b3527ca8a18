"""One model folder as an encoder, by the fastest way that agrees with the reference.

A vector should depend on its text alone. Texts are batched with others of nearly their own
length and in an order that depends on the texts only; the library then keeps each vector by
its text's hash, and an index rebuilt from the same library has the same bytes.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Protocol

import numpy as np

from corpus import Span
from corpus.errors import HomeError, TownbookError
from index import Vectors
from index.encoders.adapter import QueryAdapter
from index.encoders.conversion import (
    NotConverted,
    Wish,
    find_conversion,
    open_conversion,
    open_selector,
)
from index.encoders.folders import ModelFolder
from index.encoders.profiles import Profile, Thresholds
from index.encoders.selector.model import Selector
from index.encoders.tokens import TextTokens
from index.home import Home

_log = logging.getLogger(__name__)

_DEFAULT_LIMIT = 512  # tokens, where neither the profile nor the model's files name one
# A tokenizer reads a whole text before a limit cuts it; nothing past this is ever kept.
_LONGEST_TEXT = 20_000  # characters


class _Model(Protocol):
    """Prompted texts → unit vectors."""

    @property
    def dimension(self) -> int: ...

    @property
    def reads_sentences(self) -> bool: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...

    def embed(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Vectors]: ...


class LoadedEncoder:
    """Implements index.IndexingEncoder for a model folder. Threads may share it.

    The converted model is used where there is one or one can be made, the reference where
    not; a line in the log says why. Their vectors belong to one space, so they share an id;
    8-bit ones differ enough to have their own.
    """

    def __init__(
        self,
        folder: ModelFolder,
        profile: Profile,
        home: Home,
        precision: Wish = "auto",
        adapter: QueryAdapter | None = None,
    ) -> None:
        """Loads nothing yet. Without ``adapter`` a question's vector stays as the model made it."""
        self._folder = folder
        self._profile = profile
        self._home = home
        self._precision = precision
        self._loading = threading.Lock()
        self._model: _Model | None = None
        self._method: Mapping[str, str | float] | None = None
        self._selecting = threading.Lock()
        self._selector: Selector | None = None
        self._sought_selector = False
        self._adapter = adapter
        prompts = f"{profile.query_prompt}\0{profile.passage_prompt}"
        marks = f"{folder.digest}\0{prompts}"
        self._id = f"{folder.name}@{folder.digest[:12]}-{sha256(marks.encode()).hexdigest()[:8]}"
        if precision == "int8":
            self._id += "-int8"
        self._limit = profile.limit or _limit_of(folder)
        self._tokens = TextTokens(folder.path, self._limit)
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
    def folder(self) -> ModelFolder:
        """Where the model's own files are."""
        return self._folder

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
            self._dimension = self._loaded().dimension
        return self._dimension

    @property
    def method(self) -> Mapping[str, str | float]:
        """How vectors are made: engine, precision, and its agreement with the reference."""
        if self._method is None and self._precision != "reference":
            try:
                found = find_conversion(self._folder, self._home, self._precision)
                if found is not None:
                    return found.method(found.precision(self._precision))
            except NotConverted:
                pass  # then the reference is what will be loaded
        self._loaded()
        return self._method or {}

    def open_quietly(self) -> None:
        """Load the model now; a failure is left to the call that needs a vector."""
        with suppress(TownbookError):
            self._loaded()
            _ = self.selector

    @property
    def selector(self) -> Selector | None:
        """The sentence selector trained on this model, opened by the first caller.

        None for models that have none, and where the reference does the encoding.
        """
        with self._selecting:
            if not self._sought_selector:
                self._sought_selector = True
                if self._precision != "reference":
                    self._loaded()  # converts it where that is still to be done
                    with suppress(NotConverted):
                        self._selector = open_selector(
                            self._folder, self._home, self._precision, self._tokens
                        )
            return self._selector

    def verify(self) -> None:
        """Hash the converted model's files, where there are any; a question checks sizes only.

        Raises EncoderError naming the first that is not as it was written.
        """
        if self._precision != "reference":
            with suppress(NotConverted):  # the reference hashes its files at every load
                found = find_conversion(self._folder, self._home, self._precision)
                if found is not None:
                    found.verify()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a passage: with its prompt and special tokens, uncut."""
        if not texts:
            return []
        return self._tokens.count([self._profile.passage_prompt + _storable(t) for t in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (n, dimension), float32, rows of length 1, in the order given."""
        return self._encode(texts, self._profile.passage_prompt)

    def embed(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Vectors]:
        """One matrix a text: its own vector, then its sentences' as they read within it.

        A model that does not pool by the mean gets each sentence by itself.
        """
        model = self._loaded()
        if not model.reads_sentences:
            return self._one_by_one(texts, sentences)
        prompt = self._profile.passage_prompt
        return model.embed(
            [prompt + _storable(text[:_LONGEST_TEXT]) for text in texts],
            [
                [Span(s.start + len(prompt), s.end + len(prompt)) if len(s) else s for s in spans]
                for spans in sentences
            ],
        )

    def _one_by_one(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[Vectors]:
        matrices = []
        for vector, text, spans in zip(self.encode_passages(texts), texts, sentences, strict=True):
            matrix = np.zeros((1 + len(spans), self.dimension), np.float32)
            matrix[0] = vector
            said = [row for row, span in enumerate(spans, start=1) if len(span)]
            matrix[said] = self.encode_passages([spans[row - 1].of(text) for row in said])
            matrices.append(matrix)
        return matrices

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (n, dimension), float32, rows of length 1, in the order given.

        Turned towards what answers them, where there is an adapter.
        """
        vectors = self._encode(texts, self._profile.query_prompt)
        return self._adapter.adapt(vectors) if self._adapter and len(texts) else vectors

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        return self._loaded().encode([prompt + _storable(text[:_LONGEST_TEXT]) for text in texts])

    def _loaded(self) -> _Model:
        """The model, loaded by the first caller."""
        with self._loading:
            if self._model is None:
                self._model, self._method = self._fastest()
            return self._model

    def _fastest(self) -> tuple[_Model, Mapping[str, str | float]]:
        if self._precision != "reference":
            try:
                return open_conversion(
                    self._folder,
                    self._home,
                    self._precision,
                    self._limit,
                    self._profile.passage_prompt,
                    self._tokens,
                )
            except (NotConverted, HomeError) as error:
                if self._precision != "auto":
                    raise  # asked for by name
                _log.warning("%s; encoding with sentence-transformers, slower", error.found)
        from index.encoders.reference import ReferenceModel

        reference = ReferenceModel(self._folder, self._limit)
        return reference, reference.method


def _storable(text: str) -> str:
    """``text`` as a tokenizer takes it: a lone surrogate would raise there."""
    return text.encode("utf-8", "replace").decode()


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
