import type { Shape } from '../graph/types'

/** How an image input lays out its picture. Sizes are null where the network takes any. */
export interface ImageLayout {
  readonly height: number | null
  readonly width: number | null
  readonly channels: 1 | 3
  /** `[batch, channels, height, width]` instead of `[batch, height, width, channels]`. */
  readonly channelsFirst: boolean
}

/** Reads the layout off the input's shape: channels come last unless only the second dimension can be them. */
export function imageLayout(shape: Shape | null): ImageLayout {
  const [, second = null, third = null, last = null] = shape ?? []
  const isChannels = (size: number | null): boolean => size === 1 || size === 3
  if (isChannels(second) && !isChannels(last)) {
    return { channels: second === 1 ? 1 : 3, height: third, width: last, channelsFirst: true }
  }
  return { channels: last === 1 ? 1 : 3, height: second, width: third, channelsFirst: false }
}
