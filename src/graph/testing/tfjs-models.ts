import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { normaliseTensor } from '../names'
import type { Attribute, DType, Graph, GraphNode, Shape, SignatureEntry, WeightInfo } from '../types'

/** What of a converted model's JSON the tests of this room need; the real reader is in formats. */
interface ModelJson {
  readonly modelTopology: { readonly node: readonly NodeJson[] }
  readonly weightsManifest: readonly { readonly weights: readonly WeightJson[] }[]
  readonly signature: Record<'inputs' | 'outputs', Record<string, EntryJson>>
}
interface NodeJson {
  readonly name: string
  readonly op: string
  readonly input?: readonly string[]
  readonly attr?: Readonly<Record<string, AttributeJson>>
}
interface AttributeJson {
  readonly s?: string
  readonly i?: string | number
  readonly f?: number
  readonly b?: boolean
  readonly type?: string
  readonly shape?: ShapeJson
  readonly list?: Readonly<Partial<Record<'s' | 'i' | 'f' | 'b' | 'type' | 'shape', readonly never[]>>>
}
interface ShapeJson {
  readonly dim?: readonly { readonly size: string | number }[]
}
interface WeightJson {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: DType
  readonly quantization?: { readonly dtype: string }
}
interface EntryJson {
  readonly name: string
  readonly dtype: string
  readonly tensorShape?: ShapeJson
}

const folder = new URL('../../../../shared/models/tfjs/', import.meta.url)

/** A converted model from the shared folder, or null, with a message, where the folder is not there. */
export function sharedModel(name: string): Graph | null {
  const json = fileURLToPath(new URL(`${name}.json`, folder))
  if (!existsSync(json)) {
    process.stderr.write(`skipped: ${name} is not in ../shared/models/tfjs\n`)
    return null
  }
  const model = JSON.parse(readFileSync(json, 'utf8')) as ModelJson
  return toGraph(model, readFileSync(fileURLToPath(new URL(`${name}.bin`, folder))))
}

function toGraph({ modelTopology, weightsManifest, signature }: ModelJson, bytes: Buffer): Graph {
  const weights = new Map<string, WeightInfo>()
  let offset = 0
  for (const weight of weightsManifest.flatMap((group) => group.weights)) {
    const info = weightInfo(weight, bytes, offset)
    weights.set(info.id, info)
    offset += info.bytes
  }
  return {
    nodes: modelTopology.node.map((node) => toNode(node, weights)),
    weights,
    inputs: entries(signature.inputs),
    outputs: entries(signature.outputs),
    functions: [],
    scopes: new Map(),
  }
}

const elementBytes: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
}

function weightInfo({ name, shape, dtype, quantization }: WeightJson, bytes: Buffer, offset: number): WeightInfo {
  const elements = shape.reduce((product, size) => product * size, 1)
  const size = elements * elementBytes[quantization?.dtype ?? dtype]
  const info: WeightInfo = { id: name, dtype, shape, bytes: size }
  if (dtype !== 'int32' || elements > 32) return info
  return { ...info, small: Array.from({ length: elements }, (_, i) => bytes.readInt32LE(offset + 4 * i)) }
}

function toNode({ name, op, input = [], attr = {} }: NodeJson, weights: ReadonlyMap<string, WeightInfo>): GraphNode {
  const attributes = Object.fromEntries(
    Object.entries(attr).flatMap(([key, value]) => (key === 'value' ? [] : [[key, toAttribute(value)]])),
  )
  const node: GraphNode = {
    name,
    op,
    inputs: input.filter((each) => !each.startsWith('^')).map(normaliseTensor),
    controlInputs: input.filter((each) => each.startsWith('^')).map((each) => each.slice(1)),
    attributes,
  }
  return weights.has(name) ? { ...node, weight: name } : node
}

function toAttribute(json: AttributeJson): Attribute {
  if (json.s !== undefined) return { kind: 'string', value: Buffer.from(json.s, 'base64').toString() }
  if (json.i !== undefined) return { kind: 'int', value: Number(json.i) }
  if (json.f !== undefined) return { kind: 'float', value: json.f }
  if (json.b !== undefined) return { kind: 'bool', value: json.b }
  if (json.type !== undefined) return { kind: 'dtype', value: toDType(json.type) }
  if (json.shape !== undefined) return { kind: 'shape', value: toShape(json.shape) }
  const items = Object.entries(json.list ?? {}).flatMap(([key, values]) =>
    values.map((value) => toAttribute({ [key]: value })),
  )
  return { kind: 'list', items }
}

function toDType(type: string): DType {
  const names: Readonly<Record<string, DType>> = {
    DT_FLOAT: 'float32',
    DT_INT32: 'int32',
    DT_BOOL: 'bool',
    DT_INT64: 'int64',
  }
  return names[type] ?? 'unknown'
}

function toShape(json: ShapeJson | undefined): Shape {
  return (json?.dim ?? []).map(({ size }) => (Number(size) < 0 ? null : Number(size)))
}

function entries(json: Record<string, EntryJson>): SignatureEntry[] {
  return Object.entries(json).map(([key, { name, dtype, tensorShape }]) => ({
    key,
    tensor: normaliseTensor(name),
    dtype: toDType(dtype),
    shape: tensorShape ? toShape(tensorShape) : null,
  }))
}
