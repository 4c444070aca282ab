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
UNPUSHED = "recognised at strength 1"
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
        facts = {"ceiling": real, "baseline": 1 / len(names), "samples": SAMPLES * len(names)}
        for key, controls in ((f"recognised: {column}", {}), (UNPUSHED, {"strength": 1.0})):
            shares = [
                _share(subject, reads, number, {column: name, **controls})
                for number, name in enumerate(names)
            ]
            value = float(np.mean(shares))
            rows.append(row(subject, key, value, "share", "higher", **facts))
    return rows


def _share(subject: Subject, reads, number: int, controls: dict) -> float:
    """Of the samples with these controls, how many the judge reads as class `number`."""
    seeds = range(SAMPLES)
    made = [writing.samples_one(subject, s, temperature=0.7, **controls).text for s in seeds]
    return float(np.mean(reads([text.lower() for text in made]) == number))
