import { at, columnsOf, matrix, padded, type Arena, type Matrix } from '../../../compute/kernels/kernel'
import { mixedRow, type Mixture } from '../../../compute/head/mixing/mixture'
import { mixedTargets, type MixedTargets } from '../../../compute/head/mixing/targets'
import type { PreparedRows } from '../../../compute/head/rows'
import type { LayerWeights } from './weights'

/** Weights whose gradient is summed up at a time: with what is remembered of them they stay in the fastest cache. */
const blockSize = 2048

export interface KernelLayer {
  readonly inputs: number
  /** `[rows, inputs + 1]`, and columns of zeros to a multiple of four; column `inputs` is all ones, for the bias. */
  readonly input: Matrix
  /** As `input.data`: by what relu and dropout multiplied each value on the way in. */
  readonly passed: Float32Array
  /** `[rows, inputs]`: the residuals of what came in; null for the first layer, below which there is nothing to learn. */
  readonly residuals: Matrix | null
  /** `[inputs + 1, outputs]`: the bias is row `inputs`. */
  readonly weights: Matrix
  /** The weights in pieces of whole panels. */
  readonly blocks: readonly Block[]
}

export interface Block {
  /** The columns of the layer's input that these weights multiply. */
  readonly input: Matrix
  readonly weights: Float32Array
  /** What the update rule remembers of them. */
  readonly memory: readonly Float32Array[]
  /** Shared by all blocks; zero between them. */
  readonly gradient: Matrix
  /** The first of the biases among `weights`, of which every fourth is one from there on; their length where there is none. */
  readonly bias: number
}

/** All memory of one fit, taken at once. */
export interface Memory {
  readonly layers: readonly KernelLayer[]
  /** `[rows, labels]`: logits, then residuals. */
  readonly logits: Matrix
  readonly labels: Int32Array
  /** How much a row counts in the mean over its batch; zero for those that fill a panel up. */
  readonly weights: Float32Array
  readonly curvature: Float32Array
  /** `[outputs, rows]`: a layer's residuals turned round. */
  readonly turned: Matrix
  /** `[inputs + 1, rows]`: those of what came in. */
  readonly before: Matrix
}

/** Memory for layers of these widths, from features to labels, and `most` rows at a time. */
export function allocate(arena: Arena, widths: readonly number[], most: number, remembered: number): Memory {
  const rows = 8 * Math.ceil(most / 8)
  const inner = widths.slice(1, -1)
  const classes = widths[widths.length - 1]
  const gradient = arena.float32(Math.max(blockSize, 4 * Math.max(...widths.slice(1))))
  return {
    layers: widths.slice(1).map((outputs, index): KernelLayer => {
      const inputs = widths[index]
      const residuals = index > 0 ? matrix(arena, rows, inputs) : null
      return { ...allocateLayer(arena, { inputs, outputs, rows, remembered }, gradient), residuals }
    }),
    logits: matrix(arena, rows, classes),
    labels: arena.int32(rows),
    weights: arena.float32(rows),
    curvature: arena.float32(rows),
    turned: matrix(arena, Math.max(...widths.slice(2)), rows),
    before: matrix(arena, Math.max(...inner) + 1, rows),
  }
}

interface LayerSizes {
  readonly inputs: number
  readonly outputs: number
  readonly rows: number
  /** How many arrays the update rule remembers. */
  readonly remembered: number
}

function allocateLayer(
  arena: Arena,
  { inputs, outputs, rows, remembered }: LayerSizes,
  shared: Float32Array,
): Omit<KernelLayer, 'residuals'> {
  const input = matrix(arena, rows, padded(inputs + 1))
  const weights = matrix(arena, inputs + 1, outputs)
  const memory = Array.from({ length: remembered }, () => arena.float32(weights.rows * outputs))
  for (let row = 0; row < rows; row++) input.data[at(input.stride, row, inputs)] = 1
  const high = 4 * Math.max(1, Math.floor(blockSize / (4 * outputs)))
  const blocks = Array.from({ length: Math.ceil(weights.rows / high) }, (_, index): Block => {
    const first = index * high
    const count = Math.min(high, weights.rows - first)
    const [from, to] = [first * outputs, (first + count) * outputs]
    return {
      input: columnsOf(input, first, count),
      weights: weights.data.subarray(from, to),
      memory: memory.map((whole) => whole.subarray(from, to)),
      gradient: { data: shared.subarray(0, to - from), rows: count, columns: outputs, stride: outputs },
      bias: Math.min(to - from, at(outputs, inputs, 0) - from),
    }
  })
  return { inputs, input, passed: new Float32Array(input.data.length), weights, blocks }
}

/** Copies rows into the first layer's input, with their labels and shares. */
export function gather(source: PreparedRows, rows: Int32Array, { layers, labels, weights }: Memory): void {
  const { inputs, input } = layers[0]
  weights.fill(0)
  for (const [row, from] of rows.entries()) {
    const values = source.features.subarray(from * inputs, (from + 1) * inputs)
    scatter(values, input.data, at(input.stride, row, 0))
    labels[row] = source.labels[from]
    weights[row] = source.weights[from] / rows.length
  }
}

/** Mixes rows that were copied in, and their labels: those of which there is less, and their shares. */
export function mixGathered(
  source: PreparedRows,
  rows: Int32Array,
  memory: Memory,
  mixture: Mixture,
): Pick<MixedTargets, 'others' | 'shares'> {
  const { layers, labels, weights } = memory
  const { inputs, input } = layers[0]
  const valuesOf = (row: number): Float32Array => source.features.subarray(row * inputs, (row + 1) * inputs)
  rows.forEach((from, row) => {
    const mixed = mixedRow(valuesOf(from), valuesOf(rows[mixture.partners[row]]), mixture, row)
    scatter(mixed, input.data, at(input.stride, row, 0))
  })
  const targets = mixedTargets(labels.slice(0, rows.length), weights.slice(0, rows.length), mixture)
  labels.set(targets.labels)
  weights.set(targets.weights)
  return targets
}

/** Writes a row's values into its lane of a panel. */
function scatter(values: Float32Array, data: Float32Array, start: number): void {
  for (let column = 0; column < values.length; column++) data[start + 4 * column] = values[column]
}

/** Writes the first rows and columns of `source` into the columns and rows of `target`. */
export function turn(source: Matrix, target: Matrix, rows: number, columns: number): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      target.data[at(target.stride, column, row)] = source.data[at(source.stride, row, column)]
    }
  }
}

/** Copies weights into the kernel's layers. */
export function packWeights(from: readonly LayerWeights[], to: readonly KernelLayer[]): void {
  to.forEach(({ inputs, weights: { data, stride } }, index) => {
    const { kernel, bias } = from[index]
    for (let column = 0; column < stride; column++) {
      for (let row = 0; row < inputs; row++) data[at(stride, row, column)] = kernel[row * stride + column]
      data[at(stride, inputs, column)] = bias[column]
    }
  })
}

/** Copies weights out of panels that were taken from these layers. */
export function unpackWeights(layers: readonly KernelLayer[], panels: readonly Float32Array[]): LayerWeights[] {
  return panels.map((data, index) => {
    const { inputs, weights } = layers[index]
    const outputs = weights.columns
    const kernel = new Float32Array(inputs * outputs)
    for (let row = 0; row < inputs; row++) {
      for (let column = 0; column < outputs; column++) kernel[row * outputs + column] = data[at(outputs, row, column)]
    }
    return { kernel, bias: Float32Array.from({ length: outputs }, (_, column) => data[at(outputs, inputs, column)]) }
  })
}
