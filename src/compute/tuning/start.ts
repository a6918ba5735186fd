import { CutpointError } from '../../errors'
import type { DenseLayer } from '../../graph/graft/layers/dense'
import type { HeadLayer } from '../../graph/graft/layers/forms'
import { fitHead, tuningOf } from '../../heads/fits'
import type { TailOptions } from '../../tail-options'
import type { FeatureRows } from '../features/features'
import { imageWeights } from '../head/class-weights'
import { fittableOf, type HeadTraining } from '../head/fittable'
import type { Rows, Scaling } from '../head/rows'
import type { Trained } from '../head/train-head'
import type { TrainingRows } from '../head/training-rows'
import type { Fittable } from '../head/types'
import type { JobContext } from '../jobs'
import type { FoundTail } from './find-tail'
import type { TrainingKeeper } from './keeper'
import type { MapRows } from './program-rows'
import { unfoldScaling } from './scaled-layers'
import { setAside } from './set-aside'
import type { FoundTraining } from './shelf'

/** What the last layers are trained with, beside what the head was. */
export interface TailTraining {
  readonly given: HeadTraining
  /** The head by itself, which is gone back to where the last layers gain nothing. */
  readonly alone: Trained
  readonly found: FoundTail
  readonly options: TailOptions
  /** Maps at the freeze point, in the order of the head's features. */
  readonly maps: FeatureRows
  /** What keeps it, and what is kept of it where it is gone on with. */
  readonly keeping: { readonly keeper: TrainingKeeper; readonly found: FoundTraining | null }
}

/** Where the training of the last layers begins. */
export interface Start {
  readonly scaling: Scaling
  readonly penalty: number
  /** Layers for scaled features, trained on the same photos. */
  readonly layers: readonly DenseLayer[]
  /** Layers for scaled features that have learnt nothing. */
  readonly fresh: readonly DenseLayer[]
  readonly training: MapRows
  readonly held: MapRows
  /** Whether those held out were set aside from the photos that are trained on. */
  readonly setAside: boolean
}

/** Throws CutpointError `cannot-tune`. */
export async function startOf({ given, alone, maps }: TailTraining, context: JobContext): Promise<Start> {
  if (given.features.oneByOne || maps.oneByOne) {
    throw new CutpointError(
      'cannot-tune',
      'This network takes one picture at a time, so that its layers cannot be trained on several together.',
      'Train the head alone.',
    )
  }
  const { fittable } = fittableOf(given)
  const atFreeze = fittableOf({ ...given, features: maps }).fittable
  const { seed } = fittable
  const { settled: head } = alone
  const aside = fittable.validation ? null : requireAside(fittable, seed)
  const learning = aside ? { ...fittable, training: aside.training, validation: heldRows(aside.held) } : fittable
  const layers = aside ? (await fitHead(head.kind, head, learning, context)).layers : alone.head.layers
  const tuning = tuningOf(head.kind, head, learning)
  if (tuning === null || !areDense(layers)) {
    throw new CutpointError(
      'cannot-tune',
      'A head of this kind cannot be trained together with the last layers of the network.',
      'Choose a linear head or one with hidden layers, or train the head alone.',
      { kind: head.kind },
    )
  }
  const mapsAside = aside && setAside(atFreeze.training, maps.length, seed)
  const { scaling, penalty } = tuning
  return {
    scaling,
    penalty,
    layers: unfoldScaling(layers, scaling),
    fresh: tuning.fresh(),
    training: trainingMaps(mapsAside?.training ?? atFreeze.training, atFreeze, maps.length),
    held: heldMaps(mapsAside ? heldRows(mapsAside.held) : atFreeze.validation, maps.length),
    setAside: aside !== null,
  }
}

function requireAside({ training, length }: Fittable, seed: number) {
  const aside = setAside(training, length, seed)
  if (aside) return aside
  throw new CutpointError(
    'cannot-tune',
    'There are too few photos to tell whether training the last layers helps.',
    'Add photos, so that there are at least two of each label to train on, or train the head alone.',
  )
}

const areDense = (layers: readonly HeadLayer[]): layers is readonly DenseLayer[] =>
  layers.every(({ kind }) => kind === 'dense')

const heldRows = ({ data, classes }: TrainingRows): Rows => ({ features: data, labels: classes })

/** Weights of 1 on average, as in Keras. */
function trainingMaps({ data, classes }: TrainingRows, given: Fittable, length: number): MapRows {
  const weights = imageWeights(classes, given.classes, given.classWeights).map((weight) => weight * classes.length)
  return { data, length, labels: classes, weights }
}

function heldMaps(rows: Rows | null, length: number): MapRows {
  const { features, labels } = rows ?? { features: new Float32Array(), labels: new Int32Array() }
  return { data: features, length, labels, weights: new Float32Array(labels.length).fill(1) }
}
