"""Early stopping, the average of weights, and what the heads see."""

import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs torch: pip install -r requirements.txt")

import torch
from safetensors.torch import save_file
from transformers import BertConfig, BertModel

from training.averaging import Averaged
from training.checkpoints import Best
from training.network import Network, adopt_heads


@pytest.fixture
def network() -> Network:
    """A tiny one with one head."""
    config = BertConfig(vocab_size=20, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    return Network(BertModel(config, add_pooling_layer=False), {"topic": 3}, dropout=0.0).eval()


def test_the_best_epoch_comes_back_after_patience_ran_out(network: Network, tmp_path: Path) -> None:
    best = Best(tmp_path / "best.safetensors", 2)
    assert not best.enough(network, 0.7)
    wanted = network.heads["topic"].bias.detach().clone()
    with torch.no_grad():
        network.heads["topic"].bias += 1.0
    assert not best.enough(network, 0.6)
    assert best.enough(network, 0.65)
    best.restore(network)
    torch.testing.assert_close(network.heads["topic"].bias.detach(), wanted)


def test_without_patience_nothing_is_kept(network: Network, tmp_path: Path) -> None:
    best = Best(tmp_path / "best.safetensors", 0)
    assert not best.enough(network, 0.9)
    best.restore(network)
    assert list(tmp_path.iterdir()) == []


def test_heads_on_standardised_vectors_are_served_on_plain_ones(network: Network) -> None:
    ids, mask = torch.randint(3, 20, (6, 5)), torch.ones((6, 5), dtype=torch.int64)
    with torch.inference_mode():
        vectors = network.pooled(ids, mask)
        network.standardise(vectors.clone())
        weight, bias = network.linear("topic")
        torch.testing.assert_close(network(ids, mask)["topic"], vectors @ weight.T + bias, atol=1e-4, rtol=1e-3)


def test_the_average_lies_between_first_and_last_weights_and_swapping_twice_undoes_it(network: Network) -> None:
    layer = network.heads["topic"]
    with torch.no_grad():
        layer.bias.fill_(0.0)
    average = Averaged(network, keep=0.9)
    for step in range(200):
        with torch.no_grad():
            layer.bias.fill_(1.0 if step % 2 else 3.0)
        average.step(step)
    average.swap()
    torch.testing.assert_close(layer.bias.detach(), torch.full((3,), 2.0), atol=0.2, rtol=0)
    average.swap()
    assert layer.bias.tolist() == [1.0, 1.0, 1.0]


def test_a_released_head_goes_on_label_by_label_and_a_new_topic_starts_fresh(network: Network, tmp_path: Path) -> None:
    stored = {"topic.weight": torch.randn(2, 8), "topic.bias": torch.randn(2)}
    save_file(stored, tmp_path / "heads.safetensors")
    (tmp_path / "labels.json").write_text(json.dumps({"topic": ["jalan", "sampah"]}), encoding="utf-8")
    fresh = network.heads["topic"].bias[1].item()
    network.standardise(torch.randn(50, 8) * 3 + 1)
    adopt_heads(network, tmp_path, {"topic": ("sampah", "mbg", "jalan")})
    weight, bias = network.linear("topic")
    torch.testing.assert_close(weight[[2, 0]], stored["topic.weight"])
    torch.testing.assert_close(bias[[2, 0]], stored["topic.bias"])
    assert network.heads["topic"].bias[1].item() == fresh
