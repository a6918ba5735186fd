import { positive } from '../../../stored-fields'
import type { LayerForm, LayerRun } from './types'

/** x / ‖x‖ */
export interface UnitLengthLayer {
  readonly kind: 'unit-length'
  readonly features: number
}

/** Rows whose squared length is below it are divided by its root, as TensorFlow's `l2_normalize` does. */
const least = 1e-12

export const unitLengthForm: LayerForm<UnitLengthLayer> = {
  kind: 'unit-length',
  fields: { features: positive },
  arrays: [],
  sizes: ({ features }) => ({ input: [features], output: [features] }),
}

export const unitLengthRun: LayerRun<UnitLengthLayer> = {
  name: 'unit_length',
  nodes: (builder, _, input, name) => {
    const squares = builder.unary('Square', `${name}/Square`, input)
    const sum = builder.reduce('Sum', `${name}/Sum`, squares, [1], true)
    const bound = builder.constant(`${name}/least`, Float32Array.of(least), [])
    const factor = builder.unary('Rsqrt', `${name}/Rsqrt`, builder.binary('Maximum', `${name}/Maximum`, sum, bound))
    return builder.binary('Mul', `${name}/Mul`, input, factor)
  },
  apply: (_, values) => {
    let sum = 0
    for (const value of values) sum += value * value
    const factor = 1 / Math.sqrt(Math.max(sum, least))
    return Float64Array.from(values, (value) => value * factor)
  },
  work: ({ features }) => 2 * features,
}
