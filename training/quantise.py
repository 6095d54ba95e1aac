"""Fitted encoder → a graph whose weights are int8, with as little lost as a small processor allows.

Three steps, each answering a measured loss (docs/quality.md):

* token embeddings keep one scale a row, not one for all 30,000 rows;
* inputs of linear layers are smoothed first: a channel that is much larger than the rest would take the whole 8-bit
  range, so part of its size moves into the weights (SmoothQuant, Xiao et al. 2023, alpha 0.75);
* in the lower half of the layers the second feed-forward product, whose input has the widest outliers, keeps float
  activations; only its weights are stored as int8. In the upper half that costs more time than it gives.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import BertModel

ALPHA = 0.75
SMALLEST = 1e-5
LINEARS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""A layer's products with a weight, in the order in which the graph computes them."""
WEIGHT_ONLY = "output.dense"
WORDS = "encoder.embeddings.word_embeddings"
Graph: TypeAlias = Any  # onnx.GraphProto, which carries no types


class Rows(nn.Module):
    """Token embeddings as int8 (pieces, hidden) with a scale for each row."""

    def __init__(self, weight: torch.Tensor) -> None:
        """``weight``: float (pieces, hidden)."""
        super().__init__()
        scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=SMALLEST) / 127
        self.register_buffer("table", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """(N, T) → (N, T, hidden)."""
        table, scale = self.get_buffer("table"), self.get_buffer("scale")
        return table[ids].float() * scale[ids]


class Smooth(nn.Module):
    """The same linear layer, its input divided and its weight multiplied per channel."""

    def __init__(self, linear: nn.Linear, sizes: torch.Tensor) -> None:
        """``sizes``: (inputs,), all positive."""
        super().__init__()
        self.register_buffer("inverse", 1 / sizes)
        self.linear = copy.deepcopy(linear)
        self.linear.weight.data = linear.weight.data * sizes

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """(…, inputs) → (…, outputs)."""
        result: torch.Tensor = self.linear(values * self.get_buffer("inverse"))
        return result


def smoothed(encoder: BertModel, batches: Sequence[tuple[torch.Tensor, torch.Tensor]]) -> BertModel:
    """A copy ready to export; ``batches`` of (ids, mask) show how large each channel becomes."""
    largest = _largest(encoder, batches)
    floating = float_names(encoder.config.num_hidden_layers)
    out = copy.deepcopy(encoder)
    out.embeddings.word_embeddings = Rows(encoder.embeddings.word_embeddings.weight.detach())
    for names in _sharing_input(encoder.config.num_hidden_layers):
        weights = torch.stack([encoder.get_submodule(name).weight.detach().abs().amax(dim=0) for name in names])
        sizes = largest[names[0]].clamp(min=SMALLEST) ** ALPHA / weights.amax(dim=0).clamp(min=SMALLEST) ** (1 - ALPHA)
        for name in names:
            if name not in floating:
                parent, last = name.rsplit(".", 1)
                setattr(out.get_submodule(parent), last, Smooth(encoder.get_submodule(name), sizes / sizes.mean()))
    return out


def to_int8(full: Path, out: Path, *, layers: int) -> None:
    """Quantise an exported, smoothed graph of ``layers`` layers."""
    products = _weight_products(onnx.load(str(full)).graph)
    names, floating = linear_names(layers), float_names(layers)
    whole = [node.name for node, name in zip(products, names, strict=True) if name in floating]
    quantize_dynamic(
        full,
        out,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        # Processors without VNNI add two 8-bit products in 16 bits, which overflows: 7-bit weights cannot.
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=whole,
    )
    model = onnx.load(str(out))
    for node in [node for node in model.graph.node if node.name in whole]:
        _store_small(model.graph, node)
    _name_rows(model.graph)
    onnx.save(model, str(out))


def _weight_products(graph: Graph) -> list[Any]:
    """Nodes that multiply by a stored matrix, in order."""
    stored = {item.name for item in graph.initializer}
    return [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in stored]


def _store_small(graph: Graph, node: Any) -> None:
    """Keep the node's weight as int8 with a scale per column; opening the file turns it back into floats once."""
    name = node.input[1]
    at = next(index for index, item in enumerate(graph.initializer) if item.name == name)
    weight = numpy_helper.to_array(graph.initializer[at])
    scale = np.maximum(np.abs(weight).max(axis=0), SMALLEST) / 127
    small = np.round(weight / scale).astype(np.int8)
    del graph.initializer[at]
    for values, part in ((small, "int8"), (scale.astype(np.float32), "scale")):
        graph.initializer.append(numpy_helper.from_array(values, f"{name}.{part}"))
    cast = helper.make_node("Cast", [f"{name}.int8"], [f"{name}.cast"], to=TensorProto.FLOAT, name=f"{node.name}_cast")
    scaled = helper.make_node("Mul", [f"{name}.cast", f"{name}.scale"], [name], name=f"{node.name}_scale")
    graph.node.insert(0, scaled)
    graph.node.insert(0, cast)


def _name_rows(graph: Graph) -> None:
    """Give table and scale of the token embeddings, which the exporter numbers, names to be found by."""
    read = {node.input[0] for node in graph.node if node.op_type.startswith("Gather")}
    table = next(item for item in graph.initializer if item.name in read and item.data_type == TensorProto.INT8)
    scale = next(item for item in graph.initializer if item.name in read and [*item.dims] == [table.dims[0], 1])
    for item, name in ((table, "table"), (scale, "scale")):
        for node in graph.node:
            node.input[:] = [f"{WORDS}.{name}" if value == item.name else value for value in node.input]
        item.name = f"{WORDS}.{name}"


def linear_names(layers: int) -> list[str]:
    """Names of all products with a weight, in order."""
    return [f"encoder.layer.{layer}.{name}" for layer in range(layers) for name in LINEARS]


def float_names(layers: int) -> set[str]:
    """Products that keep float activations."""
    return {f"encoder.layer.{layer}.{WEIGHT_ONLY}" for layer in range(layers // 2)}


def _sharing_input(layers: int) -> list[list[str]]:
    """Names of linear layers that read the same values, together."""
    names, size = linear_names(layers), len(LINEARS)
    own = [names[at : at + size] for at in range(0, len(names), size)]
    return [group for layer in own for group in (layer[:3], *([name] for name in layer[3:]))]


def _largest(
    encoder: BertModel, batches: Sequence[tuple[torch.Tensor, torch.Tensor]]
) -> Mapping[str, torch.Tensor]:
    """Per linear layer the largest absolute input of each channel."""
    found: dict[str, torch.Tensor] = {}

    def watch(name: str) -> Any:
        def note(_module: nn.Module, values: tuple[torch.Tensor, ...]) -> None:
            seen = values[0].abs().reshape(-1, values[0].shape[-1]).amax(dim=0)
            found[name] = torch.maximum(found[name], seen) if name in found else seen

        return note

    names = linear_names(encoder.config.num_hidden_layers)
    hooks = [encoder.get_submodule(name).register_forward_pre_hook(watch(name)) for name in names]
    with torch.inference_mode():
        for ids, mask in batches:
            encoder(input_ids=ids, attention_mask=mask)
    for hook in hooks:
        hook.remove()
    return {name: value.clone() for name, value in found.items()}
