import { createPace, type Pace } from '../../compute/head/pace'
import { foldsOfRows, scoresOf, standing, usedLabels, type UsedLabels } from '../../compute/head/tools/held-out'
import { products } from '../../compute/head/tools/products'
import { scaleRows } from '../../compute/head/tools/scaled-rows'
import { calibrate, softmaxOf, type Scored } from '../../compute/head/tools/temperature'
import { requireTwoLabels } from '../../compute/head/tools/trainable'
import { imageWeights } from '../../compute/head/class-weights'
import type { Fittable, Fitted, HeadFit } from '../../compute/head/types'
import type { JobContext } from '../../compute/jobs'
import type { HeadLayer } from '../../graph/graft/layers/forms'
import type { CentroidOptions } from './spec'

/** How nearest averages are trained: by taking them, and calibrating how sure a distance makes on held-out photos. */
export const centroidFit: HeadFit<CentroidOptions> = {
  settle: null,
  fit,
  tuning: null,
  refit: async (given, _, __, context) => ({
    layers: (await learn(given, context)).layers,
    work: 2 * given.training.data.length * given.classes,
  }),
}

async function fit(given: Fittable, _: CentroidOptions, context: JobContext): Promise<Fitted> {
  const began = performance.now()
  context.progress('Training the head', 0, 0)
  const { layers, trained, factor } = await learn(given, context)
  const { loss, accuracy } = standing(trained, factor)
  return {
    layers,
    fit: { ms: performance.now() - began, iterations: 0, loss, gradient: null, stopped: 'converged' },
    history: [{ loss, accuracy, validationLoss: null, validationAccuracy: null }],
  }
}

interface Learnt {
  readonly layers: HeadLayer[]
  /** Scores of the rows trained on. */
  readonly trained: Scored
  readonly factor: number
}

async function learn(
  { training, length, lengths, classes }: Fittable,
  context: Pick<JobContext, 'checkCancelled'>,
): Promise<Learnt> {
  requireTwoLabels(training.classes)
  const pace = createPace(() => context.checkCancelled())
  const { rows, mean, scale } = scaleRows(training.data, length, lengths)
  const labels = usedLabels(training.classes)
  const all = Int32Array.from(labels.classes.keys())
  const means = meansOf(rows, length, labels, all)
  const trained: Scored = {
    scores: await scoresBy(means, rows, length, pace),
    classes: labels.classes,
    weights: imageWeights(labels.classes, labels.used.length, 'none'),
    labels: labels.used.length,
  }
  const held = await scoresOf(foldsOfRows(training), labels, 'none', ({ rest, held: out }) => {
    const own = new Float32Array(out.length * length)
    out.forEach((row, index) => own.set(rows.subarray(row * length, (row + 1) * length), index * length))
    return scoresBy(meansOf(rows, length, labels, rest), own, length, pace)
  })
  const { factor } = calibrate(held ?? trained)
  return { layers: [softmaxOf(unscaled(means, { mean, scale }), labels.used, classes, factor)], trained, factor }
}

/** The mean of each label's rows among some: `[labels, length]`. */
function meansOf(rows: Float32Array, length: number, { used, classes }: UsedLabels, among: Int32Array): Float64Array {
  const sums = new Float64Array(used.length * length)
  const counts = new Int32Array(used.length)
  for (const row of among) {
    const label = classes[row]
    counts[label]++
    for (let column = 0; column < length; column++) sums[label * length + column] += rows[row * length + column]
  }
  return sums.map((sum, at) => sum / counts[Math.floor(at / length)])
}

/** x · mean − ½‖mean‖² for each row and label: greatest for the nearest mean. */
async function scoresBy(means: Float64Array, rows: Float32Array, length: number, pace: Pace): Promise<Float64Array> {
  const halves = halfSquares(means, length)
  const inner = await products(rows, Float32Array.from(means), length, pace)
  return Float64Array.from(inner, (product, at) => product - halves[at % halves.length])
}

function halfSquares(means: Float64Array, length: number): Float64Array {
  return Float64Array.from({ length: means.length / length }, (_, label) =>
    means.subarray(label * length, (label + 1) * length).reduce((sum, value) => sum + (value * value) / 2, 0),
  )
}

/** The same scores from raw features: weights `[length, labels]` and biases. */
function unscaled(
  means: Float64Array,
  { mean, scale }: { readonly mean: Float64Array; readonly scale: Float64Array },
): { weights: Float64Array; bias: Float64Array } {
  const length = mean.length
  const labels = means.length / length
  const bias = halfSquares(means, length).map((half) => -half)
  const weights = new Float64Array(means.length)
  means.forEach((value, at) => {
    const [label, column] = [Math.floor(at / length), at % length]
    weights[column * labels + label] = value * scale[column]
    bias[label] -= value * scale[column] * mean[column]
  })
  return { weights, bias }
}
