/** A box in a tensor, in row-major order; `shape` are the sizes of the bytes at hand. */
interface Box {
  readonly start: readonly number[]
  readonly shape: readonly number[]
}

/**
 * Copies what two boxes of one tensor have in common from the bytes of the first to those of the second. `width` is
 * bytes a value. Returns the bytes copied.
 */
export function copyRegion(source: Uint8Array, from: Box, target: Uint8Array, to: Box, width: number): number {
  const rank = from.shape.length
  const low = from.start.map((start, i) => Math.max(start, to.start[i]))
  const sizes = from.shape.map((size, i) => Math.min(from.start[i] + size, to.start[i] + to.shape[i]) - low[i])
  if (sizes.some((size) => size <= 0)) return 0
  // Rows of the last dimension lie together.
  const row = (rank === 0 ? 1 : sizes[rank - 1]) * width
  const rows = sizes.slice(0, -1).reduce((product, size) => product * size, 1)
  for (let number = 0; number < rows; number++) {
    const at = coordinates(number, sizes).map((value, i) => value + low[i])
    const begin = offsetOf(at, from) * width
    target.set(source.subarray(begin, begin + row), offsetOf(at, to) * width)
  }
  return rows * row
}

/** Where row `number` of a box of these sizes begins. */
function coordinates(number: number, sizes: readonly number[]): number[] {
  const at = sizes.map(() => 0)
  let rest = number
  for (let i = sizes.length - 2; i >= 0; i--) {
    at[i] = rest % sizes[i]
    rest = Math.floor(rest / sizes[i])
  }
  return at
}

function offsetOf(at: readonly number[], { start, shape }: Box): number {
  return at.reduce((offset, value, i) => offset * shape[i] + value - start[i], 0)
}
