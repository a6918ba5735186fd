import { isMap } from './shapes'
import type { SuggestionFacts } from './facts'
import { lastLayers } from './classifier'

/**
 * The last map that several heads of a detector read, where they read several maps (boxes and classes at each of some
 * scales): all paths go through the first of these only, which says less of the picture. Null for other networks.
 */
export function lastSharedMap(facts: SuggestionFacts, isWorth: (vertex: number) => boolean): string | null {
  const { flow, infos, index, possible } = facts
  const heads = new Set(index.graph.outputs.flatMap(({ tensor }) => lastLayers(facts, tensor).nodes))
  const readers = new Map<string, number>()
  for (const { inputs } of heads) for (const tensor of inputs) readers.set(tensor, (readers.get(tensor) ?? 0) + 1)
  const shared = possible.filter((vertex) => {
    const tensor = flow.tensors[vertex]
    return (readers.get(tensor) ?? 0) > 1 && isMap(infos.get(tensor)?.shape ?? null) && isWorth(vertex)
  })
  const last = shared.at(-1)
  return last === undefined || shared.length < 2 ? null : flow.tensors[last]
}
