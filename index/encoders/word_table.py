"""A graph's table of word vectors, taken out of it: its rows become an input.

It is most of a multilingual model's bytes, and a text needs a few rows of it, which
:mod:`index.encoders.word_rows` reads from a file. Imported where models are converted.
"""

from __future__ import annotations

import numpy as np
import openvino
from openvino import opset13

from index import Vectors

# A table smaller than this (rows) loads as fast inside the graph.
_FEW_WORDS = 10_000


def take_words_out(graph: openvino.Model) -> Vectors | None:
    """The table, shape (vocabulary, width); ``graph`` then takes its rows as input "words".

    None, and the graph as it was, when it has no table worth it.
    """
    for lookup in graph.get_ops():
        if lookup.get_type_name() != "Gather":
            continue
        table = lookup.input_value(0).get_node()
        if table.get_type_name() != "Constant" or len(table.get_output_shape(0)) != 2:
            continue
        if table.get_output_shape(0)[0] < _FEW_WORDS:
            continue
        width = table.get_output_shape(0)[1]
        vectors: Vectors = np.array(table.data, np.float32)
        looked_up = opset13.parameter([-1, -1, width], np.float32, name="words")
        looked_up.output(0).tensor.set_names({"words"})
        lookup.output(0).replace(looked_up.output(0))
        graph.add_parameters([looked_up])
        graph.validate_nodes_and_infer_types()
        return vectors
    return None
