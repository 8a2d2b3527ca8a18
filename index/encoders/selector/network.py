"""The selector's network in torch: what is trained, and what is converted.

A BERT encoder's lower layers read the packed row (:mod:`index.encoders.selector.packing`); a
sentence is the mean of its own tokens' states beside the state of <s>, and two small heads score
each sentence and "none of them". Only low-rank additions to the layers' matrices (LoRA, Hu et al.
2021, arXiv:2106.09685), their normalisations and the heads are trained and kept: the rest is the
encoder's own, so the file is small. Imported where models are converted or trained, never where
a question is answered.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import nn

LAYERS = 8
RANK = 16
SCALE = 2.0  # of the low-rank product, so that a random start moves at a useful pace
_HIDDEN = 128


class Adapted(nn.Module):
    """A linear layer that stays as it is, and a trained product of two thin matrices added."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(
            torch.randn(rank, linear.in_features) / math.sqrt(linear.in_features)
        )
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        added: torch.Tensor = self.linear(x) + (x @ self.down.T) @ self.up.T * SCALE
        return added

    def merged(self) -> nn.Linear:
        """The same function as one linear layer."""
        with torch.no_grad():
            self.linear.weight += SCALE * (self.up @ self.down)
        return self.linear


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


def trained(network: Network) -> dict[str, torch.Tensor]:
    """What training changed, by name: the content of the weights' file, in half precision."""
    return {
        name: parameter.detach().half().contiguous()
        for name, parameter in network.named_parameters()
        if parameter.requires_grad
    }


def with_weights(bert: Any, weights: Mapping[str, torch.Tensor]) -> Network:
    """The trained network, its low-rank products merged, ready to run.

    Raises ValueError when ``weights`` are not those of this network.
    """
    network = Network(bert)
    adapt(network)
    own = {name: p for name, p in network.named_parameters() if p.requires_grad}
    if own.keys() != weights.keys():
        odd = sorted(own.keys() ^ weights.keys())[:3]
        raise ValueError(f"got weights that differ from the network in {', '.join(odd)}")
    with torch.no_grad():
        for name, parameter in own.items():
            parameter.copy_(weights[name].float())
    for module, name in list(linears(network)):
        setattr(module, name, getattr(module, name).merged())
    return network.eval()
