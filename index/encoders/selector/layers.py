"""A linear layer of the encoder, adapted by a trained product and rounded to 8 bits.

The rounding is part of the network, not of a converter: what a processor with 8-bit instructions
computes is what was measured, and it can be trained with (Jacob et al. 2018, arXiv:1712.05877:
gradients pass the rounding as if it were not there). Inputs are rounded to 256 steps of one size
for the whole layer, weights to steps of a size for each output. As a few inputs of such layers
are far larger than the others, each is first divided by a constant that its weights are
multiplied with (Xiao et al. 2023, arXiv:2211.10438). Imported where models are converted or
trained, never where a question is answered.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

SCALE = 2.0  # of the low-rank product, so that a random start moves at a useful pace
# How much of an input's size goes over to its weights: with .8 and .95 a selector trained without
# rounding kept its log-odds to .13 on average, with none of it to .38.
_MOVED = 0.95
_LEAST = 1e-4  # a size that is never divided by less


class Adapted(nn.Module):
    """A linear layer that stays as it is, and a trained product of two thin matrices added."""

    even: torch.Tensor  # (inputs,): what each is multiplied with before it is rounded
    step: torch.Tensor  # (): the size of an input's step; 0 where nothing was measured yet

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(
            torch.randn(rank, linear.in_features) / math.sqrt(linear.in_features)
        )
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))
        self.register_buffer("even", torch.ones(linear.in_features))
        self.register_buffer("step", torch.zeros(()))

    def weight(self) -> torch.Tensor:
        """The layer's weights with the product added, (outputs, inputs), not rounded."""
        return self.linear.weight + SCALE * (self.up @ self.down)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.step:
            return nn.functional.linear(x, self.weight(), self.linear.bias)
        inputs = _rounded(x * self.even, float(self.step))
        weight = self.weight() / self.even
        weight = torch.fake_quantize_per_channel_affine(
            weight, _steps(weight), torch.zeros(len(weight), dtype=torch.int32), 0, -127, 127
        )
        return nn.functional.linear(inputs, weight, self.linear.bias)

    def measured(self, largest: torch.Tensor) -> None:
        """Round from now on, for inputs of these ``largest`` sizes, (inputs,)."""
        sizes = largest.clamp(min=_LEAST)
        weights = self.weight().detach().abs().amax(0).clamp(min=_LEAST)
        # Kept in half precision, so used in it from the start.
        self.even = (weights ** (1 - _MOVED) / sizes**_MOVED).half().float()
        self.step = ((sizes * self.even).max() / 127).half().float()

    def merged(self) -> Rounded:
        """The same function with its weights rounded for good."""
        return Rounded(self)


class Rounded(nn.Module):
    """An adapted layer as it is converted: constants only."""

    def __init__(self, adapted: Adapted) -> None:
        super().__init__()
        weight = adapted.weight().detach() / adapted.even
        steps = _steps(weight)
        self._step = float(adapted.step)
        self.even = _constant(adapted.even)
        self.steps = _constant(steps[:, None])
        self.weight = _constant((weight / steps[:, None]).round().clamp(-127, 127).to(torch.int8))
        self.bias = adapted.linear.bias

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inputs = _rounded(x * self.even, self._step)
        return nn.functional.linear(inputs, self.weight.float() * self.steps, self.bias)


@contextmanager
def measuring(layers: list[Adapted]) -> Iterator[None]:
    """Run the network inside on some texts; the layers are measured for what they were given."""
    largest: dict[int, torch.Tensor] = {}

    def see(number: int, x: torch.Tensor) -> None:
        sizes = x.detach().float().abs().reshape(-1, x.shape[-1]).amax(0)
        largest[number] = torch.maximum(largest.get(number, sizes), sizes)

    for layer in layers:
        layer.step = torch.zeros(())
    hooks = [
        layer.register_forward_pre_hook(lambda _layer, given, n=n: see(n, given[0]))
        for n, layer in enumerate(layers)
    ]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
    for number, sizes in largest.items():
        layers[number].measured(sizes)


def _rounded(x: torch.Tensor, step: float) -> torch.Tensor:
    return torch.fake_quantize_per_tensor_affine(x.float(), step, 0, -128, 127)


def _steps(weight: torch.Tensor) -> torch.Tensor:
    """For each output the size of a step, so that its largest weight is 127 of them."""
    return weight.detach().abs().amax(1).clamp(min=_LEAST) / 127


def _constant(values: torch.Tensor) -> nn.Parameter:
    return nn.Parameter(values, requires_grad=False)
