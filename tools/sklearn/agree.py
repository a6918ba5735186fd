"""Fits scikit-learn's LogisticRegression with Cutpoint's loss on the same features and compares the probabilities.

    python agree.py dump.json

Prints accuracies and the largest difference of any probability; ends with status 1 if it exceeds 1e-3.
The dump's format stands in README.md.
"""

import argparse
import base64
import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression

LIMIT = 1e-3


def array(base64_text, shape):
    """Little-endian float32 values."""
    return np.frombuffer(base64.b64decode(base64_text), "<f4").reshape(shape)


def read_part(part, labels):
    features = array(part["data"], part["shape"]).astype(np.float64)
    classes = np.array([labels.index(label) for label in part["labels"]])
    if "probabilities" not in part:
        return features, classes, None
    ours = array(part["probabilities"], (len(classes), len(labels))).astype(np.float64)
    return features, classes, ours


def scaled_by(train, scale):
    """What centres features and divides them: all by one number, so that their variances sum up to 1,280 ("global"), or
    each by its deviation ("each")."""
    train = train.astype(np.float64)
    variance = train.var(axis=0)
    by = np.sqrt(variance if scale == "each" else np.full_like(variance, variance.sum() / 1280))
    factor = np.where(variance > 0, 1 / np.where(variance > 0, by, 1), 0)
    return lambda features: (features - train.mean(axis=0)) * factor


def fit(features, classes, l2, class_weights):
    """The optimum of mean cross-entropy + l2/2 |W|^2; scikit-learn's C multiplies the sum of the losses instead."""
    # With two labels scikit-learn has one vector of weights where a softmax has two, each half of it: the penalty
    # of the two is half of the penalty of the one.
    share = 0.5 if len(np.unique(classes)) == 2 else 1.0
    model = LogisticRegression(
        C=1 / (len(classes) * l2 * share),
        class_weight="balanced" if class_weights == "balanced" else None,
        tol=1e-9,
        max_iter=100_000,
    )
    return model.fit(features, classes)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dump", help="JSON written by Cutpoint's tests")
    with open(parser.parse_args().dump, encoding="utf-8") as file:
        dump = json.load(file)
    labels = dump["labels"]
    features, classes, _ = read_part(dump["train"], labels)
    scaled = scaled_by(features, dump.get("scale", "global"))
    model = fit(scaled(features), classes, dump["l2"], dump.get("classWeights", "none"))

    largest = 0.0
    compared = 0
    for name in ("train", "test"):
        if name not in dump:
            continue
        features, classes, ours = read_part(dump[name], labels)
        if ours is None:
            continue
        compared += 1
        theirs = np.zeros_like(ours)
        theirs[:, model.classes_] = model.predict_proba(scaled(features))
        difference = np.abs(ours - theirs).max()
        largest = max(largest, difference)
        print(
            f"{name}: {len(classes)} images, accuracy Cutpoint {np.mean(ours.argmax(axis=1) == classes):.4f}, "
            f"scikit-learn {np.mean(theirs.argmax(axis=1) == classes):.4f}, "
            f"largest difference of a probability {difference:.2e}"
        )
    print(f"scikit-learn's iterations: {int(np.max(model.n_iter_))}; limit of the difference: {LIMIT:.0e}")
    return 0 if compared > 0 and largest <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
