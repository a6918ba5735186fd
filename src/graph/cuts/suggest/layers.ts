import { carriesData } from '../../lookup/flow'
import { orderOf } from '../../lookup/order'
import { dropoutInput } from '../../optimise/dropout'
import { opOf } from '../../ops'
import { isRandom } from '../../op-tables/random-ops'
import type { GraphNode } from '../../types'
import type { SuggestionFacts } from './facts'

/** Inputs by which data of the picture comes to a node. */
export function fromPicture({ flow, byData }: SuggestionFacts, node: GraphNode): string[] {
  return node.inputs.filter((tensor) => byData[flow.ids.get(tensor) ?? -1] === 1)
}

/** Whether a node is a layer with a kernel, which the picture does not decide. */
export function isWeighted(facts: SuggestionFacts, node: GraphNode): boolean {
  const data = opOf(node.op)?.layer?.data
  if (data === undefined) return false
  const pictures = fromPicture(facts, node)
  return pictures.length === 1 && pictures[0] === node.inputs[data]
}

/**
 * Tells of tensors whether a cut there is worth suggesting: something that was trained is kept, a layer with a kernel at
 * least, and the features of a picture are the same every time. Dropout left in a graph counts as none, which it is
 * where the graph is run.
 */
export function worthKeeping(facts: SuggestionFacts): (vertex: number) => boolean {
  const { index, flow } = facts
  const { nodes } = index.graph
  const weighted = new Uint8Array(nodes.length)
  const random = new Uint8Array(nodes.length)
  const makerOf = (tensor: string): number => flow.makers[flow.ids.get(tensor) ?? -1] ?? -1
  for (const place of orderOf(nodes)) {
    const node = nodes[place]
    const dropped = dropoutInput(node, index)
    const makers = (dropped === undefined ? node.inputs : [dropped]).map(makerOf)
    const after = (of: Uint8Array): boolean => makers.some((maker) => maker >= 0 && of[maker] === 1)
    weighted[place] = Number(after(weighted) || isWeighted(facts, node))
    random[place] = Number(isRandom(node) || (carriesData(node) && after(random)))
  }
  return (vertex) => weighted[flow.makers[vertex]] === 1 && random[flow.makers[vertex]] === 0
}
