import { refitOf, settleHead } from '../../heads/fits'
import type { HeadOptionsOf } from '../../heads/specs'
import { mostLikely } from '../head/evaluate'
import { probabilities } from '../head/probabilities'
import { selectRows } from '../head/training-rows'
import type { Fittable } from '../head/types'
import type { JobContext } from '../jobs'

/** How many photos are named right by heads that did not see them. */
export interface HeldOut {
  /** The share of those that could be held out. */
  readonly accuracy: number
  /** Its standard error; recordings count as one photo, since they say little more. */
  readonly error: number
}

/**
 * Trains a linear head without each fold in turn, and has it name the photos that were left out; those in no fold (-1) are
 * trained on always. null where no fold can be held out. Throws CutpointError, and what `context` throws.
 */
export async function heldOut(
  given: Fittable,
  folds: Int32Array,
  options: HeadOptionsOf['linear'],
  context: JobContext,
): Promise<HeldOut | null> {
  const { training, length, classes } = given
  const settled = await settleHead('linear', options, given, context)
  const refit = refitOf('linear', settled)
  if (!refit) return null
  let right = 0
  let held = 0
  const units = new Set<number>()
  for (const fold of new Set(folds)) {
    const rest = selectRows(training, length, (row) => folds[row] !== fold)
    if (fold < 0 || new Set(rest.classes).size < 2) continue
    const own = selectRows(training, length, (row) => folds[row] === fold)
    // From nothing: to begin from a head of all photos takes as long, and that head as long as one of these.
    const { layers } = await refit({ ...given, training: rest }, [], context)
    const chances = probabilities(own.data, length, layers)
    own.classes.forEach((label, row) => {
      if (mostLikely(chances.subarray(row * classes, (row + 1) * classes)) === label) right++
      units.add(own.units[row])
    })
    held += own.classes.length
    context.checkCancelled()
  }
  return held === 0 ? null : { accuracy: right / held, error: shareError(right / held, units.size) }
}

/** The standard error of a share of `total`: half of Wilson's interval of one deviation, so that it is not 0 where all are right. */
export const shareError = (share: number, total: number): number =>
  Math.sqrt((share * (1 - share)) / total + 1 / (4 * total * total)) / (1 + 1 / total)
