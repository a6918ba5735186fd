"""Compares the predictions that `classic.mjs` wrote with scikit-learn's on the same features.

    python classic.py FOLDER predictions.json

Prints accuracies and how often both say the same; also what nearest neighbours lose by keeping 50 of a label, at 50 and fewer.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.svm import SVC, LinearSVC

from agree import scaled_by


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def bounded(rows, labels, most):
    """Rows of length 1: `most` means of a label that has more."""
    kept, whose = [], []
    for label in np.unique(labels):
        own = unit(rows[labels == label])
        if len(own) > most:
            own = unit(KMeans(most, n_init=1, random_state=1).fit(own).cluster_centers_)
        kept.append(own)
        whose.extend([label] * len(own))
    return np.concatenate(kept), np.array(whose)


def main():
    folder = Path(sys.argv[1])
    ours = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    about = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
    names = sorted({row["label"] for row in about})
    labels = np.array([names.index(row["label"]) for row in about])
    training = np.array([row["file"].startswith("train") for row in about])
    raw = np.load(folder / "mean.npy").astype(np.float64)
    scaled = scaled_by(raw[training], "global")(raw)
    true = labels[~training]

    def said(model, features):
        return model.fit(features[training], labels[training]).predict(features[~training])

    def linear(name):
        return LinearSVC(C=ours[name]["options"]["c"], intercept_scaling=1000, tol=1e-8, dual=False, max_iter=100_000)

    curved = {"C": ours["rbf"]["options"]["c"], "gamma": ours["rbf"]["options"]["gamma"]}
    references = [
        ("linear", "LinearSVC", said(linear("linear"), scaled)),
        ("linear, C .001", "LinearSVC", said(linear("linear, C .001"), scaled)),
        ("rbf", "OneVsRestClassifier(SVC)", said(OneVsRestClassifier(SVC(**curved)), scaled)),
        ("neighbours", "KNeighborsClassifier", said(KNeighborsClassifier(5, metric="cosine", algorithm="brute"), raw)),
        ("average", "NearestCentroid", said(NearestCentroid(), raw)),
    ]
    for c in (1e-4, 3e-4, 1e-3, 1):
        one = said(SVC(kernel="linear", C=c), scaled)
        references += [(name, f"SVC(kernel='linear', C={c})", one) for name in ("linear", "linear, C .001")]
    for name, reference, theirs in references:
        own = np.array(ours[name]["predicted"])
        print(
            f"{name} {ours[name]['options']}: right {np.mean(own == true):.3f}; {reference} {np.mean(theirs == true):.3f}; "
            f"the same {np.mean(own == theirs):.1%} of {len(true)}"
        )
    for most in (50, 30, 20, 10, 5):
        kept, whose = bounded(raw[training], labels[training], most)
        model = KNeighborsClassifier(5, metric="cosine", algorithm="brute").fit(kept, whose)
        right = np.mean(model.predict(unit(raw[~training])) == true)
        print(f"neighbours, at most {most} of a label: {len(kept)} kept, right {right:.3f}")


if __name__ == "__main__":
    main()
