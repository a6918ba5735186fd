import type { Item } from './grouping'

/** Pixels at zoom 1; the stylesheets draw to these. */
const node = { width: 200, height: 42 } as const
/** Height of each line under a title. */
const line = 15
const pattern = { width: 240, height: 56 } as const
const group = { width: 226, height: 52 } as const

/** The box of an operation or a folded group. */
export function itemSize(item: Item): { readonly width: number; readonly height: number } {
  if (item.kind === 'node') return { width: node.width, height: node.height + line * item.lines.length }
  return item.look === 'pattern' ? pattern : group
}

/** A frame's header; lines that enter go straight down past it. */
export const frameHeader = 32
/** Inside a frame, around what stands in it. */
export const framePadding = { top: 38, side: 18, bottom: 28 } as const
/** The same where tensors enter or leave: the gap between their ports and the nearest rank counts too. */
export const portPadding = { top: 22, bottom: 10 } as const
/** Between two ranks: room for a tensor's shape. */
export const rankGap = 42
export const itemGap = 24
/** The farthest apart that two tensors enter one box. */
export const entryGap = 26
