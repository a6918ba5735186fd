import { uniform } from '../../../random'
import { at, type HeadKernel, type Matrix } from '../../../compute/kernels/kernel'
import { openKernel } from '../../../compute/kernels/load'
import type { Mixture } from '../../../compute/head/mixing/mixture'
import { inPieces } from '../../../compute/head/pace'
import { allocate, gather, mixGathered, packWeights, turn, unpackWeights } from './kernel-memory'
import type { Block, KernelLayer, Memory } from './kernel-memory'
import type { PreparedRows } from '../../../compute/head/rows'
import type { Steps, StepsOptions, Sums } from './steps'
import { lossOfOthers, shareTargets, type OtherLabels } from './mixed-labels'
import { lossOfSpread, spreadTargets } from './smoothing'
import { descentOf, memories } from '../../../compute/kernels/update-rules'
import type { LayerWeights } from './weights'

/** Steps on the training kernel, whose memory holds the weights until `dispose`. */
export async function kernelSteps(options: StepsOptions): Promise<Steps> {
  const { layers, rule, most } = options
  const widths = [layers[0].kernel.length / layers[0].bias.length, ...layers.map(({ bias }) => bias.length)]
  const opened = await openKernel((arena) => allocate(arena, widths, most, memories[rule]))
  packWeights(layers, opened.memory.layers)
  return new KernelSteps(opened.kernel, opened.memory, options)
}

class KernelSteps implements Steps {
  readonly #kernel: HeadKernel
  readonly #memory: Memory
  readonly #options: StepsOptions
  readonly #random: () => number
  #best: Float32Array[] = []
  #sums: Sums = { loss: 0, correct: 0 }
  #taken = 0

  constructor(kernel: HeadKernel, memory: Memory, options: StepsOptions) {
    this.#kernel = kernel
    this.#memory = memory
    this.#options = options
    this.#random = uniform(options.seed)
  }

  get taken(): number {
    return this.#taken
  }

  async step(rows: Int32Array, mixture: Mixture | null): Promise<void> {
    const panels = await this.#forward(this.#options.training, rows, this.#options.dropout, mixture)
    this.#taken += 1
    await this.#backward(panels)
  }

