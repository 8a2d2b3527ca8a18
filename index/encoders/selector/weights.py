"""The selector's trained weights as they lie in the package."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from index.encoders import trained
from index.encoders.folders import ModelFolder

PATH = Path(__file__).with_name("weights.safetensors")


def fits(encoder: ModelFolder) -> bool:
    """Whether the selector was trained on this encoder's very weights."""
    return trained.fits(PATH, encoder)


@cache
def digest() -> str:
    """The SHA-256 of the weights' file, as hex."""
    return sha256(PATH.read_bytes()).hexdigest()
