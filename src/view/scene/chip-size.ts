import { textWidth } from '../text-width'

/** The chip at a port with the tensor's shape, in pixels; the stylesheet of the page draws to these. */
export const chip = {
  /** Of its text. */
  size: 10.5,
  height: 17,
  padding: 7,
  /** From the box. */
  gap: 4,
  /** The scissors of a tensor at which to cut. */
  mark: 14,
  /** Without a shape. */
  dot: 4.5,
} as const

/** How large a chip is at most: that of a cut is in bold. */
export function chipSize(shape: string, marked: boolean): { readonly width: number; readonly height: number } {
  return {
    width: textWidth(shape, chip.size, marked) + 2 * chip.padding + (marked ? chip.mark : 0),
    height: chip.height,
  }
}
