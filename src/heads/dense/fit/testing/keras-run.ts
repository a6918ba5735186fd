import type { Mixture } from '../../../../compute/head/mixing/mixture'
import { createPace } from '../../../../compute/head/pace'
import { createSteps } from '../create-steps'
import { scheduleOf } from '../../../../compute/kernels/schedule'
import type { DenseOptions } from '../../spec'
import type { Steps, StepsOptions } from '../steps'
import type { UpdateRule } from '../../../../compute/kernels/update-rules'

/** What tools/fixtures/dense-head/make.py writes. */
export interface KerasRun {
  readonly length: number
  readonly classes: number
  readonly batch: number
  readonly rate: number
  /** Float32 in base64, here and in the layers. */
  readonly features: string
  readonly labels: readonly number[]
  /** Rows in the order they were trained on. */
  readonly order: readonly number[]
  readonly layers: readonly { kernel: string; bias: string }[]
  /** Loss of each step's batch before the step. */
  readonly losses: Record<UpdateRule, readonly number[]>
  /** The same with options other than the usual. */
  readonly variants: readonly KerasVariant[]
}

/** Steps with options. */
export interface KerasVariant {
  readonly name: string
  readonly rule: UpdateRule
  readonly options: KerasOptions
  readonly losses: readonly number[]
}

/** Options that change steps; those that are left out change nothing. */
type KerasOptions = Partial<
  Pick<DenseOptions, 'weightDecay' | 'labelSmoothing' | 'clipNorm' | 'schedule' | 'warmup' | 'epochs'>
> & { readonly classWeights?: readonly number[] }

/** What tools/fixtures/dense-head/mix.py writes. */
export interface KerasMixRun {
  /** Of the maps that features are. */
  readonly side: number
  readonly channels: number
  /** How the rows of each step are mixed, with boxes by top, left, bottom and right. */
  readonly mixtures: Record<
    'mixup' | 'cutmix',
    readonly { readonly partners: number[]; readonly shares: number[]; readonly boxes?: number[][] }[]
  >
  readonly runs: readonly (Omit<KerasVariant, 'rule'> & { readonly kind: 'mixup' | 'cutmix' })[]
}

/** The mixtures of a run, step by step. */
export function mixturesOf({ side, channels, mixtures }: KerasMixRun, kind: 'mixup' | 'cutmix'): Mixture[] {
  const map = { height: side, width: side, channels, channelsFirst: false }
  return mixtures[kind].map(({ partners, shares, boxes }) => ({
    partners: Int32Array.from(partners),
    shares: Float32Array.from(shares),
    boxes: boxes ? { map, of: boxes.map(([top, left, bottom, right]) => ({ top, left, bottom, right })) } : null,
  }))
}

/** The losses of the same steps from the same weights, where training is done on the current backend or as asked. */
export async function followKeras(
  run: KerasRun,
  { rule, options }: Pick<KerasVariant, 'rule' | 'options'>,
  create: (options: StepsOptions) => Promise<Steps> = createSteps,
  mixtures?: readonly Mixture[],
): Promise<number[]> {
  const labels = Int32Array.from(run.labels)
  const { weightDecay = 0, labelSmoothing = 0, clipNorm = 0, classWeights } = options
  const scheduled = { schedule: 'constant' as const, warmup: 0, epochs: 1, ...options, learningRate: run.rate }
  const steps = await create({
    training: {
      features: decode(run.features),
      labels,
      weights: Float32Array.from(labels, (label) => classWeights?.[label] ?? 1),
    },
    held: null,
    layers: run.layers.map(({ kernel, bias }) => ({ kernel: decode(kernel), bias: decode(bias) })),
    rule,
    rate: scheduleOf(scheduled, labels.length / run.batch),
    weightDecay,
    labelSmoothing,
    clipNorm,
    dropout: 0,
    seed: 0,
    most: run.batch,
    pace: createPace(),
  })
  const losses: number[] = []
  for (let first = 0; first < run.order.length; first += run.batch) {
    await steps.step(Int32Array.from(run.order.slice(first, first + run.batch)), mixtures?.[losses.length] ?? null)
    losses.push((await steps.sums()).loss / run.batch)
  }
  steps.dispose()
  return losses
}

function decode(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return new Float32Array(bytes.buffer)
}
