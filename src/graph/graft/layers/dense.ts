import * as v from 'valibot'
import { activated, activationNames, activations, type Activation } from './activations'
import { positive } from '../../../stored-fields'
import type { LayerForm, LayerRun } from './types'

/** activation(x · kernel + bias) */
export interface DenseLayer {
  readonly kind: 'dense'
  /** `[inputs, outputs]`, row by row. */
  readonly kernel: Float32Array
  /** `[outputs]` */
  readonly bias: Float32Array
  readonly outputs: number
  readonly activation: Activation
}

export const denseForm: LayerForm<DenseLayer> = {
  kind: 'dense',
  fields: { outputs: positive, activation: v.picklist(activationNames) },
  arrays: ['kernel', 'bias'],
  sizes: ({ outputs }, { kernel, bias }) =>
    kernel > 0 && kernel % outputs === 0 && bias === outputs ? { input: [kernel / outputs], output: [outputs] } : null,
}

export const denseRun: LayerRun<DenseLayer> = {
  name: 'dense',
  nodes: (builder, { kernel, bias, outputs, activation }, input, name) => {
    const weights = builder.constant(`${name}/kernel`, kernel, [kernel.length / outputs, outputs])
    const shift = builder.constant(`${name}/bias`, bias, [outputs])
    const product = builder.matMul(`${name}/MatMul`, input, weights)
    const sums = builder.biasAdd(`${name}/BiasAdd`, product, shift)
    const op = activations[activation]
    return op === null ? sums : builder.unary(op, `${name}/${op}`, sums)
  },
  apply: ({ kernel, bias, outputs, activation }, values) => {
    const sums = Float64Array.from(bias)
    for (let index = 0; index < values.length; index++) {
      const value = values[index]
      if (value === 0) continue
      const row = index * outputs
      for (let output = 0; output < outputs; output++) sums[output] += value * kernel[row + output]
    }
    return activated[activation](sums)
  },
  work: ({ kernel }) => kernel.length,
}
