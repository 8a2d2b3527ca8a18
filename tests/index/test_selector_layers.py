"""A layer that is adapted and rounded to 8 bits, as it is trained and as it is converted."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from index.encoders.selector.layers import Adapted, measuring

INPUTS, OUTPUTS = 24, 10


def a_layer() -> Adapted:
    torch.manual_seed(3)
    layer = Adapted(nn.Linear(INPUTS, OUTPUTS), rank=4)
    nn.init.normal_(layer.up)
    return layer


def some_inputs() -> torch.Tensor:
    """Rows whose last input is far larger than the others, as an encoder's are."""
    torch.manual_seed(4)
    inputs = torch.randn(50, INPUTS)
    inputs[:, -1] *= 40
    return inputs


def measured(layer: Adapted, inputs: torch.Tensor) -> Adapted:
    with torch.no_grad(), measuring([layer]):
        layer(inputs)
    return layer


def exact(layer: Adapted, inputs: torch.Tensor) -> torch.Tensor:
    return inputs @ layer.weight().T + layer.linear.bias


def test_before_it_is_measured_a_layer_does_not_round() -> None:
    layer, inputs = a_layer(), some_inputs()
    torch.testing.assert_close(layer(inputs), exact(layer, inputs))


def test_after_that_it_stays_within_a_few_hundredths_of_its_outputs() -> None:
    layer, inputs = a_layer(), some_inputs()
    expected = exact(layer, inputs)
    found = measured(layer, inputs)(inputs)
    assert not torch.equal(found, expected)
    error = (found - expected).abs().mean() / expected.abs().mean()
    assert error < 0.02


def test_a_large_input_does_not_cost_the_others_their_digits() -> None:
    layer, inputs = a_layer(), some_inputs()
    measured(layer, inputs)
    inputs[:, -1] = 0.0
    error = (layer(inputs) - exact(layer, inputs)).abs().mean()
    # Without moving its size to the weights, the one step would be fit for the largest only.
    uneven = a_layer()
    uneven.step = torch.tensor(float(some_inputs().abs().max()) / 127)
    coarse = (uneven(inputs) - exact(uneven, inputs)).abs().mean()
    assert error < 0.7 * coarse


def test_what_is_converted_computes_what_was_trained() -> None:
    layer, inputs = a_layer(), some_inputs()
    measured(layer, inputs)
    merged = layer.merged()
    torch.testing.assert_close(merged(inputs), layer(inputs), atol=1e-4, rtol=1e-4)
    assert merged.weight.dtype == torch.int8


def test_larger_inputs_than_measured_are_cut() -> None:
    layer = measured(a_layer(), some_inputs())
    largest = 127.5 * float(layer.step) / layer.even
    torch.testing.assert_close(layer((2 * largest)[None]), layer((4 * largest)[None]))


def test_training_goes_through_the_rounding() -> None:
    layer, inputs = a_layer(), some_inputs()
    measured(layer, inputs)
    wanted = torch.randn(len(inputs), OUTPUTS)
    optimizer = torch.optim.Adam([layer.down, layer.up], lr=0.01)
    losses = []
    for _ in range(40):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(layer(inputs), wanted)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.7 * losses[0]


def test_measuring_leaves_no_hook_behind() -> None:
    layer, inputs = a_layer(), some_inputs()

    def interrupted() -> None:
        with measuring([layer]):
            layer(inputs)
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        interrupted()
    assert float(layer.step) == 0.0  # what was not measured to the end does not count
    step = float(measured(layer, inputs).step)
    layer(inputs * 100)
    assert float(layer.step) == step
