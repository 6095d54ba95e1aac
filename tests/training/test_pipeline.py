"""The whole recipe on toy rows: with a tiny encoder and without one."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch: pip install -r requirements.txt")
pytest.importorskip("sklearn", reason="training needs scikit-learn: pip install -r requirements.txt")

import onnx
import torch
from onnx import helper
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from classifier import classify, load
from tests.training.conftest import office_rows, write_rows
from training.artefact import FILES
from training.base import mean_pool
from training.batches import pad
from training.calibrate import calibrate
from training.checkpoints import finished
from training.errors import DataError, ExportError, TrainingError
from training.evaluate import evaluate
from training.labels import HEADS
from training.prepare import prepare
from training.publish import publish, record_agreement
from training.reread import reread
from training.restart import read_back
from training.settings import Settings
from training.soup import soup
from training.tokens import SPECIALS, build
from training.train import Recipe, train

# torch and onnxscript deprecate their own calls while a model is exported
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")

FAST = Settings(epochs=2, batch=8, head_rate=2e-2, encoder_rate=1e-3, held_share=0.2, threads=1)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random 4-layer encoder over letters, shaped like the unpacked one."""
    folder = tmp_path_factory.mktemp("base")
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    pieces = [*((name, 0.0) for name in SPECIALS), ("▁", -2.0), *((letter, -3.0) for letter in letters)]
    build(pieces).save(str(folder / "tokenizer.json"))
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=32, num_hidden_layers=4, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=160, pad_token_id=1,
    )  # fmt: skip
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def made(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete toy model."""
    root = tmp_path_factory.mktemp("run")
    rows = office_rows(60)
    file = write_rows(root / "toy.jsonl", rows)
    prepare(base, root / "start", layers=(1, 3), vocabulary=40, texts=[], rows=[str(row["text"]) for row in rows])
    train(Recipe(files=[file], out=root / "model", start=root / "start", layers=(1, 3), settings=FAST))
    return root


def test_the_prepared_encoder_keeps_the_chosen_layers(base: Path, made: Path) -> None:
    whole, cut = load_file(base / "model.safetensors"), load_file(made / "start" / "model.safetensors")
    name = "attention.self.query.weight"
    np.testing.assert_array_equal(cut[f"encoder.layer.0.{name}"], whole[f"encoder.layer.1.{name}"])
    np.testing.assert_array_equal(cut[f"encoder.layer.1.{name}"], whole[f"encoder.layer.3.{name}"])


def test_the_folder_loads_in_the_serving_code_and_knows_its_topics(made: Path) -> None:
    verdicts = classify(load(made / "model"), [str(row["text"]) for row in office_rows(12)])
    right = [seen.topics[0].label == row["topic"] for seen, row in zip(verdicts, office_rows(12), strict=True)]
    assert sum(right) >= 11
    assert verdicts[0].vector is not None
    assert verdicts[0].vector.shape == (32,)


def test_the_manifest_tells_where_the_model_comes_from(made: Path) -> None:
    manifest = json.loads((made / "model" / "manifest.json").read_text())
    assert manifest["format"] == 1
    assert manifest["seed"] == FAST.seed
    assert manifest["sources"] == {"toy": 60}
    assert manifest["encoder"]["layers"] == 2
    assert manifest["encoder"]["base_layers"] == [1, 3]
    assert set(manifest["files"]) == set(FILES)


def test_int8_agrees_with_full_precision(made: Path) -> None:
    scores = json.loads((made / "model" / "metrics.json").read_text())["int8"]
    assert scores["mean_cosine"] > 0.98


def test_evaluation_writes_what_it_prints(made: Path) -> None:
    scores = evaluate(made / "model", made / "toy.jsonl")
    assert scores["rows"] == 60
    assert scores["topic_accuracy"] > 0.9
    assert scores["darurat_rows"] == 15
    assert json.loads((made / "model" / "metrics.json").read_text())["toy"] == scores


def test_the_vectors_of_the_training_rows_ship_with_their_labels(made: Path) -> None:
    kept = load_file(made / "model" / "vectors.safetensors")
    rows = office_rows(60)
    assert kept["vectors"].shape == (60, 32)
    assert kept["vectors"].dtype == np.float16
    [seen] = classify(load(made / "model"), [str(rows[0]["text"])])
    assert seen.vector is not None
    np.testing.assert_allclose(kept["vectors"][0], seen.vector, atol=0.01)
    assert HEADS["topic"][kept["topic"][0]] == rows[0]["topic"]


def test_the_mean_of_two_runs_lies_between_them_and_says_so(made: Path, tmp_path: Path) -> None:
    other = replace(FAST, seed=18)
    common = {"files": [made / "toy.jsonl"], "start": made / "start", "layers": (1, 3)}
    train(Recipe(out=tmp_path / "second", settings=other, **common))
    train(Recipe(out=tmp_path / "both", settings=FAST, runs=[made / "model", tmp_path / "second"], **common))
    manifest = json.loads((tmp_path / "both" / "manifest.json").read_text())
    assert manifest["averaged"] == [17, 18]
    heads = [load_file(folder / "heads.safetensors") for folder in (made / "model", tmp_path / "second")]
    mean = load_file(tmp_path / "both" / "heads.safetensors")
    for name, value in mean.items():
        np.testing.assert_allclose(value, (heads[0][name] + heads[1][name]) / 2, rtol=1e-3, atol=1e-4)
    networks = [finished(folder / "work") for folder in (made / "model", tmp_path / "second")]
    name = "encoder.encoder.layer.0.output.dense.weight"
    assert all(state is not None for state in networks)
    wanted = sum(state[name] for state in networks if state) / 2
    read = read_back(tmp_path / "both").state_dict()[name.removeprefix("encoder.")]
    assert float((read - wanted).abs().max()) < float(wanted.abs().max()) / 100  # up to int8
    verdicts = classify(load(tmp_path / "both"), [str(row["text"]) for row in office_rows(12)])
    assert sum(seen.topics[0].label == row["topic"] for seen, row in zip(verdicts, office_rows(12), strict=True)) >= 11


def test_a_release_counts_as_much_as_all_runs_together(made: Path, tmp_path: Path) -> None:
    other = {"files": [made / "toy.jsonl"], "start": made / "start", "layers": (1, 3)}
    train(Recipe(out=tmp_path / "second", settings=replace(FAST, seed=18), **other))
    both = soup([tmp_path / "second"], HEADS, start=made / "start", settings=FAST, before=made / "model")
    alone = soup([tmp_path / "second"], HEADS, start=made / "start", settings=FAST)
    served = load_file(made / "model" / "heads.safetensors")["topic.weight"]
    wanted = (alone.network.linear("topic")[0].numpy() + served) / 2
    np.testing.assert_allclose(both.network.linear("topic")[0].numpy(), wanted, rtol=1e-4, atol=1e-5)
    name = "encoder.layer.0.output.dense.weight"
    halves = [network.encoder.state_dict()[name] for network in (alone.network, both.network)]
    wanted_weight = (halves[0] + read_back(made / "model").state_dict()[name]) / 2
    torch.testing.assert_close(halves[1], wanted_weight)
    turned = {**HEADS, "kind": HEADS["kind"][::-1]}
    with pytest.raises(TrainingError, match="has other labels"):
        soup([tmp_path / "second"], turned, start=made / "start", settings=FAST, before=made / "model")


def test_a_run_that_never_ended_cannot_be_averaged(made: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="holds no finished run"):
        soup([tmp_path], {"topic": HEADS["topic"]}, start=made / "start", settings=FAST)


def test_training_can_start_again_from_the_released_graph(made: Path) -> None:
    texts = [str(row["text"]) for row in office_rows(20)]
    tokenizer = Tokenizer.from_file(str(made / "model" / "tokenizer.json"))
    ids, mask = pad([tokenizer.encode(text).ids for text in texts])
    with torch.inference_mode():
        again = mean_pool(read_back(made / "model")(input_ids=ids, attention_mask=mask).last_hidden_state, mask)
    served = np.stack([seen.vector for seen in classify(load(made / "model"), texts) if seen.vector is not None])
    centre = served.mean(axis=0)
    left, right = again.numpy() - centre, served - centre
    cosine = (left * right).sum(1) / np.linalg.norm(left, axis=1) / np.linalg.norm(right, axis=1)
    assert cosine.min() > 0.98


def test_what_is_read_back_tags_as_the_served_model_does(made: Path) -> None:
    found = reread(made / "model", made / "toy.jsonl")
    assert set(found) == set(HEADS)
    assert all(scores["same"] >= 0.98 for scores in found.values())
    assert all(abs(scores["served"] - scores["read_back"]) <= 0.02 for scores in found.values())


def test_a_foreign_graph_is_no_start(base: Path, made: Path, tmp_path: Path) -> None:
    graph = helper.make_graph([], "none", [], [])
    onnx.save(helper.make_model(graph), str(tmp_path / "encoder.onnx"))
    with pytest.raises(DataError, match="not exported by this version"):
        read_back(tmp_path)


def test_calibration_reports_out_of_fold_and_seals_the_model_anew(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(made / "model", folder, ignore=shutil.ignore_patterns("work"))
    before = load(folder).id
    scores = calibrate(folder, [made / "toy.jsonl"], seed=1)
    assert scores["all"]["rows"] == scores["toy"]["rows"] == 60
    assert scores["all"]["topic_accuracy"] > 0.9
    assert load(folder).id != before
    assert set(json.loads((folder / "manifest.json").read_text())["thresholds"]["topics"]) == set(HEADS["topic"])


def test_a_finished_run_resumes_without_training_again(made: Path) -> None:
    log = made / "model" / "work" / "log.jsonl"
    before = log.read_text()
    recipe = Recipe(files=[made / "toy.jsonl"], out=made / "model", start=made / "start", settings=FAST, resume=True)
    train(recipe)
    assert log.read_text() == before


def test_publishing_copies_points_and_writes_the_card(made: Path, tmp_path: Path) -> None:
    evaluate(made / "model", made / "toy.jsonl")
    done = publish(made / "model", tmp_path)
    assert (tmp_path / "CURRENT").read_text().strip() == done.folder.name
    card = (done.folder / "README.md").read_text()
    assert "topic accuracy" in card
    assert "`toy`" in card
    assert not (done.folder / "work").exists()
    assert load(done.folder).id == done.folder.name


def test_a_model_that_lost_its_precision_is_not_published(made: Path, tmp_path: Path) -> None:
    record_agreement(made / "model", [0.9], same={"topic": 0.9}, gain={"topic": -0.05})
    with pytest.raises(ExportError, match="too seldom"):
        publish(made / "model", tmp_path)
    assert not (tmp_path / "CURRENT").exists()


def test_ngrams_alone_make_a_model_too(tmp_path: Path, office_file: Path) -> None:
    train(Recipe(files=[office_file], out=tmp_path / "model", start=None, settings=FAST))
    [seen] = classify(load(tmp_path / "model"), ["pak sampah numpuk ing dusun"])
    assert seen.topics[0].label == "sampah"
    assert seen.vector is None


def test_a_single_label_task_goes_through_the_same_recipe(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"text": row["text"], "label": row["topic"]} for row in office_rows(60)]
    file = write_rows(tmp_path / "single.jsonl", rows)
    train(Recipe(files=[file], out=tmp_path / "model", start=None, task="single", settings=FAST))
    assert evaluate(tmp_path / "model", file)["label_accuracy"] > 0.95
    with pytest.raises(ExportError, match="single"):
        publish(tmp_path / "model", tmp_path / "models")


def test_the_tokenizer_travels_with_the_model(made: Path) -> None:
    shipped = Tokenizer.from_file(str(made / "model" / "tokenizer.json"))
    prepared = Tokenizer.from_file(str(made / "start" / "tokenizer.json"))
    assert shipped.encode("dalan rusak").ids == prepared.encode("dalan rusak").ids
