"""A released encoder made trainable again: its int8 graph read back into a BertModel.

Biases, norms and positions are stored in the graph under their own names; a weight is found from the bias that is
added to its product, and the factor that smooths its input (`training.quantise.Smooth`) is put back into it. What is
read back computes what the released encoder computes, up to the rounding of its activations.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel

from training.errors import DataError
from training.quantise import linear_names

Floats = npt.NDArray[np.float32]
PREFIX = "encoder."  # the exported module holds the encoder under this name
PRODUCTS = ("MatMul", "MatMulInteger")


def released(folder: Path) -> bool:
    """Whether the folder holds a released model rather than a prepared encoder."""
    return (folder / "encoder.onnx").is_file() and not (folder / "config.json").is_file()


def read_back(folder: Path, **options: Any) -> BertModel:
    """The encoder in floats, ``options`` in its configuration; DataError where the graph is not one of ours."""
    graph = onnx.load(str(folder / "encoder.onnx")).graph
    stored = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    table = _named(stored, "embeddings.word_embeddings.table")
    heads = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["encoder"]["attention_heads"]
    options["num_attention_heads"] = heads
    model = _empty(stored, vocabulary=table.shape[0], hidden=table.shape[1], options=options)
    words = table * _named(stored, "embeddings.word_embeddings.scale")
    state = {"embeddings.word_embeddings.weight": torch.from_numpy(words)}
    weights = {f"{name}.weight": name for name in linear_names(model.config.num_hidden_layers)}
    for name in model.state_dict():
        if name in weights:
            state[name] = torch.from_numpy(_weight(graph, stored, weights[name]))
        elif name not in state:
            state[name] = torch.from_numpy(_named(stored, name))
    model.load_state_dict(state)
    return model.eval()


def _empty(stored: Mapping[str, Any], *, vocabulary: int, hidden: int, options: Mapping[str, Any]) -> BertModel:
    layers = 0
    while _found(stored, f"encoder.layer.{layers}.output.dense.bias"):
        layers += 1
    if not layers:
        raise DataError("encoder.onnx has no layers that this version exported")
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=hidden,
        num_hidden_layers=layers,
        intermediate_size=_named(stored, "encoder.layer.0.intermediate.dense.bias").shape[0],
        max_position_embeddings=_named(stored, "embeddings.position_embeddings.weight").shape[0],
        type_vocab_size=_named(stored, "embeddings.token_type_embeddings.weight").shape[0],
        pad_token_id=1,
        **options,
    )
    return BertModel(config, add_pooling_layer=False)


def _weight(graph: Any, stored: Mapping[str, Any], name: str) -> Floats:
    """A linear layer's weight (outputs, inputs), found from its bias."""
    bias = _found(stored, f"{name}.bias")
    node = next((node for node in graph.node if node.op_type == "Add" and bias in node.input), None)
    made = {output: node for node in graph.node for output in node.output}
    product = next(value for value in node.input if value != bias) if node is not None else ""
    while product in made and made[product].op_type not in PRODUCTS:
        product = made[product].input[0]
    if product not in made:
        raise DataError(f"encoder.onnx has no product for {name}")
    stem = made[product].input[1]
    small, scale = (
        (stored[f"{stem}.int8"], stored[f"{stem}.scale"])
        if made[product].op_type == "MatMul"
        else (stored[stem], stored[stem.removesuffix("_quantized") + "_scale"])
    )
    weight = (small.astype(np.float32) * scale).T
    return np.ascontiguousarray(weight * _inverse(stored, name), dtype=np.float32)


def _inverse(stored: Mapping[str, Any], name: str) -> Floats:
    """What the layer's input is multiplied with; keys and values share the queries' factor."""
    for candidate in (name, name.replace(".key", ".query").replace(".value", ".query")):
        if f"{PREFIX}{candidate}.inverse" in stored:
            return np.asarray(stored[f"{PREFIX}{candidate}.inverse"], dtype=np.float32)
    return np.ones(1, dtype=np.float32)


def _found(stored: Mapping[str, Any], name: str) -> str:
    """The stored name of a tensor: its own, or that inside the smoothed layer; empty where there is none."""
    layer, last = name.rsplit(".", 1)
    return next((at for at in (f"{PREFIX}{name}", f"{PREFIX}{layer}.linear.{last}") if at in stored), "")


def _named(stored: Mapping[str, Any], name: str) -> Floats:
    found = _found(stored, name)
    if not found:
        raise DataError(f"encoder.onnx has no {name}: it was not exported by this version")
    return np.array(stored[found], dtype=np.float32)
