import { uniform } from '../../../random'

/** Weights of one layer. */
export interface LayerWeights {
  /** `[inputs, outputs]`, row major. */
  readonly kernel: Float32Array
  /** `[outputs]` */
  readonly bias: Float32Array
}

/** Weights for a network of these widths, from features to labels: Glorot's uniform kernels, and biases of zero, as in Keras. */
export function glorotWeights(widths: readonly number[], seed: number): LayerWeights[] {
  const random = uniform(seed)
  return widths.slice(1).map((outputs, layer) => {
    const inputs = widths[layer]
    const limit = Math.sqrt(6 / (inputs + outputs))
    const kernel = Float32Array.from({ length: inputs * outputs }, () => limit * (2 * random() - 1))
    return { kernel, bias: new Float32Array(outputs) }
  })
}
