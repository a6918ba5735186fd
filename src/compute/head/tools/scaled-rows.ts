import { scalingOf, type Scaling } from '../rows'

/**
 * What the variances of all features sum up to with one scale, however many there are, so that a penalty means the same
 * for every network: as many as the features of the network that it was measured on (docs/heads.md).
 */
export const totalVariance = 1280

/** `[rows, features]` centred and scaled, and what was used for it. */
export interface ScaledRows extends Scaling {
  readonly rows: Float32Array
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

/** One number for all features of a tensor in place of each feature's own. */
export function oneScale({ mean, scale: each }: Scaling, lengths: readonly number[]): Scaling {
  const variances = each.map((own) => (own > 0 ? 1 / own ** 2 : 0))
  const scale = new Float64Array(each.length)
  fillScale(scale, variances, lengths, totalVariance / each.length)
  return { mean, scale }
}

/** Features centred, and all of a tensor divided by one number. Throws CutpointError `not-finite`. */
export function scaleRows(data: Float32Array, length: number, lengths: readonly number[]): ScaledRows {
  const { mean, scale } = oneScale(scalingOf(data, length), lengths)
  const rows = new Float32Array(data.length)
  for (let start = 0; start < data.length; start += length) {
    for (let column = 0; column < length; column++) {
      rows[start + column] = (data[start + column] - mean[column]) * scale[column]
    }
  }
  return { rows, mean, scale }
}
