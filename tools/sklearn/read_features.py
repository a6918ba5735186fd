"""Reads the features that Cutpoint writes (“Features as a file”), and trains scikit-learn's classifiers on them.

    python read_features.py features.npz features.csv

Says whether both files hold the same, and how many photos of the test part (else a third of them) each classifier names right.
"""

import csv
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[:3] == ["name", "label", "part"]
    names, labels, parts = (np.array([row[column] for row in rows]) for column in range(3))
    return names, labels, parts, np.array([row[3:] for row in rows], np.float32)


def harmless(texts):
    """What the table has in place of texts that a spreadsheet would run."""
    return np.array([f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text for text in texts])


def main(npz, table):
    arrays = np.load(npz, allow_pickle=False)
    features, names, parts = arrays["features"], arrays["names"], arrays["parts"]
    labels = arrays["label_names"][arrays["labels"]]
    for name in arrays.files:
        print(f"{name}: {arrays[name].dtype} {arrays[name].shape}")
    in_table = read_csv(table)
    same = [np.array_equal(harmless(a), b) for a, b in zip((names, labels, parts), in_table)]
    same.append(np.array_equal(features, in_table[3]))
    print("the table holds the same names, labels, parts, features:", same)

    held = parts == "test"
    if held.any():
        train, test = np.flatnonzero(~held), np.flatnonzero(held)
    else:
        train, test = train_test_split(np.arange(len(labels)), test_size=1 / 3, stratify=labels, random_state=0)
    for classifier in (LogisticRegression(max_iter=5000), LinearSVC(max_iter=50_000)):
        fitted = make_pipeline(StandardScaler(), classifier).fit(features[train], labels[train])
        right = fitted.score(features[test], labels[test])
        print(f"{type(classifier).__name__}: {len(train)} photos, {right:.1%} of {len(test)} others right")
    return 0 if all(same) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
