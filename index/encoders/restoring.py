"""A folder that sentence-transformers loads, written from the packed e5 file.

Needs neither torch nor transformers: weights go from numpy to safetensors, configurations
are the few lines those libraries read. Whether the folder is complete is its caller's affair.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from safetensors.numpy import save_file

from index.encoders import e5_file
from index.encoders.profiles import PROFILES

_LIMIT = 512  # tokens; the position table has two more rows that XLM-R reserves


def write_e5(source: Path, folder: Path) -> None:
    """Write the model in the packed file ``source`` into the existing ``folder``."""
    e5 = e5_file.read(memoryview(source.read_bytes()))
    profile = PROFILES["multilingual-e5-small"]
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    save_file(e5.weights, folder / "model.safetensors", metadata={"format": "pt"})
    e5.tokenizer.save(str(folder / "tokenizer.json"))
    special = {
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "pad_token": "<pad>",
        "cls_token": "<s>",
        "sep_token": "</s>",
    }
    configurations: dict[str, Any] = {
        "config.json": _bert(e5.shape),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": _LIMIT,
            **special,
        },
        "special_tokens_map.json": special,
        "sentence_bert_config.json": {"max_seq_length": _LIMIT, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": e5.shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "modules.json": [
            _module(0, "", "Transformer"),
            _module(1, "1_Pooling", "Pooling"),
            _module(2, "2_Normalize", "Normalize"),
        ],
        "config_sentence_transformers.json": {
            "prompts": {"query": profile.query_prompt, "document": profile.passage_prompt},
        },
    }
    for name, content in configurations.items():
        (folder / name).write_text(json.dumps(content, indent=1), encoding="utf-8")


def _bert(shape: e5_file.Shape) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.token_types,
        "layer_norm_eps": shape.epsilon,
        "pad_token_id": shape.pad,
        "hidden_act": "gelu",
    }


def _module(position: int, path: str, kind: str) -> dict[str, Any]:
    return {
        "idx": position,
        "name": str(position),
        "path": path,
        "type": f"sentence_transformers.models.{kind}",
    }
