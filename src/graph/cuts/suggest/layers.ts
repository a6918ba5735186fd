import { carriesData } from '../../lookup/flow'
import { orderOf } from '../../lookup/order'
import { dropoutInput } from '../../optimise/dropout'
import { opOf } from '../../ops'
import { isRandom } from '../../op-tables/random-ops'
import type { GraphNode } from '../../types'
import type { SuggestionFacts } from './facts'

/** The inputs of a node that depend on the picture's data. */
export function fromPicture({ flow, byData }: SuggestionFacts, node: GraphNode): string[] {
  return node.inputs.filter((tensor) => byData[flow.ids.get(tensor) ?? -1] === 1)
}

/** Whether a node is a layer whose kernel does not depend on the picture. */
export function isWeighted(facts: SuggestionFacts, node: GraphNode): boolean {
  const data = opOf(node.op)?.layer?.data
  if (data === undefined) return false
  const pictures = fromPicture(facts, node)
  return pictures.length === 1 && pictures[0] === node.inputs[data]
}

/**
 * Gives a test for tensors at which a cut is worth suggesting: it keeps at least one layer with a kernel, and the
 * features of a picture are the same every time. Dropout that was left in a graph is passed over, as when the graph
 * runs.
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
