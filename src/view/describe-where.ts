import { runTitle } from '../graph/titles'
import { ancestors, type Group, type Item, type NodeItem } from '../layout/grouping'
import type { Crumb } from './types'

/** The groups around an item, outermost first, without the whole graph. */
export function crumbsOf(item: Item | undefined): Crumb[] {
  if (!item) return []
  return ancestors(item)
    .filter((group) => group.path !== '')
    .reverse()
    .map((group) => ({ path: group.path, label: groupLabel(group) }))
}

/** What a group is called in a list. */
export function groupLabel(group: Group): string {
  return group.look === 'scope' ? group.label : (group.title ?? runTitle(group.label))
}

/** The operations in an item, at any depth. */
export function operationsIn(item: Item): NodeItem[] {
  const found: NodeItem[] = []
  const open: Item[] = [item]
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'node') found.push(next)
    else for (let i = next.items.length - 1; i >= 0; i--) open.push(next.items[i])
  }
  return found
}

/** Whether an item stands in a group, at any depth. */
export function isIn(item: Item | undefined, group: Group): boolean {
  for (let around = item?.parent; around; around = around.parent) if (around === group) return true
  return false
}
