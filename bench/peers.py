"""What a user would take instead of Wadul's classifier, trained by their own recipes on the same rows."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from classifier.text import clean, fold


def svm_pipeline() -> Any:
    """TF-IDF of words (1-2) and characters (2-5), linear SVM with balanced classes."""
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
    )
    return make_pipeline(features, LinearSVC(C=1.0, class_weight="balanced", random_state=0))


def signalen_pipeline(*, search: bool = True) -> Any:
    """Amsterdam's Signalen: bag of words without idf, L1 logistic regression, five-fold grid search over class weights
    and word pairs. Its Dutch stemmer and stop words are left off: they do not fit the language."""
    pipeline = make_pipeline(
        CountVectorizer(),
        TfidfTransformer(use_idf=False, norm="l2"),
        OneVsRestClassifier(LogisticRegression(l1_ratio=1.0, solver="liblinear", max_iter=300, random_state=0)),
    )
    if not search:
        return pipeline
    grid = {
        "onevsrestclassifier__estimator__class_weight": (None, "balanced"),
        "countvectorizer__ngram_range": ((1, 1), (1, 2)),
    }
    return GridSearchCV(pipeline, grid, cv=StratifiedKFold(5, shuffle=True, random_state=0))


def fasttext_model(texts: Sequence[str], labels: Sequence[str]) -> Any:
    """fastText with word pairs and character n-grams, 50 epochs: its own advice for small sets; text folded as ours."""
    import fasttext

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        lines = [f"__label__{label} {fold(clean(text))}" for text, label in zip(texts, labels, strict=True)]
        path.write_text("\n".join(line.replace("\n", " ") for line in lines) + "\n", encoding="utf-8")
        return fasttext.train_supervised(
            str(path), epoch=50, lr=0.5, wordNgrams=2, minn=2, maxn=5, bucket=200_000, thread=1, seed=0,
            verbose=0
        )


def fasttext_labels(model: Any, texts: Sequence[str]) -> list[str]:
    """The likeliest label of each text."""
    found = [model.f.predict(fold(clean(text)) + "\n", 1, 0.0, "strict") for text in texts]
    return [pairs[0][1].removeprefix("__label__") if pairs else "" for pairs in found]
