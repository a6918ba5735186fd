"""Writes src/formats/graphdef/op-defaults.ts: the default values of op attributes, from TensorFlow's op registry.

Run with tensorflow 2.21:  python tools/op-defaults/make.py
Only facts are taken: names of ops and attributes, and values. Ops that a network for pictures has no use for are left
out, and so are defaults of type attributes that say nothing but float32.
"""

import re
from collections import defaultdict
from pathlib import Path

from tensorflow.core.framework import op_def_pb2, types_pb2
from tensorflow.python.client import pywrap_tf_session

LEFT_OUT = re.compile(
    r"Dataset|Iterator|Xla|TPU|Tpu|Collective|Nccl|Boosted|Summary|Stateless(Random|Truncated|Multi)|Sparse|Ragged|"
    r"Queue|Barrier|Reader|Wav|Mfcc|Audio|Stage|Map(Clear|Incomplete|Peek|Size|Stage|Unstage)|Lookup|HashTable|Record|Apply|"
    r"Debug|Risc|Uniform(Quant|Dequant|Requant)|_Mkl|^_(?!Fused)|Trainer|Datum|Scatter|Conditional|Accumulator|Session|"
    r"Stats|Save|Restore|Batch(Function|Dataset)?$|Unbatch|CSR|CTC|Cudnn|LSTM|GRU|Rnn|String|Unicode|Text|Regex|"
    r"Tensor(Array|List|Map|Forest)|Grad$|GradV2$|Image.*Summary|Fact$|Dynamic|Remote|Send|Recv|Matrix|Assert|"
    r"Embedding|Candidate|Unigram|Sampler|Skipgram|NegTrain|Sdca|Wals|Audio|Decode(Raw|CSV|Proto|Wav|Compressed)|"
    r"Encode|Example|Executor|Anonymous|Mutable|Mutex|Gif|FFT|Fingerprint|Counter|Device|Host|Function|Prefetch|Rpc|Host|"
    r"Resource(?!Gather)|Immutable|Print|PyFunc|Sort|Edit|Bessel|Random(Shuffle|Crop|Poisson|Gamma)|Sobol|Thread|Var(Is|Handle|iableShape)|"
    r"Default|^Attr|^Int|^Out|^Type|Polymorphic|^Quantized|_FusedQuantized|Infeed|Outfeed|Prelinear|Dedup|Approx|MergeV2|"
    r"^Conv$|Calib|CustomAgg|NInt|Two|^A$|^B$|Requant|Stateful[A-Z]\w+(?<!Call)$|^Test|Foo|Kernel|Nonmax"
)


def text_of(attr):
    """A default as `kind value`; None where it says nothing."""
    value = attr.default_value
    kind = value.WhichOneof("value")
    if kind == "s":
        return "s " + value.s.decode()
    if kind == "i":
        return f"i {value.i}"
    if kind == "f":
        return f"f {float(repr_float(value.f))!r}"
    if kind == "b":
        return f"b {int(value.b)}"
    if kind == "type":
        name = types_pb2.DataType.Name(value.type)
        return f"t {name}"
    if kind == "list":
        if len(value.list.i):
            return "li " + ",".join(map(str, value.list.i))
        if len(value.list.f):
            return "lf " + ",".join(repr_float(number) for number in value.list.f)
        return "l" if not any(len(getattr(value.list, field)) for field in ("s", "b", "type", "shape", "func")) else None
    if kind == "shape":
        return "u" if value.shape.unknown_rank else None
    return None


def repr_float(number):
    """The shortest text for a float32."""
    import numpy as np

    return str(np.float32(number))


def main():
    buffer = pywrap_tf_session.TF_GetAllOpList()
    ops = op_def_pb2.OpList()
    ops.ParseFromString(pywrap_tf_session.TF_GetBuffer(buffer))
    groups = defaultdict(list)
    for op in sorted(ops.op, key=lambda each: each.name):
        if LEFT_OUT.search(op.name):
            continue
        for attr in op.attr:
            text = text_of(attr) if attr.HasField("default_value") else None
            if text is not None:
                groups[f"{attr.name} {text}"].append(op.name)
    lines = [f"{default}: {' '.join(names)}" for default, names in sorted(groups.items())]
    target = Path(__file__).parents[2] / "src/formats/graphdef/op-defaults.ts"
    body = "\n".join(lines)
    assert "`" not in body and "\\" not in body
    target.write_text(
        "/**\n"
        " * Default values of op attributes, which files may leave out. Made by tools/op-defaults/make.py from TensorFlow 2.21's op\n"
        " * registry: each line an attribute, its kind (s text, i whole number, f number, b bool, t type, l list, u a shape of\n"
        " * unknown rank), its value, and the ops that have it.\n"
        " */\n"
        f"export const opDefaults = `\n{body}\n`\n"
    )
    print(len(lines), "lines,", len(body), "bytes")


if __name__ == "__main__":
    main()
