import { boolAttribute, floatAttribute } from '../lookup/attributes'
import { tensorName } from '../lookup/names'
import type { GraphNode, WeightInfo, WeightStore } from '../types'
import { constantBehind, floatsOf, sizeOf } from './constant'
import type { Edit } from './edit'
import { isFloatChannelsLast } from './linear-op'

/** y = scale · x + offset, a number each a channel; in float64, so that what is composed loses nothing. */
export interface Affine {
  readonly scale: Float64Array
  readonly offset: Float64Array
}

/** Two after one another. */
export function compose(first: Affine, then: Affine): Affine {
  return {
    scale: first.scale.map((scale, channel) => scale * then.scale[channel]),
    offset: first.offset.map((offset, channel) => offset * then.scale[channel] + then.offset[channel]),
  }
}

/** What an op does to `tensor`, if it only scales it and adds to it by constants a channel; null if it does anything else. */
export async function affineOf(
  node: GraphNode,
  tensor: string,
  { channels, rank }: { readonly channels: number; readonly rank: number },
  edit: Edit,
  weights: WeightStore,
): Promise<Affine | null> {
  if (!isFloatChannelsLast(node)) return null
  if (node.op.startsWith('FusedBatchNorm'))
    return node.inputs[0] === tensor ? batchNorm(node, channels, edit, weights) : null
  const isFirst = node.inputs[0] === tensor
  const info = constantBehind(edit.index, node.inputs.at(isFirst ? 1 : 0))
  if (!info || !perChannel(info, channels, rank)) return null
  const values = await floatsOf(weights, info)
  const constant = Float64Array.from({ length: channels }, (_, channel) => values[values.length === 1 ? 0 : channel])
  const same = new Float64Array(channels).fill(1)
  const nothing = new Float64Array(channels)
  switch (node.op) {
    case 'BiasAdd':
    case 'Add':
    case 'AddV2':
      return { scale: same, offset: constant }
    case 'Sub':
      return isFirst
        ? { scale: same, offset: constant.map((value) => -value) }
        : { scale: same.map(() => -1), offset: constant }
    case 'Mul':
      return { scale: constant, offset: nothing }
    case 'Div':
    case 'RealDiv':
      return isFirst ? { scale: constant.map((value) => 1 / value), offset: nothing } : null
    default:
      return null
  }
}

/** Whether a constant is one number, or one a channel in the last dimension, and leaves the shape as it is. */
function perChannel({ dtype, shape }: WeightInfo, channels: number, rank: number): boolean {
  if (dtype !== 'float32' || shape.length > rank) return false
  return sizeOf(shape) === 1 || (shape.at(-1) === channels && sizeOf(shape) === channels)
}

/**
 * A fused batch norm that is not training: gamma · (x − mean) / √(variance + epsilon) + beta.
 * Source: https://www.tensorflow.org/api_docs/python/tf/raw_ops/FusedBatchNormV3
 */
async function batchNorm(node: GraphNode, channels: number, edit: Edit, weights: WeightStore): Promise<Affine | null> {
  if (boolAttribute(node, 'is_training', true)) return null
  const beside = [1, 2, 3, 4, 5].map((output) => tensorName(node.name, output))
  if (beside.some((tensor) => edit.index.uses.has(tensor) || edit.mustStay(tensor))) return null
  const infos = [1, 2, 3, 4].flatMap((input) => constantBehind(edit.index, node.inputs.at(input)) ?? [])
  if (infos.length < 4 || !infos.every((info) => info.dtype === 'float32' && sizeOf(info.shape) === channels))
    return null
  const [gamma, beta, mean, variance] = await Promise.all(infos.map((info) => floatsOf(weights, info)))
  const epsilon = floatAttribute(node, 'epsilon', 1e-4)
  const scale = Float64Array.from(gamma, (value, channel) => value / Math.sqrt(variance[channel] + epsilon))
  return { scale, offset: scale.map((value, channel) => beta[channel] - mean[channel] * value) }
}
