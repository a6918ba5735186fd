import { opCategory, type OpCategory } from '../graph/ops'

/** Pixels at zoom 1; the stylesheets draw to these. */
const width = 176
const tallNode = { width, height: 58 } as const
const lowNode = { width, height: 42 } as const
/** Operations of these kinds say more about themselves: kernel, stride, channels. */
const tall = new Set<OpCategory>(['convolution', 'matmul', 'pool'])

export function nodeSize(op: string): { width: number; height: number } {
  return tall.has(opCategory(op)) ? tallNode : lowNode
}

export const groupSize = { width: 212, height: 52 } as const
/** Inside a frame: room for its header above, and around what stands in it. */
export const framePadding = { top: 34, side: 18, bottom: 10 } as const
/** Between two ranks: room for a tensor's shape. */
export const rankGap = 42
export const itemGap = 24
/** The farthest apart that two tensors enter one box. */
export const entryGap = 26
