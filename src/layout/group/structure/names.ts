import type { GraphIndex } from '../../../graph/lookup/graph-index'
import { opTitle } from '../../../graph/op-tables/titles'
import type { Group, Item, NodeItem } from '../grouping'

/** What an item is, in a word or two: `Conv 3×3` of `Conv 3×3, 32, stride 2 · BN · ReLU6`. */
export function shortTitle(item: Item, index: GraphIndex): string {
  if (item.title !== null) return item.title.split(/,| · /)[0]
  if (item.kind === 'group') return item.label
  return opTitle(index.graph.nodes[item.position]).split(' · ')[0]
}

/** What a stretch of items is called that has no name: by what it begins and ends with. */
export function stretchLabel(items: readonly Item[], index: GraphIndex): string {
  const [first, last] = [items[0], items[items.length - 1]].map((item) => shortTitle(item, index))
  return first === last ? first : `${first} … ${last}`
}

/** The first operation in an item. */
export function firstNode(item: Item): NodeItem {
  let current = item
  while (current.kind === 'group') current = current.items[0]
  return current
}

/** A, B, … Z, AA, AB, … for 0, 1, … */
export function letters(number: number): string {
  const last = String.fromCharCode(65 + (number % 26))
  return number < 26 ? last : letters(Math.floor(number / 26) - 1) + last
}

/** Whether a group is one of the spans that a long row of blocks is split into. */
export const isSpan = ({ path, parent }: Group): boolean => path.startsWith(`${parent?.path ?? ''}#${spanName}:`)

/** What the path of a span has after that of the group around it. */
export const spanName = 'span'
