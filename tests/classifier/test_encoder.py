"""The encoder keeps order and gives the same vector alone as in a batch."""

from pathlib import Path

import numpy as np
import pytest

from classifier.artefact import EncoderSpec
from classifier.encoder import BATCH, Encoder
from tests.classifier.builders import DATA, HIDDEN


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(DATA, EncoderSpec(HIDDEN, 16, ""))


def test_vectors_come_in_the_order_of_the_texts(encoder: Encoder) -> None:
    texts = [f"jalan {'rusak ' * (7 - at % 7)}lampu" for at in range(2 * BATCH + 3)]
    together = encoder.encode(texts)
    assert together.shape == (len(texts), HIDDEN)
    for at, text in enumerate(texts):
        assert np.allclose(together[at], encoder.encode([text])[0], atol=1e-6)


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, HIDDEN)


def test_an_empty_text_has_a_finite_vector(encoder: Encoder) -> None:
    assert np.isfinite(encoder.encode([""])).all()


def test_tokens_beyond_the_cap_are_not_read(encoder: Encoder) -> None:
    head = "jalan " * 16
    assert np.allclose(encoder.encode([head]), encoder.encode([head + "kobong " * 100]))


def test_a_word_without_end_is_cut(encoder: Encoder) -> None:
    assert np.isfinite(encoder.encode(["a" * 1_000_000])).all()


def test_a_prefix_is_put_before_every_text() -> None:
    prefixed = Encoder(DATA, EncoderSpec(HIDDEN, 16, "lampu "))
    plain = Encoder(DATA, EncoderSpec(HIDDEN, 16, ""))
    assert np.allclose(prefixed.encode(["mati"]), plain.encode(["lampu mati"]))


def test_a_folder_without_encoder_is_told(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"tokenizer\.json cannot be read"):
        Encoder(tmp_path, EncoderSpec(HIDDEN, 16, ""))
