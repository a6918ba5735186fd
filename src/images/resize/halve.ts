/**
 * Quick exact halving before the finer resize, for pictures many times too large: it saves most of the time there.
 * Pillow does the same with `reducing_gap`, and calls 3 times the final size practically indistinguishable
 * (https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.Image.resize).
 */

/** At least so many times the final size is kept for the finer resize. */
const keptScale = 3

/** How often to halve before reducing by `scale`. */
export function halvingsFor(scale: number): number {
  let count = 0
  for (let left = scale; left >= 2 * keptScale; left /= 2) count++
  return count
}

/**
 * Half the size by averaging 2 × 2 pixels; an odd last row or column is averaged with itself.
 *
 * @param pixels `[height, width]`, RGBA in one number, red lowest (as a canvas' bytes on a little-endian machine)
 * @returns `[⌈height / 2⌉, ⌈width / 2⌉]`, the same; alpha is left zero
 */
export function halve(pixels: Uint32Array, width: number): Uint32Array {
  const height = pixels.length / width
  const halfWidth = Math.ceil(width / 2)
  const half = new Uint32Array(halfWidth * Math.ceil(height / 2))
  let to = 0
  for (let y = 0; y < height; y += 2) {
    const upper = y * width
    const lower = y + 1 < height ? upper + width : upper
    for (let x = 0; x < width; x += 2) {
      const right = x + 1 < width ? x + 1 : x
      const a = pixels[upper + x]
      const b = pixels[upper + right]
      const c = pixels[lower + x]
      const d = pixels[lower + right]
      // Red and blue are added side by side: 16 bits hold four bytes' sum. 0x20002 rounds to nearest.
      const redBlue = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff) + 0x20002
      const green = (a & 0xff00) + (b & 0xff00) + (c & 0xff00) + (d & 0xff00) + 0x200
      half[to++] = ((redBlue >>> 2) & 0xff00ff) | ((green >>> 2) & 0xff00)
    }
  }
  return half
}
