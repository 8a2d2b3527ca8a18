"""The trained weights as they lie in the package, and the encoder they belong to."""

from __future__ import annotations

import json
import struct
from functools import cache
from hashlib import sha256
from pathlib import Path

from index.encoders.folders import ModelFolder

PATH = Path(__file__).with_name("weights.safetensors")
_BASE = "base"  # the metadata's name for the encoder's digest


def fits(encoder: ModelFolder) -> bool:
    """Whether the selector was trained on this encoder's very weights."""
    return PATH.is_file() and encoder.digest == _base()


@cache
def digest() -> str:
    """The SHA-256 of the weights' file, as hex."""
    return sha256(PATH.read_bytes()).hexdigest()


@cache
def _base() -> str | None:
    # Only the header is read here: a question must not load what a conversion did already.
    with open(PATH, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    base: str | None = header.get("__metadata__", {}).get(_BASE)
    return base
