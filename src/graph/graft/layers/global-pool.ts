import { positive } from '../../../stored-fields'
import type { LayerForm, LayerRun } from './types'

/** The mean of each channel of a map over all its places. */
export interface GlobalPoolLayer {
  readonly kind: 'global-pool'
  readonly height: number
  readonly width: number
  readonly channels: number
}

export const globalPoolForm: LayerForm<GlobalPoolLayer> = {
  kind: 'global-pool',
  fields: { height: positive, width: positive, channels: positive },
  arrays: [],
  sizes: ({ height, width, channels }) => ({ input: [height, width, channels], output: [channels] }),
}

export const globalPoolRun: LayerRun<GlobalPoolLayer> = {
  name: 'global_pool',
  nodes: (builder, _, input, name) => builder.reduce('Mean', `${name}/Mean`, input, [1, 2], false),
  apply: ({ height, width, channels }, values) => {
    const means = new Float64Array(channels)
    values.forEach((value, at) => (means[at % channels] += value / (height * width)))
    return means
  },
  work: ({ height, width, channels }) => height * width * channels,
}
