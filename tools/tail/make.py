"""Writes a network with random weights, and how Keras trains its last stages.

    python tools/tail/make.py ResNet50 FOLDER

FOLDER gets frozen.pb, run.json and values.bin, in the form of tools/fixtures/tail. The rate of each rule is the first of a few
by which the loss falls as far as it has to.
"""

import json
import os
import pathlib
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

here = pathlib.Path(__file__).parent
sys.path[:0] = [str(here.parent / "parity"), str(here.parent / "fixtures/tail")]

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from curves import constant_names
from seeded import pictures, seed_weights

PHOTOS, BATCH, STEPS, CLASSES = 32, 16, 20, 5


def efficientnet_lite0(size):
    """EfficientNet-Lite0: EfficientNetB0 without squeeze-and-excite, by relu6, its first and last layers not scaled."""

    def norm(x, name):
        return layers.BatchNormalization(epsilon=1e-3, name=name)(x)

    images = layers.Input((size, size, 3))
    x = layers.Conv2D(32, 3, 2, "same", use_bias=False, name="stem_conv")(images)
    x = layers.ReLU(6.0)(norm(x, "stem_bn"))
    block = 0
    for repeats, filters, expand, stride, kernel in [
        (1, 16, 1, 1, 3),
        (2, 24, 6, 2, 3),
        (2, 40, 6, 2, 5),
        (3, 80, 6, 2, 3),
        (3, 112, 6, 1, 5),
        (4, 192, 6, 2, 5),
        (1, 320, 6, 1, 3),
    ]:
        for repeat in range(repeats):
            y, steps = x, stride if repeat == 0 else 1
            if expand > 1:
                y = layers.Conv2D(x.shape[-1] * expand, 1, use_bias=False, name=f"block{block}_expand")(y)
                y = layers.ReLU(6.0)(norm(y, f"block{block}_expand_bn"))
            y = layers.DepthwiseConv2D(kernel, steps, "same", use_bias=False, name=f"block{block}_dw")(y)
            y = layers.ReLU(6.0)(norm(y, f"block{block}_dw_bn"))
            y = norm(layers.Conv2D(filters, 1, use_bias=False, name=f"block{block}_project")(y), f"block{block}_out")
            x = layers.Add(name=f"block{block}_add")([x, y]) if repeat > 0 else y
            block += 1
    x = layers.Conv2D(1280, 1, use_bias=False, name="top_conv")(x)
    return keras.Model(images, layers.ReLU(6.0, name="top")(norm(x, "top_bn")))


def application(make):
    return lambda size: make(weights=None, include_top=False, input_shape=(size, size, 3))


# How each is made, its freeze point and the size of its pictures.
NETWORKS = {
    "EfficientNetLite0": (efficientnet_lite0, "block12_add", 96),
    "ResNet50": (application(keras.applications.ResNet50), "conv4_block6_out", 64),
    "MobileNetV2": (application(keras.applications.MobileNetV2), "block_13_project_BN", 96),
    "DenseNet121": (application(keras.applications.DenseNet121), "pool4_pool", 64),
}
RULES = {
    "momentum": (lambda rate: keras.optimizers.SGD(rate, momentum=0.9), [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2], 0.8),
    "adam": (keras.optimizers.Adam, [1e-5, 3e-5, 1e-4, 3e-4], 0.8),
}


def parts(family):
    make, freeze, size = NETWORKS[family]
    model = make(size)
    seed_weights(model, family)
    frozen = model.get_layer(freeze).output
    logits = layers.Dense(CLASSES, name="logits")
    tail = keras.Model(frozen, logits(layers.GlobalAveragePooling2D(name="pool")(model.output)))
    random = np.random.default_rng(2)
    logits.kernel.assign(random.normal(0, 0.02, logits.kernel.shape))
    return keras.Model(model.inputs, frozen), tail, size


def frozen_graph(base, tail, size):
    @tf.function(input_signature=[tf.TensorSpec([None, size, size, 3], tf.float32, name="images")])
    def call(images):
        maps = tf.identity(base(images, training=False), name="freeze")
        return tf.identity(tail(maps, training=False), name="logits")

    return convert_variables_to_constants_v2(call.get_concrete_function(), lower_control_flow=False).graph.as_graph_def()


def train(tail, maps, labels, order, optimizer):
    variables, losses = tail.trainable_variables, []

    @tf.function
    def slopes(maps, labels):
        with tf.GradientTape() as tape:
            logits = tail(maps, training=False)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
        return loss, tape.gradient(loss, variables)

    for rows in order:
        loss, gradients = slopes(maps[rows], labels[rows])
        losses.append(float(loss))
        optimizer.apply(gradients, variables)
    return losses


def main():
    family, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    base, tail, size = parts(family)
    graph = frozen_graph(base, tail, size)
    (folder / "frozen.pb").write_bytes(graph.SerializeToString(deterministic=True))
    variables = tail.trainable_variables
    names = constant_names(graph, variables)
    first = [variable.numpy() for variable in variables]
    maps = base.predict(pictures(family, size, PHOTOS), verbose=0)
    labels = (np.arange(PHOTOS) % CLASSES).astype(np.int32)
    order = np.random.default_rng(5).permuted(np.tile(np.arange(PHOTOS), (STEPS, 1)), axis=1)[:, :BATCH]
    values, count = open(folder / "values.bin", "wb"), 0

    def put(value):
        nonlocal count
        at, count = count, count + value.size
        values.write(np.ascontiguousarray(value, "<f4").tobytes())
        return {"shape": list(value.shape), "at": at}

    runs, ends = {}, {}
    for rule, (make, rates, share) in RULES.items():
        for rate in rates:
            for variable, value in zip(variables, first):
                variable.assign(value)
            losses = train(tail, maps, labels, order, make(rate))
            print(family, rule, rate, f"{losses[0]:.4f} → {losses[-1]:.4f}", flush=True)
            if losses[-1] < share * losses[0] and max(losses) < 2 * losses[0]:
                break
        else:
            raise SystemExit(f"{family}: no rate lowers the loss")
        runs[rule] = {"rate": rate, "losses": losses}
        if rule == "momentum":
            ends = {name: put(variable.numpy()) for name, variable in zip(names, variables)}
    found = {"name": family, "maps": put(maps), "labels": labels.tolist(), "order": order.tolist(), "runs": runs, "ends": ends}
    (folder / "run.json").write_text(json.dumps(found))


main()
