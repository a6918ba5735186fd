"""Teachable Machine's trunk as the peers take it: for its own library, and for LiteRT.

    python trunk.py image-model.zip FOLDER

FOLDER gets trunk/model.json and weights.bin (TensorFlow.js layers, the MobileNet alone), trunk.tflite (with the pooling
after it), and expected.json: what TensorFlow computes from the input of `ramp` for the first 1,280 features.
"""

import json
import os
import re
import sys
import zipfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
import tf_keras


def snake(value):
    """TensorFlow.js writes the keys of a configuration in camelCase in places."""
    if isinstance(value, dict):
        return {re.sub(r"(?<!^)(?=[A-Z])", "_", key).lower() if key[0].islower() else key: snake(each) for key, each in value.items()}
    return [snake(each) for each in value] if isinstance(value, list) else value


def ramp(count):
    """The input on which all are compared; the same formula as in in-page.mjs."""
    return ((np.arange(count, dtype=np.int64) * 2654435761 % 2**32 >> 16) % 256 / 127.5 - 1).astype(np.float32)


def main():
    folder = Path(sys.argv[2])
    (folder / "trunk").mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(sys.argv[1]) as files:
        model, data = json.loads(files.read("model.json")), files.read("weights.bin")
    layers = lambda config: config["layers"] if isinstance(config, dict) else config
    mobilenet = layers(layers(model["modelTopology"]["config"])[0]["config"])[0]

    specs, values, offset = [], {}, 0
    for spec in model["weightsManifest"][0]["weights"]:
        count = int(np.prod(spec["shape"]))
        assert spec["dtype"] == "float32"
        if not spec["name"].startswith("dense"):
            specs.append(spec)
            values[spec["name"]] = np.frombuffer(data, "<f4", count, offset).reshape(spec["shape"])
        offset += 4 * count
    (folder / "trunk" / "weights.bin").write_bytes(b"".join(value.tobytes() for value in values.values()))
    topology = {**model["modelTopology"], **mobilenet}
    manifest = [{"paths": ["weights.bin"], "weights": specs}]
    (folder / "trunk" / "model.json").write_text(json.dumps({"modelTopology": topology, "weightsManifest": manifest}))

    trunk = tf_keras.Model.from_config(snake(mobilenet["config"]))
    for layer in trunk.layers:
        layer.set_weights([values[f"{layer.name}/{weight.name.split('/')[-1].split(':')[0]}"] for weight in layer.weights])
    pooled = tf_keras.Model(trunk.inputs, tf_keras.layers.GlobalAveragePooling2D()(trunk.output))

    @tf.function(input_signature=[tf.TensorSpec([1, 224, 224, 3], tf.float32, name="images")])
    def call(images):
        return pooled(images, training=False)

    converter = tf.lite.TFLiteConverter.from_concrete_functions([call.get_concrete_function()], pooled)
    (folder / "trunk.tflite").write_bytes(converter.convert())
    features = call(tf.reshape(ramp(224 * 224 * 3), [1, 224, 224, 3])).numpy()
    (folder / "expected.json").write_text(json.dumps(features.ravel().tolist()))


main()
