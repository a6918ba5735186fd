import type { Shape } from '../types'

/** Grey, red-green-blue, or these with alpha. */
export type ImageChannels = 1 | 3 | 4

/** How an image input lays out its picture. Sizes are null where the network takes any. */
export interface ImageLayout {
  readonly height: number | null
  readonly width: number | null
  readonly channels: ImageChannels
  /**
   * `last`: `[batch, height, width, channels]`; `first`: `[batch, channels, height, width]`; `plane`: `[batch, height,
   * width]`, grey; `flat`: `[batch, height · width · channels]`, a square picture row by row.
   */
  readonly axes: 'last' | 'first' | 'plane' | 'flat'
}

/** The smallest side that a picture without a dimension of channels has: shorter ones are lists of something else. */
const leastSide = 8

/**
 * The layout of an input that can take pictures; null for any other. Channels come last unless only the second dimension
 * can be them. A square without channels is a grey picture, and so is a row of a square number of values; one of three
 * times a square of at least 32 × 32 is coloured.
 */
export function imageLayout(shape: Shape | null): ImageLayout | null {
  if (shape?.length === 4) return withChannels(shape)
  const [batch, ...sizes] = shape ?? []
  if (batch !== null && batch !== 1) return null
  const [first, second] = sizes
  if (sizes.length === 2) {
    const square = first === second && first !== null && first >= leastSide
    return square ? { height: first, width: second, channels: 1, axes: 'plane' } : null
  }
  return sizes.length === 1 && first !== null ? flat(first) : null
}

/** The layout of the input that pictures are known to go in at; where its shape does not say, colours come last. */
export const layoutOfPicture = (shape: Shape | null): ImageLayout =>
  imageLayout(shape) ?? { height: shape?.at(1) ?? null, width: shape?.at(2) ?? null, channels: 3, axes: 'last' }

function withChannels([, second, third, last]: Shape): ImageLayout | null {
  const ofLast = channelsOf(last)
  if (ofLast) return { channels: ofLast, height: second, width: third, axes: 'last' }
  // Four channels second are features rather than a picture.
  const ofSecond = second === 4 ? null : channelsOf(second)
  return ofSecond && { channels: ofSecond, height: third, width: last, axes: 'first' }
}

const channelsOf = (size: number | null): ImageChannels | null => (size === 1 || size === 3 || size === 4 ? size : null)

function flat(values: number): ImageLayout | null {
  const grey = Math.sqrt(values)
  if (Number.isInteger(grey)) {
    return grey >= leastSide ? { height: grey, width: grey, channels: 1, axes: 'flat' } : null
  }
  const side = Math.sqrt(values / 3)
  return Number.isInteger(side) && side >= 32 ? { height: side, width: side, channels: 3, axes: 'flat' } : null
}
