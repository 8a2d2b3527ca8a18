"""Late pooling: which tokens make a sentence, and which models it is meant for."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from corpus import Span
from index.encoders.late import pooled, pools_by_mean

STATES = np.array([[9, 9], [1, 0], [0, 1], [0, 3], [9, 9]], np.float32)
PLACES = [(0, 0), (0, 3), (4, 7), (7, 9), (0, 0)]  # special, "The", "hub", "s.", special


def test_a_sentence_is_the_mean_of_its_own_tokens() -> None:
    found = pooled(STATES, PLACES, [Span(0, 3), Span(4, 9), Span(0, 9)])
    np.testing.assert_allclose(found[0], [1, 0])
    np.testing.assert_allclose(found[1], [0, 1])
    np.testing.assert_allclose(found[2], np.array([1, 4]) / np.hypot(1, 4), rtol=1e-6)


def test_special_tokens_belong_to_no_sentence_and_an_empty_one_is_zeros() -> None:
    found = pooled(STATES, PLACES, [Span(0, 0), Span(20, 30)])
    np.testing.assert_array_equal(found, 0)


def test_padding_after_the_text_is_not_read() -> None:
    padded = np.concatenate([STATES, np.full((3, 2), 7, np.float32)])
    np.testing.assert_array_equal(
        pooled(padded, PLACES, [Span(0, 9)]), pooled(STATES, PLACES, [Span(0, 9)])
    )


@pytest.mark.parametrize(
    ("kinds", "pooling", "expected"),
    [
        (["Transformer", "Pooling", "Normalize"], {"pooling_mode_mean_tokens": True}, True),
        (["Transformer", "Pooling"], {"pooling_mode": "mean"}, True),
        (["Transformer", "Pooling"], {"pooling_mode": "cls"}, False),
        (["Transformer", "Pooling"], {"pooling_mode_cls_token": True}, False),
        (
            ["Transformer", "Pooling"],
            {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": True},
            False,
        ),
        (["Transformer", "Pooling", "Dense"], {"pooling_mode_mean_tokens": True}, False),
        (["Transformer"], {}, False),
    ],
)
def test_only_a_model_that_pools_by_the_mean_is_read_so(
    tmp_path: Path, kinds: list[str], pooling: dict[str, object], expected: bool
) -> None:
    modules = [
        {"type": f"sentence_transformers.models.{kind}", "path": f"{number}_{kind}"}
        for number, kind in enumerate(kinds)
    ]
    (tmp_path / "modules.json").write_text(json.dumps(modules))
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    assert pools_by_mean(tmp_path) is expected


def test_a_folder_without_modules_is_no_such_model(tmp_path: Path) -> None:
    assert not pools_by_mean(tmp_path)
