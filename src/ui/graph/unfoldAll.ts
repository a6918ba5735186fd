import { groupId, type Group } from '../../layout/grouping'
import type { Box } from '../../layout/types'
import type { GraphFacts } from './facts'
import { runTitle } from '../../graph/titles'

/** More operations than this at once help nobody, and take long to lay out. */
const mostOperations = 1200

export interface UnfoldingAll {
  readonly label: string
  readonly possible: boolean
  /** Paths to unfold. */
  readonly paths: readonly string[]
  /** Id of the group they are in. */
  readonly inside: string
}

/** Unfolding everything inside the selected group, or in the whole graph. */
export function unfoldingAll({ grouping }: GraphFacts, selected: Box | undefined): UnfoldingAll {
  const group = (selected?.kind === 'group' && grouping.groups.get(selected.name)) || grouping.root
  const name = group === grouping.root ? '' : ` inside ${runTitle(group.label)}`
  const possible = group.size <= mostOperations
  return {
    label: possible
      ? `Unfold all${name}`
      : `Too much to unfold at once (${group.size} operations): select a scope to unfold all inside it`,
    possible,
    paths: possible ? pathsIn(group) : [],
    inside: groupId(group.path),
  }
}

function pathsIn(group: Group): string[] {
  const inner = group.items.flatMap((item) => (item.kind === 'group' ? pathsIn(item) : []))
  return group.path === '' ? inner : [group.path, ...inner]
}
