import { opCategory, type OpCategory } from '../../graph/op-tables/ops'
import type { Graph } from '../../graph/types'
import { slice } from '../lazy'
import { sumUp, type GroupTree } from './tree'
import type { SceneBox } from './types'

/** How many operations of each category stand in each group. */
export interface GroupShares {
  readonly categories: readonly OpCategory[]
  /** By group number and category: `[groups, categories]`. */
  readonly counts: Int32Array
}

/**
 * Counts the nodes of each category in each group, constants included. Linear in nodes and groups; yields now and then.
 */
export function* groupShares({ nodes }: Graph, tree: GroupTree): Generator<void, GroupShares> {
  const numbers = new Map<OpCategory, number>()
  const byOp = new Map<string, number>()
  const categoryOf = (op: string): number => {
    const known = byOp.get(op)
    if (known !== undefined) return known
    const category = opCategory(op)
    const number = numbers.get(category) ?? numbers.size
    numbers.set(category, number)
    byOp.set(op, number)
    return number
  }
  for (const { op } of nodes) categoryOf(op)
  yield
  const width = numbers.size
  const counts = new Int32Array(tree.groups.length * width)
  for (let i = 0; i < nodes.length; i++) {
    if (tree.groupOf[i] >= 0) counts[tree.groupOf[i] * width + categoryOf(nodes[i].op)] += 1
    if (i % slice === slice - 1) yield
  }
  sumUp(tree, counts, width)
  return { categories: [...numbers.keys()], counts }
}

/** The shares of the categories in a group, the largest first; constants only where there is nothing else. */
export function sharesOf({ categories, counts }: GroupShares, group: number): SceneBox['categories'] {
  const found = categories.flatMap((category, i) => {
    const count = counts[group * categories.length + i]
    return count > 0 ? [{ category, count }] : []
  })
  const operations = found.filter(({ category }) => category !== 'constant')
  const counted = operations.length > 0 ? operations : found
  const total = counted.reduce((sum, { count }) => sum + count, 0)
  return counted.map(({ category, count }) => ({ category, share: count / total })).sort((a, b) => b.share - a.share)
}
