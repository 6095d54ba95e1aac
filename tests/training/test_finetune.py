"""The full retrain: a tiny encoder goes on learning, and a kill does not lose what was learnt."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from tests.training.habits import write_jsonl
from training.corrections import Correction, LabelMap
from training.data import Example
from training.errors import TrainingError
from training.finetune import Order, finetune
from training.finetune_sample import examples, repeated, sample
from training.labels import HEADS

TORCH = importlib.util.find_spec("torch") is not None
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")


def row(topic: str, at: int) -> Example:
    return Example(f"pesan {at} tentang {topic}", {"topic": topic})


def test_the_sample_takes_topics_in_turn_and_is_always_the_same() -> None:
    rows = [row("jalan", at) for at in range(90)] + [row("pajak", at) for at in range(10)]
    picked = sample(rows, 20)
    assert sum(item.labels["topic"] == "pajak" for item in picked) == 10
    assert picked == sample(rows, 20)


def test_corrections_are_read_by_their_weight_and_never_crowd_out_the_corpus() -> None:
    rows = [Correction("satu", {"topic": "jalan"}), Correction("dua", {"topic": "jalan"}, weight=0.2),
            Correction("nol", {"topic": "jalan"}, weight=0.0)]  # fmt: skip
    assert [item.text for item in repeated(rows, most=10)] == ["dua", "satu", "satu", "satu"]
    assert len(repeated(rows, most=2)) == 2


def test_the_corpus_is_read_by_the_map_of_topics(tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "c.jsonl", [{"text": "pantai kotor", "topic": "pariwisata", "topics2": ["sampah"]},
                                              {"text": "asap", "topic": "lingkungan"}])  # fmt: skip
    labels = LabelMap({}, {"pariwisata": "perdagangan"}, {"lingkungan": ("pohon", "polusi")})
    found = examples([file], labels, {"topic": ("perdagangan", "sampah", "pohon", "polusi")})
    assert [(item.labels["topic"], item.further) for item in found] == [("perdagangan", ("sampah",))]


def test_without_torch_the_error_names_the_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(TrainingError, match=r"pip install -r requirements\.txt"):
        finetune(Order(model=tmp_path, data=[], out=tmp_path / "out"))


@pytest.mark.skipif(not TORCH, reason="training needs torch: pip install -r requirements.txt")
def test_a_tiny_model_goes_on_learning_after_a_kill(
    toy_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import training.export as exporting
    from classifier import classify, load
    from training import finetune as module

    monkeypatch.setattr(module.os, "nice", lambda by: 19)  # a test that cannot be undone would slow those after it
    own = write_jsonl(
        tmp_path / "own.jsonl",
        [{"text": f"banyune bening mili ing kolam {'abcdefghijkl'[at]}", "topic": "mbg", "at": f"2026-05-{at + 1:02d}"}
         for at in range(12)],
    )  # fmt: skip
    (tmp_path / "labels.json").write_text('{"added": [{"id": "mbg", "examples": ["banyu bening"]}]}', encoding="utf-8")
    corpus = toy_model.parent / "corpus"
    order = Order(
        model=toy_model, data=[own], out=tmp_path / "new", progress=tmp_path / "progress", apart=tmp_path / "apart",
        labels=tmp_path / "labels.json", rows=60, epochs=2, threads=1, corpus=corpus, held_out=corpus / "toy.jsonl",
    )  # fmt: skip
    with monkeypatch.context() as killed:
        killed.setattr(exporting, "export_encoder", _killed)
        with pytest.raises(KeyboardInterrupt):
            finetune(order)
    assert not order.out.exists()
    log = (order.work / "log.jsonl").read_text(encoding="utf-8")
    done = finetune(order)
    assert (done["corrections"], done["kept_apart"]) == (11, 2)
    assert not order.work.exists()
    assert log.count("\n") == 2, "both epochs were kept and not learnt again"
    model = load(order.out)
    assert model.labels["topic"] == (*HEADS["topic"], "mbg")
    assert len(classify(model, ["dalan rusak"])) == 1
    shares = [json.loads(line)["share"] for line in order.progress.read_text(encoding="utf-8").splitlines()]
    assert shares[-1] == 1.0
    assert (tmp_path / "apart" / "own.jsonl").is_file()


def _killed(*_arguments: object, **_options: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture(scope="module")
def toy_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released toy: a tiny encoder over letters and sixty rows."""
    from transformers import BertConfig, BertModel

    from tests.training.conftest import office_rows
    from training.prepare import prepare
    from training.settings import Settings
    from training.tokens import SPECIALS, build
    from training.train import Recipe, train

    root = tmp_path_factory.mktemp("toy")
    letters = "abcdefghijklmnopqrstuvwxyz"
    pieces = [*((name, 0.0) for name in SPECIALS), ("▁", -2.0), *((letter, -3.0) for letter in letters)]
    (root / "base").mkdir()
    (root / "corpus").mkdir()
    build(pieces).save(str(root / "base" / "tokenizer.json"))
    shape = BertConfig(vocab_size=len(pieces), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
                       intermediate_size=64, max_position_embeddings=160, pad_token_id=1)  # fmt: skip
    BertModel(shape, add_pooling_layer=False).save_pretrained(root / "base")
    rows = office_rows(60)
    file = write_jsonl(root / "corpus" / "toy.jsonl", rows)
    texts = [str(row["text"]) for row in rows]
    prepare(root / "base", root / "start", layers=(0, 1), vocabulary=30, texts=[], rows=texts)
    fast = Settings(epochs=1, batch=8, held_share=0.2, threads=1)
    train(Recipe(files=[file], out=root / "model", start=root / "start", layers=(0, 1), settings=fast))
    return root / "model"
