import { CutpointError } from '../../../errors'
import { notFinite } from '../../../compute/head/not-finite'
import { fillScale, totalVariance } from '../../../compute/head/tools/scaled-rows'
import { at } from '../../../compute/kernels/kernel'
import type { FeatureScale } from '../spec'
import type { LinearHead, LinearProblem } from './types'
import type { Space } from './space'
import { stagedRows, type Workspace } from './workspace'

/** What is scaled: `[images, length]` features, and how many of them come from each tensor of the cut. */
type Scaled = Pick<LinearProblem, 'features' | 'length' | 'lengths' | 'labels'>

/**
 * Fills `memory.features` with (raw − mean) · scale over the images, and `mean` and `scale` with what was used. The scale
 * is one over each feature's own deviation (the population's, as scikit-learn's StandardScaler), or one number for all
 * features of a tensor, so that those that vary little count little. A constant feature gets scale 0. Throws
 * CutpointError `not-finite`.
 */
export async function standardise(space: Space, given: Scaled, by: FeatureScale): Promise<void> {
  const { kernel, memory, pace } = space
  const { staged, shift, mean, scale, sums, squares } = memory
  const { features: raw, length } = given
  const images = given.labels.length
  // Deviations from the first row keep the variance exact where the mean is far from zero.
  shift.set(raw.subarray(0, length))
  const eachStage = async (work: (rows: number, first: number) => void): Promise<void> => {
    for (let first = 0; first < images; first += stagedRows) {
      const rows = Math.min(stagedRows, images - first)
      staged.set(raw.subarray(first * length, (first + rows) * length))
      work(rows, first)
      await pace.yieldTurn()
    }
  }
  await eachStage((rows) => kernel.moments(staged, rows, shift, sums, squares))
  for (let column = 0; column < length; column++) {
    const offset = sums[column] / images
    const variance = squares[column] / images - offset * offset
    if (!Number.isFinite(variance)) throw notFinite({ feature: column })
    mean[column] = shift[column] + offset
    squares[column] = variance
  }
  if (by === 'each') fillScale(scale, squares, new Array<number>(length).fill(1), 1)
  else fillScale(scale, squares, given.lengths ?? [length], totalVariance / length)
  await eachStage((rows, first) => kernel.standardise(staged, rows, mean, scale, memory.features, first))
}

/** The head on raw features of the standardised weights in `memory.gradient`. */
export function foldOut(memory: Workspace, standardisedBias: Float64Array): LinearHead {
  const { gradient, mean, scale } = memory
  const classes = gradient.columns
  const kernel = new Float32Array(mean.length * classes)
  const bias = standardisedBias.slice()
  for (let row = 0; row < mean.length; row++) {
    for (let label = 0; label < classes; label++) {
      const weight = Math.fround(gradient.data[at(gradient.stride, row, label)] * scale[row])
      kernel[row * classes + label] = weight
      bias[label] -= weight * mean[row]
    }
  }
  return { kernel, bias: Float32Array.from(bias) }
}

/** Standardised weights `[length, classes]` in panels, and bias, of a head on raw features. */
export function foldIn(memory: Workspace, head: LinearHead): { weights: Float32Array; bias: Float64Array } {
  const { gradient, mean, scale } = memory
  const classes = gradient.columns
  if (head.kernel.length !== mean.length * classes || head.bias.length !== classes) {
    throw new CutpointError('internal', 'The head to begin from has another shape.', 'Train from the beginning.')
  }
  const weights = new Float32Array(gradient.data.length)
  const bias = Float64Array.from(head.bias)
  for (let row = 0; row < mean.length; row++) {
    for (let label = 0; label < classes; label++) {
      const weight = head.kernel[row * classes + label]
      bias[label] += weight * mean[row]
      if (scale[row] > 0) weights[at(gradient.stride, row, label)] = weight / scale[row]
    }
  }
  return { weights, bias }
}
