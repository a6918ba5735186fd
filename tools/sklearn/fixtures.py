"""Writes src/heads/linear/fit/fixtures/scikit-learn.json: small problems with scikit-learn's probabilities at the optimum.

    python fixtures.py
"""

import json
from pathlib import Path

import numpy as np

from agree import fit, scaled_by

TARGET = Path(__file__).parents[2] / "src/heads/linear/fit/fixtures/scikit-learn.json"


def problem(name, images, length, classes, l2, class_weights, seed, scale="global"):
    random = np.random.default_rng(seed)
    labels = np.minimum(np.floor(classes * random.random(images) ** 1.7), classes - 1).astype(int)
    labels[:classes] = np.arange(classes)
    centres = random.normal(size=(classes, length))
    mix = random.normal(size=(length, length))
    features = (centres[labels] + random.normal(size=(images, length))) @ mix + 5 * random.normal(size=length)
    features[:, 0] = 3.25
    features = features.astype(np.float32)
    scaled = scaled_by(features, scale)(features)
    probabilities = fit(scaled, labels, l2, class_weights).predict_proba(scaled)
    return {
        "name": name,
        "length": length,
        "classes": classes,
        "l2": l2,
        "scale": scale,
        "classWeights": class_weights,
        "features": [float(value) for value in features.ravel()],
        "labels": labels.tolist(),
        "probabilities": [round(float(value), 8) for value in probabilities.ravel()],
    }


problems = [
    problem("three labels", 30, 4, 3, 0.02, "none", 1),
    problem("three labels, balanced", 30, 4, 3, 0.02, "balanced", 2),
    problem("three labels, each feature scaled", 30, 4, 3, 0.02, "none", 1, "each"),
    problem("two labels", 21, 5, 2, 0.01, "none", 3),
    problem("two labels, balanced", 21, 5, 2, 0.01, "balanced", 4),
    problem("more features than images", 12, 17, 4, 0.1, "none", 5),
    problem("more features than images, each feature scaled", 12, 17, 4, 0.1, "balanced", 6, "each"),
]
TARGET.parent.mkdir(exist_ok=True)
TARGET.write_text(json.dumps(problems, separators=(",", ":")) + "\n", encoding="utf-8")
print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")
