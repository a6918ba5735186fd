import { producer, type GraphIndex } from '../lookup/graph-index'

const deepest = 8

/** Kept as long as the graph's look-ups are: the same tensors are asked about again and again. */
const known = new WeakMap<GraphIndex, Map<string, boolean>>()

/** Whether a tensor is made of constants alone, by a few steps; each step looks at a tensor once. */
export function isConstant(index: GraphIndex, tensor: string): boolean {
  const ofGraph = known.get(index) ?? new Map<string, boolean>()
  known.set(index, ofGraph)
  const before = ofGraph.get(tensor)
  if (before !== undefined) return before
  const made = isMadeOfConstants(index, tensor)
  ofGraph.set(tensor, made)
  return made
}

function isMadeOfConstants(index: GraphIndex, tensor: string): boolean {
  let tensors: ReadonlySet<string> = new Set([tensor])
  for (let step = 0; step < deepest && tensors.size > 0; step++) {
    const before = new Set<string>()
    for (const each of tensors) {
      const node = producer(index, each)
      if (!node) return false
      if (node.weight !== undefined || node.op === 'Const') continue
      if (node.inputs.length === 0) return false
      for (const input of node.inputs) before.add(input)
    }
    tensors = before
  }
  return tensors.size === 0
}
