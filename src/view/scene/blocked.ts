import type { Grouping } from '../../layout/group/grouping'
import type { ModelFacts } from '../types'

/** How many operations that cannot be run each box holds, by its item's id. */
export function blockedIn({ nodes }: Grouping, facts: ModelFacts | null): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of facts?.blocked?.keys() ?? []) {
    const item = nodes.get(name)
    if (!item) continue
    counts.set(item.id, 1)
    for (let group = item.parent as typeof item.parent | null; group; group = group.parent) {
      counts.set(group.id, (counts.get(group.id) ?? 0) + 1)
    }
  }
  return counts
}
