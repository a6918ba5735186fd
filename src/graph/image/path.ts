import { Colours, type Algebra } from './colours'
import { isConstant } from './constant'
import { greyBy } from './grey'
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
  /** Whether it makes one grey of three colours. */
  readonly grey: boolean
  /** Whether it computes with the picture's numbers; not so where it only changes signs, bounds them or makes them grey. */
  readonly computes: boolean
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

/** Whether a step makes the picture larger or smaller. */
export const resizes = (node: GraphNode): boolean => onPicture(node) === 'resizes'

/** What also leaves the colours of a picture that is known as they are: its pixels may be put in a row, or in rows again. */
const reshaping: ReadonlySet<string> = new Set(['Reshape', 'Squeeze'])

/** What may turn the order of the channels round, and passes the picture in any case. */
const turns: ReadonlySet<string> = new Set(['ReverseV2'])

const longestPath = 64
const longestJoin = 16

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
    const isMadeGrey = way.steps.some(({ grey }) => grey)
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
    if (!node) break
    const isReshaped = from !== null && reshaping.has(node.op)
    const grey = greyBy(index, node) !== null
    const input = isReshaped || grey ? 0 : pictureInput(index, node)
    const joined = input === null || turns.has(node.op) ? joinedFrom(index, node, tensor, from) : null
    const before = joined?.from ?? (input === null ? undefined : node.inputs.at(input))
    if (before === undefined) break
    const computes = onPicture(node) === 'computes'
    steps.unshift({ node, input: input ?? 0, reverses: false, grey, computes, ...joined?.step })
    tensor = before
  }
  return tensor === undefined ? null : { from: tensor, steps }
}

/**
 * The tensor from which all inputs of a node are made by arithmetic on each pixel (channels taken out one by one, say),
 * and what that arithmetic does as one step; null where there is none nearby.
 */
function joinedFrom(
  index: GraphIndex,
  node: GraphNode,
  tensor: string,
  end: string | null,
): { from: string; step: Pick<PathStep, 'reverses' | 'grey' | 'computes'> } | null {
  let from = fed(index, node)
  for (let step = 0; from !== undefined && step < longestJoin; step++) {
    const traced = tracedChannels(index, from, tensor)
    if (traced) return { from, step: traced }
    const before = from === end ? undefined : producer(index, from)
    from = before && fed(index, before)
  }
  return null
}

/** The first input of a node that is no constant. */
const fed = (index: GraphIndex, { inputs }: GraphNode): string | undefined =>
  inputs.slice(0, 4).find((tensor) => !isConstant(index, tensor))

/** What is done to the channels between two tensors; null where that cannot be followed, or mixes them in another way. */
function tracedChannels(
  index: GraphIndex,
  from: string,
  to: string,
): Pick<PathStep, 'reverses' | 'grey' | 'computes'> | null {
  let computes = false
  const computed = <T>(value: T): T => {
    computes = true
    return value
  }
  const algebra: Algebra<number> = {
    constant: () => [0],
    one: computed,
    two: (x, y, _, bounds) => (bounds ? x | y : computed(x | y)),
  }
  const masks = new Colours(index, from, [1, 2, 4], algebra).of(to)?.join()
  if (masks === undefined) return null
  const grey = ['1', '2', '4', '7', '7,7,7'].includes(masks)
  return grey || masks === '1,2,4' || masks === '4,2,1' ? { reverses: masks === '4,2,1', grey, computes } : null
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

function kernelChannels(index: GraphIndex, convolution: GraphNode): number | null {
  let tensor = convolution.inputs.at(1)
  for (let step = 0; tensor !== undefined && step < 8; step++) {
    const node = producer(index, tensor)
    if (node?.weight !== undefined) return index.graph.weights.get(node.weight)?.shape.at(2) ?? null
    tensor = node?.inputs.at(0)
  }
  return null
}
