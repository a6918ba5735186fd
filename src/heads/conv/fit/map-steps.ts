import type { Rows } from '../../../compute/head/rows'
import type { Pace } from '../../../compute/head/pace'
import { descentOf, memories, type UpdateRule } from '../../../compute/kernels/update-rules'
import type { StepRows } from '../../../compute/tail/step'
import type { TeamOptions, TailTeam } from '../../../compute/tail/team/team'
import type { HeadLayer } from '../../../graph/graft/layers/forms'
import { learningTail, type LearningTail } from '../../../graph/tail/learning-layers'
import { uniform } from '../../../random'
import type { Steps, Sums } from '../../dense/fit/steps'
import type { LayerWeights } from '../../dense/fit/weights'

export interface MapStepsOptions {
  readonly training: Rows & { readonly weights: Float32Array }
  readonly held: Rows | null
  /** By what all values are multiplied. */
  readonly scale: number
  /** Where to begin; the last one has a softmax. */
  readonly layers: readonly HeadLayer[]
  readonly rule: UpdateRule
  readonly rate: (taken: number) => number
  readonly weightDecay: number
  readonly clipNorm: number
  readonly dropout: number
  readonly seed: number
  /** Rows in a step at most. */
  readonly batch: number
  readonly pace: Pace
}

/** What opens the threads that share a step. */
export interface Threads extends Pick<TeamOptions, 'threads' | 'start'> {
  readonly open: typeof TailTeam.open
}

/** The training of a head of convolutions, by a program of its layers. */
export class MapSteps implements Steps {
  readonly #team: TailTeam
  readonly #options: MapStepsOptions
  readonly #tail: LearningTail
  readonly #random: () => number
  /** A photo's map as it goes in, with what the averaged values are multiplied by. */
  readonly #row: Float32Array
  #taken = 0
  #sums: Sums = { loss: 0, correct: 0 }
  #best: ReadonlyMap<string, Float32Array>

  private constructor(team: TailTeam, tail: LearningTail, options: MapStepsOptions) {
    this.#team = team
    this.#tail = tail
    this.#options = options
    this.#random = uniform(options.seed)
    this.#row = new Float32Array(tail.length + tail.masked)
    this.#best = team.program.weights()
  }

  static async open(options: MapStepsOptions, { open, threads, start }: Threads): Promise<MapSteps> {
    const tail = learningTail(options.layers, options.dropout > 0)
    const { batch, rule } = options
    return new MapSteps(await open(tail.tail, { batch, memories: memories[rule], threads, start }), tail, options)
  }

  get taken(): number {
    return this.#taken
  }

  async step(rows: Int32Array): Promise<void> {
    const { training, rule, weightDecay, clipNorm, pace } = this.#options
    const rate = this.#options.rate(this.#taken)
    this.#taken += 1
    const descent = descentOf(rule, rate, this.#taken)
    const found = await this.#team.step(this.#batch(training, rows, true), {
      // It is asked for each weight once its slopes are known, and so when Keras takes the decay off.
      descent: (id) => {
        if (weightDecay > 0) this.#decay(id, rate * weightDecay)
        return descent
      },
      decay: new Map(),
      clip: clipNorm > 0 ? clipNorm : null,
      pace,
    })
    this.#add(found)
  }

  async evaluate(rows: Int32Array): Promise<void> {
    const { held, pace } = this.#options
    if (!held) return
    const most = this.#team.batch
    for (let first = 0; first < rows.length; first += most) {
      this.#add(await this.#team.lossOf(this.#batch(held, rows.slice(first, first + most), false), pace))
    }
  }

  sums(): Promise<Sums> {
    const sums = this.#sums
    this.#sums = { loss: 0, correct: 0 }
    return Promise.resolve(sums)
  }

  keepBest(): void {
    this.#best = this.#team.program.weights()
  }

  best(): Promise<LayerWeights[]> {
    const of = (id: string): Float32Array => this.#best.get(id) ?? new Float32Array()
    return Promise.resolve(this.#tail.layers.map(({ kernel, bias }) => ({ kernel: of(kernel), bias: of(bias) })))
  }

  dispose(): void {
    this.#team.dispose()
  }

  #add({ loss, correct }: Sums): void {
    this.#sums = { loss: this.#sums.loss + loss, correct: this.#sums.correct + correct }
  }

  #batch(from: Rows & { readonly weights?: Float32Array }, rows: Int32Array, learns: boolean): StepRows {
    const { weights } = from
    return {
      rows,
      labels: rows.map((row) => from.labels[row]),
      weights: weights ? Float32Array.from(rows, (row) => weights[row]) : null,
      maps: (row) => this.#fill(from.features, row, learns),
    }
  }

  /** A photo's row; it is copied before the next one is asked for. */
  #fill(features: Float32Array, row: number, learns: boolean): Float32Array {
    const { scale, dropout } = this.#options
    const { length } = this.#tail
    for (let at = 0; at < length; at++) this.#row[at] = features[row * length + at] * scale
    const kept = 1 / (1 - dropout)
    for (let at = length; at < this.#row.length; at++) {
      this.#row[at] = !learns ? 1 : this.#random() < dropout ? 0 : kept
    }
    return this.#row
  }

  /** Takes a share off a kernel. */
  #decay(id: string, share: number): void {
    if (!this.#tail.layers.some(({ kernel }) => kernel === id)) return
    const values = this.#team.program.parameters.find((each) => each.id === id)?.values
    values?.forEach((value, at) => (values[at] = value * (1 - share)))
  }
}
