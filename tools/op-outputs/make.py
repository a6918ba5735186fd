"""Writes src/graph/op-tables/output-names.ts: what the outputs of ops with several are called, from TensorFlow's registry.

Run with tensorflow 2.21:  python tools/op-outputs/make.py
Only facts are taken: names of ops and of their outputs. Ops that are part of no network are left out, and so are those
of which an output is a list.
"""

import re
from collections import defaultdict
from pathlib import Path

from tensorflow.core.framework import op_def_pb2
from tensorflow.python.client import pywrap_tf_session

LEFT_OUT = re.compile(r"^_|Dataset|Iterator|Xla|TPU|Tpu|Retrieve|Boosted|Sdca|Anonymous|Collective|Nccl|Debug|ConvertTo|^Test|^Foo\d|(Float|Int|Ref|String)Outputs?$")


def main():
    ops = op_def_pb2.OpList()
    ops.ParseFromString(pywrap_tf_session.TF_GetBuffer(pywrap_tf_session.TF_GetAllOpList()))
    groups = defaultdict(list)
    for op in sorted(ops.op, key=lambda each: each.name):
        outputs = op.output_arg
        if len(outputs) < 2 or LEFT_OUT.search(op.name):
            continue
        if any(output.number_attr or output.type_list_attr for output in outputs):
            continue
        groups[" ".join(output.name for output in outputs)].append(op.name)
    body = "\n".join(f"{names}: {' '.join(those)}" for names, those in sorted(groups.items()))
    target = Path(__file__).parents[2] / "src/graph/op-tables/output-names.ts"
    target.write_text(
        "/**\n"
        " * What the outputs of ops with several are called. Made by tools/op-outputs/make.py from TensorFlow 2.21's op registry:\n"
        " * each line the names of the outputs in their order, and the ops that have them.\n"
        " */\n"
        f"export const outputNames = `\n{body}\n`\n"
    )
    print(len(groups), "lines,", len(body), "bytes")


if __name__ == "__main__":
    main()
