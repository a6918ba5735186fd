import type { CopyChange } from '../augment'
import { recolour } from './colours'
import { erase } from './erase'
import { turned } from './turned'

/**
 * Does what of a change is done to the pixels that the network gets, `[height, width, 3]`, and not in resizing: turning
 * them, then their colours, then what is covered by noise.
 */
export function changedPixels(
  pixels: Uint8Array<ArrayBuffer>,
  { width, height }: { readonly width: number; readonly height: number },
  { rotation, hue, saturation, erased }: CopyChange,
): Uint8Array<ArrayBuffer> {
  const made = rotation === 0 ? pixels : turned(pixels, width, height, rotation)
  if (hue !== 0 || saturation !== 1) recolour(made, hue, saturation)
  if (erased) erase(made, width, height, erased)
  return made
}
