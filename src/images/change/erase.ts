import { uniform } from '../../random'
import type { ErasedPlace } from '../augment'

/** Covers a rectangle of the pixels, `[height, width, 3]`, with noise, each byte as likely as any other; in place. */
export function erase(
  pixels: Uint8Array,
  width: number,
  height: number,
  { left, top, seed, ...size }: ErasedPlace,
): void {
  const random = uniform(seed)
  const [fromX, toX] = [left, left + size.width].map((share) => Math.min(width, Math.round(share * width)))
  const [fromY, toY] = [top, top + size.height].map((share) => Math.min(height, Math.round(share * height)))
  for (let y = fromY; y < toY; y++) {
    for (let at = 3 * (y * width + fromX); at < 3 * (y * width + toX); at++) pixels[at] = Math.floor(random() * 256)
  }
}