  async evaluate(rows: Int32Array): Promise<void> {
    if (this.#options.held) await this.#forward(this.#options.held, rows, 0, null)
  }

  sums(): Promise<Sums> {
    const sums = this.#sums
    this.#sums = { loss: 0, correct: 0 }
    return Promise.resolve(sums)
  }

  keepBest(): void {
    this.#best = this.#memory.layers.map(({ weights }) => weights.data.slice())
  }

  best(): Promise<LayerWeights[]> {
    return Promise.resolve(unpackWeights(this.#memory.layers, this.#best))
  }

  dispose(): void {
    this.#kernel.close()
  }

  /** Sends rows through, leaves the residuals of their mean loss in `logits`, and gives the panels they fill. */
  async #forward(source: PreparedRows, rows: Int32Array, dropout: number, mixture: Mixture | null): Promise<number> {
    const { layers, logits } = this.#memory
    // Two panels at a time are what the kernel likes best.
    const panels = 2 * Math.ceil(rows.length / 8)
    gather(source, rows, this.#memory)
    const others = mixture && mixGathered(source, rows, this.#memory, mixture)
    for (const [index, layer] of layers.entries()) {
      const target = index + 1 < layers.length ? layers[index + 1].input : logits
      await this.#product(layer.input, layer.weights, target, panels)
      if (index + 1 < layers.length) this.#passOn(layers[index + 1], rows.length, dropout)
    }
    this.#residuals(rows.length, panels, others)
    return panels
  }

  /** Adds up what the logits cost, and leaves their residuals in their place. */
  #residuals(rows: number, panels: number, others: OtherLabels | null): void {
    const { logits, labels, weights, curvature } = this.#memory
    const { labelSmoothing } = this.#options
    const whole = 1 - labelSmoothing
    let loss = 0
    if (labelSmoothing > 0) loss += lossOfSpread(this.#memory, labelSmoothing, rows)
    if (others) loss += lossOfOthers(this.#memory, others, whole)
    const sums = this.#kernel.softmax(logits, labels, weights, curvature, 0, panels)
    if (labelSmoothing > 0) spreadTargets(this.#memory, labelSmoothing, rows)
    if (others) shareTargets(this.#memory, others, whole)
    this.#sums = { loss: this.#sums.loss + (sums.loss + loss) * rows, correct: this.#sums.correct + sums.correct }
  }

  async #product(left: Matrix, right: Matrix, target: Matrix, panels: number): Promise<void> {
    await inPieces(this.#options.pace, panels, 4 * left.columns * right.columns, (from, to) => {
      this.#kernel.times(left, right, target, from, to, false)
    })
  }

  /** Relu and dropout of what comes into a layer, row by row; `passed` says by what each value was multiplied. */
  #passOn({ input, inputs, passed }: KernelLayer, rows: number, dropout: number): void {
    const kept = 1 / (1 - dropout)
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < inputs; column++) {
        const place = at(input.stride, row, column)
        const stays = dropout === 0 || this.#random() >= dropout
        const factor = stays && input.data[place] > 0 ? kept : 0
        passed[place] = factor
        // Multiplied, so that what is not a number stays so and is found.
        input.data[place] *= factor
      }
    }
  }

  /** Changes all weights by the gradient of the residuals in `logits`. */
  async #backward(panels: number): Promise<void> {
    const { layers, logits } = this.#memory
    dropTraces(logits.data.subarray(0, 4 * panels * logits.stride))
    // Of what each layer gave, the first one's first.
    let residuals = [logits]
    for (const layer of layers.slice(1).reverse()) {
      await this.#residualsBefore(layer, residuals[0], panels)
      residuals = [this.#comeBack(layer, panels), ...residuals]
    }
    if (this.#options.clipNorm > 0) await this.#clip(residuals, panels)
    for (const [index, layer] of layers.entries()) await this.#descend(layer, residuals[index], panels)
  }

  /** Turned residuals of what came into a layer: its weights times those of what went out. */
  async #residualsBefore({ weights }: KernelLayer, residuals: Matrix, panels: number): Promise<void> {
    const { turned, before } = this.#memory
    turn(residuals, turned, 4 * panels, weights.columns)
    await this.#product(weights, { ...turned, columns: 4 * panels }, before, weights.rows / 4)
  }

  /** Those residuals the right way round. */
  #comeBack({ input, inputs, passed, residuals }: KernelLayer, panels: number): Matrix {
    const target = residuals ?? input
    turn(this.#memory.before, target, inputs, 4 * panels)
    for (let row = 0; row < 4 * panels; row++) {
      for (let column = 0; column < inputs; column++) {
        target.data[at(target.stride, row, column)] *= passed[at(input.stride, row, column)]
      }
    }
    return target
  }

  /** Divides all residuals by one number where the gradient of all weights together is longer than it may be. */
  async #clip(residuals: readonly Matrix[], panels: number): Promise<void> {
    const { clipNorm, pace } = this.#options
    let squares = 0
    for (const [layer, { blocks }] of this.#memory.layers.entries()) {
      await inPieces(pace, blocks.length, workOf(blocks, panels), (from, to) => {
        for (const { input, gradient } of blocks.slice(from, to)) {
          this.#kernel.transposedTimes(input, residuals[layer], gradient, 0, panels)
          squares += sumOfSquares(gradient.data)
          gradient.data.fill(0)
        }
      })
    }
    const norm = Math.sqrt(squares)
    if (!(norm > clipNorm)) return
    for (const { data } of residuals) {
      for (let index = 0; index < data.length; index++) data[index] *= clipNorm / norm
    }
  }

  /** Sums up a layer's gradient a piece at a time, and changes the weights by it while it is in the cache. */
  async #descend({ blocks }: KernelLayer, residuals: Matrix, panels: number): Promise<void> {
    const { rule, weightDecay, pace } = this.#options
    const rate = this.#options.rate(this.#taken - 1)
    const descent = descentOf(rule, rate, this.#taken)
    await inPieces(pace, blocks.length, workOf(blocks, panels), (from, to) => {
      for (const block of blocks.slice(from, to)) {
        const { input, gradient, weights, memory } = block
        this.#kernel.transposedTimes(input, residuals, gradient, 0, panels)
        if (weightDecay > 0) decay(block, rate * weightDecay)
        this.#kernel.descend(descent, weights, gradient.data, memory)
      }
    })
  }
}

/** Multiply-adds of a block's gradient. */
function workOf(blocks: readonly Block[], panels: number): number {
  return 4 * panels * (blocks.at(0)?.weights.length ?? 0)
}

/** Takes a share off all weights but the biases. */
function decay({ weights, bias }: Block, share: number): void {
  for (let index = 0; index < weights.length; index++) {
    if (index < bias || (index - bias) % 4 !== 0) weights[index] *= 1 - share
  }
}

function sumOfSquares(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return sum
}

/** Zero for residuals that change nothing: products with them are below 1e-38, for which processors take long. */
function dropTraces(residuals: Float32Array): void {
  for (let index = 0; index < residuals.length; index++) {
    if (Math.abs(residuals[index]) < 1e-20) residuals[index] = 0
  }
}
