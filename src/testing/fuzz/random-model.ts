import type { RandomNumbers } from '../../random'
import { inputNames } from '../../graph/op-tables/ops'
import { knownOps } from '../../graph/ops'
import { groupBy } from '../../images/group-by'
import { pick, randomInt } from '../../graph/testing/random'

type Attributes = Record<string, Record<string, unknown>>

interface NodeJson {
  readonly name: string
  readonly op: string
  readonly input: readonly string[]
  readonly attr: Attributes
}

interface WeightJson {
  readonly name: string
  readonly dtype: 'float32' | 'int32' | 'bool'
  readonly shape: readonly number[]
}

const withArguments = knownOps().filter((op) => inputNames(op).length > 0)
/** By their arguments, first those that most have: what a seed gives depends on the order. */
const ops = [...groupBy(withArguments, (op) => inputNames(op).join(' ')).values()]
  .map((group) => group.toSorted())
  .sort((a, b) => b.length - a.length || (a[0] < b[0] ? -1 : 1))
  .flat()
/** Networks are mostly made of these, so that what follows still has something to work on. */
const common = (
  'Conv2D DepthwiseConv2dNative MatMul BatchMatMulV2 AddV2 Sub Mul RealDiv BiasAdd Relu Relu6 Sigmoid Softmax Mean Max ' +
  'AvgPool MaxPool FusedBatchNormV3 Reshape Transpose ConcatV2 Pack Unpack StridedSlice Pad MirrorPad ExpandDims Squeeze ' +
  'Shape Cast Identity ResizeBilinear Split GatherV2 Tile OneHot ArgMax TopKV2 Switch Merge Enter Exit NextIteration Fill'
).split(' ')
const floatShapes = [[], [1], [3], [4], [8], [1, 1, 3, 4], [3, 3, 3, 8], [3, 3, 3, 1], [4, 8], [192, 5], [1, 8, 8, 3]]
const intShapes = [[], [1], [2], [4], [4, 2]]
const intValues = [-1, 0, 1, 2, 3, 4, 8]

/**
 * A model that nobody would build: 2 to 30 operations of any kind TensorFlow.js knows, on a picture of 8 by 8, on
 * constants, and on each other, with attributes of the right names and types but any values. As the files of a
 * TensorFlow.js graph model: its `model.json` and the bytes of `w.bin`.
 */
export function randomModel(random: RandomNumbers): { readonly model: unknown; readonly bytes: Uint8Array } {
  const nodes: NodeJson[] = [placeholder]
  const weights: WeightJson[] = []
  const values: Uint8Array[] = []
  const tensors = ['image']
  const constant = (): string => {
    const made = randomConstant(`w${weights.length}`, random)
    weights.push(made.spec)
    values.push(made.bytes)
    nodes.push(made.node)
    return made.node.name
  }
  for (let i = 0, length = 2 + randomInt(random, 29); i < length; i++) {
    const op = random() < 0.7 ? pick(random, common) : pick(random, ops)
    const input = argumentsOf(op, random).map((_, position) =>
      random() < (position === 0 ? 0.1 : 0.6) ? constant() : pick(random, tensors.slice(-4)),
    )
    const waits = random() < 0.05 ? [`^${pick(random, tensors).split(':')[0]}`] : []
    nodes.push({ name: `n${i}`, op, input: [...input, ...waits], attr: randomAttributes(random) })
    tensors.push(random() < 0.1 ? `n${i}:1` : `n${i}`)
  }
  const outputs = tensors.slice(-1 - randomInt(random, 2))
  return {
    model: {
      format: 'graph-model',
      modelTopology: { node: nodes, versions: {} },
      signature: {
        inputs: { image: { name: 'image:0', dtype: 'DT_FLOAT', tensorShape: imageShape } },
        outputs: Object.fromEntries(outputs.map((name) => [name, { name }])),
      },
      weightsManifest: [{ paths: ['w.bin'], weights }],
    },
    bytes: joined(values),
  }
}

