import type { OwnNetwork } from '../../graph/graft/network/types'
import type { BackendName, TrainOptions } from '../../types'
import type { MapShape } from '../../graph/graft/map-shape'
import type { FeatureRows, ImageSource } from '../features/features'
import type { LabelledImage } from '../features/labelled-image'
import { selectRows, type TrainingRows } from './training-rows'
import type { Fittable } from './types'
import { unitsOf } from './units'

/** What a head is trained with. */
export interface HeadTraining {
  readonly images: readonly LabelledImage[]
  /** Changed copies of images for training; their ids are their images'. */
  readonly copies: readonly ImageSource[]
  readonly labels: readonly string[]
  /** The images' rows first, then those of the copies. */
  readonly features: FeatureRows
  /** How many features come from each tensor of the cut; all from one, if left out. */
  readonly lengths?: readonly number[]
  /** How a row of features lies as a map; null or left out where it is none. */
  readonly map?: MapShape | null
  readonly options: TrainOptions
  /** The network that is the head, where it is one’s own. */
  readonly network?: OwnNetwork
  /** What the features were computed on. */
  readonly backend: BackendName
}

/** The class of each image. */
export function classesOf(images: readonly { readonly label: string }[], labels: readonly string[]): Int32Array {
  const classOf = new Map(labels.map((label, index) => [label, index]))
  return Int32Array.from(images, (image) => classOf.get(image.label) ?? -1)
}

/** The rows to fit on; the class of each image, and how many rows of features there are. */
export function fittableOf({ images, copies, labels, features, lengths, map, options, network }: HeadTraining): {
  fittable: Fittable
  classes: Int32Array
  rows: number
} {
  const { length } = features
  const classes = classesOf(images, labels)
  const placeOf = new Map(images.map(({ id }, place) => [id, place]))
  const photos = Int32Array.from([...images, ...copies], ({ id }) => placeOf.get(id) ?? -1)
  const units = unitsOf(images)
  const all: TrainingRows = {
    data: features.data,
    classes: photos.map((place) => classes[place]),
    photos,
    units: photos.map((place) => units[place]),
  }
  const training = selectRows(all, length, (row) => images[photos[row]].part === 'train')
  const validation = selectRows(all, length, (row) => images[photos[row]].part === 'validation')
  const { classWeights, seed } = options
  const fittable: Fittable = {
    training,
    validation: validation.classes.length > 0 ? { features: validation.data, labels: validation.classes } : null,
    length,
    lengths: lengths ?? [length],
    map,
    classes: labels.length,
    classWeights,
    seed,
    ...(network && { network }),
  }
  return { fittable, classes, rows: photos.length }
}
