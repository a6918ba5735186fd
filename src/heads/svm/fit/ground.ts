import { foldsOfRows, usedLabels, type Fold, type UsedLabels } from '../../../compute/head/tools/held-out'
import { innerProducts } from '../../../compute/head/tools/products'
import { scaleRows, type ScaledRows } from '../../../compute/head/tools/scaled-rows'
import { requireTwoLabels } from '../../../compute/head/tools/trainable'
import { imageWeights } from '../../../compute/head/class-weights'
import type { Pace } from '../../../compute/head/pace'
import type { Fittable } from '../../../compute/head/types'
import { CutpointError } from '../../../errors'

/** Rows that can be told apart by all their inner products. */
const mostRows = 4000

/** What all machines are trained on, whatever their settings. */
export interface Ground extends UsedLabels {
  readonly scaled: ScaledRows
  /** `[rows, rows]` */
  readonly products: Float32Array
  /** How much each row counts, 1 on average. */
  readonly weights: Float64Array
  readonly folds: readonly Fold[]
  readonly classWeights: Fittable['classWeights']
}

/** Scales the rows and multiplies them. Throws CutpointError `too-large`, `one-label`, `no-images`, `not-finite`. */
export async function groundOf(given: Fittable, pace: Pace): Promise<Ground> {
  const { training, length, lengths, classes, classWeights } = given
  const rows = training.classes.length
  if (rows > mostRows) throw tooMany(rows)
  requireTwoLabels(training.classes)
  const scaled = scaleRows(training.data, length, lengths)
  const products = await innerProducts(scaled.rows, length, pace)
  const weights = Float64Array.from(imageWeights(training.classes, classes, classWeights), (weight) => weight * rows)
  return { ...usedLabels(training.classes), scaled, products, weights, folds: foldsOfRows(training), classWeights }
}

function tooMany(rows: number): CutpointError {
  const [most, given] = [mostRows, rows].map((count) => count.toLocaleString('en'))
  return new CutpointError(
    'too-large',
    `Support vectors can be chosen among ${most} photos at most, changed copies counted; these are ${given}.`,
    'Choose the linear head, or train on fewer photos or copies.',
    { rows },
  )
}

/** The kernel of all rows: their products where γ is null, else exp(−γ · squared distance). */
export function kernelOf({ products, classes }: Ground, gamma: number | null): Float32Array {
  if (gamma === null) return products
  const size = classes.length
  const kernel = new Float32Array(products.length)
  for (let row = 0, at = 0; row < size; row++) {
    const own = products[row * size + row]
    for (let column = 0; column < size; column++, at++) {
      const distance = own + products[column * size + column] - 2 * products[at]
      kernel[at] = row === column ? 1 : Math.exp(-gamma * Math.max(0, distance))
    }
  }
  return kernel
}

/** The kernel of some rows among themselves. */
export function among(kernel: Float32Array, size: number, rows: Int32Array): Float32Array {
  const part = new Float32Array(rows.length ** 2)
  let at = 0
  for (const row of rows) for (const column of rows) part[at++] = kernel[row * size + column]
  return part
}
