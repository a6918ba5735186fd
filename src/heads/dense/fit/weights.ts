import { uniform, type RandomNumbers } from '../../../random'
import type { DenseOptions } from '../spec'

type Initializer = DenseOptions['initializer']

/** Weights of one layer. */
export interface LayerWeights {
  /** `[inputs, outputs]`, row major. */
  readonly kernel: Float32Array
  /** `[outputs]` */
  readonly bias: Float32Array
}

/** Keras' `VarianceScaling`: a kernel's variance is `scale` / `fan`, and its numbers are all equally likely or normal. */
interface VarianceScaling {
  readonly scale: number
  readonly fan: (inputs: number, outputs: number) => number
  readonly normal: boolean
}

const mean = (inputs: number, outputs: number): number => (inputs + outputs) / 2
const ofInputs = (inputs: number): number => inputs

const scalings: Record<Initializer, VarianceScaling> = {
  glorot_uniform: { scale: 1, fan: mean, normal: false },
  glorot_normal: { scale: 1, fan: mean, normal: true },
  he_uniform: { scale: 2, fan: ofInputs, normal: false },
  he_normal: { scale: 2, fan: ofInputs, normal: true },
  lecun_uniform: { scale: 1, fan: ofInputs, normal: false },
  lecun_normal: { scale: 1, fan: ofInputs, normal: true },
}

/** The deviation of standard normal numbers of which those beyond two are drawn again. */
const truncatedDeviation = 0.87962566103423978

/**
 * First weights for a network of these widths, from features to labels: the kernels of hidden layers as the initializer says, the last
 * one Glorot's uniform, as a layer is in Keras where nothing is said; biases of zero.
 */
export function firstWeights(widths: readonly number[], initializer: Initializer, seed: number): LayerWeights[] {
  const random = uniform(seed)
  return widths.slice(1).map((outputs, layer) => {
    const inputs = widths[layer]
    const { scale, fan, normal } = scalings[layer + 2 < widths.length ? initializer : 'glorot_uniform']
    const next = (normal ? truncatedNormal : uniformAround)(scale / fan(inputs, outputs), random)
    return { kernel: Float32Array.from({ length: inputs * outputs }, next), bias: new Float32Array(outputs) }
  })
}

/** Numbers around zero of that variance, all equally likely up to a limit. */
function uniformAround(variance: number, random: RandomNumbers): () => number {
  const limit = Math.sqrt(3 * variance)
  return () => limit * (2 * random() - 1)
}

/** Normal numbers without those beyond two deviations, which leaves that variance: Marsaglia's polar method. */
function truncatedNormal(variance: number, random: RandomNumbers): () => number {
  const scale = Math.sqrt(variance) / truncatedDeviation
  return () => {
    for (;;) {
      const [left, right] = [2 * random() - 1, 2 * random() - 1]
      const square = left * left + right * right
      if (square >= 1 || square === 0) continue
      const value = left * Math.sqrt((-2 * Math.log(square)) / square)
      if (Math.abs(value) <= 2) return scale * value
    }
  }
}
