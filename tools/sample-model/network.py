"""EfficientNet-Lite0 as a TensorFlow graph: nodes in proto-JSON, and the weights of its constants.

The structure is that of the PyTorch package `efficientnet-lite-pytorch`, whose weights come from the
official TensorFlow checkpoint. Batch norms stay nodes of their own, and every activation too, so that
the sample shows what a network looks like before a converter folds it.
"""

import base64
from dataclasses import dataclass, field

import numpy as np

SIZE = 224
EPSILON = 1e-3
INPUT = "images"
ROOT = "efficientnet-lite0"
FEATURES = f"{ROOT}/head/global_average_pooling2d/Mean"
LOGITS = f"{ROOT}/head/dense/BiasAdd"
PROBABILITIES = f"{ROOT}/head/softmax/Softmax"

FLOAT = {"type": "DT_FLOAT"}
INT32 = {"type": "DT_INT32"}


def text(value):
    """A string attribute: bytes are base64 in proto-JSON."""
    return {"s": base64.b64encode(value.encode()).decode()}


def ints(*values):
    """A list(int) attribute: int64 values are strings in proto-JSON."""
    return {"list": {"i": [str(value) for value in values]}}


def shape(*sizes):
    return {"dim": [{"size": str(size)} for size in sizes]}


def sliding_window(stride):
    """What convolutions have in common. `SAME` pads the larger half at the end, as the PyTorch package does."""
    return {
        "T": FLOAT,
        "strides": ints(1, stride, stride, 1),
        "padding": text("SAME"),
        "explicit_paddings": {"list": {}},
        "data_format": text("NHWC"),
        "dilations": ints(1, 1, 1, 1),
    }


@dataclass
class Builder:
    """Collects nodes in topological order; each method adds one and returns its name."""

    nodes: list = field(default_factory=list)
    weights: dict = field(default_factory=dict)

    def node(self, name, op, inputs, **attributes):
        node = {"name": name, "op": op}
        if inputs:
            node["input"] = list(inputs)
        node["attr"] = attributes
        self.nodes.append(node)
        return name

    def const(self, name, value):
        """A constant whose data goes to the weight files; the node only says its type and shape."""
        kind = {np.dtype("float32"): FLOAT, np.dtype("int32"): INT32}[value.dtype]
        self.weights[name] = np.ascontiguousarray(value)
        tensor = {"dtype": kind["type"], "tensorShape": shape(*value.shape) if value.shape else {}}
        return self.node(name, "Const", [], dtype=kind, value={"tensor": tensor})

    def conv2d(self, scope, x, kernel, stride=1):
        weight = self.const(f"{scope}/kernel", kernel)
        return self.node(f"{scope}/Conv2D", "Conv2D", [x, weight], use_cudnn_on_gpu={"b": True}, **sliding_window(stride))

    def depthwise(self, scope, x, kernel, stride):
        weight = self.const(f"{scope}/kernel", kernel)
        return self.node(f"{scope}/depthwise", "DepthwiseConv2dNative", [x, weight], **sliding_window(stride))

    def batch_norm(self, scope, x, gamma, beta, mean, variance):
        inputs = [
            x,
            self.const(f"{scope}/gamma", gamma),
            self.const(f"{scope}/beta", beta),
            self.const(f"{scope}/moving_mean", mean),
            self.const(f"{scope}/moving_variance", variance),
        ]
        return self.node(
            f"{scope}/FusedBatchNormV3",
            "FusedBatchNormV3",
            inputs,
            T=FLOAT,
            U=FLOAT,
            epsilon={"f": EPSILON},
            exponential_avg_factor={"f": 1},
            data_format=text("NHWC"),
            is_training={"b": False},
        )

    def relu6(self, scope, x):
        return self.node(f"{scope}/Relu6", "Relu6", [x], T=FLOAT)


class Weights:
    """PyTorch's tensors in TensorFlow's layouts."""

    def __init__(self, state):
        self.state = {name: value.numpy().astype(np.float32) for name, value in state.items() if "num_batches" not in name}
        self.unused = set(self.state)

    def take(self, name):
        self.unused.discard(name)
        return self.state[name]

    def has(self, name):
        return name in self.state

    def kernel(self, name):
        """[out, in, height, width] to [height, width, in, out]."""
        return self.take(f"{name}.weight").transpose(2, 3, 1, 0)

    def depthwise_kernel(self, name):
        """[channels, 1, height, width] to [height, width, channels, 1]."""
        return self.take(f"{name}.weight").transpose(2, 3, 0, 1)

    def batch_norm(self, name):
        return [self.take(f"{name}.{part}") for part in ("weight", "bias", "running_mean", "running_var")]


