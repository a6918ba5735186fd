import { producer, type GraphIndex } from '../lookup/graph-index'

/** Whether a tensor is made of constants alone, by a few steps; each step looks at a tensor once. */
export function isConstant(index: GraphIndex, tensor: string, depth = 8): boolean {
  let tensors: ReadonlySet<string> = new Set([tensor])
  for (let step = 0; step < depth && tensors.size > 0; step++) {
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
