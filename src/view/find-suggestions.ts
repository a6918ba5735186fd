import { producer } from '../graph/lookup'
import { groupResult } from './find-groups'
import { entryResult } from './find-results'
import type { ViewedModel } from './model'
import type { Found, FoundResult } from './types'

/** Where one may want to go: recommended cuts, inputs, outputs and the outermost groups. */
export function suggestions(model: ViewedModel, limit: number): Found {
  const { graph } = model.index
  const tensors = new Set([...recommended(model), ...[...graph.inputs, ...graph.outputs].map(({ tensor }) => tensor)])
  const groups = model.grouping.root.items.filter((item) => item.kind === 'group')
  const results: FoundResult[] = []
  for (const tensor of tensors) {
    if (results.length >= limit) break
    const node = producer(model.index, tensor)
    if (node) results.push(entryResult(model, node, tensor, true))
  }
  results.push(...groups.slice(0, limit - results.length).map((group) => groupResult(group, model)))
  return { total: tensors.size + groups.length, results }
}

/** In the order of the graph. */
function recommended({ facts }: ViewedModel): string[] {
  const found: string[] = []
  for (const [tensor, verdict] of facts?.verdicts ?? []) if (verdict.recommended) found.push(tensor)
  return found
}
