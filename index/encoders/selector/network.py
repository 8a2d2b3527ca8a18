"""The selector's network in torch: what is trained, and what is converted.

A BERT encoder's lower layers read the packed row (:mod:`index.encoders.selector.packing`); a
sentence is the mean of its own tokens' states beside the state of <s>, and two small heads score
each sentence and "none of them". Only low-rank additions to the layers' matrices (LoRA, Hu et al.
2021, arXiv:2106.09685), their normalisations and the heads are trained and kept, and the sizes
by which the matrices and their inputs are rounded to 8 bits: the rest is the encoder's own, so
the file is small. Imported where models are converted or trained, never where
a question is answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import nn

from index.encoders.selector.layers import Adapted

LAYERS = 8
RANK = 16
_HIDDEN = 128


class Network(nn.Module):
    """Scores of shape (rows, sentences) and of "none", shape (rows,)."""

    def __init__(self, bert: Any) -> None:
        """``bert``: a transformers BertModel; its lower layers are taken, not copied."""
        super().__init__()
        width = int(bert.config.hidden_size)
        self.embeddings = bert.embeddings
        self.layers = bert.encoder.layer[:LAYERS]
        self.kinds = nn.Parameter(torch.zeros(2, width))
        self.score = nn.Sequential(nn.Linear(2 * width, _HIDDEN), nn.GELU(), nn.Linear(_HIDDEN, 1))
        self.none = nn.Sequential(nn.Linear(width, _HIDDEN), nn.GELU(), nn.Linear(_HIDDEN, 1))

    def forward(
        self,
        ids: torch.Tensor,
        kinds: torch.Tensor,
        means: torch.Tensor,
        mask: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """``ids`` and ``kinds``: (rows, tokens). ``means``: (rows, sentences, tokens), the
        weights that average each sentence's tokens. ``mask``: 0 and very negative, as the layers
        add it; None where no row is padded.
        """
        x = self.embeddings(input_ids=ids) + self.kinds[kinds]
        for layer in self.layers:
            found = layer(x, attention_mask=mask)
            x = found[0] if isinstance(found, tuple) else found
        first = x[:, 0].float()
        sentences = means @ x.float()
        beside = first[:, None].expand_as(sentences)
        scores = self.score(torch.cat([sentences, beside], -1)).squeeze(-1)
        return scores, self.none(first).squeeze(-1)


def linears(network: Network) -> Iterator[tuple[nn.Module, str]]:
    """Every linear layer that is adapted, as the module that has it and its name there."""
    for layer in network.layers:
        for name in ("query", "key", "value"):
            yield layer.attention.self, name
        yield layer.attention.output, "dense"
        yield layer.intermediate, "dense"
        yield layer.output, "dense"


def adapt(network: Network) -> None:
    """Freeze all but the heads and normalisations, and add the low-rank products to train."""
    for part in (network.embeddings, network.layers):
        for parameter in part.parameters():
            parameter.requires_grad_(False)
    for layer in network.layers:
        for normalisation in (layer.attention.output.LayerNorm, layer.output.LayerNorm):
            for parameter in normalisation.parameters():
                parameter.requires_grad_(True)
    for module, name in list(linears(network)):
        setattr(module, name, Adapted(getattr(module, name), RANK))


def adapted(network: Network) -> list[Adapted]:
    """The layers that ``adapt`` made."""
    return [module for module in network.modules() if isinstance(module, Adapted)]


def trained(network: Network) -> dict[str, torch.Tensor]:
    """What training changed and measured, by name: the weights' file, in half precision."""
    return {name: tensor.detach().half().contiguous() for name, tensor in _kept(network).items()}


def restore(network: Network, weights: Mapping[str, torch.Tensor]) -> None:
    """Give an adapted network its trained ``weights``.

    Raises ValueError when they are not those of this network.
    """
    own = _kept(network)
    if own.keys() != weights.keys():
        odd = sorted(own.keys() ^ weights.keys())[:3]
        raise ValueError(f"got weights that differ from the network in {', '.join(odd)}")
    with torch.no_grad():
        for name, tensor in own.items():
            tensor.copy_(weights[name].float())


def with_weights(bert: Any, weights: Mapping[str, torch.Tensor]) -> Network:
    """The trained network, its low-rank products merged and rounded, ready to run.

    Raises ValueError when ``weights`` are not those of this network.
    """
    network = Network(bert)
    adapt(network)
    restore(network, weights)
    for module, name in list(linears(network)):
        setattr(module, name, getattr(module, name).merged())
    return network.eval()


def _kept(network: Network) -> dict[str, torch.Tensor]:
    kept: dict[str, torch.Tensor] = {
        name: parameter for name, parameter in network.named_parameters() if parameter.requires_grad
    }
    for name, module in network.named_modules():
        if isinstance(module, Adapted):
            kept |= {f"{name}.even": module.even, f"{name}.step": module.step}
    return kept
