import type { Item } from './group/grouping'
import type { Gaps } from './place/placement'
import type { Direction } from './types'

/** Pixels at zoom 1; the stylesheets draw to these. */
const node = { width: 200, height: 42 } as const
/** Height of each line under a title. */
const line = 15
const pattern = { width: 240, height: 56 } as const
const group = { width: 226, height: 52 } as const

/** Characters of a pattern's title that fit in one line, on the box of one operation and on that of several. */
const longest = { node: 25, group: 29 } as const

/** In how many lines a title is written; a pattern's says much. */
export function titleRows(item: Item): 1 | 2 {
  if (item.title === null || (item.kind === 'group' && item.look !== 'pattern')) return 1
  return item.title.length > longest[item.kind] ? 2 : 1
}

/** The box of an operation or a folded group. */
export function itemSize(item: Item): { readonly width: number; readonly height: number } {
  if (item.kind === 'node') {
    return { width: node.width, height: node.height + line * (item.lines.length + titleRows(item) - 1) }
  }
  return item.look === 'pattern' ? pattern : group
}

/** A frame's header; lines that enter from above go straight down past it. */
export const frameHeader = 32

/** Around what stands in a frame: before and after it along the flow, and at its sides (left and right, or above and below). */
interface Padding {
  readonly before: number
  readonly after: number
  /** The same where tensors enter or leave: the gap between their ports and the nearest rank counts too. */
  readonly beforePorts: number
  readonly afterPorts: number
  readonly sides: readonly [number, number]
}

/** The room between a frame and what stands in it. */
export const framePadding: Readonly<Record<Direction, Padding>> = {
  down: { before: 38, after: 28, beforePorts: 22, afterPorts: 10, sides: [18, 18] },
  right: { before: 18, after: 28, beforePorts: 0, afterPorts: 0, sides: [44, 18] },
}

/** Between ranks there is room for a tensor's shape, which is written along the line's border, not along the line. */
export const gaps: Readonly<Record<Direction, Gaps>> = {
  down: { rank: 42, item: 24, line: 14 },
  right: { rank: 76, item: 20, line: 14 },
}

/** The farthest apart that two tensors enter one box. */
export const entryGap: Readonly<Record<Direction, number>> = { down: 26, right: 14 }

/** Above this number a box's outputs are dots, as their shapes would not fit side by side. */
export const mostWritten = 2
/** Around a tensor's shape, where it is written along the line. */
export const chipRoom = 20
