"""Writes one network in every format, with inputs and what Keras on TensorFlow computes from them.

    python build.py MobileNet FOLDER

FOLDER gets frozen.pb, saved-model/, model.h5, model.keras, tfjs/, expected.json and values.bin (float32, in the order of
expected.json). What cannot be made is named in expected.json, with the reason.
"""

import json
import os
import shutil
import sys
import types
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# The converter imports what these networks do not use and what often does not install, or not with today's setuptools.
for unused in ("tensorflow_decision_forests", "tensorflow_hub", "tensorflowjs.converters.jax_conversion"):
    sys.modules[unused] = types.ModuleType(unused)
sys.modules["tensorflowjs.converters.jax_conversion"].convert_jax = None

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2
from tensorflowjs.converters import tf_saved_model_conversion_v2 as conversion

from families import build
from seeded import pictures, seed_weights

DEPTHS = (1 / 4, 1 / 2, 3 / 4)
# What a converter keeps under its name when it fuses: the end of a chain.
ENDS = ("ReLU", "Activation", "Add", "Concatenate", "Multiply", "MaxPooling2D", "Conv2D")


def frozen(model, folder):
    """Writes frozen.pb. Name of the operation that makes each layer's output."""
    probe = keras.Model(model.inputs, {layer.name: layer.output for layer in candidates(model)})
    ops = {}

    @tf.function(input_signature=[tf.TensorSpec(model.inputs[0].shape, tf.float32, name="images")])
    def every(images):
        for name, tensor in probe(images, training=False).items():
            ops[name] = tensor.op.name.split("/", 1)[1]

    every.get_concrete_function()

    @tf.function(input_signature=[tf.TensorSpec(model.inputs[0].shape, tf.float32, name="images")])
    def call(images):
        return tf.identity(model(images, training=False), name="logits")

    constant = convert_variables_to_constants_v2(call.get_concrete_function())
    (folder / "frozen.pb").write_bytes(constant.graph.as_graph_def().SerializeToString())
    return ops


def candidates(model):
    for layer in model.layers:
        if type(layer).__name__ in ENDS and len(layer.output.shape) > 2:
            # A linear activation is no operation at all, and a convolution without one goes on in the layers after it.
            if layer.get_config().get("activation") != "linear":
                yield layer


def saved_model(model, folder):
    model.export(folder / "saved-model", verbose=False)


def tfjs(model, folder):
    conversion.convert_tf_saved_model(str(folder / "saved-model"), str(folder / "tfjs"), skip_op_check=True)


FORMATS = {
    "saved-model": saved_model,
    "h5": lambda model, folder: model.save(folder / "model.h5"),
    "keras": lambda model, folder: model.save(folder / "model.keras"),
    "tfjs": tfjs,
}


def surviving(folder, ops):
    """Layers whose output still has its name in the converted model, or all where nothing was converted."""
    topology = folder / "tfjs" / "model.json"
    if not topology.exists():
        return set(ops)
    nodes = {node["name"]: node for node in json.loads(topology.read_text())["modelTopology"]["node"]}
    moved = moved_activations(nodes)
    return {layer for layer, op in ops.items() if any(name.endswith("/" + op) and name not in moved for name in nodes)}


def moved_activations(nodes):
    """The converter takes activations of all parts of a concatenation to behind it, where they keep one's name."""
    moved = set()
    for name, node in nodes.items():
        source = nodes.get(node.get("input", [""])[0])
        if node["op"].startswith("Relu") and source and source["op"] == "ConcatV2":
            moved |= {name, source["name"]}
    return moved


def inner_layers(model, names):
    """Of the layers named, those nearest to each of the depths."""
    order = [layer.name for layer in model.layers]
    known = [name for name in order if name in names]
    return [min(known, key=lambda name: abs(order.index(name) / len(order) - depth)) for depth in DEPTHS]


def classifier_input(model):
    """What the last layer with weights is given: the tensor a network is best cut at."""
    return next(layer for layer in reversed(model.layers) if layer.weights).input


def main():
    family, folder = sys.argv[1], Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model, size = build(family)
    seed_weights(model, family)
    missing = {}
    ops = frozen(model, folder)
    for name, write in FORMATS.items():
        try:
            write(model, folder)
        except Exception as error:  # the table says why a cell is empty
            missing[name] = str(error).strip().splitlines()[0][:200]
    layers = inner_layers(model, surviving(folder, ops))
    images = pictures(family, size, 2)
    inner = [model.get_layer(name).output for name in layers]
    wanted = keras.Model(model.inputs, [*inner, model.output, classifier_input(model)])
    outputs = [np.array(value) for value in wanted(images, training=False)]
    for value in outputs:
        assert np.isfinite(value).all() and np.abs(value[0] - value[1]).max() > 0.01 * np.abs(value).max(), family
    with open(folder / "values.bin", "wb") as file:
        for value in [images, *outputs]:
            file.write(np.ascontiguousarray(value, "<f4").tobytes())
    tensors = [{"layer": name, "op": ops[name], "shape": list(value.shape)} for name, value in zip(layers, outputs)]
    tensors.append({"layer": model.layers[-1].name, "op": None, "shape": list(outputs[-2].shape)})
    expected = {
        "family": family,
        "versions": {"tensorflow": tf.__version__, "keras": keras.__version__},
        "input": list(images.shape),
        "tensors": tensors,
        "cut": list(outputs[-1].shape),
        "missing": missing,
        "largest": [float(np.abs(value).max()) for value in outputs],
    }
    (folder / "expected.json").write_text(json.dumps(expected, indent=1))
    print(json.dumps(expected), flush=True)


main()
