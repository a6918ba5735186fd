import { conventionOf } from '../graph/image-family'
import { firstNorm, type FirstNorm } from '../graph/image-norm'
import { picturePath, resizes, type PathStep } from '../graph/image-path'
import { channelMap, rangeAfter, rangeBefore } from '../graph/image-range'
import { constantValues } from '../graph/constants'
import { indexGraph, type GraphIndex } from '../graph/lookup'
import { splitTensor } from '../graph/names'
import type { ReadModel } from '../formats/types'
import type { Graph, TensorInfo } from '../graph/types'
import type { ChannelOrder, InputRange, Preprocessing } from '../types'
import { imageLayout } from './image-layout'

/** What it is known by how a network wants its pictures. */
export type PreparationBasis = 'files' | 'type' | 'graph' | 'convention' | 'assumed'

/** What the graph tells of the pictures it wants. */
export interface Preparation {
  readonly range: InputRange
  readonly order: ChannelOrder
  readonly basis: PreparationBasis
  /** Completes “The network sees 224 × 224, …”. */
  readonly how: string
  /** The size that the graph resizes pictures to; null where it does not. */
  readonly resized: { readonly height: number; readonly width: number } | null
  /** The batch norm by which the range can be measured; null where there is none. */
  readonly norm: FirstNorm | null
}

/** What is asked about: a model, the graph of it that is computed, and the tensor that takes pictures. */
export interface Prepared {
  readonly read: ReadModel
  readonly graph: Graph
  readonly info: TensorInfo
  readonly image: string
}

/** Finds out what a network wants of a picture: from its files, its input's type, its own first steps, or its family. */
export async function preparationOf({ read, graph, info, image }: Prepared): Promise<Preparation> {
  const index = indexGraph(graph)
  const path = picturePath(index, image)
  const norm = path && firstNorm(index, path)
  const resized = path && resizedTo(index, path.steps)
  const told = { resized, norm }
  const said = read.preprocessing
  if (said?.range !== undefined) {
    return { ...told, range: said.range, order: said.order ?? 'rgb', basis: 'files', how: 'from the model’s files' }
  }
  const order = said?.order ?? 'rgb'
  if (info.dtype !== 'float32') {
    return { ...told, range: '0to255', order, basis: 'type', how: 'the input takes whole numbers, so 0 to 255' }
  }
  const seen = await seenInGraph(read, graph, image, path?.steps ?? [])
  if (seen) return { ...told, ...seen, order, basis: 'graph' }
  const convention = conventionOf(read.name, graph)
  if (convention) {
    const { family, range } = convention
    const how = `as ${family} networks are trained`
    return { ...told, range, order: said?.order ?? convention.order, basis: 'convention', how }
  }
  return { ...told, range: 'minus1to1', order, basis: 'assumed', how: 'assumed: the files do not say' }
}

/** What the operations on the way to the first convolution say, behind the input or, where that is an inner one, before it. */
async function seenInGraph(
  read: ReadModel,
  graph: Graph,
  image: string,
  steps: readonly PathStep[],
): Promise<Pick<Preparation, 'range' | 'how'> | null> {
  if (graph !== read.graph) {
    const before = await rangeMadeBefore(read, image)
    if (before) return { range: before, how: 'as the network’s own first steps make them' }
  }
  const inside = await channelMap(indexGraph(graph), read.weights, steps)
  const range = inside && rangeBefore(inside)
  return range && { range, how: 'the network scales them itself' }
}

/** The range that the steps before an inner image make of a decoded picture. */
async function rangeMadeBefore(read: ReadModel, image: string): Promise<InputRange | null> {
  const index = indexGraph(read.graph)
  const path = picturePath(index, null)
  const end = path?.steps.findIndex(({ node }) => node.name === splitTensor(image).node) ?? -1
  if (!path || end < 0) return null
  const map = await channelMap(index, read.weights, path.steps.slice(0, end + 1))
  return map && rangeAfter(map)
}

function resizedTo(index: GraphIndex, steps: readonly PathStep[]): Preparation['resized'] {
  const resize = steps.find(({ node }) => resizes.has(node.op))
  const size = resize && constantValues(index, resize.node.inputs.at(1))
  return size?.length === 2 ? { height: size[0], width: size[1] } : null
}

/** How pictures are prepared: what is known of it, and the size that the input, the files or the graph tell. */
export function preprocessingOf(
  image: string,
  { shape }: TensorInfo,
  preparation: Preparation,
  said: Partial<Preprocessing> | null,
): { preprocessing: Preprocessing; known: boolean } {
  const fixed = imageLayout(shape)
  const height = fixed.height ?? said?.height ?? preparation.resized?.height ?? null
  const width = fixed.width ?? said?.width ?? preparation.resized?.width ?? null
  const { range, order, how, basis } = preparation
  return {
    known: basis !== 'assumed' && height !== null && width !== null,
    preprocessing: {
      width: width ?? 224,
      height: height ?? 224,
      fit: said?.fit ?? 'crop',
      range,
      order,
      input: image,
      how,
    },
  }
}
