import { CutpointError } from '../errors'
import type { BackendName, Part, TrainOptions, TrainReport } from '../types'
import type { FeatureRows, ImageSource } from './features'
import { evaluateParts, type Judged } from './head/evaluate'
import { fitLinearHead } from './head/linear'
import { probabilities } from './head/probabilities'
import { trainWarnings } from './head/warnings'
import type { JobContext } from './jobs'

/** A picture with the label and the part it belongs to. */
export interface LabelledImage extends ImageSource {
  readonly label: string
  readonly part: Part
}

/** A trained head, folded so that it takes features as the trunk gives them. */
export interface Head {
  /** `[features, labels]`, row major. */
  readonly kernel: Float32Array
  /** `[labels]` */
  readonly bias: Float32Array
  readonly labels: readonly string[]
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
  const rowsOf = (part: Part): number[] => images.flatMap((image, row) => (image.part === part ? [row] : []))
  const pick = (rows: readonly number[]): { data: Float32Array; classes: Int32Array } =>
    pickRows(features, classes, rows)

  const training = pick(rowsOf('train'))
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
  const head: Head = { kernel: fit.kernel, bias: fit.bias, labels: [...labels] }

  const judge = (part: Part): Judged => {
    const { data, classes: expected } = pick(rowsOf(part))
    return { probabilities: probabilities(data, features.length, head), labels: expected }
  }
  const judged = { train: judge('train'), validation: judge('validation'), test: judge('test') }
  const { accuracy, confusion } = evaluateParts(judged, labels.length)
  return {
    head,
    report: {
      backend,
      labels: [...labels],
      images: {
        train: judged.train.labels.length,
        validation: judged.validation.labels.length,
        test: judged.test.labels.length,
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
      warnings: trainWarnings(labels, judged, confusion),
      judged: [],
      leaveOneOut: null,
      judgeMs: 0,
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
