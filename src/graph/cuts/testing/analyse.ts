import type { Graph, GraphNode } from '../../types'
import { type CutAnalysis, analyseCuts } from '../analyse'
import { inferShapes } from '../../shapes'

/** Everything can be run. */
export const anything = (): null => null

/** The cuts of a graph towards its first output, with pictures at `image`. */
export function analyse(graph: Graph, supported: (node: GraphNode) => string | null = anything): CutAnalysis {
  const output = graph.outputs.at(0)?.tensor ?? null
  return analyseCuts(graph, inferShapes(graph), { image: 'image:0', output, supported })
}

/** The tensors that are recommended. */
export const recommendedIn = ({ verdicts }: CutAnalysis): string[] =>
  [...verdicts].flatMap(([tensor, { recommended }]) => (recommended ? [tensor] : []))

/** Why a tensor cannot be cut; empty where it can. */
export const why = (analysis: CutAnalysis, tensor: string): string => analysis.verdicts.get(tensor)?.why ?? ''
