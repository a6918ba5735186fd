"""The tfjs graph-model format: a model.json and weights in binary shards, written and read back."""

import base64
import json
import math
from pathlib import Path

import numpy as np

REPOSITORY = Path(__file__).resolve().parents[2]
MODEL_FOLDER = REPOSITORY / "public" / "models" / "efficientnet-lite0"
SHARD_BYTES = 4 * 1024 * 1024
# The GraphDef version of mid-2020 (TensorFlow 2.3): every op and attribute used here is at least that old.
PRODUCER = 440
FLOAT16_MAX = float(np.finfo(np.float16).max)


def to_float16(name, value):
    """float16 holds up to 65,504; a weight beyond that would silently become infinite."""
    largest = float(np.abs(value).max())
    assert largest <= FLOAT16_MAX, f"{name} does not fit in float16: {largest}"
    return value.astype(np.float16)


def manifest_entry(name, value):
    """The weight's description and bytes, little-endian, in row-major order."""
    entry = {"name": name, "shape": list(value.shape), "dtype": str(value.dtype)}
    if value.dtype != np.float32:
        return entry, value.astype(value.dtype.newbyteorder("<")).tobytes()
    entry["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
    return entry, to_float16(name, value).astype("<f2").tobytes()


def one_a_line(items):
    return "[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in items) + "\n]"


def write(folder, nodes, weights, header):
    """`header` holds the members of model.json besides topology and weights. Returns the names written."""
    folder.mkdir(parents=True, exist_ok=True)
    entries, parts = zip(*(manifest_entry(name, value) for name, value in weights.items()))
    data = b"".join(parts)
    count = math.ceil(len(data) / SHARD_BYTES)
    paths = [f"group1-shard{index + 1}of{count}.bin" for index in range(count)]
    for old in folder.glob("group1-shard*.bin"):
        old.unlink()
    for index, path in enumerate(paths):
        (folder / path).write_bytes(data[index * SHARD_BYTES : (index + 1) * SHARD_BYTES])

    # Lists of many small things one a line, so that a change of the script gives a readable diff.
    head = json.dumps(header, separators=(",", ":"))[1:-1]
    topology = f'"modelTopology":{{"node":{one_a_line(nodes)},"library":{{}},"versions":{{"producer":{PRODUCER}}}}}'
    manifest = f'"weightsManifest":[{{"paths":{json.dumps(paths)},"weights":{one_a_line(entries)}}}]'
    (folder / "model.json").write_text(f"{{{head},\n{topology},\n{manifest}}}\n")
    return ["model.json", *paths]


def read(folder):
    """(model.json as a dict, weights by name as float32 or int32)."""
    model = json.loads((folder / "model.json").read_text())
    weights = {}
    for group in model["weightsManifest"]:
        data = b"".join((folder / path).read_bytes() for path in group["paths"])
        offset = 0
        for entry in group["weights"]:
            stored = np.dtype(entry.get("quantization", entry)["dtype"])
            count = math.prod(entry["shape"])
            value = np.frombuffer(data, stored.newbyteorder("<"), count, offset)
            weights[entry["name"]] = value.astype(entry["dtype"]).reshape(entry["shape"])
            offset += count * stored.itemsize
        assert offset == len(data), "bytes left over in the shards"
    return model, weights


def graph_def_json(topology, weights):
    """The topology with the weights put back into its constants: what TensorFlow itself wants."""
    nodes = []
    for node in topology["node"]:
        if node["op"] == "Const":
            tensor = dict(node["attr"]["value"]["tensor"])
            tensor["tensorContent"] = base64.b64encode(weights[node["name"]].tobytes()).decode()
            node = {**node, "attr": {**node["attr"], "value": {"tensor": tensor}}}
        nodes.append(node)
    return {"node": nodes, "versions": topology["versions"]}
