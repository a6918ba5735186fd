/** Pixels at zoom 1; the stylesheets draw to these. */
export const nodeSize = { width: 176, height: 42 } as const
export const groupSize = { width: 196, height: 48 } as const
/** Inside a frame: room for its header above, and around what stands in it. */
export const framePadding = { top: 34, side: 18, bottom: 10 } as const
/** Between two ranks: room for a tensor's shape. */
export const rankGap = 42
export const itemGap = 24
/** The farthest apart that two tensors enter one box. */
export const entryGap = 26
