import type { PicturePath } from './path'
import { isConstant } from './constant'
import { producer, type GraphIndex } from '../lookup/graph-index'
import { tensorName } from '../lookup/names'
import { opOf } from '../ops'
import type { GraphNode } from '../types'

/** The batch norm behind the first convolution: it remembers what the convolution gave on the pictures it was trained on. */
export interface FirstNorm {
  /** What goes into it, `[batch, height, width, channels]` or `[batch, channels, height, width]`. */
  readonly input: string
  /** Tensors of its moving mean and variance, one value a channel. */
  readonly mean: string
  readonly variance: string
}

/** What may stand between them: it is linear, so the norm still sees what its mean and variance are of. */
const between: ReadonlySet<string> = new Set(['Identity', 'Conv2D', 'DepthwiseConv2dNative'])
const additions: ReadonlySet<string> = new Set(['BiasAdd', 'Add', 'AddV2'])
const longestWay = 6

/**
 * The batch norm that follows the first convolution, be it one op or spelled out (variance + ε, rsqrt, mul, sub); null
 * where none does, or where it was folded into the convolution.
 */
export function firstNorm(index: GraphIndex, { convolution }: PicturePath): FirstNorm | null {
  // What a dense layer gives has no places to take the mean over.
  if (convolution.op === 'MatMul') return null
  let node = convolution
  for (let step = 0; step < longestWay; step++) {
    const tensor = tensorName(node.name)
    const takers = (index.uses.get(tensor) ?? []).filter((use) => use.input < 2).map((use) => use.node)
    for (const taker of takers) {
      const found = fusedNorm(index, tensor, taker) ?? spelledOutNorm(index, tensor, taker)
      if (found) return found
    }
    const next = takers.find((taker) => goesOn(index, tensor, taker))
    if (!next) return null
    node = next
  }
  return null
}

function goesOn(index: GraphIndex, tensor: string, taker: GraphNode): boolean {
  if (between.has(taker.op)) return taker.inputs[0] === tensor
  const other = taker.inputs.find((input) => input !== tensor)
  return additions.has(taker.op) && other !== undefined && isConstant(index, other)
}

function fusedNorm(index: GraphIndex, tensor: string, taker: GraphNode): FirstNorm | null {
  const norm = opOf(taker.op)?.norm
  if (!norm || taker.inputs[0] !== tensor) return null
  const [mean, variance] = [norm.mean, norm.variance].map((place) => taker.inputs.at(place))
  if (mean === undefined || variance === undefined) return null
  return isConstant(index, mean) && isConstant(index, variance) ? { input: tensor, mean, variance } : null
}

/** x · s + (β − mean · s) with s = γ / √(variance + ε), as `tf.nn.batch_normalization` writes it. */
function spelledOutNorm(index: GraphIndex, tensor: string, taker: GraphNode): FirstNorm | null {
  const scale = taker.op === 'Mul' ? taker.inputs.find((input) => input !== tensor) : undefined
  const variance = scale === undefined ? null : varianceOf(index, scale)
  if (scale === undefined || variance === null) return null
  const sums = (index.uses.get(tensorName(taker.name)) ?? []).map((use) => use.node)
  for (const sum of sums.filter(({ op }) => additions.has(op))) {
    const offset = sum.inputs.find((input) => input !== tensorName(taker.name))
    const mean = offset === undefined ? null : meanOf(index, offset, scale)
    if (mean !== null) return { input: tensor, mean, variance }
  }
  return null
}

/** The variance in γ · rsqrt(variance + ε), γ being left out where the norm does not scale. */
function varianceOf(index: GraphIndex, scale: string): string | null {
  const node = producer(index, scale)
  const roots = node?.op === 'Mul' ? node.inputs.map((input) => producer(index, input)) : [node]
  const root = roots.find((each) => each?.op === 'Rsqrt')
  const sum = producer(index, root?.inputs.at(0) ?? '')
  if (!sum || !additions.has(sum.op)) return null
  return sum.inputs.find((input) => isConstant(index, input) && !isScalar(index, input)) ?? null
}

/** The mean in β − mean · s. */
function meanOf(index: GraphIndex, offset: string, scale: string): string | null {
  const difference = producer(index, offset)
  if (difference?.op !== 'Sub') return null
  const product = producer(index, difference.inputs[1])
  if (product?.op !== 'Mul' || !product.inputs.includes(scale)) return null
  return product.inputs.find((input) => input !== scale) ?? null
}

function isScalar(index: GraphIndex, tensor: string): boolean {
  let node = producer(index, tensor)
  for (let step = 0; node?.op === 'Identity' && step < longestWay; step++) node = producer(index, node.inputs[0])
  return node?.weight !== undefined && index.graph.weights.get(node.weight)?.shape.length === 0
}