def build(state, strides):
    """`state` is the PyTorch state dict, `strides` the stride of each block's depthwise convolution."""
    weights = Weights(state)
    graph = Builder()

    x = graph.node(INPUT, "Placeholder", [], dtype=FLOAT, shape={"shape": shape(-1, SIZE, SIZE, 3)})
    x = graph.conv2d(f"{ROOT}/stem/conv2d", x, weights.kernel("_conv_stem"), stride=2)
    x = graph.batch_norm(f"{ROOT}/stem/batch_normalization", x, *weights.batch_norm("_bn0"))
    x = graph.relu6(f"{ROOT}/stem/relu6", x)

    for index, stride in enumerate(strides):
        x = block(graph, weights, x, index, stride)

    x = graph.conv2d(f"{ROOT}/head/conv2d", x, weights.kernel("_conv_head"))
    x = graph.batch_norm(f"{ROOT}/head/batch_normalization", x, *weights.batch_norm("_bn1"))
    x = graph.relu6(f"{ROOT}/head/relu6", x)
    classifier(graph, weights, x)

    assert not weights.unused, f"weights without a place: {sorted(weights.unused)}"
    return graph.nodes, graph.weights


def block(graph, weights, x, index, stride):
    """An inverted residual: widen (1x1), filter each channel (depthwise), narrow (1x1), add the block's input."""
    scope = f"{ROOT}/blocks_{index}"
    source = f"_blocks.{index}"
    entry = x
    channels_in = None

    if weights.has(f"{source}._expand_conv.weight"):
        kernel = weights.kernel(f"{source}._expand_conv")
        channels_in = kernel.shape[2]
        x = graph.conv2d(f"{scope}/expand_conv2d", x, kernel)
        x = graph.batch_norm(f"{scope}/expand_batch_normalization", x, *weights.batch_norm(f"{source}._bn0"))
        x = graph.relu6(f"{scope}/expand_relu6", x)

    kernel = weights.depthwise_kernel(f"{source}._depthwise_conv")
    channels_in = channels_in or kernel.shape[2]
    x = graph.depthwise(f"{scope}/depthwise_conv2d", x, kernel, stride)
    x = graph.batch_norm(f"{scope}/depthwise_batch_normalization", x, *weights.batch_norm(f"{source}._bn1"))
    x = graph.relu6(f"{scope}/depthwise_relu6", x)

    kernel = weights.kernel(f"{source}._project_conv")
    x = graph.conv2d(f"{scope}/project_conv2d", x, kernel)
    x = graph.batch_norm(f"{scope}/project_batch_normalization", x, *weights.batch_norm(f"{source}._bn2"))

    if stride == 1 and channels_in == kernel.shape[3]:
        x = graph.node(f"{scope}/add/AddV2", "AddV2", [x, entry], T=FLOAT)
    return x


def classifier(graph, weights, x):
    """Mean over space, one dense layer, softmax."""
    axes = graph.const(f"{FEATURES}/reduction_indices", np.array([1, 2], np.int32))
    x = graph.node(FEATURES, "Mean", [x, axes], T=FLOAT, Tidx=INT32, keep_dims={"b": False})
    dense = f"{ROOT}/head/dense"
    kernel = graph.const(f"{dense}/kernel", weights.take("_fc.weight").T)
    # TensorFlow's later attributes grad_a and grad_b are left out: their defaults are right, and a
    # TensorFlow older than they are refuses a graph that names them.
    x = graph.node(f"{dense}/MatMul", "MatMul", [x, kernel], T=FLOAT, transpose_a={"b": False}, transpose_b={"b": False})
    bias = graph.const(f"{dense}/bias", weights.take("_fc.bias"))
    x = graph.node(LOGITS, "BiasAdd", [x, bias], T=FLOAT, data_format=text("NHWC"))
    graph.node(PROBABILITIES, "Softmax", [x], T=FLOAT)
