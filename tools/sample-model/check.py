"""Compares the written model with PyTorch, picture by picture, and measures what input it wants. See README.md."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf
from google.protobuf import json_format
from PIL import Image
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import network
import tfjs_files
from tfjs_files import MODEL_FOLDER, REPOSITORY

BATCH = 32
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
RANGES = {
    "minus1to1": lambda x: x / 127.5 - 1,
    "(x - 127) / 128": lambda x: (x - 127) / 128,
    "0to1": lambda x: x / 255,
    "0to255": lambda x: x,
    "imagenet": lambda x: (x / 255 - MEAN) / DEVIATION,
    "caffe": lambda x: x[..., ::-1] - np.array([103.939, 116.779, 123.68], np.float32),
}


def read_picture(path):
    """The largest centred square of the picture, as the page crops it: float32 [224, 224, 3] from 0 to 255."""
    with Image.open(path) as picture:
        picture = picture.convert("RGB")
        side = min(picture.size)
        left, top = ((length - side) / 2 for length in picture.size)
        box = (left, top, left + side, top + side)
        size = (network.SIZE, network.SIZE)
        return np.asarray(picture.resize(size, Image.Resampling.BICUBIC, box=box), np.float32)


def read_pictures(paths):
    return np.stack([read_picture(path) for path in paths])


def in_batches(run, x):
    return np.concatenate([run(x[start : start + BATCH]) for start in range(0, len(x), BATCH)])


def run_pytorch(x):
    """PyTorch's logits, and nodes and float32 weights as the converter makes them. In a process of its own:
    PyTorch and TensorFlow each bring an LLVM, and two in one process end it."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "given.npy"), Path(folder, "made.npz")
        np.save(given, x)
        subprocess.run([sys.executable, Path(__file__).with_name("reference.py"), given, made], check=True)
        with np.load(made) as arrays:
            weights = {name: arrays[name] for name in arrays.files}
    return weights.pop("logits"), json.loads(str(weights.pop("nodes"))), weights


def tensorflow_runner(topology, weights, fetch):
    graph_def = json_format.ParseDict(tfjs_files.graph_def_json(topology, weights), tf.compat.v1.GraphDef())
    wrapped = tf.compat.v1.wrap_function(lambda: tf.graph_util.import_graph_def(graph_def, name=""), [])
    function = wrapped.prune(f"{network.INPUT}:0", f"{fetch}:0")
    return lambda x: function(tf.constant(x)).numpy()


def attributes_missing(topology):
    """Attributes that this TensorFlow defines for an op but the model leaves out."""
    from tensorflow.python.framework import op_def_registry

    missing = set()
    for node in topology["node"]:
        defined = {attribute.name for attribute in op_def_registry.get(node["op"]).attr}
        missing |= {f"{node['op']}.{name}" for name in defined - set(node["attr"])}
    return sorted(missing)


def compare(title, expected, actual):
    """Top-5 agreement in order, and the largest error relative to the largest logit, per picture."""
    same = (top5(expected) == top5(actual)).all(axis=1)
    same_set = (np.sort(top5(expected)) == np.sort(top5(actual))).all(axis=1)
    first = top5(expected)[:, 0] == top5(actual)[:, 0]
    error = np.abs(actual - expected).max(axis=1) / np.abs(expected).max(axis=1)
    print(
        f"{title}: top-1 same {first.sum()}/{len(first)}, top-5 same set {same_set.sum()}/{len(same_set)}, "
        f"same order {same.sum()}/{len(same)}, largest relative error {error.max():.2e}, median {np.median(error):.2e}"
    )
    return same, error


def top5(logits):
    return np.argsort(-logits, axis=1)[:, :5]


def measure_ranges(topology, weights, pixels):
    """How far the first convolution's output is from what its batch norm saw in training: the mean over
    channels of the KL divergence between the two normal distributions; 0 is a perfect match."""
    stem = f"{network.ROOT}/stem"
    first = tensorflow_runner(topology, weights, f"{stem}/conv2d/Conv2D")
    trained_mean = weights[f"{stem}/batch_normalization/moving_mean"]
    trained_variance = weights[f"{stem}/batch_normalization/moving_variance"] + network.EPSILON
    for name, scale in RANGES.items():
        y = in_batches(first, scale(pixels).astype(np.float32))
        mean, variance = y.mean(axis=(0, 1, 2), dtype=np.float64), y.var(axis=(0, 1, 2), dtype=np.float64) + network.EPSILON
        ratio = variance / trained_variance
        divergence = (ratio - 1 - np.log(ratio) + (mean - trained_mean) ** 2 / trained_variance) / 2
        print(f"  {name:>16}: {divergence.mean():.3f} (median channel {np.median(divergence):.3f})")


