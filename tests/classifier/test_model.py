"""load and classify: verdicts in order, from any thread, with or without an encoder, and without a model."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from classifier import Verdict, classify, load
from classifier.errors import TextError
from classifier.model import Classifier


def labels(verdict: Verdict) -> list[str]:
    return [verdict.kind.label, verdict.topics[0].label, verdict.urgency.label, verdict.language.label]


def test_a_complaint_gets_its_labels(model: Classifier) -> None:
    verdict = classify(model, ["dalane bolong, ora didandani neng Desa Mangli"])[0]
    assert labels(verdict) == ["pengaduan", "jalan", "sedang", "jv_ngoko"]
    assert verdict.location == "Desa Mangli"
    assert verdict.model == "test-1"
    assert verdict.vector is None


def test_verdicts_keep_the_order_of_the_texts(model: Classifier) -> None:
    texts = ["jalan rusak", "assalamualaikum", "kobong", "sampah", ""] * 9
    topics = [verdict.topics[0].label for verdict in classify(model, texts)]
    assert topics[:4] == ["jalan", "lainnya", "bencana", "sampah"]
    assert topics == topics[:5] * 9


def test_no_texts_give_no_verdicts(model: Classifier) -> None:
    assert classify(model, []) == []


@pytest.mark.parametrize("text", ["", " ", "😭", "\ud800", "\x00", "123", "a" * 1_000_000])
def test_any_text_gets_a_verdict(model: Classifier, text: str) -> None:
    verdict = classify(model, [text])[0]
    assert verdict.topics
    assert 0 <= verdict.p_darurat <= 1


def test_a_text_without_words_is_left_to_a_person(model: Classifier) -> None:
    verdict = classify(model, ["😭 123"])[0]
    assert (verdict.language.label, verdict.unsure) == ("lain", True)


def test_what_is_no_text_is_refused(model: Classifier) -> None:
    with pytest.raises(TextError, match="text 1 is int"):
        classify(model, ["jalan", 3])  # type: ignore[list-item]


def test_the_encoder_gives_a_vector(encoder_model: Path) -> None:
    verdict = classify(load(encoder_model), ["jalan rusak"])[0]
    assert verdict.vector is not None
    assert verdict.vector.shape == (8,)
    assert verdict.vector.dtype == np.float32


def test_threads_share_one_model(encoder_model: Path) -> None:
    model = load(encoder_model)
    texts = [f"jalan rusak {'lampu mati ' * (at % 5)}" for at in range(40)]
    alone = [labels(verdict) for verdict in classify(model, texts)]
    with ThreadPoolExecutor(4) as pool:
        shared = list(pool.map(lambda text: labels(classify(model, [text])[0]), texts))
    assert shared == alone


def test_more_guesses_can_be_asked_for(model: Classifier) -> None:
    assert len(classify(model, ["jalan"], top=5)[0].guesses) == 5


def test_without_a_model_the_rules_answer() -> None:
    calm, alarm = classify(None, ["dalane bolong neng Desa Mangli", "tulung omahku kobong, anakku isih neng njero"])
    assert (calm.urgency.label, alarm.urgency.label) == ("sedang", "darurat")
    assert (calm.location, calm.unsure, calm.model) == ("Desa Mangli", True, "")


def test_serving_loads_neither_torch_nor_onnxruntime_for_ngrams(ngram_model: Path) -> None:
    program = (
        "import sys; from classifier import classify, load;"
        f"classify(load({str(ngram_model)!r}), ['jalan rusak']);"
        "print({'torch', 'transformers', 'sklearn', 'scipy', 'onnxruntime', 'bot', 'training'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
