"""Weights and pictures from a seed, such that activations keep a sane range and outputs differ between pictures."""

import zlib

import keras
import numpy as np

from families import TAKE_BYTES


def generator(*words):
    return np.random.default_rng(zlib.crc32("/".join(words).encode()))


def pictures(family, size, count):
    """Smooth random shapes with a little grain, [count, size, size, 3], each of other colours and contrast."""
    random = generator(family, "pictures", str(count))
    coarse = random.uniform(-1, 1, (count, 7, 7, 3)).astype(np.float32)
    smooth = np.array(keras.ops.image.resize(coarse, (size, size), interpolation="bicubic"))
    contrast = random.uniform(0.4, 1, (count, 1, 1, 3))
    shift = random.uniform(-0.4, 0.4, (count, 1, 1, 3))
    grain = random.normal(0, 0.1, smooth.shape)
    values = np.clip(smooth * contrast + shift + grain, -1, 1)
    return ((values + 1) * 127.5 if family in TAKE_BYTES else values).astype(np.float32)


def seed_weights(model, family):
    """Every weight by its layer's kind; batch norm's statistics are those of 8 pictures, moved a little."""
    for layer in model.layers:
        for weight in layer.weights:
            random = generator(family, layer.name, weight.name)
            weight.assign(initial(layer, weight.name, tuple(weight.shape), random))
        if isinstance(layer, keras.layers.Normalization):
            # What it computes with follows its weights only when told.
            layer.finalize_state()
    calibrate(model, pictures(family, model.input_shape[1], 8))
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            random = generator(family, layer.name, "moved")
            mean, deviation = layer.moving_mean.numpy(), np.sqrt(layer.moving_variance.numpy())
            layer.moving_mean.assign(mean + deviation * random.normal(0, 0.1, mean.shape))
            layer.moving_variance.assign(deviation**2 * random.uniform(0.8, 1.25, mean.shape) + 1e-3)


def initial(layer, name, shape, random):
    if isinstance(layer, keras.layers.Normalization):
        return {"mean": random.uniform(0.4, 0.5, shape), "variance": random.uniform(0.05, 0.08, shape)}.get(name, 0)
    if name == "gamma" and "LayerScale" in type(layer).__name__:
        return random.uniform(0.2, 0.5, shape)
    if name in ("gamma", "moving_variance"):
        return random.uniform(0.8, 1.2, shape)
    if name in ("beta", "bias", "moving_mean"):
        return random.normal(0, 0.1, shape)
    depthwise = isinstance(layer, keras.layers.DepthwiseConv2D) or name == "depthwise_kernel"
    fan_in = np.prod(shape[:2]) if depthwise else np.prod(shape[:-1])
    return random.normal(0, np.sqrt(2 / fan_in), shape)


def calibrate(model, images):
    """One pass in training mode, in which the moving statistics become the batch's, and nothing is dropped."""
    norms = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    drops = [layer for layer in model.layers if hasattr(layer, "rate") or hasattr(layer, "drop_path_rate")]
    kept = [layer.momentum for layer in norms], [getattr(layer, "rate", None) for layer in drops]
    for layer in norms:
        layer.momentum = 0.0
    for layer in drops:
        if hasattr(layer, "rate"):
            layer.rate = 0.0
    if norms:
        model(images, training=True)
    for layer, momentum in zip(norms, kept[0]):
        layer.momentum = momentum
    for layer, rate in zip(drops, kept[1]):
        if rate is not None:
            layer.rate = rate
