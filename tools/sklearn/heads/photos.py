"""Photos' features from disk, and random draws of training photos among them."""

import json
from pathlib import Path

import numpy as np


class Photos:
    """What `features.mjs` writes: arrays [photos, features] by name, labels as numbers, groups."""

    def __init__(self, folder):
        folder = Path(folder)
        rows = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
        names = sorted({row["label"] for row in rows})
        self.name = folder.name
        self.labels = np.array([names.index(row["label"]) for row in rows])
        self.groups = np.array([row["group"] for row in rows])
        self.classes = len(names)
        self.views = {path.stem: np.load(path).astype(np.float64) for path in sorted(folder.glob("*.npy"))}

    def __getitem__(self, view):
        return self.views[view]

    def __contains__(self, view):
        return view in self.views


def draw(photos, per_label, number):
    """Rows to train on and all others: `per_label` of each label, groups whole. The same number gives the same draw."""
    random = np.random.default_rng([per_label, number])
    train = []
    for label in range(photos.classes):
        own = np.flatnonzero(photos.labels == label)
        left = per_label
        for group in random.permutation(np.unique(photos.groups[own])):
            members = own[photos.groups[own] == group]
            if len(members) <= left:
                train.extend(members)
                left -= len(members)
    train = np.sort(np.array(train))
    return train, np.setdiff1d(np.arange(len(photos.labels)), train)
