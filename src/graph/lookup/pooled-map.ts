import { intsAttribute, stringAttribute } from './attributes'
import { constantValues } from './constants'
import { producer, type GraphIndex } from './graph-index'
import { poolingAxes } from './pooling'
import { table } from '../table'
import type { GraphNode, Shape, TensorInfo } from '../types'

/** Which input of an operation that leaves a picture's numbers and their order alone is the value. */
const forms = table<number>({ Identity: 0, StopGradient: 0, Reshape: 0, Squeeze: 0, ExpandDims: 0 })

/**
 * The map that a cut's features are an average of: of a cut behind a mean or average pooling over the whole of space (in whatever
 * form its result is), the tensor of rank 4 that is pooled; of such a map, that itself. Null where there is none: another rank,
 * something else than a pooling of everything between map and cut, or a map of a single place.
 */
export function pooledMap(index: GraphIndex, infos: ReadonlyMap<string, TensorInfo>, cut: string): string | null {
  const channels = singleLength(infos.get(cut)?.shape)
  if (channels === null) return isMap(index, infos, cut) ? cut : null
  const seen = new Set<string>()
  for (let value: string | undefined = cut; value !== undefined && !seen.has(value);) {
    seen.add(value)
    const node = producer(index, value)
    if (!node || singleLength(infos.get(value)?.shape) !== channels) return null
    const [map] = node.inputs
    if (poolsAll(index, infos, node)) return isMap(index, infos, map) ? map : null
    const through = forms.get(node.op)
    value = through === undefined ? undefined : node.inputs[through]
  }
  return null
}

/** How many numbers each picture has in a tensor that has but one size other than 1 beside the batch; null otherwise. */
function singleLength(shape: Shape | null | undefined): number | null {
  if (!shape || shape.length < 2) return null
  const sizes = shape.slice(1).filter((size) => size !== 1)
  return sizes.length > 1 ? null : sizes.length === 0 ? 1 : sizes[0]
}

/** Whether a tensor is `[batch, height, width, channels]`, in either layout, with more than one place. */
function isMap(index: GraphIndex, infos: ReadonlyMap<string, TensorInfo>, tensor: string): boolean {
  const shape = infos.get(tensor)?.shape
  return shape?.length === 4 && poolingAxes(index, infos, tensor).some((axis) => shape[axis] !== 1)
}

/** Whether a node averages its first input over all of space, as it is pooled for features, and over nothing else. */
function poolsAll(index: GraphIndex, infos: ReadonlyMap<string, TensorInfo>, node: GraphNode): boolean {
  const [map, axes] = node.inputs
  const shape = infos.get(map)?.shape
  if (shape?.length !== 4) return false
  const space = poolingAxes(index, infos, map)
  if (node.op === 'Mean') {
    const over = constantValues(index, axes)?.map((axis) => (axis < 0 ? axis + 4 : axis))
    return over?.toSorted((a, b) => a - b).join() === space.join()
  }
  if (node.op !== 'AvgPool') return false
  const [window, strides] = [intsAttribute(node, 'ksize', []), intsAttribute(node, 'strides', [])]
  const padded = stringAttribute(node, 'padding', 'VALID') === 'SAME'
  return [1, 2, 3].every((axis) => {
    const size = shape[axis]
    if (!space.includes(axis)) return window.at(axis) === 1 && strides.at(axis) === 1
    if (size === null) return false
    // Padding does not count in an average, so a window larger than the map is one of all its places.
    return padded ? window[axis] >= size && strides[axis] >= size : window[axis] === size
  })
}
