import type { Preprocessing } from '../../types'
import type { RangeFit, RangeMeasurement } from '../../workers/compute'

/** So many times better must a fit be to be believed: on enough photos, on few, and where only the colours' order differs. */
const factors = { many: 1.5, few: 3, order: 3 }
const many = 8
const few = 3

/** Above this, no range fits at all. */
const worstFit = 3

/**
 * The fit to go by: the best one where it is clearly better than what is `assumed`, or is the same; where nothing is
 * assumed, where it is clearly better than all other ranges. Null where that cannot be told.
 */
export function clearlyBest(
  { fits, photos }: RangeMeasurement,
  assumed: Pick<Preprocessing, 'range' | 'order'> | null,
): RangeFit | null {
  const best = fits.at(0)
  if (!best || photos < few || best.divergence > worstFit) return null
  const inRgb = fits.find(({ range, order }) => range === best.range && order === 'rgb')
  // Photos of few colours can look better with red and blue swapped.
  const order = inRgb && timesBetter(best, inRgb) < factors.order && assumed?.order !== 'bgr' ? inRgb : best
  const rival =
    assumed === null
      ? fits.find(({ range }) => range !== best.range)
      : fits.find((fit) => fit.range === assumed.range && fit.range !== best.range)
  const needed = photos < many ? factors.few : factors.many
  return rival === undefined || timesBetter(order, rival) >= needed ? order : null
}

/** How many times better `fit` is than `other`. */
export function timesBetter(fit: RangeFit, other: RangeFit): number {
  return other.divergence / Math.max(fit.divergence, 1e-9)
}