const imageShape = { dim: [-1, 8, 8, 3].map((size) => ({ size })) }
const placeholder: NodeJson = {
  name: 'image',
  op: 'Placeholder',
  input: [],
  attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: imageShape } },
}

/** The arguments of an op, those that take many counted out, now and then one too few or too many. */
function argumentsOf(op: string, random: RandomNumbers): readonly string[] {
  const named = inputNames(op)
  const names = named.length > 0 ? named : ['x']
  const counted = names.flatMap((name) => (name.endsWith('…') ? [name, name] : [name]))
  const odd = random()
  if (odd < 0.03) return counted.slice(1)
  return odd < 0.05 ? [...counted, 'more'] : counted
}

function randomConstant(name: string, random: RandomNumbers): { node: NodeJson; spec: WeightJson; bytes: Uint8Array } {
  const isFloat = random() < 0.5
  const shape = pick(random, isFloat ? floatShapes : intShapes)
  const count = shape.reduce((product, size) => product * size, 1)
  const data = isFloat
    ? Float32Array.from({ length: count }, () => random() * 2 - 1)
    : Int32Array.from({ length: count }, () => pick(random, intValues))
  const type = isFloat ? 'DT_FLOAT' : 'DT_INT32'
  const tensor = { dtype: type, tensorShape: { dim: shape.map((size) => ({ size })) } }
  return {
    node: { name, op: 'Const', input: [], attr: { dtype: { type }, value: { tensor } } },
    spec: { name, dtype: isFloat ? 'float32' : 'int32', shape },
    bytes: new Uint8Array(data.buffer),
  }
}

/** Attributes of every name that matters, most of them usual. */
function randomAttributes(random: RandomNumbers): Attributes {
  const usual = <T>(value: T, ...odd: T[]): T => (random() < 0.85 ? value : pick(random, odd))
  const text = (value: string) => ({ s: btoa(value) })
  const ints = (...values: number[]) => ({ list: { i: values.map(String) } })
  const type = () => ({
    type: usual('DT_FLOAT', 'DT_INT32', 'DT_BOOL', 'DT_INT64', 'DT_HALF', 'DT_STRING', 'DT_UINT8'),
  })
  const flag = (value: boolean) => ({ b: usual(value, !value) })
  return {
    T: type(),
    dtype: type(),
    SrcT: type(),
    DstT: type(),
    strides: usual(ints(1, 1, 1, 1), ints(1, 2, 2, 1), ints(1, 0, 1, 1), ints(), ints(1, -1, 1, 1), ints(1, 1, 3, 3)),
    ksize: usual(ints(1, 2, 2, 1), ints(1, 8, 8, 1), ints(1, 99, 1, 1), ints(0, 0, 0, 0), ints(2)),
    dilations: usual(ints(1, 1, 1, 1), ints(1, 2, 2, 1), ints(0)),
    padding: text(usual('SAME', 'VALID', 'EXPLICIT', 'constructor')),
    explicit_paddings: usual(ints(), ints(0, 0, 1, 1, 1, 1, 0, 0), ints(-1)),
    data_format: text(usual('NHWC', 'NCHW', 'toString')),
    keep_dims: flag(false),
    transpose_a: flag(false),
    transpose_b: flag(false),
    is_training: flag(false),
    align_corners: flag(false),
    half_pixel_centers: flag(false),
    epsilon: { f: usual(0.001, 0, -1) },
    axis: { i: usual('0', '1', '-1', '9') },
    N: { i: usual('2', '0', '3') },
    num: { i: usual('2', '0', '64') },
    num_split: { i: usual('1', '0', '2') },
    block_size: { i: usual('2', '0', '-1') },
    begin_mask: { i: usual('0', '1', '15') },
    end_mask: { i: usual('0', '1', '15') },
    ellipsis_mask: { i: usual('0', '1', '3') },
    new_axis_mask: { i: usual('0', '2') },
    shrink_axis_mask: { i: usual('0', '1', '-1') },
    squeeze_dims: usual(ints(), ints(0), ints(7)),
    mode: text(usual('REFLECT', 'SYMMETRIC', '')),
    frame_name: text(usual('frame', 'other')),
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
