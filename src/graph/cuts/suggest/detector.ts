import { isMap } from './shapes'
import type { SuggestionFacts } from './facts'
import { lastLayers } from './classifier'

/**
 * The last feature map that several heads of a detector share, where they share several (boxes and classes at each of
 * several scales): only the first of these is on all paths, and it holds less of what the picture shows. null for other
 * networks.
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
