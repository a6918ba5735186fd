import type { Tail } from '../../../graph/tail/types'
import type { Pace } from '../../head/pace'
import type { BatchLoss } from '../loss'
import { TailProgram, type ProgramOptions } from '../program'
import { lossOf, trainStep, type StepLoss, type StepOptions, type StepRows } from '../step'
import type { TailLearner } from '../types'
import { Helper, type Learned } from './helper'
import type { HelperPort, HelperShare } from './protocol'

export interface TeamOptions extends ProgramOptions {
  /** How many threads share a step, this one included. */
  readonly threads: number
  /** Starts the thread of a helper: `startHelper`. */
  readonly start: () => HelperPort
}

/** Some of a step's photos. */
interface Share {
  readonly rows: Int32Array
  readonly labels: Int32Array
  readonly weights: Float32Array<ArrayBuffer>
  readonly mixed: HelperShare['mixed']
  /** Photos of the whole step for one of these. */
  readonly scale: number
}

/**
 * A tail on several threads: each has the same program and works out the slopes of its share of a step's photos; this one adds
 * them up and changes the weights. Where no helper can be had, or one stops, this thread does its share, too.
 */
export class TailTeam implements TailLearner {
  /** This thread's program, whose parameters learn. It takes one share at once. */
  readonly program: TailProgram
  readonly #helpers: Helper[]
  /** Arrays that came back from helpers, for the values of the next step. */
  readonly #spare: Float32Array<ArrayBuffer>[] = []

  private constructor(program: TailProgram, helpers: Helper[]) {
    this.program = program
    this.#helpers = helpers
  }

  /** Throws CutpointError `cannot-tune` or `no-memory`. `batch` is that of a whole step. */
  static async open(tail: Tail, options: TeamOptions): Promise<TailTeam> {
    const threads = Math.max(1, Math.min(options.threads, options.batch))
    const batch = Math.ceil(options.batch / threads)
    const program = await TailProgram.open(tail, { ...options, batch })
    const opening = Array.from({ length: threads - 1 }, async () => Helper.open(options.start(), tail, batch))
    const opened = await Promise.allSettled(opening)
    return new TailTeam(
      program,
      opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])),
    )
  }

  /** How many threads share a step, this one included. */
  get threads(): number {
    return this.#helpers.length + 1
  }

  /**
   * Adds to the gradients those of the mean loss of some rows. What it gives is the same whatever threads there are, to
   * rounding; with the same threads to the bit. Throws what the pace throws, and gradients are then whatever they are.
   */
  async learn(batch: StepRows, pace: Pace): Promise<BatchLoss> {
    const total = { loss: 0, correct: 0 }
    const count = (found: BatchLoss, scale: number): void => {
      total.loss += found.loss * scale
      total.correct += found.correct
    }
    const shares = sharesOf(batch, this.program.batch, this.threads)
    while (shares.length > 0) {
      const helpers = [...this.#helpers]
      const [own, ...others] = shares.splice(0, helpers.length + 1)
      // All are asked before this thread begins with its own.
      const answers = others.map((share, index) => this.#ask(helpers[index], batch, share))
      count(await this.#learnHere(batch, own, pace), own.scale)
      for (const [index, share] of others.entries()) {
        const learned = await answers[index]
        // In this order whichever comes first, so that sums are the same to the bit.
        if (learned) this.#add(learned.gradients)
        count(learned?.found ?? (await this.#learnHere(batch, share, pace)), share.scale)
      }
    }
    return total
  }

  get batch(): number {
    return this.program.batch
  }

  step(batch: StepRows, options: StepOptions): Promise<StepLoss> {
    return trainStep(this, batch, options)
  }

  lossOf(batch: StepRows, pace: Pace): Promise<BatchLoss> {
    return lossOf(this.program, batch, pace)
  }

  async logitsOf(rows: ArrayLike<number>, maps: StepRows['maps'], pace: Pace): Promise<Float32Array> {
    this.program.load(rows, maps)
    await this.program.forward(pace)
    return this.program.output.slice(0, rows.length * this.program.outputLength)
  }

  weights(): Promise<Map<string, Float32Array>> {
    return Promise.resolve(this.program.weights())
  }

  restore(weights: ReadonlyMap<string, Float32Array>): void {
    this.program.restore(weights)
  }

  memories(): Promise<Map<string, Float32Array[]>> {
    const { parameters } = this.program
    return Promise.resolve(new Map(parameters.map(({ id, memory }) => [id, memory.map((each) => each.slice())])))
  }

  remember(memories: ReadonlyMap<string, readonly Float32Array[]>): void {
    for (const { id, memory } of this.program.parameters) {
      memory.forEach((own, at) => own.set(memories.get(id)?.[at] ?? own))
    }
  }

  dispose(): void {
    for (const helper of this.#helpers) helper.end()
    this.program.dispose()
  }

  async #learnHere(batch: StepRows, share: Share, pace: Pace): Promise<BatchLoss> {
    const found = await lossOf(this.program, { ...share, maps: batch.maps }, pace)
    if (Number.isFinite(found.loss)) await this.program.backward(pace)
    return found
  }

  /** What a helper found; null where it stopped, and is none any more. */
  async #ask(helper: Helper, batch: StepRows, share: Share): Promise<Learned | null> {
    try {
      return await helper.learn(this.#handedOver(batch, share))
    } catch {
      helper.end()
      this.#helpers.splice(this.#helpers.indexOf(helper), 1)
      return null
    }
  }

  #handedOver(batch: StepRows, { rows, labels, weights, mixed }: Share): HelperShare {
    const { parameters, maps } = this.program
    const length = maps.length / this.program.batch
    const values = this.#spare.pop() ?? new Float32Array(parameters.reduce((sum, { values }) => sum + values.length, 0))
    let at = 0
    for (const { values: own } of parameters) {
      values.set(own, at)
      at += own.length
    }
    const sent = new Float32Array(rows.length * length)
    rows.forEach((row, index) => sent.set(batch.maps(row), index * length))
    // Copies: where a helper stops, this thread does its share.
    const others = mixed && { others: mixed.others.slice(), shares: mixed.shares.slice() }
    return { values, maps: sent, labels: labels.slice(), weights: weights.slice(), mixed: others }
  }

  #add(gradients: Float32Array<ArrayBuffer>): void {
    let at = 0
    for (const { gradient } of this.program.parameters) {
      for (let index = 0; index < gradient.length; index++) gradient[index] += gradients[at + index]
      at += gradient.length
    }
    this.#spare.push(gradients)
  }
}

/** Shares of at most `most` rows, as alike as can be, and as many as there are threads where there are as many rows. */
function sharesOf({ rows, labels, weights, mixed }: StepRows, most: number, threads: number): Share[] {
  const count = Math.max(Math.ceil(rows.length / most), Math.min(threads, rows.length))
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [index, index + 1].map((end) => Math.round((end * rows.length) / count))
    const scale = rows.length / (to - from)
    return {
      rows: rows.slice(from, to),
      labels: labels.slice(from, to),
      // A share's slopes are those of its own mean.
      weights: Float32Array.from({ length: to - from }, (_, at) => (weights?.[from + at] ?? 1) / scale),
      mixed: mixed ? { others: mixed.others.slice(from, to), shares: mixed.shares.slice(from, to) } : null,
      scale,
    }
  })
}
