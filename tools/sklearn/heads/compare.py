"""Compares heads on random draws of training photos:

    python compare.py FOLDER [--draws 25] [--peers] [--only NAME …]

FOLDER is one that `../features.mjs` wrote. Prints a table in Markdown: mean accuracy on all photos that were not drawn, and the mean
difference from the head with one scale, each with its standard error over the draws.
"""

import argparse
import time

import numpy as np

from candidates import Draw, candidates
from peers import peers
from photos import Photos, draw

SIZES = (5, 10, 20, 40)


def accuracies(photos, per_label, number, heads, cache):
    train, held = draw(photos, per_label, number)
    found = {}
    for name, head in heads.items():
        began = time.perf_counter()
        answer = head(Draw(photos, train, held, cache))
        predicted = answer if answer.ndim == 1 else answer.argmax(axis=1)
        found[name] = (100 * (predicted == photos.labels[held]).mean(), time.perf_counter() - began)
    return found


def with_error(values, sign=""):
    return f"{values.mean():{sign}.1f} ±{values.std(ddof=1) / np.sqrt(len(values)):.1f}"


def table(runs, names):
    """`runs` by size: a list of what each draw gave."""
    base = names[1]
    lines = [
        "| head | " + " | ".join(str(size) for size in runs) + " | " + " | ".join(f"Δ {size}" for size in runs) + " |",
        "| --- |" + " --- |" * 2 * len(runs),
    ]
    for name in names:
        of = {size: np.array([run[name][0] for run in found]) for size, found in runs.items()}
        difference = {size: of[size] - np.array([run[base][0] for run in found]) for size, found in runs.items()}
        cells = [with_error(values) for values in of.values()]
        if name == base:
            cells += ["" for _ in runs]
        else:
            cells += [with_error(values, "+") for values in difference.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--draws", type=int, default=25)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    photos = Photos(options.folder)
    heads = candidates(photos)
    always = list(heads)[:2]
    best = "the same, penalty within labels"
    if options.peers:
        heads = {name: heads[name] for name in [*always, best] if name in heads} | peers()
    if options.only:
        heads = {name: head for name, head in heads.items() if name in always or name in options.only}
    cache = {}
    runs = {
        size: [accuracies(photos, size, number, heads, cache) for number in range(options.draws)] for size in SIZES
    }
    print(f"{photos.name}, {options.draws} draws\n\n{table(runs, list(heads))}")


if __name__ == "__main__":
    main()