def classify_samples(samples, features):
    """A linear head on the pooled features: trained on the sample pictures' train part, scored on test."""
    parts = {part: [i for i, image in enumerate(samples["images"]) if image["part"] == part] for part in ("train", "test")}
    labels = np.array([image["label"] for image in samples["images"]])
    head = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000))
    head.fit(features[parts["train"]], labels[parts["train"]])
    said = head.predict(features[parts["test"]])
    print(f"Linear head on {network.FEATURES}:0, {len(parts['train'])} train and {len(parts['test'])} test pictures")
    for part, rows in parts.items():
        print(f"  {part} accuracy {head.score(features[rows], labels[rows]):.3f}")
    for row, label in zip(parts["test"], said):
        if label != labels[row]:
            print(f"  taken for {label}: {samples['images'][row]['file']}")
    groups = {part: {samples["images"][i]["group"] for i in rows} for part, rows in parts.items()}
    assert not groups["train"] & groups["test"], "a group is in both parts"
    tried = features[len(samples["images"]) :]
    for said, entry in zip(head.predict(tried), samples["tryOut"]):
        print(f"  try {entry['file']}: {said}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="folder with model.json (default: %(default)s)")
    parser.add_argument("--samples", type=Path, default=REPOSITORY / "public" / "samples", help="folder with index.json")
    parser.add_argument("--photos", type=Path, help="folder with photos, in folders or not")
    parser.add_argument("--dump", type=Path, help="folder for the input and logits that check-tfjs.mjs compares")
    parser.add_argument("--verbose", action="store_true", help="a line a picture")
    options = parser.parse_args()

    samples = json.loads((options.samples / "index.json").read_text())
    sample_paths = [options.samples / entry["file"] for entry in [*samples["images"], *samples["tryOut"]]]
    photo_paths = []
    if options.photos and options.photos.exists():
        photo_paths = sorted(path for path in options.photos.rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"})
    paths = [*sample_paths, *photo_paths]
    pixels = read_pictures(paths)
    x = RANGES["minus1to1"](pixels)
    print(f"{len(sample_paths)} sample pictures, {len(photo_paths)} photos")

    expected, nodes, exact = run_pytorch(x)
    written, weights = tfjs_files.read(options.model)
    topology = written["modelTopology"]
    assert nodes == topology["node"], "model.json is not what convert.py writes now"

    print("Distance of the first convolution's output from its batch norm's statistics")
    for title, some in (("photos", pixels[len(sample_paths) :]), ("samples", pixels[: len(sample_paths)])):
        if len(some):
            print(f" {title}")
            measure_ranges(topology, exact, some[::3])

    print(f"Attributes left to TensorFlow's defaults: {', '.join(attributes_missing(topology))}")

    logits = in_batches(tensorflow_runner(topology, weights, network.LOGITS), x)
    results = {
        "float32": in_batches(tensorflow_runner(topology, exact, network.LOGITS), x),
        "float16": logits,
    }
    for title, actual in results.items():
        for kind, rows in (("samples", slice(0, len(sample_paths))), ("photos", slice(len(sample_paths), None))):
            if not len(expected[rows]):
                continue
            same, error = compare(f"{title} weights, {kind}", expected[rows], actual[rows])
            if options.verbose:
                for path, agrees, value in zip(paths[rows], same, error):
                    print(f"  {'same' if agrees else 'DIFFERENT'} top-5 order, relative error {value:.2e}  {path}")
    print(f"Logits differ between pictures: standard deviation {logits.std(axis=0).mean():.2f}")
    names = (options.model / "labels.txt").read_text().splitlines()
    for index in range(len(paths))[:: max(1, len(paths) // 12)]:
        print(f"  {paths[index].parent.name}/{paths[index].name}: {', '.join(names[i] for i in top5(logits[index : index + 1])[0])}")

    features = in_batches(tensorflow_runner(topology, weights, network.FEATURES), x[: len(sample_paths)])
    classify_samples(samples, features)

    if options.dump:
        options.dump.mkdir(parents=True, exist_ok=True)
        chosen = list(range(len(paths))[:: max(1, len(paths) // 8)])
        x[chosen].astype("<f4").tofile(options.dump / "input.bin")
        logits[chosen].astype("<f4").tofile(options.dump / "logits.bin")


if __name__ == "__main__":
    main()
