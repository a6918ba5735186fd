import { runTitle } from '../../graph/op-tables/titles'
import { ancestors, type Group, type Item } from '../../layout/group/grouping'
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
