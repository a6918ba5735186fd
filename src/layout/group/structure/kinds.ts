import { stringsAttribute } from '../../../graph/lookup/attributes'
import type { GraphIndex } from '../../../graph/lookup/graph-index'
import type { Item } from '../grouping'

/** Small whole numbers that are equal for items of one build: the same ops inside, whatever their sizes and names. */
export interface Kinds {
  readonly of: (item: Item) => number
  /** The number of a text, the same for the same text. */
  readonly numbered: (text: string) => number
}

/** Kinds for the items of one graph; numbers are given out as kinds are first met. */
export function makeKinds(index: GraphIndex): Kinds {
  const numbers = new Map<string, number>()
  const known = new Map<Item, number>()
  const numbered = (text: string): number => {
    let number = numbers.get(text)
    if (number === undefined) numbers.set(text, (number = numbers.size))
    return number
  }
  const of = (item: Item): number => {
    if (item.kind === 'node') {
      const node = index.graph.nodes[item.position]
      if (!node.attributes.fused_ops) return numbered(node.op)
      return numbered([node.op, ...stringsAttribute(node, 'fused_ops', [])].join('+'))
    }
    let kind = known.get(item)
    if (kind === undefined) {
      // Their order is that of the file, which may differ between two of a kind.
      const inside = item.items.map(of).sort((a, b) => a - b)
      known.set(item, (kind = numbered(`(${inside.join(' ')})`)))
    }
    return kind
  }
  return { of, numbered }
}
