import { conventionOf, type Convention } from '../../graph/image/family'
import { firstNorm } from '../../graph/image/norm'
import { picturePath, resizes, reverseChannels, type PathStep, type PicturePath } from '../../graph/image/path'
import { colourCurve, rangeAfter, rangeBefore } from '../../graph/image/range'
import { constantValues } from '../../graph/lookup/constants'
import { layoutOfPicture } from '../../graph/image/layout'
import { indexGraph, type GraphIndex } from '../../graph/lookup/graph-index'
import { splitTensor } from '../../graph/lookup/names'
import type { ReadModel } from '../../formats/types'
import type { Graph, TensorInfo } from '../../graph/types'
import type { Preprocessing } from '../../types'
import type { Preparation } from './types'

/** What is asked about: a model, the graph of it that is computed, and the tensor that takes pictures. */
export interface PreparationSubject {
  readonly read: ReadModel
  readonly graph: Graph
  readonly info: TensorInfo
  readonly image: string
}

/**
 * Finds out how a network wants its pictures: from its files, its input's type, its own first operations, or its
 * family.
 */
export async function preparationOf({ read, graph, info, image }: PreparationSubject): Promise<Preparation> {
  const index = indexGraph(graph)
  const path = picturePath(index, image)
  const norm = path && firstNorm(index, path)
  const resized = path && resizedTo(index, path.steps)
  const told = { resized, norm }
  const said = read.preprocessing
  if (said?.range !== undefined) {
    return { ...told, range: said.range, order: said.order ?? 'rgb', basis: 'files', how: 'from the model’s files' }
  }
  const before = graph === read.graph ? null : wayTo(read, image)
  const order = said?.order ?? (before && reverseChannels(before.steps) ? 'bgr' : 'rgb')
  if (info.dtype !== 'float32') {
    return { ...told, range: '0to255', order, basis: 'type', how: 'the input takes whole numbers, so 0 to 255' }
  }
  const seen = await seenInGraph(read, index, before, path)
  if (seen) return { ...told, ...seen, order, basis: 'graph' }
  const convention = path && asTrained(read, graph, path.steps)
  if (convention) {
    const { family, range } = convention
    const how = `as ${family} networks are trained`
    return { ...told, range, order: said?.order ?? convention.order, basis: 'convention', how }
  }
  return { ...told, range: '0to1', order, basis: 'assumed', how: 'assumed: the files do not say' }
}

/**
 * The convention of the network's family; null where no family is known, or where the network has arithmetic of its own on
 * pictures, so that they would be prepared twice.
 */
function asTrained(read: ReadModel, graph: Graph, steps: readonly PathStep[]): Convention | null {
  if (steps.some(({ computes }) => computes)) return null
  const convention = conventionOf(read.name, graph)
  if (!convention || !reverseChannels(steps)) return convention
  return { ...convention, order: convention.order === 'rgb' ? 'bgr' : 'rgb' }
}

/** A way of the picture from one tensor to another. */
interface Way {
  readonly from: string
  readonly to: string
  readonly steps: readonly PathStep[]
}

/**
 * The value range that operations on the way to the first convolution imply: those in `before`, which lead to a
 * picture's tensor inside the file's graph, or if they imply none those on `path` after it.
 */
async function seenInGraph(
  read: ReadModel,
  index: GraphIndex,
  before: Way | null,
  path: PicturePath | null,
): Promise<Pick<Preparation, 'range' | 'how'> | null> {
  const made = before && (await colourCurve(indexGraph(read.graph), read.weights, before.from, before.to))
  const given = made && rangeAfter(made)
  if (given) return { range: given, how: 'as the network’s own first steps make them' }
  const inside = path && (await colourCurve(index, read.weights, path.from, path.convolution.inputs.at(0)))
  const range = inside && rangeBefore(inside)
  return range && { range, how: 'the network scales them itself' }
}

/** The way of a decoded picture to `image`, a tensor inside the file's graph; null where it does not come by there. */
function wayTo(read: ReadModel, image: string): Way | null {
  const path = picturePath(indexGraph(read.graph), null)
  const last = path?.steps.findIndex(({ node }) => node.name === splitTensor(image).node) ?? -1
  return path && last >= 0 ? { from: path.from, to: image, steps: path.steps.slice(0, last + 1) } : null
}

function resizedTo(index: GraphIndex, steps: readonly PathStep[]): Preparation['resized'] {
  const resize = steps.find(({ node }) => resizes(node))
  const size = resize && constantValues(index, resize.node.inputs.at(1))
  return size?.length === 2 ? { height: size[0], width: size[1] } : null
}

/**
 * How pictures are prepared, at the size that the input, the files or the graph state, else 224 × 224; `known` is false
 * where the range or the size is assumed.
 */
export function preprocessingOf(
  image: string,
  { shape }: TensorInfo,
  preparation: Preparation,
  said: Partial<Preprocessing> | null,
): { preprocessing: Preprocessing; known: boolean } {
  const fixed = layoutOfPicture(shape)
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
