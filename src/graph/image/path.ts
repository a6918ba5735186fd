import { reversedBy } from './channels'
import { greyBy, type Grey } from './grey'
import { producer, type GraphIndex } from '../lookup/graph-index'
import { orderOf } from '../lookup/order'
import { isConvolution2D } from '../op-tables/ops'
import { opOf } from '../ops'
import type { OpSpec } from '../ops/types'
import type { GraphNode } from '../types'

/** One operation that a picture passes on its way to the first convolution. */
export interface PathStep {
  readonly node: GraphNode
  /** Which of the node's inputs the picture comes in by. */
  readonly input: number
  /** Whether it turns the order of the channels round: RGB to BGR, or back. */
  readonly reverses: boolean
  /** How it makes one grey of three colours; null where it does not. */
  readonly grey: Grey | null
}

/** The way of a picture to the first convolution, or, of a network without such, to its first dense layer. */
export interface PicturePath {
  /** The tensor it begins at: an input, or what no step below has made (a decoded file, say). */
  readonly from: string
  /** In the order of the data. */
  readonly steps: readonly PathStep[]
  readonly convolution: GraphNode
  /** How many channels the convolution's kernel takes; null where that is not known. */
  readonly channels: number | null
}

/** What an operation does to a picture that it takes. */
const onPicture = ({ op }: GraphNode): OpSpec['onPicture'] => opOf(op)?.onPicture

/** Whether a step computes with the picture's numbers, all but Neg with a constant beside it. */
export const computes = (node: GraphNode): boolean => onPicture(node) === 'computes'

/** Whether a step makes the picture larger or smaller. */
export const resizes = (node: GraphNode): boolean => onPicture(node) === 'resizes'

/** What also leaves the colours of a picture that is known as they are: its pixels may be put in a row, or in rows again. */
const reshaping: ReadonlySet<string> = new Set(['Reshape', 'Squeeze'])

const longestPath = 64

/**
 * The way to the first convolution that takes pictures: of `from` where that is given (then to a dense layer, too), else
 * of whatever leads to it. Null where none is reached by steps that can be followed.
 */
export function picturePath(index: GraphIndex, from: string | null): PicturePath | null {
  const { nodes } = index.graph
  for (const place of orderOf(nodes)) {
    const convolution = nodes[place]
    if (!isConvolution2D(convolution.op) && (from === null || convolution.op !== 'MatMul')) continue
    if (greyBy(index, convolution)) continue
    const way = walkBack(index, convolution, from)
    if (!way || (from !== null && way.from !== from)) continue
    const isMadeGrey = way.steps.some(({ grey }) => grey !== null)
    const channels = isMadeGrey ? 3 : kernelChannels(index, convolution)
    if (from === null && channels !== 3 && channels !== 1) continue
    return { ...way, convolution, channels }
  }
  return null
}

function walkBack(
  index: GraphIndex,
  convolution: GraphNode,
  from: string | null,
): { from: string; steps: PathStep[] } | null {
  const steps: PathStep[] = []
  let tensor = convolution.inputs.at(0)
  for (let length = 0; tensor !== undefined && length < longestPath; length++) {
    if (tensor === from) break
    const node = producer(index, tensor)
    const reversed = node && reversedBy(index, node)
    const isReshaped = from !== null && node !== undefined && reshaping.has(node.op)
    const grey = node ? greyBy(index, node) : null
    const input = node && (reversed || isReshaped || grey ? 0 : pictureInput(index, node))
    if (node === undefined || input === null || input === undefined) break
    steps.unshift({ node, input, reverses: Boolean(reversed), grey })
    tensor = reversed ?? node.inputs[input]
  }
  return tensor === undefined ? null : { from: tensor, steps }
}

/** The input by which the picture comes to a step; null where the node is no such step. */
function pictureInput(index: GraphIndex, node: GraphNode): number | null {
  const step = onPicture(node)
  if (step === undefined) return null
  const takesOne = step === 'passes' || step === 'resizes' || node.op === 'Neg'
  if (takesOne) return node.inputs.length > 0 ? 0 : null
  if (node.inputs.length !== 2) return null
  const constants = node.inputs.map((tensor) => isConstant(index, tensor))
  return constants[0] === constants[1] ? null : constants.indexOf(false)
}

/** Whether the steps together turn the order of the channels round. */
export function reverseChannels(steps: readonly PathStep[]): boolean {
  return steps.filter(({ reverses }) => reverses).length % 2 === 1
}

/** Whether a tensor is made of constants alone, by a few steps. */
export function isConstant(index: GraphIndex, tensor: string, depth = 8): boolean {
  const node = producer(index, tensor)
  if (!node || depth === 0) return false
  if (node.weight !== undefined || node.op === 'Const') return true
  if (node.inputs.length === 0) return false
  return node.inputs.every((input) => isConstant(index, input, depth - 1))
}

function kernelChannels(index: GraphIndex, convolution: GraphNode): number | null {
  let tensor = convolution.inputs.at(1)
  for (let step = 0; tensor !== undefined && step < 8; step++) {
    const node = producer(index, tensor)
    if (node?.weight !== undefined) return index.graph.weights.get(node.weight)?.shape.at(2) ?? null
    tensor = node?.inputs.at(0)
  }
  return null
}
