"""scikit-learn's side of `npm run bench -- head`: times LogisticRegression (lbfgs) and prints JSON.

Its `tol` is lowered until the largest entry of its own gradient (of the mean loss on scaled features, biases
included) is at most the wanted one, so that both sides solve to the same accuracy. It runs on float32 and float64, with
the default number of BLAS threads and with one (which is faster where the processor is shared).
"""

import contextlib
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from agree import scaled_by

warnings.filterwarnings("ignore")


def loss_and_gradient(features, labels, model, l2):
    """Mean cross-entropy + l2/2 |W|^2 in float64, and its largest gradient entry in absolute value."""
    features = features.astype(np.float64)
    weights = model.coef_.astype(np.float64)
    logits = features @ weights.T + model.intercept_
    logits -= logits.max(axis=1, keepdims=True)
    logarithms = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    residuals = np.exp(logarithms)
    own = (np.arange(len(labels)), labels)
    residuals[own] -= 1
    residuals /= len(labels)
    gradient = max(np.abs(residuals.T @ features + l2 * weights).max(), np.abs(residuals.sum(axis=0)).max())
    return -logarithms[own].mean() + l2 / 2 * (weights**2).sum(), gradient


def model_for(settings, tol):
    return LogisticRegression(C=1 / (settings["images"] * settings["l2"]), tol=tol, max_iter=10_000)


def milliseconds(work, repeats):
    times = []
    for _ in range(repeats + 1):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return times


def main():
    settings = json.loads(sys.argv[1])
    folder = Path(settings["folder"])
    raw = np.fromfile(folder / f"{settings['seed']}.features", "<f4").reshape(-1, settings["length"])
    labels = np.fromfile(folder / f"{settings['seed']}.labels", "<i4")
    runs = []
    for dtype in (np.float32, np.float64):
        typed = raw.astype(dtype)

        def scaled():
            return scaled_by(typed, settings["scale"])(typed).astype(dtype)

        features = scaled()
        for threads in (None, 1):
            limit = threadpool_limits(limits=threads) if threads else contextlib.nullcontext()
            with limit:
                tol = settings["tolerance"]
                while True:
                    model = model_for(settings, tol).fit(features, labels)
                    loss, gradient = loss_and_gradient(features, labels, model, settings["l2"])
                    # Where its test and ours differ only by rounding, its own stands.
                    if gradient <= settings["tolerance"] * 1.001:
                        break
                    tol *= 0.8
                name = f"{np.dtype(dtype).name}, {threads or 'default'} thread{'' if threads else 's'}"
                about = {"iterations": int(model.n_iter_[0]), "gradient": float(gradient), "loss": float(loss)}

                def scale_and_fit():
                    model_for(settings, tol).fit(scaled(), labels)

                def fit_only():
                    model_for(settings, tol).fit(features, labels)

                repeats = settings["repeats"]
                runs.append({"name": name, "times": milliseconds(scale_and_fit, repeats), **about})
                runs.append({"name": f"{name}, fit only", "times": milliseconds(fit_only, repeats), **about})
    print(json.dumps({"version": sklearn.__version__, "runs": runs}))


if __name__ == "__main__":
    main()
