import { createPace, type Pace } from '../../compute/head/pace'
import { products } from '../../compute/head/tools/products'
import { requireTwoLabels } from '../../compute/head/tools/trainable'
import { notFinite } from '../../compute/head/not-finite'
import type { Fittable, Fitted, HeadFit } from '../../compute/head/types'
import type { JobContext } from '../../compute/jobs'
import { CutpointError } from '../../errors'
import type { HeadLayer } from '../../graph/graft/layers/forms'
import { mostOfLabel, prototypesOf, unitRows, type Prototypes } from './fit/prototypes'
import type { KnnOptions } from './spec'

/** How nearest neighbours are trained: photos' features are kept, and of many photos of a label means of them. */
export const knnFit: HeadFit<KnnOptions> = {
  settle,
  fit,
  tuning: null,
  // Again, since with fewer photos than before all may be asked.
  refit: async (given, options, _, context) => ({
    layers: (await learn(given, await settle(given, options), context)).layers,
    work: 2 * given.training.data.length,
  }),
}

/** Numbers of all prototypes together: what a photo is compared with takes some 20 ms. */
const mostNumbers = 2 ** 24

/** Multiply-adds that the report's figures of the photos trained on may take. */
const mostWork = 2e9

/** A share of votes of 0 counts as this much where its logarithm is taken, as in Keras. */
const leastShare = 1e-7

/** Fewer neighbours than there are. */
function settle({ training, classes }: Fittable, options: KnnOptions): Promise<KnnOptions> {
  const k = askedOf(countsKept(training.classes, classes), options.k)
  return Promise.resolve(options.k === k ? options : { ...options, k })
}

/** How many prototypes each label has. */
function countsKept(classes: Int32Array, labels: number): Int32Array {
  const counts = new Int32Array(labels)
  for (const label of classes) counts[label]++
  return counts.map((count) => Math.min(count, mostOfLabel))
}

/**
 * How many neighbours are asked. Where all would be, the answer would be the same for every photo: then so many that the
 * smallest label can still have most votes.
 */
function askedOf(counts: Int32Array, k: number): number {
  const kept = total(counts)
  if (k < kept) return k
  const least = counts.filter((count) => count > 0).reduce((left, right) => Math.min(left, right))
  return Math.max(1, Math.min(kept - 1, 2 * least - 1))
}

const total = (counts: Int32Array): number => counts.reduce((sum, count) => sum + count, 0)

async function fit(given: Fittable, options: KnnOptions, context: JobContext): Promise<Fitted> {
  const began = performance.now()
  context.progress('Training the head', 0, 0)
  const { layers, k, rows, prototypes, pace } = await learn(given, options, context)
  const ms = performance.now() - began
  const { loss, accuracy } = await standing(given, k, { rows, prototypes }, pace)
  return {
    layers,
    fit: { ms, iterations: 0, loss, gradient: null, stopped: 'converged' },
    history: [{ loss, accuracy, validationLoss: null, validationAccuracy: null }],
  }
}

interface Learnt {
  readonly layers: HeadLayer[]
  /** How many neighbours are asked. */
  readonly k: number
  readonly rows: Float32Array
  readonly prototypes: Prototypes
  readonly pace: Pace
}

async function learn(
  { training, length, classes: labels }: Fittable,
  options: KnnOptions,
  context: JobContext,
): Promise<Learnt> {
  const { data, classes } = training
  requireTwoLabels(classes)
  for (let at = 0; at < data.length; at++) if (!Number.isFinite(data[at])) throw notFinite({ feature: at % length })
  const pace = createPace(() => context.checkCancelled())
  const rows = unitRows(data, length)
  const counts = countsKept(classes, labels)
  const kept = total(counts)
  if (kept * length > mostNumbers) throw tooMany(kept)
  const k = Math.min(options.k, kept)
  const prototypes = await prototypesOf(rows, length, { classes, labels }, pace)
  return {
    layers: [
      { kind: 'unit-length', features: length },
      { kind: 'nearest', k, counts: prototypes.counts, prototypes: prototypes.rows },
    ],
    k,
    rows,
    prototypes,
    pace,
  }
}

/** Mean cross-entropy and share right of the photos trained on; of very many, of some evenly chosen ones. */
async function standing(
  { training, length }: Fittable,
  k: number,
  { rows, prototypes }: Pick<Learnt, 'rows' | 'prototypes'>,
  pace: Pace,
): Promise<{ loss: number; accuracy: number }> {
  const { classes } = training
  const kept = prototypes.rows.length / length
  const every = Math.ceil((classes.length * prototypes.rows.length) / mostWork)
  const chosen = Int32Array.from(classes.keys()).filter((row) => row % every === 0)
  const some = new Float32Array(chosen.length * length)
  chosen.forEach((row, index) => some.set(rows.subarray(row * length, (row + 1) * length), index * length))
  const near = await products(some, prototypes.rows, length, pace)
  const labelOf = prototypes.counts.flatMap((count, label) => Array.from({ length: count }, () => label))
  let [loss, right] = [0, 0]
  for (const [index, row] of chosen.entries()) {
    const votes = votesOf(near.subarray(index * kept, (index + 1) * kept), k, labelOf)
    loss -= Math.log(Math.max(leastShare, (votes[classes[row]] ?? 0) / k)) / chosen.length
    if (votes.indexOf(Math.max(...votes)) === classes[row]) right++
    await pace.yieldTurn()
  }
  return { loss, accuracy: right / chosen.length }
}

function votesOf(near: Float32Array, k: number, labelOf: readonly number[]): number[] {
  const votes = new Array<number>(Math.max(...labelOf) + 1).fill(0)
  const order = Array.from(near.keys()).sort((one, other) => near[other] - near[one] || one - other)
  for (const place of order.slice(0, k)) votes[labelOf[place]]++
  return votes
}

function tooMany(kept: number): CutpointError {
  return new CutpointError(
    'too-large',
    `Nearest neighbours would keep ${kept.toLocaleString('en')} photos to compare each new one with, more than is quick.`,
    'Choose the nearest average or the linear head, or train on fewer photos.',
    { kept },
  )
}
