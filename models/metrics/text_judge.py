"""Whether a text sounds like what was asked for, by a judge that learned from real texts only.

The judge is logistic regression over words and pairs of words (scikit-learn), fitted anew in
seconds from the training split, so that there is nothing to publish.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from models.data.texts import load_texts
from models.metrics import writing
from models.metrics.subject import Subject, row

JUDGED = ("emotion",)
TOKEN = r"[\w']+|[?!]"  # a question mark tells curiosity
SAMPLES = 60  # of each class


@lru_cache(maxsize=2)
def judge(data: str, column: str):
    """(reads texts -> class numbers, balanced accuracy on real test texts, names)"""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import balanced_accuracy_score
    from sklearn.pipeline import make_pipeline

    train, test = load_texts(data), load_texts(data, "test")
    reader = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=TOKEN),
        LogisticRegression(C=4.0, class_weight="balanced", max_iter=300),
    )
    reader.fit(train.texts, train.labels[column])
    guessed = reader.predict(test.texts)
    right = balanced_accuracy_score(test.labels[column], guessed)
    return reader.predict, float(right), train.names[column]


def judged_rows(subject: Subject) -> list[dict]:
    """How often the judge reads the asked class, the mean over classes."""
    rows = []
    for column in subject.config.conditions:
        if column not in JUDGED:
            continue
        reads, real, names = judge(subject.data, column)
        shares = []
        for number, name in enumerate(names):
            made = [
                writing.samples_one(subject, seed, **{column: name, "temperature": 0.7}).text
                for seed in range(SAMPLES)
            ]
            shares.append(float(np.mean(reads([text.lower() for text in made]) == number)))
        rows.append(
            row(subject, f"recognised: {column}", float(np.mean(shares)), "share", "higher",
                ceiling=real, baseline=1 / len(names), samples=SAMPLES * len(names))
        )  # fmt: skip
    return rows
