import { isPort, type Crossing } from './group/border-crossings'
import type { Group, Item } from './group/grouping'
import { flowOrder } from './place/flow-order'

export interface MainPath {
  /** Items on the way through the group that passes the most operations. */
  readonly path: ReadonlySet<Item>
  /** All items of the group in the order of the data. */
  readonly order: readonly Item[]
}

/** The main path through a group; cost is linear in its crossings. */
export function mainPath(group: Group, crossings: readonly Crossing[]): MainPath {
  const byId = new Map(group.items.map((item) => [item.id, item]))
  const links = crossings.filter(({ from, to }) => !isPort(from) && !isPort(to))
  const order = flowOrder([...byId.keys()], links).flatMap((id) => byId.get(id) ?? [])
  const takes = new Map<string, string[]>()
  for (const { from, to } of links) {
    const known = takes.get(to)
    if (known) known.push(from)
    else takes.set(to, [from])
  }
  /** Operations passed on the longest way to each item, itself included, and the item before it on that way. */
  const best = new Map<string, { passed: number; before: string | null }>()
  let end: { id: string; passed: number } | null = null
  for (const { id, size } of order) {
    let before: string | null = null
    let passed = 0
    for (const from of takes.get(id) ?? []) {
      const way = best.get(from)
      if (way && way.passed > passed) {
        passed = way.passed
        before = from
      }
    }
    best.set(id, { passed: passed + size, before })
    if (end === null || passed + size > end.passed) end = { id, passed: passed + size }
  }
  const path = new Set<Item>()
  for (let id = end?.id ?? null; id !== null; id = best.get(id)?.before ?? null) {
    const item = byId.get(id)
    if (item) path.add(item)
  }
  return { path, order }
}
