"""Whether this processor multiplies 8-bit numbers exactly, found out by having it do so.

Processors without instructions made for it (VNNI and its like) add two products at a time in 16
bits, and cut off what these cannot hold (oneDNN developer guide, "Nuances of int8 Computations").
A graph whose weights fill 8 bits then computes something else, without a word. Knows this one
thing of a processor; refuses to choose a precision.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import openvino
from openvino import opset13 as ops

# The runtime's switch for running a graph of rounded numbers in 8 bits or in 32. It is not among
# the documented ones, so a test holds the pinned release to it.
IN_EIGHT_BITS = "LP_TRANSFORMS_MODE"
_WIDTH = 64
_MOST = 127
_STEP = 0.05


@cache
def multiplies_exactly() -> bool:
    """Whether sums of the largest products are right here when they are computed in 8 bits."""
    return sums_are_right(in_eight_bits=True)


def sums_are_right(*, in_eight_bits: bool) -> bool:
    """Whether a row of the largest number, times columns of it, gives what it should."""
    settings = {
        "INFERENCE_NUM_THREADS": "1",
        "INFERENCE_PRECISION_HINT": "f32",
        IN_EIGHT_BITS: in_eight_bits,
    }
    compiled = openvino.Core().compile_model(_graph(), "CPU", settings)
    products = compiled(np.full((1, _WIDTH), _MOST * _STEP, np.float32))[0]
    return bool(np.allclose(products, _WIDTH * _MOST * _MOST * _STEP))


def _graph() -> openvino.Model:
    """A row rounded to 8 bits, times a matrix of 8-bit numbers."""
    row = ops.parameter([-1, _WIDTH], np.float32)
    low, high = np.float32(-(_MOST + 1) * _STEP), np.float32(_MOST * _STEP)
    rounded = ops.fake_quantize(row, low, high, low, high, 256)
    whole = ops.convert(ops.constant(np.full((_WIDTH, _WIDTH), _MOST, np.int8)), np.float32)
    scaled = ops.multiply(whole, ops.constant(np.full((_WIDTH, 1), 1.0, np.float32)))
    return openvino.Model([ops.matmul(rounded, scaled, False, True)], [row])
