import { normaliseTensor } from '../lookup/names'
import type { Attribute, DType, Graph, GraphNode, Shape, SignatureEntry, WeightInfo } from '../types'

/** The parts of a converted model's `model.json` that tests of the graph need. */
export interface ModelJson {
  readonly modelTopology: { readonly node: readonly NodeJson[] }
  readonly signature?: { readonly inputs?: EntriesJson; readonly outputs?: EntriesJson }
  readonly weightsManifest: readonly { readonly weights: readonly WeightJson[] }[]
}

interface NodeJson {
  readonly name: string
  readonly op: string
  readonly input?: readonly string[]
  readonly attr?: Readonly<Record<string, AttributeJson>>
}

interface AttributeJson {
  readonly s?: string
  readonly i?: string
  readonly f?: number
  readonly b?: boolean
  readonly type?: string
  readonly shape?: ShapeJson
  readonly list?: Readonly<Record<string, readonly unknown[]>>
}

interface ShapeJson {
  readonly unknownRank?: boolean
  readonly dim?: readonly { readonly size?: string }[]
}

type EntriesJson = Readonly<
  Record<string, { readonly name: string; readonly dtype: string; readonly tensorShape?: ShapeJson }>
>

interface WeightJson {
  readonly name: string
  readonly dtype: 'float32' | 'int32' | 'bool' | 'string'
  readonly shape: readonly number[]
  readonly quantization?: { readonly dtype: string }
}

/** A converted model as a Graph, with the values of its small int32 constants taken from the weight file's bytes. */
export function graphFromModelJson(model: ModelJson, bytes: Uint8Array): Graph {
  const weights = readWeights(model, bytes)
  return {
    nodes: model.modelTopology.node.map((node) => readNode(node, weights)),
    weights,
    inputs: readEntries(model.signature?.inputs),
    outputs: readEntries(model.signature?.outputs),
    functions: [],
    scopes: new Map(),
  }
}

function readWeights(model: ModelJson, bytes: Uint8Array): Map<string, WeightInfo> {
  const weights = new Map<string, WeightInfo>()
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let offset = 0
  for (const { name, dtype, shape, quantization } of model.weightsManifest.flatMap((group) => group.weights)) {
    const count = shape.reduce((product, size) => product * size, 1)
    const stored = quantization?.dtype ?? dtype
    const size =
      count * (stored === 'float16' || stored === 'uint16' ? 2 : stored === 'uint8' || stored === 'bool' ? 1 : 4)
    const start = offset
    const info: WeightInfo = { id: name, dtype, shape, bytes: size }
    const isSmall = dtype === 'int32' && count <= 64
    const small = Array.from({ length: isSmall ? count : 0 }, (_, i) => data.getInt32(start + 4 * i, true))
    weights.set(name, isSmall ? { ...info, small } : info)
    offset += size
  }
  return weights
}

function readNode(node: NodeJson, weights: ReadonlyMap<string, WeightInfo>): GraphNode {
  const inputs = node.input ?? []
  const read: GraphNode = {
    name: node.name,
    op: node.op,
    inputs: inputs.filter((input) => !input.startsWith('^')).map(normaliseTensor),
    controlInputs: inputs.filter((input) => input.startsWith('^')).map((input) => input.slice(1)),
    attributes: Object.fromEntries(
      Object.entries(node.attr ?? {}).flatMap(([name, attribute]) => {
        const value = readAttribute(attribute)
        return value ? [[name, value]] : []
      }),
    ),
  }
  return node.op === 'Const' && weights.has(node.name) ? { ...read, weight: node.name } : read
}

function readAttribute({ s, i, f, b, type, shape, list }: AttributeJson): Attribute | null {
  if (s !== undefined) return { kind: 'string', value: atob(s) }
  if (i !== undefined) return { kind: 'int', value: Number(i) }
  if (f !== undefined) return { kind: 'float', value: f }
  if (b !== undefined) return { kind: 'bool', value: b }
  if (type !== undefined) return { kind: 'dtype', value: readDType(type) }
  if (shape !== undefined) return { kind: 'shape', value: readShape(shape) }
  if (list === undefined) return null
  const items = Object.entries(list).flatMap(([key, values]) => values.map((value) => readAttribute({ [key]: value })))
  return { kind: 'list', items: items.filter((item) => item !== null) }
}

function readShape(shape: ShapeJson): Shape | null {
  if (shape.unknownRank) return null
  return (shape.dim ?? []).map(({ size = '0' }) => (Number(size) < 0 ? null : Number(size)))
}

const dtypes: Readonly<Partial<Record<string, DType>>> = {
  ...{ DT_FLOAT: 'float32', DT_INT32: 'int32', DT_INT64: 'int64', DT_BOOL: 'bool', DT_STRING: 'string' },
  ...{ DT_UINT8: 'uint8', DT_HALF: 'float16', DT_DOUBLE: 'float64' },
}

function readDType(type: string): DType {
  return dtypes[type] ?? 'unknown'
}

function readEntries(entries: EntriesJson = {}): SignatureEntry[] {
  return Object.entries(entries).map(([key, { name, dtype, tensorShape }]) => ({
    key,
    tensor: normaliseTensor(name),
    dtype: readDType(dtype),
    shape: tensorShape ? readShape(tensorShape) : null,
  }))
}
