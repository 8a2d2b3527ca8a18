"""Trained weights that lie in the package, and the encoder each file of them belongs to."""

from __future__ import annotations

import json
import struct
from functools import cache
from pathlib import Path

from index.encoders.folders import ModelFolder

_BASE = "base"  # the metadata's name for the encoder's digest


def fits(weights: Path, encoder: ModelFolder) -> bool:
    """Whether the safetensors file ``weights`` was trained on this encoder's very weights."""
    return weights.is_file() and encoder.digest == _base(weights)


@cache
def _base(weights: Path) -> str | None:
    # Only the header is read: most callers never need the tensors.
    with open(weights, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    base: str | None = header.get("__metadata__", {}).get(_BASE)
    return base
