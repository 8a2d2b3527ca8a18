"""Named arrays in one file, mapped into memory when they are read.

The file is safetensors: a JSON header and the arrays as they lie in memory, documented, and
nothing in it can run. The package writes it; it is mapped here, because the package copies
every array it reads and a search needs a few pages of them. Knows nothing of what they mean.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import durable

Arrays = Mapping[str, NDArray[Any]]

_TYPES = {
    "BOOL": np.bool_,
    "U8": np.uint8,
    "U16": np.uint16,
    "U32": np.uint32,
    "U64": np.uint64,
    "I64": np.int64,
    "F32": np.float32,
    "F64": np.float64,
}


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write a new file and bring it to the disk; equal arrays give equal bytes."""
    from safetensors.numpy import save  # only writers need it

    packed = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    durable.write_file(path, save(packed))


def map_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a file, read-only; nothing but the header is read until it is used.

    ValueError or KeyError when the file is not what ``write_arrays`` writes.
    """
    with open(path, "rb") as file:
        whole = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)
    start = 8 + int.from_bytes(whole[:8].tobytes(), "little")
    header: dict[str, Any] = json.loads(whole[8:start].tobytes())
    header.pop("__metadata__", None)
    found = {}
    for name, facts in header.items():
        first, last = facts["data_offsets"]
        flat: NDArray[Any] = whole[start + first : start + last].view(_TYPES[facts["dtype"]])
        found[name] = flat.reshape(facts["shape"])
    return found


def narrowed(values: NDArray[Any]) -> NDArray[Any]:
    """The same numbers, none negative, in the smallest unsigned type that holds the largest."""
    return values.astype(np.min_scalar_type(int(values.max()) if values.size else 0))
