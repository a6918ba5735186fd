import { controlRegions } from '../control-regions'
import { innerImage, type InnerImage } from '../image-start'
import { picturePath } from '../image-path'
import { indexGraph } from '../lookup'
import { splitTensor } from '../names'
import { isRandom } from '../random-ops'
import type { Graph, GraphNode, TensorInfo } from '../types'

const loops = /^(TensorArray|TensorList|While$|StatelessWhile$|Map)/

/**
 * Where the picture goes in behind what stands between its input and the first convolution and cannot be run on many
 * pictures at once, or changes them by chance: a loop over the pictures that resizes each (the Preprocessor of
 * TensorFlow 1's detectors), random changes that training left on, operations that nothing here runs. Null where the
 * input leads to a convolution without such.
 */
export function imageBehind(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  image: string,
  supported: (node: GraphNode) => string | null,
): InnerImage | null {
  if (picturePath(indexGraph(graph), image)) return null
  const inner = innerImage(graph, infos)
  if (!inner?.before.has(splitTensor(image).node)) return null
  const regions = controlRegions(graph.nodes)
  if (regions.has(splitTensor(inner.image).node)) return null
  const isInTheWay = (node: GraphNode): boolean =>
    regions.get(node.name) === 'loop' || loops.test(node.op) || isRandom(node) || supported(node) !== null
  return graph.nodes.some((node) => inner.before.has(node.name) && isInTheWay(node)) ? inner : null
}
