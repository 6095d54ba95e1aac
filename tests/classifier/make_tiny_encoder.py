"""Makes tests/classifier/data: an encoder of 8 numbers per word, to test what surrounds a real one.

Needs `onnx` (requirements.txt): python -m tests.classifier.make_tiny_encoder
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

FOLDER = Path(__file__).parent / "data"
HIDDEN = 8
WORDS = ["<unk>", "<pad>", *["jalan", "rusak", "lampu", "mati", "kobong", "dalane", "bolong", "ora", "sampah", "wadul"]]


def main() -> None:
    """Write encoder.onnx and tokenizer.json."""
    FOLDER.mkdir(exist_ok=True)
    onnx.save(_model(), FOLDER / "encoder.onnx")
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(FOLDER / "tokenizer.json"))


def _model() -> onnx.ModelProto:
    """Pooled = sum(embedding · mask) / sum(mask), the shape of the real encoder's output."""
    table = np.random.default_rng(1).normal(size=(len(WORDS), HIDDEN)).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["words"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["wide"]),
        helper.make_node("Mul", ["words", "wide"], ["kept"]),
        helper.make_node("ReduceSum", ["kept", "one"], ["total"], keepdims=0),
        helper.make_node("ReduceSum", ["mask", "one"], ["count"], keepdims=1),
        helper.make_node("Max", ["count", "least"], ["divisor"]),
        helper.make_node("Div", ["total", "divisor"], ["pooled"]),
    ]
    constants = {
        "table": table,
        "last": np.array([2], dtype=np.int64),
        "one": np.array([1], dtype=np.int64),
        "least": np.array([1.0], dtype=np.float32),
    }
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "t"])
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info("pooled", TensorProto.FLOAT, ["n", HIDDEN])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


if __name__ == "__main__":
    main()
