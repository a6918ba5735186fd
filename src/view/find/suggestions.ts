import { linksOf } from '../../graph/lookup/links'
import { producer } from '../../graph/lookup/graph-index'
import { splitTensor } from '../../graph/lookup/names'
import { groupResult } from './groups'
import { entryResult } from './results'
import type { ViewedModel } from '../viewed-model'
import { depths } from '../describe/profile-depth'
import type { SearchResults, FoundResult } from './types'

/** Where one may want to go: the suggested cut, recommended ones from the end on, outputs, inputs and the outermost groups. */
export function suggestions(model: ViewedModel, limit: number): SearchResults {
  const { graph } = model.index
  const ends = [...graph.outputs, ...graph.inputs].map(({ tensor }) => tensor)
  const suggested = model.facts?.suggested ?? null
  const tensors = new Set([...(suggested === null ? [] : [suggested]), ...recommended(model), ...ends])
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

/** The deepest first: cuts near the end keep most of what was learnt. */
function recommended({ facts, index }: ViewedModel): string[] {
  const found: string[] = []
  for (const [tensor, verdict] of facts?.verdicts ?? []) if (verdict.recommended) found.push(tensor)
  if (found.length === 0) return found
  const { of } = depths(index)
  const { positions } = linksOf(index.graph.nodes)
  const depth = new Map(found.map((tensor) => [tensor, of[positions.get(splitTensor(tensor).node) ?? 0]]))
  return found.toSorted((a, b) => (depth.get(b) ?? 0) - (depth.get(a) ?? 0))
}
