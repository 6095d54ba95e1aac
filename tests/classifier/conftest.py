"""Artefacts shared by the tests of one session; a test that changes one makes its own."""

from pathlib import Path

import pytest

from classifier.model import Classifier, load
from tests.classifier import builders


@pytest.fixture(scope="session")
def ngram_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of an artefact with n-grams only."""
    return builders.ngram_folder(tmp_path_factory.mktemp("ngrams") / "test-1")


@pytest.fixture(scope="session")
def encoder_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of an artefact with encoder and n-grams."""
    return builders.encoder_folder(tmp_path_factory.mktemp("encoder") / "test-1")


@pytest.fixture(scope="session")
def model(ngram_model: Path) -> Classifier:
    """The n-gram artefact, loaded."""
    return load(ngram_model)
