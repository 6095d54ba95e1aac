"""Early stopping, and what the heads see."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs torch: pip install -r requirements.txt")

import torch
from transformers import BertConfig, BertModel

from training.fit import Best
from training.network import Network


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
