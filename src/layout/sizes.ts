import { opCategory, type OpCategory } from '../graph/ops'

/** Pixels at zoom 1; the stylesheets draw to these. */
const width = 200
const tallNode = { width, height: 58 } as const
const lowNode = { width, height: 42 } as const
/** Operations of these kinds say more about themselves: kernel, stride, channels. */
const tall = new Set<OpCategory>(['convolution', 'matmul', 'pool'])

export function nodeSize(op: string): { width: number; height: number } {
  return tall.has(opCategory(op)) ? tallNode : lowNode
}

export const groupSize = { width: 226, height: 52 } as const
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
