"""N-gram features are stable, normalised and the same alone as in a matrix."""

import numpy as np
import pytest

from classifier import ngrams


def test_a_row_has_length_one_and_rising_indices() -> None:
    indices, values = ngrams.features("dalane bolong-bolong kok ora didandani")
    assert indices.dtype == np.int32
    assert values.dtype == np.float32
    assert np.linalg.norm(values) == pytest.approx(1.0, abs=1e-5)
    assert (np.diff(indices) > 0).all()
    assert 0 <= indices[0] <= indices[-1] < ngrams.BUCKETS


def test_no_words_give_an_empty_row() -> None:
    assert ngrams.features("  ")[0].size == 0


def test_features_are_the_ones_that_released_models_were_trained_on() -> None:
    # A change here breaks every artefact: raise VERSION with it.
    indices, values = ngrams.features("jalan rusak")
    assert ngrams.VERSION == 1
    assert (indices.size, int(indices.sum())) == (39, 2282330)
    assert float(values.max()) == pytest.approx(0.4082, abs=1e-3)


def test_spelling_with_capitals_digits_and_drawn_letters_is_one() -> None:
    left, right = ngrams.features("RT 12 rusaaaak"), ngrams.features("rt 45 rusak")
    assert np.array_equal(left[0], right[0])


def test_a_matrix_holds_the_rows() -> None:
    texts = ["jalan rusak", "", "lampu mati"]
    indptr, indices, data = ngrams.matrix(texts)
    assert indptr.tolist()[1] == indptr.tolist()[2]
    assert np.array_equal(indices[indptr[2] :], ngrams.features(texts[2])[0])
    assert data.size == indptr[-1]


def test_an_empty_matrix_is_legal() -> None:
    indptr, indices, data = ngrams.matrix([])
    assert (indptr.tolist(), indices.size, data.size) == ([0], 0, 0)


def test_idf_weighs_before_the_length_is_set() -> None:
    idf = np.ones(ngrams.BUCKETS, dtype=np.float32)
    plain = ngrams.features("jalan rusak")
    idf[plain[0][0]] = 9.0
    weighed = ngrams.features("jalan rusak", idf=idf)
    assert weighed[1][0] > plain[1][0]
    assert np.linalg.norm(weighed[1]) == pytest.approx(1.0, abs=1e-5)


def test_a_dot_product_uses_only_the_touched_rows() -> None:
    weight = np.zeros((ngrams.BUCKETS, 2), dtype=np.int8)
    row = ngrams.features("jalan")
    weight[row[0], 1] = 1
    logits = ngrams.dot(row, weight)
    assert logits.tolist() == pytest.approx([0.0, float(row[1].sum())], abs=1e-5)
