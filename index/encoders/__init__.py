"""Text → unit vectors, and the count of tokens that keeps a passage within a model's limit.

``load_encoder`` is cheap: it finds the model and names it. The first call that needs vectors
opens the converted model (index.encoders.conversion), which takes a fraction of a second; only
where there is none is the model library loaded, which takes several.
"""

from __future__ import annotations

import sys
from pathlib import Path

from index.encoders.adapter import adapter_for
from index.encoders.conversion import WISHES, NotConverted, Wish
from index.encoders.folders import DEFAULT_MODEL, SMALL_MODEL, find_model
from index.encoders.loaded import LoadedEncoder
from index.encoders.profiles import PROFILES, Profile, Thresholds, profile_of
from index.home import Home

__all__ = [
    "DEFAULT_MODEL",
    "PROFILES",
    "SMALL_MODEL",
    "WISHES",
    "LoadedEncoder",
    "NotConverted",
    "Profile",
    "Thresholds",
    "Wish",
    "load_encoder",
    "profile_of",
]

# Through this package openvino tells Google Analytics of every import, and nncf of every use.
# Both do without it where it cannot be imported. Every module here that imports them is imported
# after this line.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # "not to be found"


def load_encoder(model: str, home: Home | Path, precision: Wish = "auto") -> LoadedEncoder:
    """The encoder that ``model`` names: a known model, a local folder, or a hub name.

    ``precision``: "auto" takes bf16 where the processor has it and the check passed, else f32;
    "reference" takes sentence-transformers itself.

    The default model is restored into the home at its first use (some seconds, 500 MB).
    Raises EncoderError when the model or its adapter is missing, altered or unsafe; HomeError when
    it would have to be restored into a home that cannot be written.
    """
    home = home if isinstance(home, Home) else Home(home)
    folder = find_model(model, home)
    return LoadedEncoder(folder, profile_of(folder.name), home, precision, adapter_for(folder))
