import type { LabelledImage } from '../features/labelled-image'
import { shareRight, verdict, type Evaluable } from './evaluate'
import { probabilities } from './probabilities'
import type { Refitted } from './types'
import { selectRows, type TrainingRows } from './training-rows'
import type { HeadReport, EvaluatedImage } from '../../types'

/** The most photos that are evaluated so: each costs a head. */
export const fewEnough = 60

/** Multiply-adds that it may take: some seconds, and the same number whatever the machine does else. */
const mostWork = 6e9

export interface LeaveOneOutOptions {
  /** Trains the head again on these rows alone. */
  readonly refit: (rows: TrainingRows) => Promise<Refitted>
  /** Multiply-adds that it may take; some seconds of them by default. */
  readonly limit?: number
}

/**
 * Each photo evaluated by a head that was trained on all others. What goes with it is left out too: changed copies of it,
 * exact duplicates, and photos of the same recording where its label has others. A photo whose label no other has is not
 * evaluated: a head that never saw the label cannot say it. null where no photo can be evaluated, or it would take too much work.
 */
export async function leaveOneOut(
  given: Evaluable & { readonly images: readonly LabelledImage[] },
  rows: TrainingRows,
  { refit, limit = mostWork }: LeaveOneOutOptions,
): Promise<HeadReport['leaveOneOut']> {
  const { images, classes, data, length } = given
  const evaluated: EvaluatedImage[] = []
  let work = 0
  for (const index of images.keys()) {
    const hidden = hiddenWith(images, index)
    const rest = selectRows(rows, length, (row) => !hidden.has(rows.photos[row]))
    if (!rest.classes.includes(classes[index]) || new Set(rest.classes).size < 2) continue
    const own = data.subarray(index * length, (index + 1) * length)
    const again = await refit(rest)
    evaluated.push(verdict(given, index, probabilities(own, length, again.layers)))
    work += again.work
    if (work > limit) return null
  }
  const accuracy = shareRight(evaluated)
  return accuracy === null ? null : { accuracy, evaluated }
}

/** The photos that are not trained on while the one at `index` is evaluated. */
function hiddenWith(images: readonly LabelledImage[], index: number): Set<number> {
  const { hash, group, label } = images[index]
  const same = (test: (image: LabelledImage) => boolean): number[] =>
    images.flatMap((image, other) => (test(image) ? [other] : []))
  const twins = new Set(same((image) => image.hash === hash))
  const recording = new Set([...twins, ...same((image) => group !== null && image.group === group)])
  const othersOfLabel = images.some((image, other) => image.label === label && !recording.has(other))
  return othersOfLabel ? recording : twins
}
