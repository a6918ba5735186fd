import * as v from 'valibot'
import { positive } from '../../../stored-fields'
import { activated, activationNames, activations, type Activation } from './activations'
import type { LayerForm, LayerRun } from './types'

/** activation(x ∗ kernel + bias) on a map that stays as large as it is (padding SAME, steps of 1). */
export interface ConvLayer {
  readonly kind: 'conv'
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly filters: number
  /** Rows and columns of the kernel. */
  readonly size: number
  readonly activation: Exclude<Activation, 'softmax'>
  /** `[size, size, channels, filters]` */
  readonly kernel: Float32Array
  /** `[filters]` */
  readonly bias: Float32Array
}

export const convForm: LayerForm<ConvLayer> = {
  kind: 'conv',
  fields: {
    height: positive,
    width: positive,
    channels: positive,
    filters: positive,
    size: positive,
    activation: v.picklist(activationNames.filter((name) => name !== 'softmax')),
  },
  arrays: ['kernel', 'bias'],
  sizes: ({ height, width, channels, filters, size }, { kernel, bias }) =>
    kernel === size * size * channels * filters && bias === filters
      ? { input: [height, width, channels], output: [height, width, filters] }
      : null,
}

export const convRun: LayerRun<ConvLayer> = {
  name: 'conv2d',
  nodes: (builder, { size, channels, filters, activation, kernel, bias }, input, name) => {
    const weights = builder.constant(`${name}/kernel`, kernel, [size, size, channels, filters])
    const shift = builder.constant(`${name}/bias`, bias, [filters])
    const sums = builder.biasAdd(`${name}/BiasAdd`, builder.conv2d(`${name}/Conv2D`, input, weights), shift)
    const op = activations[activation]
    return op === null ? sums : builder.unary(op, `${name}/${op}`, sums)
  },
  apply: (layer, values) => {
    const { height, width, filters, bias, activation } = layer
    const sums = new Float64Array(height * width * filters)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const own = sums.subarray((y * width + x) * filters, (y * width + x + 1) * filters)
        own.set(bias)
        addWindow(layer, values, y, x, own)
      }
    }
    return activated[activation](sums)
  },
  work: ({ height, width, kernel }) => height * width * kernel.length,
}

/** Adds to the filters' sums at a place what the kernel sees there; what is outside counts for nothing. */
function addWindow(
  { height, width, channels, filters, size, kernel }: ConvLayer,
  values: Float64Array | Float32Array,
  y: number,
  x: number,
  sums: Float64Array,
): void {
  const before = Math.floor((size - 1) / 2)
  for (let tap = 0; tap < size * size; tap++) {
    const row = y + Math.floor(tap / size) - before
    const column = x + (tap % size) - before
    if (row < 0 || row >= height || column < 0 || column >= width) continue
    for (let channel = 0; channel < channels; channel++) {
      const value = values[(row * width + column) * channels + channel]
      if (value === 0) continue
      const from = (tap * channels + channel) * filters
      for (let filter = 0; filter < filters; filter++) sums[filter] += value * kernel[from + filter]
    }
  }
}
