import { carriesData } from '../../lookup/flow'
import { producer } from '../../lookup/graph-index'
import { tensorName } from '../../lookup/names'
import { opOf } from '../../ops'
import type { GraphNode } from '../../types'
import type { SuggestionFacts } from './facts'
import { fromPicture, isWeighted } from './layers'

const poolingOps: ReadonlySet<string> = new Set(['Mean', 'Max', 'AvgPool', 'MaxPool'])

/** The last layer with weights on each path to an output. */
export interface LastLayers {
  readonly nodes: readonly GraphNode[]
  /** Whether a pooling comes after them, and no probabilities or choice among classes. */
  readonly endsInPooling: boolean
}

/** Follows the picture's data back from `output`, on each way as far as the first layer with weights. */
export function lastLayers(facts: SuggestionFacts, output: string): LastLayers {
  const nodes: GraphNode[] = []
  const seen = new Set<string>()
  const open = [output]
  let pooled = false
  let decided = false
  for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
    const node = producer(facts.index, tensor)
    if (!node || seen.has(node.name) || !carriesData(node)) continue
    seen.add(node.name)
    if (isWeighted(facts, node)) {
      nodes.push(node)
      continue
    }
    pooled ||= poolsSpace(facts, node)
    decided ||= opOf(node.op)?.decides === true
    for (const input of fromPicture(facts, node)) open.push(input)
  }
  return { nodes, endsInPooling: pooled && !decided }
}

/** Whether a node pools over the picture; one that reduces over the batch, as for an accuracy, does not count. */
function poolsSpace({ infos, batch }: SuggestionFacts, node: GraphNode): boolean {
  if (!poolingOps.has(node.op)) return false
  const rank = infos.get(node.inputs[0])?.shape?.length ?? 0
  return rank > 2 && typeof batch.get(tensorName(node.name)) === 'number'
}
