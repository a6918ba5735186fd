"""scikit-learn's side of `npm run bench -- solved-heads`: times fits of its classifiers and prints JSON."""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.model_selection import GridSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.svm import SVC, LinearSVC

from agree import scaled_by

warnings.filterwarnings("ignore")

COSTS = {"estimator__C": [1, 4, 16], "estimator__gamma": [2e-4, 8e-4, 3.2e-3]}


def linear(c):
    return LinearSVC(C=c, intercept_scaling=1000, dual=False)


CLASSIFIERS = [
    ("LinearSVC, C chosen", lambda: GridSearchCV(linear(1), {"C": [1e-4, 1e-3, 1e-2]}, cv=3), True),
    ("LinearSVC, C .001", lambda: linear(1e-3), True),
    ("OneVsRestClassifier(SVC), C and γ chosen", lambda: GridSearchCV(OneVsRestClassifier(SVC()), COSTS, cv=3), True),
    ("KNeighborsClassifier", lambda: KNeighborsClassifier(5, metric="cosine", algorithm="brute"), False),
    ("NearestCentroid", NearestCentroid, False),
]


def main():
    settings = json.loads(sys.argv[1])
    folder = Path(settings["folder"])
    raw = np.fromfile(folder / "features", "<f4").reshape(-1, settings["length"])
    labels = np.fromfile(folder / "labels", "<i4")
    runs = []
    for name, make, scales in CLASSIFIERS:
        times = []
        for _ in range(max(2, settings["repeats"] // 3)):
            began = time.perf_counter()
            make().fit(scaled_by(raw, "global")(raw) if scales else raw, labels)
            times.append((time.perf_counter() - began) * 1000)
        runs.append({"name": name, "times": times})
    print(json.dumps({"version": sklearn.__version__, "runs": runs}))


if __name__ == "__main__":
    main()
