import { inferShapes } from '../graph/shapes'
import type { Graph } from '../graph/types'

/** How many classes the first output tells apart: the last size of its shape; null where that is not known. */
export function classCount(graph: Graph): number | null {
  const output = graph.outputs.at(0)
  const shape = output && inferShapes(graph).get(output.tensor)?.shape
  return shape?.at(-1) ?? null
}
