import { own, type JsonRecord } from '../../json'

interface Plain {
  readonly className: string
  readonly config: JsonRecord
  /** Why the layer cannot be computed. */
  readonly refused?: string
}

/** Layer classes that Keras 2 renamed. Source: keras/legacy/layers.py and keras/layers/*.py of Keras 2.0. */
const classes: Readonly<Record<string, string>> = {
  Convolution1D: 'Conv1D',
  Convolution2D: 'Conv2D',
  AtrousConvolution2D: 'Conv2D',
  Deconvolution2D: 'Conv2DTranspose',
  SeparableConvolution2D: 'SeparableConv2D',
}

/** Fields that Keras 2 renamed; a layer has those that fit it. */
const fields: Readonly<Record<string, string>> = {
  nb_filter: 'filters',
  output_dim: 'units',
  border_mode: 'padding',
  subsample: 'strides',
  atrous_rate: 'dilation_rate',
  bias: 'use_bias',
  p: 'rate',
  pool_length: 'pool_size',
  stride: 'strides',
  filter_length: 'kernel_size',
  subsample_length: 'strides',
}
/**
 * Layers whose kernels are laid out otherwise where channels come first, and were flipped too by Theano; before there were
 * orderings to choose from, they did. Source: `preprocess_weights_for_loading` in keras/engine/topology.py of Keras 2.0.
 */
const withKernels = /^((Atrous|Separable)?Convolution[23]D|Deconvolution2D|LocallyConnected2D)$/
const channelsFirst = 'Keras 1 saved it with its channels first (dim_ordering “th”), and so its kernel in another order'
/** Its kernel is `[height, width, channels, filters]`, and its output as large as it says. Source: as above. */
const transposed = 'Keras 1 saved its kernel in another order'
const dimOrderings: Readonly<Record<string, string>> = { tf: 'channels_last', th: 'channels_first' }
const mergeClasses: Readonly<Record<string, string>> = {
  sum: 'Add',
  mul: 'Multiply',
  concat: 'Concatenate',
  ave: 'Average',
  max: 'Maximum',
  dot: 'Dot',
}

/** A layer of Keras 1 as Keras 2 would write it. */
export function fromKeras1(className: string, config: JsonRecord): Plain {
  const renamed: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(config)) renamed[fieldOf(className, key)] = value
  const rows = own(config, 'nb_row')
  if (rows !== undefined) renamed.kernel_size = [rows, own(config, 'nb_col')]
  const ordering = own(config, 'dim_ordering')
  if (typeof ordering === 'string' && Object.hasOwn(dimOrderings, ordering))
    renamed.data_format = dimOrderings[ordering]
  if (className === 'Merge') return fromMerge(config, renamed)
  return {
    className: Object.hasOwn(classes, className) ? classes[className] : className,
    config: renamed,
    ...refusal(className, ordering),
  }
}

function refusal(className: string, ordering: unknown): Pick<Plain, 'refused'> {
  if (ordering !== 'tf' && withKernels.test(className)) return { refused: channelsFirst }
  return className === 'Deconvolution2D' ? { refused: transposed } : {}
}

function fieldOf(className: string, key: string): string {
  if (className === 'Embedding' && key === 'output_dim') return key
  if (className === 'GaussianNoise' && key === 'sigma') return 'stddev'
  return Object.hasOwn(fields, key) ? fields[key] : key
}

function fromMerge(config: JsonRecord, renamed: JsonRecord): Plain {
  const mode = own(config, 'mode')
  const className = typeof mode === 'string' && Object.hasOwn(mergeClasses, mode) ? mergeClasses[mode] : 'Merge'
  return { className, config: { ...renamed, axis: own(config, 'concat_axis') ?? -1, axes: own(config, 'dot_axes') } }
}
