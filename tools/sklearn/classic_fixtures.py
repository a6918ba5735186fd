"""Writes fixtures/scikit-learn.json of src/heads/svm/fit, knn/fit and centroid/fit: small problems with what scikit-learn
says of further rows.

    python classic_fixtures.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.svm import SVC, LinearSVC
from sklearn.utils.class_weight import compute_sample_weight

from agree import scaled_by

HEADS = Path(__file__).parents[2] / "src/heads"

# The linear machine's bias is not penalised; LinearSVC's is, and with this its penalty is nothing.
INTERCEPT_SCALING = 1000


def rows(count, length, classes, seed):
    """Rows to train on and 10 others, as a network gives them: not negative, one of them constant."""
    random = np.random.default_rng(seed)
    labels = np.minimum(np.floor(classes * random.random(count + 10) ** 1.4), classes - 1).astype(int)
    labels[: 2 * classes] = np.repeat(np.arange(classes), 2)
    centres = random.normal(size=(classes, length))
    mix = random.normal(size=(length, length))
    features = np.maximum(0, (centres[labels] + random.normal(size=(count + 10, length))) @ mix + 2)
    features[:, 0] = 3.25
    features = features.astype(np.float32)
    return features[:count], labels[:count], features[count:]


def written(features, labels, others, classes, **more):
    numbers = lambda values: [float(value) for value in np.asarray(values).ravel()]
    return {
        "length": features.shape[1],
        "classes": classes,
        "features": numbers(features),
        "labels": labels.tolist(),
        "others": numbers(others),
        **{name: numbers(value) if isinstance(value, np.ndarray) else value for name, value in more.items()},
    }


def both(decisions):
    """One column a label, also of two labels, where scikit-learn gives the second's alone."""
    return decisions if decisions.ndim == 2 else np.stack([-decisions, decisions], axis=1)


def machine(name, count, length, classes, c, gamma, class_weights, seed):
    features, labels, others = rows(count, length, classes, seed)
    scaled = scaled_by(features, "global")
    own, new = (scaled(part).astype(np.float32).astype(np.float64) for part in (features, others))
    weights = compute_sample_weight("balanced" if class_weights == "balanced" else None, labels)
    if gamma is None:
        model = LinearSVC(C=c, intercept_scaling=INTERCEPT_SCALING, tol=1e-8, dual=False, max_iter=100_000)
        decisions = both(model.fit(own, labels, sample_weight=weights).decision_function(new))
    else:
        # OneVsRestClassifier hands no weights on, so its problems are trained one by one.
        columns = []
        for label in range(classes):
            model = SVC(C=c, gamma=gamma, kernel="rbf", tol=1e-8)
            columns.append(model.fit(own, labels == label, sample_weight=weights).decision_function(new))
        decisions = np.stack(columns, axis=1)
        if class_weights == "none" and classes > 2:
            whole = OneVsRestClassifier(SVC(C=c, gamma=gamma, kernel="rbf", tol=1e-8)).fit(own, labels)
            assert np.abs(whole.decision_function(new) - decisions).max() < 1e-6
    about = {"name": name, "c": c, "gamma": gamma, "classWeights": class_weights}
    return written(features, labels, others, classes, decisions=decisions, **about)


def neighbours(name, count, length, classes, k, seed):
    features, labels, others = rows(count, length, classes, seed)
    model = KNeighborsClassifier(n_neighbors=k, metric="cosine", algorithm="brute").fit(features, labels)
    shares = model.predict_proba(others)
    return written(features, labels, others, classes, name=name, k=k, shares=shares, predicted=model.predict(others).tolist())


def centroids(name, count, length, classes, seed):
    features, labels, others = rows(count, length, classes, seed)
    predicted = NearestCentroid().fit(features.astype(np.float64), labels).predict(others.astype(np.float64))
    return written(features, labels, others, classes, name=name, predicted=predicted.tolist())


def write(kind, problems):
    target = HEADS / kind / "fit/fixtures/scikit-learn.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(problems, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{kind}: {target.stat().st_size} bytes")


write(
    "svm",
    [
        machine("linear, three labels", 30, 6, 3, 1e-3, None, "none", 1),
        machine("linear, three labels, balanced", 30, 6, 3, 1e-2, None, "balanced", 2),
        machine("linear, two labels", 24, 5, 2, 1e-3, None, "none", 3),
        machine("linear, more features than rows", 14, 20, 4, 1e-3, None, "none", 4),
        machine("linear, at a high cost", 14, 20, 3, 1, None, "none", 5),
        machine("rbf, three labels", 30, 6, 3, 4, 8e-4, "none", 6),
        machine("rbf, three labels, balanced", 30, 6, 3, 1, 8e-4, "balanced", 7),
        machine("rbf, two labels", 24, 5, 2, 16, 2e-4, "none", 8),
        machine("rbf, every row a support vector", 14, 20, 4, 0.5, 1e-2, "none", 9),
    ],
)
write(
    "knn",
    [
        neighbours("five neighbours", 30, 6, 3, 5, 1),
        neighbours("one neighbour", 24, 5, 2, 1, 2),
        neighbours("all rows", 12, 8, 4, 12, 3),
    ],
)
write("centroid", [centroids("three labels", 30, 6, 3, 1), centroids("two labels", 24, 5, 2, 2), centroids("few rows", 14, 20, 4, 3)])
