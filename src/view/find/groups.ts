import { runTitle } from '../../graph/op-tables/titles'
import type { Group, Grouping } from '../../layout/group/grouping'
import { groupLabel } from '../describe/where'
import { kindOfGroup } from '../describe/words'
import type { ViewedModel } from '../viewed-model'
import type { FoundResult } from './types'

/** A group that can be found. */
export interface GroupEntry {
  readonly group: Group
  /** Lower-cased label, title and what it is. */
  readonly text: string
  readonly label: string
  readonly path: string
}

const known = new WeakMap<Grouping, readonly GroupEntry[]>()

/** The groups of a model, made once. They are found by what they are called, not by what the groups around them are. */
export function groupEntries({ grouping, index }: ViewedModel): readonly GroupEntry[] {
  const ready = known.get(grouping)
  if (ready) return ready
  const entries = [...grouping.groups.values()].map((group) => {
    const { what } = kindOfGroup(group, index.graph.scopes.get(group.path))
    const text = [runTitle(group.label), group.title ?? '', what].join('\n').toLowerCase()
    return { group, text, label: group.label.toLowerCase(), path: group.path.toLowerCase() }
  })
  known.set(grouping, entries)
  return entries
}

/** A group as one result of a search: a scope by its path, others by their label. */
export function groupResult(group: Group, { index }: ViewedModel): FoundResult {
  const { what } = kindOfGroup(group, index.graph.scopes.get(group.path))
  const title = groupLabel(group)
  const named = group.title !== null && group.title !== title ? group.title : what
  return {
    selection: { kind: 'scope', name: group.path },
    name: group.look === 'scope' ? group.path : title,
    detail: `${named} · ${group.size} ${group.size === 1 ? 'operation' : 'operations'}`,
    tensor: null,
  }
}
