import type { Grouping, Item } from '../layout/group/grouping'
import type { Inside } from './types'

/** What unfolding all inside a group means; '' is the whole graph. null where there is no such group. */
export function inside(grouping: Grouping, path: string): Inside | null {
  const around = path === '' ? grouping.root : (grouping.groups.get(path) ?? grouping.scopes.get(path))
  if (around?.kind !== 'group') return null
  const paths: string[] = around === grouping.root ? [] : [around.path]
  let boxes = 0
  const open: Item[] = [around]
  for (let item = open.pop(); item; item = open.pop()) {
    if (item.kind === 'node') continue
    boxes += item.items.length
    for (let i = item.items.length - 1; i >= 0; i--) {
      const inner = item.items[i]
      if (inner.kind === 'node') continue
      paths.push(inner.path)
      open.push(inner)
    }
  }
  return { operations: around.size, boxes, paths }
}
