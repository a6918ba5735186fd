import type { LayerForm, LayerRun } from './types'

/** (x − mean) · scale, feature by feature. */
export interface StandardiseLayer {
  readonly kind: 'standardise'
  /** `[features]` */
  readonly mean: Float32Array
  /** `[features]` */
  readonly scale: Float32Array
}

export const standardiseForm: LayerForm<StandardiseLayer> = {
  kind: 'standardise',
  fields: {},
  arrays: ['mean', 'scale'],
  sizes: (_, { mean, scale }) => (mean > 0 && mean === scale ? { input: [mean], output: [mean] } : null),
}

export const standardiseRun: LayerRun<StandardiseLayer> = {
  name: 'standardise',
  nodes: (builder, { mean, scale }, input, name) => {
    const shift = builder.constant(`${name}/mean`, mean, [mean.length])
    const factor = builder.constant(`${name}/scale`, scale, [scale.length])
    return builder.binary('Mul', `${name}/Mul`, builder.binary('Sub', `${name}/Sub`, input, shift), factor)
  },
  apply: ({ mean, scale }, values) => Float64Array.from(values, (value, index) => (value - mean[index]) * scale[index]),
  work: ({ mean }) => mean.length,
}
