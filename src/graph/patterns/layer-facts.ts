import { intsAttribute, boolAttribute, stringAttribute, stringsAttribute } from '../lookup/attributes'
import { opOf } from '../ops'
import type { Layer } from '../ops/types'
import type { GraphNode } from '../types'
import { activationWord } from './op-words'

/** A product of tensors is no layer by itself. */
export type LayerType = Exclude<Layer['type'], 'product'>

/** What a convolution or a dense layer is, as far as its own operation tells. */
export interface LayerFacts {
  readonly type: LayerType
  /** Height and width of the kernel, or as many sizes as it has; empty for a dense layer, null if not known. */
  readonly kernel: readonly number[] | null
  /** Channels that come in and go out; null where the kernel does not tell. */
  readonly from: number | null
  readonly to: number | null
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  /** Of the parts fused into the operation: `bias`, `BN`, `ReLU6`. */
  readonly fused: readonly { readonly role: 'bias' | 'norm' | 'activation'; readonly word: string }[]
  /** Which input carries the data. */
  readonly data: number
}

/** What a node's op and kernel tell; null for what is neither a convolution nor a matrix product. */
export function layerFacts(node: GraphNode, kernel: readonly number[] | null): LayerFacts | null {
  const found = opOf(node.op)?.layer
  if (!found || found.type === 'product') return null
  const { type, data } = found
  const spatial = spatialAxes(node, kernel)
  return {
    type,
    data,
    ...sizes(type, node, kernel),
    strides: pick(intsAttribute(node, 'strides', []), spatial),
    dilations: pick(intsAttribute(node, 'dilations', []), spatial),
    fused: fusedParts(node),
  }
}

/** Whether an op may be a convolution or a dense layer. */
export function isLayerOp(op: string): boolean {
  const type = opOf(op)?.layer?.type
  return type !== undefined && type !== 'product'
}

function sizes(
  type: LayerType,
  node: GraphNode,
  shape: readonly number[] | null,
): Pick<LayerFacts, 'kernel' | 'from' | 'to'> {
  if (!shape || shape.length < 2) return { kernel: type === 'dense' ? [] : null, from: null, to: null }
  const [a, b] = shape.slice(-2)
  if (type === 'dense') {
    const turned = boolAttribute(node, 'transpose_b', false) || boolAttribute(node, 'adj_y', false)
    return { kernel: [], from: turned ? b : a, to: turned ? a : b }
  }
  const kernel = shape.slice(0, -2)
  // Kernels are [height, width, in, out]; depthwise ones end in [in, multiplier], transposed ones in [out, in].
  if (type === 'depthwise') return { kernel, from: a, to: a * b }
  return type === 'transposed' ? { kernel, from: b, to: a } : { kernel, from: a, to: b }
}

/** Axes of height and width in attributes with an entry per axis. */
function spatialAxes(node: GraphNode, shape: readonly number[] | null): readonly number[] {
  const rank = Math.max(1, (shape?.length ?? 4) - 2)
  const first = stringAttribute(node, 'data_format', 'NHWC').startsWith('NC') ? 2 : 1
  return Array.from({ length: rank }, (_, i) => first + i)
}

const pick = (values: readonly number[], axes: readonly number[]): readonly number[] =>
  axes.map((axis) => values.at(axis) ?? 1)

function fusedParts(node: GraphNode): LayerFacts['fused'] {
  const fused = stringsAttribute(node, 'fused_ops', null)
  return fused?.flatMap(fusedPart) ?? []
}

function fusedPart(op: string): LayerFacts['fused'] {
  if (op === 'BiasAdd') return [{ role: 'bias', word: 'bias' }]
  if (op === 'FusedBatchNorm') return [{ role: 'norm', word: 'BN' }]
  const word = activationWord(op)
  return word === undefined ? [] : [{ role: 'activation', word }]
}

/** `Conv 3×3, 32, stride 2`, `Depthwise 5×5`, `Dense 1280 → 1000`. */
export function layerHead(facts: LayerFacts): string {
  const { type, from, to, strides } = facts
  if (type === 'dense') return from === null || to === null ? 'Dense' : `Dense ${from} → ${to}`
  const kernel = facts.kernel?.join('×') ?? ''
  const multiplier =
    type === 'depthwise' && from !== null && to !== null && to !== from ? `multiplier ${to / from}` : ''
  const parts = [
    `${names[type]} ${kernel}`.trim(),
    type === 'depthwise' ? multiplier : String(to ?? ''),
    strides.some((stride) => stride > 1) && `stride ${uniform(strides)}`,
    facts.dilations.some((dilation) => dilation > 1) && `dilation ${uniform(facts.dilations)}`,
  ]
  return parts.filter(Boolean).join(', ')
}

const names = { convolution: 'Conv', depthwise: 'Depthwise', transposed: 'Transposed conv', dense: 'Dense' } as const

/** `2` where all are 2, else `2×1`. */
export const uniform = (values: readonly number[]): string =>
  values.every((value) => value === values[0]) ? String(values[0]) : values.join('×')
