/**
 * Resizing with a triangle filter whose width follows the scale: bilinear when enlarging, properly antialiased when
 * reducing, the same to the last bit in every browser. It is what Pillow's `resize(…, BILINEAR)` computes
 * (https://pillow.readthedocs.io/en/stable/handbook/concepts.html#filters), which most networks saw in training.
 */

/** For each output position the first source position it looks at, and `taps` weights that add up to 1. */
export interface Filter {
  readonly first: Int32Array
  readonly weights: Float32Array
  readonly taps: number
}

/**
 * Weights of the triangle filter along one axis.
 *
 * @param length the source's, in pixels
 * @param from where the part to be resized begins, may be between pixels
 * @param extent how long that part is, in source pixels
 * @param count output positions
 */
export function triangleFilter(length: number, from: number, extent: number, count: number): Filter {
  const scale = extent / count
  const radius = Math.max(1, scale)
  const taps = Math.min(length, Math.ceil(radius * 2) + 1)
  const first = new Int32Array(count)
  const weights = new Float32Array(count * taps)
  for (let position = 0; position < count; position++) {
    // Centre of the output pixel in source coordinates, where pixel i covers i to i + 1.
    const centre = from + (position + 0.5) * scale
    const start = Math.min(Math.max(0, Math.floor(centre - radius + 0.5)), length - taps)
    const row = Float64Array.from({ length: taps }, (_, tap) =>
      Math.max(0, 1 - Math.abs(start + tap + 0.5 - centre) / radius),
    )
    const sum = row.reduce((total, weight) => total + weight, 0)
    first[position] = start
    weights.set(
      row.map((weight) => weight / sum),
      position * taps,
    )
  }
  return { first, weights, taps }
}

/** The filter whose last output position is the first one: what it makes is mirrored. */
export function mirrored({ first, weights, taps }: Filter): Filter {
  const turned = new Float32Array(weights.length)
  for (let position = 0; position < first.length; position++) {
    turned.set(weights.subarray(position * taps, (position + 1) * taps), (first.length - 1 - position) * taps)
  }
  return { first: first.toReversed(), weights: turned, taps }
}

/**
 * Resizes along rows.
 *
 * @param pixels `[height, width]`, RGBA in one number, red lowest (as a canvas' bytes on a little-endian machine)
 * @param out `[height, filter positions, 3]`, filled from `outRow` on
 */
export function resampleRows(
  pixels: Uint32Array,
  width: number,
  filter: Filter,
  out: Float32Array,
  outRow: number,
): void {
  const { first, weights, taps } = filter
  const count = first.length
  const height = pixels.length / width
  let to = outRow * count * 3
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < count; x++) {
      let from = y * width + first[x]
      let red = 0
      let green = 0
      let blue = 0
      const end = (x + 1) * taps
      for (let tap = x * taps; tap < end; tap++) {
        const weight = weights[tap]
        const pixel = pixels[from++]
        red += weight * (pixel & 0xff)
        green += weight * ((pixel >>> 8) & 0xff)
        blue += weight * ((pixel >>> 16) & 0xff)
      }
      out[to++] = red
      out[to++] = green
      out[to++] = blue
    }
  }
}

/**
 * Resizes along columns and rounds.
 *
 * @param rows `[height, width, 3]`
 * @param write gets each output row's bytes, `[width, 3]`; the array is used again for the next row
 */
export function resampleColumns(
  rows: Float32Array,
  width: number,
  filter: Filter,
  write: (row: Uint8ClampedArray, y: number) => void,
): void {
  const { first, weights, taps } = filter
  const length = width * 3
  const sums = new Float32Array(length)
  // Assigning to a clamped array rounds to nearest.
  const bytes = new Uint8ClampedArray(length)
  for (let y = 0; y < first.length; y++) {
    sums.fill(0)
    for (let tap = 0; tap < taps; tap++) {
      const weight = weights[y * taps + tap]
      const from = (first[y] + tap) * length
      for (let at = 0; at < length; at++) sums[at] += weight * rows[from + at]
    }
    bytes.set(sums)
    write(bytes, y)
  }
}
