import { CutpointError } from '../errors'
import type { BackendName, Part, TrainOptions, TrainReport } from '../types'
import type { FeatureRows, ImageSource } from './features'
import { evaluateParts } from './head/evaluate'
import { softmaxLayer, type Head } from './head/head'
import { judge } from './head/judge'
import { fitLinearHead } from './head/linear'
import { createPace } from './head/pace'
import { trainWarnings } from './head/warnings'
import type { JobContext } from './jobs'

/** A picture with the label and the part it belongs to. */
export interface LabelledImage extends ImageSource {
  readonly label: string
  readonly part: Part
}

export interface Trained {
  readonly head: Head
  readonly report: TrainReport
}

/** Throws CutpointError unless there are pictures to train on, of at least two labels. */
export function requireTrainable(images: readonly LabelledImage[], labels: readonly string[]): void {
  if (images.length === 0) {
    throw new CutpointError(
      'no-images',
      'There are no photos to train on.',
      'Add at least two labels with some photos each.',
    )
  }
  const trained = new Set(images.filter((image) => image.part === 'train').map((image) => image.label))
  if (labels.length < 2 || trained.size < 2) {
    throw new CutpointError(
      'one-label',
      'Training needs photos of at least two labels.',
      'Add another label and drop photos on it.',
    )
  }
}

/** Fits the linear head on the features of the training images and judges it on every part. */
export async function trainHead(
  images: readonly LabelledImage[],
  labels: readonly string[],
  features: FeatureRows,
  options: TrainOptions,
  backend: BackendName,
  context: JobContext,
): Promise<Trained> {
  if (options.head.kind !== 'linear') {
    throw new CutpointError(
      'not-available',
      'Heads with hidden layers are not there yet.',
      'Train the linear head: { head: { kind: "linear", l2 } }.',
    )
  }
  const classOf = new Map(labels.map((label, index) => [label, index]))
  const classes = Int32Array.from(images, (image) => classOf.get(image.label) ?? -1)
  const training = pickRows(
    features,
    classes,
    images.flatMap((image, row) => (image.part === 'train' ? [row] : [])),
  )
  const fit = await fitLinearHead(
    {
      features: training.data,
      length: features.length,
      labels: training.classes,
      classes: labels.length,
      classWeights: options.classWeights,
    },
    {
      l2: options.head.l2,
      checkCancelled: () => context.checkCancelled(),
      onIteration: () => context.progress('Training the head', 0, 0),
    },
  )
  const head: Head = { layers: [softmaxLayer(fit)], labels: [...labels] }

  const began = performance.now()
  const pace = createPace(() => context.checkCancelled())
  const { judged, parts } = await judge({ images, classes, data: features.data, length: features.length }, head, pace)
  const { accuracy, confusion } = evaluateParts(parts, labels.length)
  return {
    head,
    report: {
      backend,
      labels: [...labels],
      images: {
        train: parts.train.labels.length,
        validation: parts.validation.labels.length,
        test: parts.test.labels.length,
      },
      features: { count: images.length, length: features.length, fromCache: features.fromCache, ms: features.ms },
      decodeMs: features.decodeMs,
      fit: { ms: fit.ms, iterations: fit.iterations, loss: fit.loss, gradient: fit.gradient, stopped: fit.stopped },
      history: fit.history.map(({ loss, accuracy: share }) => ({
        loss,
        accuracy: share,
        validationLoss: null,
        validationAccuracy: null,
      })),
      accuracy,
      confusion,
      warnings: trainWarnings(labels, parts, confusion),
      judged,
      leaveOneOut: null,
      judgeMs: performance.now() - began,
    },
  }
}

function pickRows(
  features: FeatureRows,
  classes: Int32Array,
  rows: readonly number[],
): { data: Float32Array; classes: Int32Array } {
  const { length } = features
  const data = new Float32Array(rows.length * length)
  rows.forEach((row, index) => data.set(features.data.subarray(row * length, (row + 1) * length), index * length))
  return { data, classes: Int32Array.from(rows, (row) => classes[row]) }
}
