"""Trains the tail with Keras on TensorFlow, some steps whenever a line with their number comes in; answers with JSON."""

import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf
from keras import layers

folder, threads = sys.argv[1], int(sys.argv[2])
tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(1)
case = json.load(open(f"{folder}/case.json"))
numbers = np.fromfile(f"{folder}/values.bin", np.float32)
labels = np.array(case["labels"])
maps = numbers[: case["mapsLength"]].reshape([len(labels), *case["mapShape"]])
constants = {}
at = case["mapsLength"]
for constant in case["constants"]:
    size = int(np.prod(constant["shape"]))
    constants[constant["name"]] = numbers[at : at + size].reshape(constant["shape"])
    at += size

made = []


def layer_of(node, name):
    """A layer for a node, and the values of its weights."""
    weights = [constants[each] for each in node["inputs"][1:] if each in constants]
    if node["op"] == "Conv2D":
        height, width, _, filters = weights[0].shape
        return layers.Conv2D(filters, (height, width), padding="same", use_bias=False, name=name), weights
    if node["op"] == "DepthwiseConv2dNative":
        height, width, _, _ = weights[0].shape
        return layers.DepthwiseConv2D((height, width), padding="same", use_bias=False, name=name), weights
    if node["op"] == "FusedBatchNormV3":
        return layers.BatchNormalization(epsilon=node["epsilon"], name=name), weights
    if node["op"] == "Relu6":
        return layers.ReLU(6.0, name=name), []
    if node["op"] == "AddV2":
        return layers.Add(name=name), []
    if node["op"] == "Mean":
        return layers.GlobalAveragePooling2D(name=name), []
    raise ValueError(node["op"])


def build():
    inputs = keras.Input(case["mapShape"])
    values = {case["maps"]: inputs}
    nodes = [node for node in case["nodes"] if node["name"] != case["maps"]]
    for index, node in enumerate(nodes):
        first = values[node["inputs"][0]]
        if node["op"] == "MatMul":
            # With the bias that follows it, a dense layer.
            weights = [constants[node["inputs"][1]], constants[nodes[index + 1]["inputs"][1]]]
            layer = layers.Dense(weights[0].shape[1], name="dense")
            result = layer(first)
        elif node["op"] == "BiasAdd":
            values[node["name"]] = first
            continue
        else:
            layer, weights = layer_of(node, f"n{index}")
            if node["op"] == "AddV2":
                result = layer([values[each] for each in node["inputs"]])
            elif node["op"] == "FusedBatchNormV3":
                result = layer(first, training=False)
            else:
                result = layer(first)
        made.append((layer, weights))
        values[node["name"]] = result
    model = keras.Model(inputs, values[case["output"]])
    for layer, weights in made:
        layer.set_weights(weights)
    return model


model = build()
optimizer = keras.optimizers.Adam(case["rate"], epsilon=1e-7)
optimizer.build(model.trainable_variables)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        logits = model(x)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


x, y = tf.constant(maps), tf.constant(labels)
versions = f"Keras {keras.__version__} on TensorFlow {tf.__version__}"
print(json.dumps({"versions": versions, "parameters": int(sum(np.prod(v.shape) for v in model.trainable_variables))}))
sys.stdout.flush()
for line in sys.stdin:
    times, losses = [], []
    for _ in range(int(line)):
        began = time.perf_counter()
        losses.append(float(step(x, y).numpy()))
        times.append((time.perf_counter() - began) * 1000)
    print(json.dumps({"times": times, "losses": losses}))
    sys.stdout.flush()
