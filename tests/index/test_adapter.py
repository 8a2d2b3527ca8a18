"""A question's vector is turned towards its answers; what texts say of themselves stays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EncoderError
from index.encoders import LoadedEncoder, load_encoder, profile_of
from index.encoders.adapter import PATH, QueryAdapter, adapter_for
from index.encoders.folders import ModelFolder, find_model
from index.home import Home

QUESTIONS = ["Who paid for the paint?", "Wie viele Bücher stehen im Lesesaal?", "wo?"]


def test_turned_vectors_have_length_one_and_each_depends_on_itself_alone() -> None:
    adapter = QueryAdapter()
    vectors = np.random.default_rng(1).normal(size=(5, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    turned = adapter.adapt(vectors)
    assert turned.shape == vectors.shape
    assert turned.dtype == np.float32
    assert np.linalg.norm(turned, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    alone = np.concatenate([adapter.adapt(row[None]) for row in vectors])
    assert alone == pytest.approx(turned, abs=1e-6)


def test_the_file_is_small_and_belongs_to_one_set_of_weights() -> None:
    assert PATH.stat().st_size < 500_000
    assert adapter_for(ModelFolder("another", PATH.parent, "0" * 64)) is None


def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    damaged = tmp_path / "adapter.safetensors"
    damaged.write_bytes(PATH.read_bytes()[:-100])
    with pytest.raises(EncoderError, match="install townbook again") as raised:
        QueryAdapter(damaged)
    assert str(damaged) in str(raised.value)


def test_questions_of_the_default_model_are_turned_and_passages_are_not(home: Path) -> None:
    source = find_model("multilingual-e5-small", Home(home))
    encoder = load_encoder("multilingual-e5-small", home)
    profile = profile_of(source.name)
    plain = LoadedEncoder(source, profile, Home(home))
    turned, before = encoder.encode_queries(QUESTIONS), plain.encode_queries(QUESTIONS)
    likeness = (turned * before).sum(axis=1)
    assert (likeness < 0.999).all()
    assert (likeness > 0.5).all()  # turned, not replaced
    assert encoder.encode_queries([]).shape == (0, 384)
    passages = ["The reading room opened in 2019."]
    assert (encoder.encode_passages(passages) == plain.encode_passages(passages)).all()
    assert encoder.id == plain.id  # so an index needs no new vectors
