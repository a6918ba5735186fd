import { imageLayout } from '../image/layout'
import { findInputs } from '../image/input'
import { splitTensor } from '../lookup/names'
import type { Graph, GraphNode, TensorInfo } from '../types'

/** A graph in which inputs that take pictures, too, get the one that goes in. */
export interface SamePictures {
  readonly graph: Graph
  /** The inputs that get it. */
  readonly same: readonly string[]
}

/**
 * Gives inputs of the picture's own shape and type (of networks that compare two) the same picture; not those `before`
 * the place where it goes in, which are not run.
 */
export function withSamePicture(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  before: ReadonlySet<string> = new Set(),
): SamePictures {
  const { image, others } = findInputs(graph, infos)
  const first = image === null ? undefined : infos.get(image)
  const same = others
    .filter(({ tensor, info }) => first && isAlike(info, first) && !before.has(splitTensor(tensor).node))
    .map(({ tensor }) => tensor)
  if (image === null || same.length === 0) return { graph, same: [] }
  const names = new Set(same.map((tensor) => splitTensor(tensor).node))
  const dtype = { kind: 'dtype', value: first?.dtype ?? 'float32' } as const
  const passed = (node: GraphNode): GraphNode => ({
    ...node,
    op: 'Identity',
    inputs: [image],
    attributes: { T: dtype },
  })
  return {
    graph: {
      ...graph,
      nodes: graph.nodes.map((node) => (names.has(node.name) ? passed(node) : node)),
      inputs: graph.inputs.filter(({ tensor }) => !same.includes(tensor)),
    },
    same,
  }
}

/** Of one size, as far as that is known, and as many channels at the same place. */
function isAlike(info: TensorInfo, first: TensorInfo): boolean {
  const [one, other] = [imageLayout(info.shape), imageLayout(first.shape)]
  return (
    one !== null &&
    info.dtype === first.dtype &&
    one.axes === other?.axes &&
    one.channels === other.channels &&
    one.height === other.height &&
    one.width === other.width
  )
}
