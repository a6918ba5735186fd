import { scalingOf } from '../rows'

/**
 * What the variances of all features sum up to with one scale, however many there are, so that a penalty means the same
 * for every network: as many as the features of the network that it was measured on (docs/heads.md).
 */
export const totalVariance = 1280

/** `[rows, features]` centred and scaled, and what was used for it. */
export interface ScaledRows {
  readonly rows: Float32Array
  readonly mean: Float64Array
  /** What a centred feature is multiplied by; 0 for a constant one. */
  readonly scale: Float64Array
}

/**
 * Fills in what a feature is multiplied by, so that each run's variances sum up to `spread` for each of its features; 0
 * for a constant one.
 */
export function fillScale(
  scale: Float32Array | Float64Array,
  variances: Float64Array,
  runs: Iterable<number>,
  spread: number,
): void {
  let first = 0
  for (const length of runs) {
    const own = variances.subarray(first, first + length)
    const factor = Math.sqrt((spread * length) / own.reduce((sum, variance) => sum + variance, 0))
    own.forEach((variance, index) => (scale[first + index] = variance > 0 ? factor : 0))
    first += length
  }
}

/** Features centred, and all of a tensor divided by one number. Throws CutpointError `not-finite`. */
export function scaleRows(data: Float32Array, length: number, lengths: readonly number[]): ScaledRows {
  const { mean, scale: each } = scalingOf(data, length)
  const scale = new Float64Array(length)
  const variances = each.map((factor) => (factor > 0 ? 1 / factor ** 2 : 0))
  fillScale(scale, variances, lengths, totalVariance / length)
  const rows = new Float32Array(data.length)
  for (let start = 0; start < data.length; start += length) {
    for (let column = 0; column < length; column++) {
      rows[start + column] = (data[start + column] - mean[column]) * scale[column]
    }
  }
  return { rows, mean, scale }
}
