import { controlRegions } from '../cuts/control-regions'
import { imageLayout } from '../image/layout'
import { innerImage, pictureAt, type InnerImage } from '../image/start'
import { picturePath } from '../image/path'
import { indexGraph, type GraphIndex } from '../lookup/graph-index'
import { splitTensor, tensorName } from '../lookup/names'
import { isRandom } from '../op-tables/random-ops'
import type { Graph, GraphNode, TensorInfo } from '../types'

const loops = /^(TensorArray|TensorList|While$|StatelessWhile$|Map)/

/**
 * Where the picture goes in behind what stands between its input and the first convolution and cannot be run on many
 * pictures at once, or changes them by chance: a loop over the pictures that resizes each (the Preprocessor of
 * TensorFlow 1's detectors), random changes that training left on, operations that nothing here runs. Null where the
 * input leads to a convolution without such, or to none at all.
 */
export function imageBehind(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  image: string,
  supported: (node: GraphNode) => string | null,
): InnerImage | null {
  const index = indexGraph(graph)
  if (picturePath(index, image)) return null
  const inner = innerImage(graph, infos) ?? behindUnknown(index, infos, image, supported)
  if (!inner?.before.has(splitTensor(image).node)) return null
  const regions = controlRegions(graph.nodes)
  if (regions.has(splitTensor(inner.image).node)) return null
  const isInTheWay = (node: GraphNode): boolean =>
    regions.get(node.name) === 'loop' || loops.test(node.op) || isRandom(node) || supported(node) !== null
  const made = index.nodes.get(splitTensor(inner.image).node)
  const isMade = made !== undefined && supported(made) !== null
  return isMade || graph.nodes.some((node) => inner.before.has(node.name) && isInTheWay(node)) ? inner : null
}

/** Where no convolution follows: behind the one operation that takes the picture, if nothing runs it and it gives one, too. */
function behindUnknown(
  index: GraphIndex,
  infos: ReadonlyMap<string, TensorInfo>,
  image: string,
  supported: (node: GraphNode) => string | null,
): InnerImage | null {
  const takers = (index.uses.get(image) ?? []).map(({ node }) => node)
  if (takers.length !== 1 || supported(takers[0]) === null) return null
  const info = infos.get(tensorName(takers[0].name))
  return info && imageLayout(info.shape) ? pictureAt(index, takers[0], info) : null
}
