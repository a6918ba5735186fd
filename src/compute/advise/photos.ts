import { CutpointError } from '../../errors'
import type { LabelledImage } from '../features/labelled-image'
import { requireTrainable } from '../head/train-head'
import { unitsOf } from '../head/units'

/** The most photos that cuts are compared with: more of them take long, and would hardly change the order. */
const mostPhotos = 1000

/** The photos that cuts are compared with, and what they are to a training. */
export interface ComparingPhotos {
  readonly images: readonly LabelledImage[]
  /** Class of each image, by its place among the labels. */
  readonly classes: Int32Array
  readonly units: Int32Array
}

/**
 * The photos to compare cuts with: those that are trained on and no others, so that what is held out says something of
 * the cut that is chosen, too. Of very many as many of each label as there is room for. Throws CutpointError `no-images` or
 * `one-label`.
 */
export function comparingPhotos(
  all: readonly LabelledImage[],
  labels: readonly string[],
  most = mostPhotos,
): ComparingPhotos {
  requireTrainable(all, labels)
  const images = evenly(
    all.filter(({ part }) => part === 'train'),
    most,
  )
  const places = new Map(labels.map((label, place) => [label, place]))
  const classes = Int32Array.from(images, ({ label }) => places.get(label) ?? -1)
  const units = unitsOf(images)
  requireTwoOfTwo(classes, units)
  return { images, classes, units }
}

/** As many of each label as fit, in the order they came. */
function evenly(images: readonly LabelledImage[], most: number): readonly LabelledImage[] {
  if (images.length <= most) return images
  const turns = new Map<string, number>()
  const turnOf = images.map(({ label }) => {
    const turn = turns.get(label) ?? 0
    turns.set(label, turn + 1)
    return turn
  })
  const byTurn = [...images.keys()].sort((one, other) => turnOf[one] - turnOf[other] || one - other)
  const chosen = new Set(byTurn.slice(0, most))
  return images.filter((_, place) => chosen.has(place))
}

/** Something must be left to train on of each label that is held out. */
function requireTwoOfTwo(classes: Int32Array, units: Int32Array): void {
  const unitsOfLabel = new Map<number, Set<number>>()
  classes.forEach((label, row) =>
    unitsOfLabel.set(label, (unitsOfLabel.get(label) ?? new Set<number>()).add(units[row])),
  )
  if ([...unitsOfLabel.values()].filter((own) => own.size > 1).length > 1) return
  throw new CutpointError(
    'no-images',
    'There are too few photos to compare cuts with: each is named by a head that did not see it.',
    'Add photos until two labels have two different ones or more to train on; ten of each say more.',
  )
}
